import { Form, Link } from '@remix-run/react';
import { formatClock } from '#app/platform/time/day.ts';
import { buttonClass } from '#app/platform/ui/data/button-class.ts';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { cx } from '#app/platform/ui/cx.ts';
import { dayHeading } from '../inbox-days.ts';
import type { InboxLine, InboxPage } from '../inbox-view.server.ts';

/** Notices by day, the newest first; unread ones are told by a word, not by weight alone. */
export function InboxList({ days, today }: Pick<InboxPage, 'days' | 'today'>) {
  return (
    <div className="space-y-8">
      {days.map((group) => (
        <section key={group.day} aria-labelledby={`day-${group.day}`}>
          <h2 id={`day-${group.day}`} className="pb-2 text-sm font-semibold text-ink-muted">
            {dayHeading(group.day, today)}
          </h2>
          <ul className="divide-y divide-line rounded-md border border-line bg-surface-raised">
            {group.items.map((line) => (
              <li key={line.id}>
                <Line line={line} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function Line({ line }: { line: InboxLine }) {
  const isUnread = line.readAt === null;
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-2 px-4 py-3 sm:flex-nowrap">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
          <Link
            to={`/inbox/${line.id}`}
            className={cx(
              'underline decoration-accent/40 underline-offset-4 hover:text-accent-strong hover:decoration-current',
              isUnread ? 'font-semibold text-accent' : 'text-accent',
            )}
          >
            {line.title}
          </Link>
          {isUnread ? (
            <StateBadge shape="dot" tone={line.waits ? 'pending' : 'neutral'}>
              {line.waits ? '未读，需办理' : '未读'}
            </StateBadge>
          ) : null}
        </p>
        {line.snippet === '' ? null : <p className="truncate text-sm text-ink-muted">{line.snippet}</p>}
        <p className="text-sm text-ink-muted">
          {line.kindLabel} · <span className="tabular-nums">{formatClock(line.sentAt)}</span>
        </p>
      </div>
      {line.path === null ? null : <OpenThing line={line} />}
    </div>
  );
}

/** Leads to the thing itself and counts as reading: hence a form, never a link that a prefetch could follow. */
function OpenThing({ line }: { line: InboxLine }) {
  const act = line.waits ? '前往办理' : '前往查看';
  return (
    <Form method="post" action={`/inbox/${line.id}`}>
      <button
        type="submit"
        name="intent"
        value="open"
        aria-label={`${act}：${line.title}`}
        className={buttonClass('secondary', 'small')}
      >
        {act}
      </button>
    </Form>
  );
}
