import { formatDay } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { ErrorSummary } from '#app/platform/ui/form/error-summary.tsx';
import { FileField } from '#app/platform/ui/form/file-field.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextArea } from '#app/platform/ui/form/text-area.tsx';
import { formatCount } from '#app/platform/ui/text/format.ts';
import type { ClosingState, Standing } from '../closing.ts';
import type { Posted } from '../posted.ts';

export interface ClosingActsProps {
  unitName: string;
  year: number;
  state: ClosingState | null;
  standing: Standing;
  people: number;
  /** people worse off than on the list that was put up */
  fallen: number;
  openObjections: number;
  objectionsUntilDay: string | null;
  noticeEnd: string;
  noticeWorkdays: number;
  maxBytes: number;
  may: {
    readonly prepare: boolean;
    readonly confirm: boolean;
    readonly close: boolean;
    readonly isConfirmer: boolean;
  };
  mayDraw: boolean;
  commandId: string;
  posted: Posted | null;
}

const errorsOf = (posted: Posted | null, intent: string, label: string) =>
  posted?.intent === intent
    ? Object.entries(posted.errors).map(([name, message]) => ({ name, label, message }))
    : [];

/** What can be done now, by whom it is: put the list up, confirm it, freeze it. Each button says what it brings about. */
export function ClosingActs(props: ClosingActsProps) {
  const { state, may } = props;
  const isOpen = state === null || state === 'opened' || state === 'published';
  const cards = [
    isOpen && may.prepare ? <PublishCard key="publish" {...props} /> : null,
    isOpen && may.prepare ? <SheetCard key="sheet" {...props} /> : null,
    state === 'published' && may.confirm ? <ConfirmCard key="confirm" {...props} /> : null,
    state === 'confirmed' && may.close ? <FreezeCard key="freeze" {...props} /> : null,
    state === 'confirmed' && may.close ? <ReturnCard key="return" {...props} /> : null,
  ].filter((card) => card !== null);
  if (cards.length === 0) return null;
  return <div className="no-print grid items-start gap-6 lg:grid-cols-2">{cards}</div>;
}

function PublishCard(props: ClosingActsProps) {
  const { people, noticeEnd, noticeWorkdays, commandId, mayDraw, state, fallen } = props;
  const isAgain = state === 'published';
  return (
    <Card title={isAgain ? '重新公示' : '公示名单'}>
      <p>
        {isAgain && fallen === 0 ? '名单有更正时重新公示，公示期重新计算。' : ''}
        {`将公示 ${formatCount(people)} 人的学时，公示 ${noticeWorkdays} 个工作日，至${formatDay(noticeEnd)}；期满无人提出异议的，视为无异议。`}
      </p>
      <div className="mt-4 flex flex-wrap gap-3">
        <FormShell id="publish" commandId={commandId}>
          <SubmitButton
            name="intent"
            value="publish"
            tone={isAgain && fallen === 0 ? 'secondary' : 'primary'}
            busyText="正在公示…"
          >
            {isAgain ? '重新公示名单' : '公示名单'}
          </SubmitButton>
        </FormShell>
        {mayDraw ? (
          <FormShell id="draw" commandId={commandId}>
            <SubmitButton name="intent" value="draw" tone="secondary" busyText="正在出具…">
              出具学时公示表
            </SubmitButton>
          </FormShell>
        ) : null}
      </div>
    </Card>
  );
}

function SheetCard({ commandId, posted, maxBytes }: ClosingActsProps) {
  return (
    <Card title="或者由本人签字">
      <FormShell id="sheet" commandId={commandId} encType="multipart/form-data" className="space-y-4">
        <ErrorSummary errors={errorsOf(posted, 'sheet', '签字表扫描件')} />
        <FileField
          label="签字表扫描件"
          name="file"
          required
          maxBytes={maxBytes}
          kinds="PDF、JPG 或 PNG"
          hint="先出具学时公示表，由名单上的人员签字后扫描；多页的逐页上传"
          accept=".pdf,.jpg,.jpeg,.png"
          error={posted?.intent === 'sheet' ? posted.errors.file : undefined}
        />
        <SubmitButton name="intent" value="sheet" tone="secondary" busyText="正在上传…">
          上传签字表
        </SubmitButton>
      </FormShell>
    </Card>
  );
}

function confirmObstacle({
  openObjections,
  standing,
  objectionsUntilDay,
  fallen,
}: ClosingActsProps): string | null {
  if (openObjections > 0) return `还有 ${openObjections} 件异议没有答复。`;
  if (standing === 'notice' && objectionsUntilDay !== null)
    return `公示至${formatDay(objectionsUntilDay)}，期满后确认。`;
  return fallen > 0 ? `公示后有 ${fallen} 人的学时减少或未列入公示名单，须重新公示。` : null;
}

function ConfirmCard(props: ClosingActsProps) {
  const { commandId, people, unitName, year } = props;
  const obstacle = confirmObstacle(props);
  return (
    <Card title="单位确认">
      {obstacle === null ? (
        <>
          <p>{`将确认${unitName}${year}年度 ${formatCount(people)} 人的学时，报司法局封账。`}</p>
          <FormShell id="confirm" commandId={commandId} className="mt-4">
            <SubmitButton name="intent" value="confirm" busyText="正在确认…">
              确认名单并报司法局
            </SubmitButton>
          </FormShell>
        </>
      ) : (
        <p className="text-ink-muted">{obstacle}</p>
      )}
    </Card>
  );
}

function FreezeCard({ commandId, people, unitName, year, may, fallen }: ClosingActsProps) {
  if (may.isConfirmer || fallen > 0)
    return (
      <Card title="封账">
        <p className="text-ink-muted">
          {may.isConfirmer
            ? '您已代表单位确认，须由司法局其他人员封账。'
            : `确认后有 ${fallen} 人的学时减少或未列入公示名单，请退回单位重新公示。`}
        </p>
      </Card>
    );
  return (
    <Card title="封账">
      <p>
        {`将封存${unitName}${year}年度 ${formatCount(people)} 人的学时和结论，生成封账编号并签名。封账后不能撤销；之后的更正只作为封账后调整，列在封账数旁边。`}
      </p>
      <FormShell id="freeze" commandId={commandId} className="mt-4">
        <SubmitButton name="intent" value="freeze" busyText="正在封账…">
          封账
        </SubmitButton>
      </FormShell>
    </Card>
  );
}

function ReturnCard({ commandId, posted }: ClosingActsProps) {
  const own = posted?.intent === 'return' ? posted : null;
  return (
    <Card title="退回单位">
      <FormShell id="return" commandId={commandId} className="space-y-4">
        <ErrorSummary errors={errorsOf(posted, 'return', '退回理由')} />
        <TextArea
          label="退回理由"
          name="reason"
          required
          rows={2}
          defaultValue={own?.values.reason ?? ''}
          error={own?.errors.reason}
        />
        <SubmitButton name="intent" value="return" tone="secondary">
          退回单位
        </SubmitButton>
      </FormShell>
    </Card>
  );
}
