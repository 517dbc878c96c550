/** Methods that change nothing; they need no origin. */
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Cross-site request forgery: anything but GET and HEAD must come from our own pages. Browsers send Origin (or at least
 * Sec-Fetch-Site) with every POST; a request with neither is not from a browser's page and is refused.
 * @param ownOrigins scheme://host[:port] under which people reach this server
 */
export function isForeignRequest(
  method: string,
  headers: { origin?: string | undefined; secFetchSite?: string | undefined },
  ownOrigins: readonly string[],
): boolean {
  if (SAFE_METHODS.has(method)) return false;
  if (headers.origin !== undefined && headers.origin !== 'null') return !ownOrigins.includes(headers.origin);
  return headers.secFetchSite !== 'same-origin';
}
