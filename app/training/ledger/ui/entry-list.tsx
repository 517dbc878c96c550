import { formatDay } from '#app/platform/time/day.ts';
import { cx } from '#app/platform/ui/cx.ts';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { formatHoursFigure } from '#app/platform/ui/text/format.ts';
import type { EntryLine } from '../entry-line.server.ts';
import { basisText, KIND_LABELS } from '../basis-text.ts';
import { CATEGORY_LABELS } from '../hours.ts';
import { OffPostTag } from './off-post-tag.tsx';

/** Every entry of the year with its source and reason; nothing is left out, also not what was corrected. */
export function EntryList({ entries, year }: { entries: readonly EntryLine[]; year: number }) {
  if (entries.length === 0)
    return (
      <EmptyState
        title={`${year}年还没有学时记录`}
        text="学完一课，或者参加的培训班结班后，学时会自动记入这里。"
        action={
          <LinkButton to="/courses" tone="primary">
            去学习
          </LinkButton>
        }
      />
    );
  return (
    <ul className="divide-y divide-line rounded-md border border-line bg-surface-raised">
      {entries.map((entry) => (
        <li key={entry.id} className="grid grid-cols-[1fr_auto] gap-x-6 gap-y-1 px-5 py-3">
          <Title entry={entry} />
          <p className={cx('text-right tabular-nums', entry.isReversed && 'text-ink-muted line-through')}>
            <span className="text-base font-semibold">{formatHoursFigure(entry.creditSeconds)}</span>
            <span className="ml-1 text-sm text-ink-muted">学时</span>
          </p>
          <p className="col-span-2 text-sm text-ink-muted">
            <span className="tabular-nums">{formatDay(entry.day)}</span>
            {` · ${KIND_LABELS[entry.kind]} · ${CATEGORY_LABELS[entry.category]} · ${basisText(entry.basis)}`}
            {entry.isReversed ? ' · 已冲销' : null}
            {entry.isReversed || entry.kind === 'reversal' ? null : (
              <>
                {' · '}
                <TextLink to={`/hours/objections?entry=${entry.id}`} className="no-print whitespace-nowrap">
                  提出异议
                </TextLink>
              </>
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}

function Title({ entry }: { entry: EntryLine }) {
  const words = entry.kind === 'reversal' ? `冲销：${entry.title}` : entry.title;
  return (
    <p className="min-w-0 font-medium">
      {entry.href ? <TextLink to={entry.href}>{words}</TextLink> : words}
      {entry.isOffPost ? <OffPostTag /> : null}
    </p>
  );
}
