import { formatDay } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextArea } from '#app/platform/ui/form/text-area.tsx';
import type { ChangeAct } from '../confirm-change.server.ts';

export interface ChangeActsProps {
  acts: readonly ChangeAct[];
  /** the viewer filed it: somebody else confirms */
  isWaitingForOther: boolean;
  title: string;
  day: string;
  commandId: string;
  expectedVersion: number;
}

const BUTTONS: Readonly<Record<ChangeAct, { text: string; tone: 'primary' | 'secondary' | 'danger' }>> = {
  confirm: { text: '复核同意', tone: 'primary' },
  retry: { text: '重新生效', tone: 'primary' },
  decline: { text: '不同意', tone: 'secondary' },
  cancel: { text: '撤销该事项', tone: 'danger' },
};

/** Opinion first, then the buttons, each naming what it does. */
export function ChangeActs(props: ChangeActsProps) {
  const { acts, isWaitingForOther, title, day, commandId, expectedVersion } = props;
  const mustSayWhy = acts.includes('decline') || acts.includes('cancel');
  if (acts.length === 0 && !isWaitingForOther) return null;
  return (
    <Card title="办理">
      <FormShell id="act" commandId={commandId} expectedVersion={expectedVersion}>
        {isWaitingForOther ? <p>本事项由您经办，须由本局其他人员复核。</p> : null}
        {mustSayWhy ? <TextArea label="意见" name="note" rows={3} hint="不同意或撤销时须写明理由" /> : null}
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
