export interface HeaderOptions {
  readonly nonce: string;
  /** People reach the server over TLS. */
  readonly secure: boolean;
  /** Vite's dev server injects styles and needs its socket. */
  readonly dev: boolean;
}

/**
 * The headers of every page. Scripts: own files and those with the nonce, no eval, no inline. `style=""` attributes are
 * allowed because charts and progress bars need them; style elements are not. No `upgrade-insecure-requests`: a county
 * may run on plain loopback HTTP.
 */
export function securityHeaders(options: HeaderOptions): Record<string, string> {
  const { nonce } = options;
  const csp = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    options.dev ? "style-src-elem 'self' 'unsafe-inline'" : `style-src-elem 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    options.dev ? "connect-src 'self' ws:" : "connect-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
  const headers: Record<string, string> = {
    'Content-Security-Policy': csp,
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=()',
  };
  if (options.secure) headers['Strict-Transport-Security'] = 'max-age=31536000';
  return headers;
}
