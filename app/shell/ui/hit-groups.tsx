import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { formatCount } from '#app/platform/ui/text/format.ts';
import type { HitGroup } from '../search/search-view.server.ts';

/** What was found, kind by kind, the first few of each; the whole list is one link away. */
export function HitGroups({ groups }: { groups: readonly HitGroup[] }) {
  return (
    <div className="grid gap-x-10 gap-y-8 lg:grid-cols-2">
      {groups.map((group) => (
        <section key={group.kind} aria-labelledby={`hits-${group.kind}`}>
          <h2
            id={`hits-${group.kind}`}
            className="flex items-baseline justify-between border-b border-line-strong pb-2 font-semibold"
          >
            <span>{group.label}</span>
            <span className="text-sm font-normal tabular-nums text-ink-muted">
              {`${formatCount(group.total)} 条`}
            </span>
          </h2>
          <ul className="divide-y divide-line">
            {group.hits.map((hit) => (
              <li key={hit.key} className="py-2.5">
                <TextLink to={hit.to} data-row-anchor>
                  {hit.title}
                </TextLink>
                <p className="text-sm text-ink-muted">{hit.detail}</p>
              </li>
            ))}
          </ul>
          {group.more !== null && group.total > group.hits.length ? (
            <p className="mt-2 text-sm">
              <TextLink to={group.more}>{`查看全部 ${formatCount(group.total)} 条`}</TextLink>
            </p>
          ) : null}
        </section>
      ))}
    </div>
  );
}
