import { formatInstant } from '#app/platform/time/day.ts';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { formatHours } from '#app/platform/ui/text/format.ts';
import { claimPath } from '../claim-tasks.ts';
import { JUDGEMENT_LABELS } from '../sample.ts';
import type { SampleView } from '../samples-view.server.ts';
import { claimDays } from './claim-detail.tsx';

type Item = SampleView['items'][number];

export interface SampleItemsProps {
  readonly items: readonly Item[];
  readonly commandIds: Readonly<Record<string, string>>;
  /** What was typed for one of them when it was not taken. */
  readonly answer: { readonly claimId: string; readonly note: string } | null;
}

/** One drawn claim after the other with its finding, or the form for it. */
export function SampleItems({ items, commandIds, answer }: SampleItemsProps) {
  return (
    <ol className="divide-y divide-line rounded-md border border-line bg-surface-raised">
      {items.map((item) => (
        <li key={item.id} id={`claim-${item.id}`} className="keep-together space-y-2 px-5 py-4">
          <p>
            <span className="mr-3 tabular-nums text-ink-muted">{item.position}</span>
            <span className="font-semibold">{item.personName}</span>
            <span className="mx-3">{item.unitName}</span>
            <TextLink to={claimPath(item.id)}>{item.title}</TextLink>
          </p>
          <p className="text-sm text-ink-muted">
            {claimDays(item)} · {item.organiser} · 认定 {formatHours(item.approvedSeconds ?? 0)}
          </p>
          {item.judgement === null ? (
            <JudgeForm
              item={item}
              commandId={commandIds[item.id] ?? ''}
              typed={answer?.claimId === item.id ? answer.note : ''}
            />
          ) : (
            <Finding item={item} />
          )}
        </li>
      ))}
    </ol>
  );
}

function Finding({ item }: { item: Item }) {
  const isGenuine = item.judgement === 'genuine';
  return (
    <p className="text-sm">
      <StateBadge shape={isGenuine ? 'solid' : 'hollow'} tone={isGenuine ? 'positive' : 'danger'}>
        {JUDGEMENT_LABELS[item.judgement ?? 'genuine']}
      </StateBadge>
      <span className="ml-4 text-ink-muted">
        {item.judgementNote === null ? null : `${item.judgementNote} · `}
        {item.judgedByName}
        {item.judgedAt === null ? null : ` ${formatInstant(item.judgedAt)}`}
        {isGenuine ? null : ' · 已提出更正申请'}
      </span>
    </p>
  );
}

function JudgeForm({ item, commandId, typed }: { item: Item; commandId: string; typed: string }) {
  return (
    <div className="no-print">
      <FormShell
        id={`judge-${item.id}`}
        commandId={commandId}
        className="flex flex-wrap items-end gap-3 space-y-0"
      >
        <input type="hidden" name="claimId" value={item.id} />
        <div className="min-w-0 max-w-xl flex-1 basis-64">
          <TextField
            label="核查情况"
            hint="不属实的须写明；更正另由一人审核"
            name="note"
            defaultValue={typed}
            maxLength={300}
          />
        </div>
        <SubmitButton name="judgement" value="genuine" tone="secondary">
          属实
        </SubmitButton>
        <SubmitButton name="judgement" value="not_genuine" tone="secondary">
          不属实，提出更正
        </SubmitButton>
      </FormShell>
    </div>
  );
}
