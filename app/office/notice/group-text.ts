/** Names in one pasted message at most: longer lists are cut and counted, chat apps fold them anyway. */
const MAX_NAMES = 100;

export interface GroupText {
  readonly title: string;
  readonly body: string;
  /** Absolute link; it leads to login and back for whoever is not signed in. */
  readonly link: string | null;
  /** Who has not read or answered yet; left out when it is nobody. */
  readonly waiting: { readonly label: string; readonly names: readonly string[] };
}

/**
 * What is pasted into the work group: title, text, link, and who is still waited for. Plain text, since chat apps keep
 * nothing else.
 */
export function composeGroupText({ title, body, link, waiting }: GroupText): string {
  const { label, names } = waiting;
  const named = names.slice(0, MAX_NAMES).join('、');
  const rest = names.length > MAX_NAMES ? ` 等 ${names.length} 个` : '';
  return [
    `【${title}】`,
    ...(body === '' ? [] : [body]),
    ...(link === null ? [] : [`链接：${link}`]),
    ...(names.length === 0 ? [] : [`${label}（${names.length}）：${named}${rest}`]),
  ].join('\n');
}
