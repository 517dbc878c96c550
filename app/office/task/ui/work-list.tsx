import { formatInstant } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import type { BackgroundWork } from '../background-work.server.ts';

/** Long work of one's own: where it stands, and its page; nothing at all where there is none. */
export function WorkList({ works }: { works: readonly BackgroundWork[] }) {
  if (works.length === 0) return null;
  return (
    <Card title="后台办理">
      <ul className="divide-y divide-line">
        {works.map((work) => (
          <li
            key={work.id}
            className="flex flex-wrap items-baseline justify-between gap-x-4 py-2 first:pt-0 last:pb-0"
          >
            <TextLink to={work.path}>{work.title}</TextLink>
            <span className="text-sm tabular-nums text-ink-muted">
              {`${work.state} · ${formatInstant(work.startedAt)}`}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
