import { Link, useLocation } from '@remix-run/react';
import { cx } from '../cx.ts';
import { formatCount } from '../text/format.ts';
import { activeItem } from './frame-user.ts';
import type { NavGroup, NavItem } from './frame-user.ts';

/** Navigation by task. A badge counts only what needs action. */
export function SideNav({
  groups,
  onFollow,
}: {
  groups: readonly NavGroup[];
  onFollow?: (() => void) | undefined;
}) {
  const { pathname } = useLocation();
  const active = activeItem(groups, pathname);
  return (
    <nav aria-label="主导航" className="space-y-6 py-5">
      {groups.map((group) => (
        <div key={group.label}>
          <p className="px-5 pb-1 text-xs text-ink-muted">{group.label}</p>
          <ul>
            {group.items.map((item) => (
              <li key={item.to}>
                <SideLink item={item} isActive={item === active} onFollow={onFollow} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

interface SideLinkProps {
  item: NavItem;
  isActive: boolean;
  onFollow: (() => void) | undefined;
}

function SideLink({ item, isActive, onFollow }: SideLinkProps) {
  return (
    <Link
      to={item.to}
      aria-current={isActive ? 'page' : undefined}
      onClick={onFollow}
      className={cx(
        'flex min-h-9 items-center justify-between gap-3 border-l-[3px] py-1.5 pl-[1.0625rem] pr-4 text-sm focus-visible:-outline-offset-2',
        isActive
          ? 'border-accent bg-accent-soft font-semibold text-accent'
          : 'border-transparent hover:bg-surface-sunken',
      )}
    >
      <span>{item.label}</span>
      {item.badge ? (
        <span className="min-w-5 rounded-full bg-accent px-1.5 text-center text-xs font-semibold tabular-nums text-on-accent">
          <span className="sr-only">待办 </span>
          {formatCount(item.badge)}
        </span>
      ) : null}
    </Link>
  );
}
