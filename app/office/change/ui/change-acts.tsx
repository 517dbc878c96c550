import { formatDay } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextArea } from '#app/platform/ui/form/text-area.tsx';
import type { ChangeAct } from '../confirm-change.server.ts';

export interface ChangeActsProps {
  acts: readonly ChangeAct[];
  /** who may answer, for whoever may not */
  waitsFor: string | null;
  title: string;
  day: string;
  /** as typed before a refusal */
  note: string;
  commandId: string;
  expectedVersion: number;
}

const BUTTONS: Readonly<Record<ChangeAct, { text: string; tone: 'primary' | 'secondary' | 'danger' }>> = {
  confirm: { text: '复核同意', tone: 'primary' },
  retry: { text: '重新生效', tone: 'primary' },
  decline: { text: '不同意', tone: 'secondary' },
  cancel: { text: '撤销该事项', tone: 'danger' },
};

const waiting = (waitsFor: string) => <p>{`等待复核：${waitsFor}。`}</p>;

/** Opinion first, then the buttons, each naming what it does. */
export function ChangeActs(props: ChangeActsProps) {
  const { acts, waitsFor, title, day, note, commandId, expectedVersion } = props;
  const mustSayWhy = acts.includes('decline') || acts.includes('cancel');
  if (acts.length === 0) return waitsFor === null ? null : <Card title="办理">{waiting(waitsFor)}</Card>;
  return (
    <Card title="办理">
      <FormShell id="act" commandId={commandId} expectedVersion={expectedVersion}>
        {waitsFor === null ? null : waiting(waitsFor)}
        {mustSayWhy ? (
          <TextArea
            label={acts.includes('decline') ? '意见' : '撤销理由'}
            name="note"
            rows={3}
            maxLength={300}
            defaultValue={note}
            required={acts.includes('decline') ? '不同意时填写' : '撤销时填写'}
          />
        ) : null}
        {acts.includes('confirm') ? (
          <p className="border-l-2 border-line-strong pl-4">
            {`同意后，自 ${formatDay(day)} 起${title}；此前各日的机构、人员归属和统计数据保持不变。`}
          </p>
        ) : null}
        <div className="flex flex-wrap gap-3">
          {acts.map((act) => (
            <SubmitButton key={act} name="act" value={act} tone={BUTTONS[act].tone}>
              {BUTTONS[act].text}
            </SubmitButton>
          ))}
        </div>
      </FormShell>
    </Card>
  );
}
