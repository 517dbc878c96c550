/** How the candidate reads the paper: question by question, or all of it. */
export type PaperView = 'one' | 'paper';

const COOKIE = 'zhifa_view';
const DAY_SECONDS = 24 * 3600;

const asView = (text: string | null | undefined): PaperView | null =>
  text === 'one' || text === 'paper' ? text : null;

/** The cookie that lets the server render the paper as it will be shown: nothing jumps when the page comes alive. */
export function viewCookie(view: PaperView): string {
  return `${COOKIE}=${view}; Path=/attempts; Max-Age=${DAY_SECONDS}; SameSite=Lax`;
}

/** @param asked the `view` of the URL, which goes before the cookie */
export function readView(asked: string | null, cookieHeader: string | null): PaperView {
  const pair = (cookieHeader ?? '').split('; ').find((part) => part.startsWith(`${COOKIE}=`));
  return asView(asked) ?? asView(pair?.slice(COOKIE.length + 1)) ?? 'paper';
}

/** In the browser: the next page is rendered in this view. */
export function rememberView(view: PaperView): void {
  document.cookie = viewCookie(view);
}
