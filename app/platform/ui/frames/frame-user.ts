import type { Theme } from '../theme/preferences.ts';

/** Who looks at the page, as frames show it. */
export interface FrameUser {
  displayName: string;
  roleLabel: string;
  unitName: string | null;
  /** notices that need action and open tasks, others are not counted; null while there is no inbox */
  unread: number | null;
  elder: boolean;
  theme: Theme;
  /** own pages in the account menu; only those that open for this person */
  links: readonly NavItem[];
}

export interface NavItem {
  /** path, with the scope's search where it has one */
  to: string;
  label: string;
  /** what waits for action */
  badge?: number | undefined;
}

export interface NavGroup {
  label: string;
  items: readonly NavItem[];
}

/** The navigation item a page belongs to: the one with the longest path that begins the page's. */
export function activeItem(groups: readonly NavGroup[], pathname: string): NavItem | null {
  const pathOf = (item: NavItem) => item.to.split(/[?#]/)[0] ?? '';
  const covers = (path: string) => pathname === path || pathname.startsWith(path === '/' ? '//' : `${path}/`);
  const candidates = groups.flatMap((group) => group.items).filter((item) => covers(pathOf(item)));
  return candidates.sort((a, b) => pathOf(b).length - pathOf(a).length)[0] ?? null;
}
