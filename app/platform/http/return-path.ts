/**
 * Where to go back to after signing in or changing a setting: only paths of this site, never another address in
 * disguise (`//evil`, `/\\evil`, line breaks). Anything else leads home.
 */
export function safeReturnPath(path: unknown): string {
  if (typeof path !== 'string' || path.length > 2000) return '/';
  return /^\/(?![/\\])/.test(path) && !/[\\\u0000-\u001f]/.test(path) ? path : '/';
}
