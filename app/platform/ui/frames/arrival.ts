import { useLocation } from '@remix-run/react';
import { useEffect } from 'react';

/** The page shown last in this tab. It outlives the frames, because a step between two frames is a step too. */
let shown: { readonly key: string; readonly pathname: string } | null = null;

/**
 * After a step to another page the focus goes to its title, so that the keyboard goes on and the screen reader begins
 * there; where a pile is worked through, to the field marked `data-arrival="first"`. Within a page it stays where it is;
 * where its element is gone (a link that opened a form in its place), it goes to what is marked `data-arrival`, else to the
 * title.
 */
export function useFocusOnArrival(): void {
  const { key, pathname } = useLocation();
  useEffect(() => {
    const before = shown;
    shown = { key, pathname };
    if (before === null || before.key === key) return;
    if (before.pathname !== pathname)
      focusFirst(['main [data-arrival="first"]', 'main h1[tabindex]', '#main'], { preventScroll: true });
    else if (document.activeElement === document.body)
      focusFirst(['main [data-arrival]', 'main h1[tabindex]', '#main'], {});
  }, [key, pathname]);
}

/** Where a new page begins is the router's matter; within a page what takes the focus comes into view. */
function focusFirst(selectors: readonly string[], options: FocusOptions): void {
  for (const selector of selectors) {
    const target = document.querySelector<HTMLElement>(selector);
    if (!target) continue;
    target.focus(options);
    return;
  }
}
