import { useEffect } from 'react';
import type { KeyboardEvent } from 'react';

/** Steps from the focused row by key; Home and End go to the ends of the page. */
function rowAfter(key: string, current: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return Math.min(current + 1, count - 1);
    case 'ArrowUp':
      return Math.max(current - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

/** Arrow keys walk the rows (their links, else their boxes); Enter opens, as links do by themselves. Keys typed
 *  into filters stay theirs, but ArrowDown in the search field enters the list. */
export function moveRowFocus(event: KeyboardEvent<HTMLElement>): void {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const anchors = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row-anchor]')];
  if (anchors.length === 0 || !(event.target instanceof HTMLElement)) return;
  const current = anchors.findIndex((anchor) => anchor === document.activeElement);
  const fromSearch = event.key === 'ArrowDown' && event.target.matches('[data-slash]');
  if (current < 0 && !fromSearch) return;
  const next = rowAfter(event.key, current, anchors.length);
  const anchor = next === null ? undefined : anchors[next];
  if (!anchor) return;
  event.preventDefault();
  anchor.focus();
}

const EDITABLE = 'input, textarea, select, [contenteditable="true"]';

/** `/` goes to the page's search: that of its list, else that of the frame. Elements mark themselves with
 *  `data-slash="list"` or `data-slash="site"`. */
export function useSlashToSearch(): void {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key !== '/' || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey)
        return;
      if (event.target instanceof Element && event.target.closest(EDITABLE)) return;
      const field =
        document.querySelector<HTMLInputElement>('[data-slash="list"]') ??
        document.querySelector<HTMLInputElement>('[data-slash="site"]');
      if (!field) return;
      event.preventDefault();
      field.focus();
      field.select();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
