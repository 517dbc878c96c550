import { formatInstant } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { ErrorSummary } from '#app/platform/ui/form/error-summary.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { RadioGroup } from '#app/platform/ui/form/radio-group.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextArea } from '#app/platform/ui/form/text-area.tsx';
import type { ObjectionOutcome } from '../objection.ts';
import { OBJECTION_OUTCOMES, OUTCOME_WORDS } from '../objection.ts';
import type { Posted } from '../posted.ts';

export interface ShownObjection {
  readonly id: string;
  readonly personName: string;
  readonly reason: string;
  readonly filedAt: Date;
  readonly outcome: ObjectionOutcome | null;
  readonly answer: string | null;
  readonly answeredByName: string | null;
  readonly answeredAt: Date | null;
}

const HINTS: Readonly<Record<ObjectionOutcome, string>> = {
  upheld: '学时确有差错，另按更正程序办理，更正后记入台账',
  rejected: '学时无误，维持公示数',
};

export interface ObjectionListProps {
  objections: readonly ShownObjection[];
  /** where the answers are posted; null: the viewer only reads */
  answering: { readonly commandId: string; readonly posted: Posted | null } | null;
}

/** Every objection with its answer; those that wait carry the form. */
export function ObjectionList({ objections, answering }: ObjectionListProps) {
  return (
    <ul className="space-y-4">
      {objections.map((objection) => (
        <li key={objection.id}>
          <Card title={`${objection.personName}的异议`}>
            <p className="max-w-measure whitespace-pre-line">{objection.reason}</p>
            <p className="mt-1 text-sm tabular-nums text-ink-muted">{formatInstant(objection.filedAt)}提出</p>
            {objection.outcome === null ? (
              <Waiting objection={objection} answering={answering} />
            ) : (
              <Answered {...objection} outcome={objection.outcome} />
            )}
          </Card>
        </li>
      ))}
    </ul>
  );
}

function Answered({
  outcome,
  answer,
  answeredByName,
  answeredAt,
}: ShownObjection & { outcome: ObjectionOutcome }) {
  return (
    <div className="mt-4 border-l-2 border-line-strong pl-4">
      <StateBadge shape="solid" tone={outcome === 'upheld' ? 'positive' : 'neutral'}>
        {OUTCOME_WORDS[outcome]}
      </StateBadge>
      <p className="max-w-measure whitespace-pre-line">{answer}</p>
      <p className="text-sm tabular-nums text-ink-muted">
        {`${answeredByName ?? '单位'}，${answeredAt === null ? '' : formatInstant(answeredAt)}答复`}
      </p>
    </div>
  );
}

function Waiting({
  objection,
  answering,
}: { objection: ShownObjection } & Pick<ObjectionListProps, 'answering'>) {
  if (answering === null)
    return (
      <p className="mt-3">
        <StateBadge shape="dot" tone="pending">
          等待单位答复
        </StateBadge>
      </p>
    );
  const own = answering.posted?.intent === `answer:${objection.id}` ? answering.posted : null;
  const errors = Object.entries(own?.errors ?? {}).map(([name, message]) => ({
    name,
    label: name === 'outcome' ? '处理结果' : '答复内容',
    message,
  }));
  return (
    <FormShell id={`answer-${objection.id}`} commandId={answering.commandId} className="mt-4 space-y-4">
      <ErrorSummary errors={errors} />
      <input type="hidden" name="objectionId" value={objection.id} />
      <RadioGroup
        label="处理结果"
        name="outcome"
        required
        defaultValue={own?.values.outcome}
        error={own?.errors.outcome}
        options={OBJECTION_OUTCOMES.map((value) => ({
          value,
          label: OUTCOME_WORDS[value],
          hint: HINTS[value],
        }))}
      />
      <TextArea
        label="答复内容"
        name="answer"
        required
        rows={3}
        defaultValue={own?.values.answer ?? ''}
        error={own?.errors.answer}
      />
      <SubmitButton name="intent" value="answer">
        答复异议
      </SubmitButton>
    </FormShell>
  );
}
