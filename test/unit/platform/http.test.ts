import { describe, expect, it } from 'vitest';
import { COMMON_REFUSALS, answerFor } from '#app/platform/http/answer.ts';
import { doorOf, makeDoor, undeclaredDoors } from '#app/platform/http/door.server.ts';
import { isOldEngine } from '#app/platform/http/old-browser.ts';
import { isForeignRequest } from '#app/platform/http/origin-check.ts';
import { securityHeaders } from '#app/platform/http/security-headers.ts';
import { refused } from '#app/platform/result/outcome.ts';

const OWN = ['http://127.0.0.1:3000', 'https://zhifa.example'];

describe('the origin check', () => {
  it.each([
    ['GET', { origin: 'https://evil.example' }, false],
    ['HEAD', {}, false],
    ['POST', { origin: 'http://127.0.0.1:3000' }, false],
    ['POST', { origin: 'https://zhifa.example' }, false],
    ['POST', { origin: 'https://zhifa.example.evil' }, true],
    ['POST', { origin: 'http://127.0.0.1:3001' }, true],
    ['POST', { origin: 'null' }, true],
    ['POST', { origin: 'null', secFetchSite: 'same-origin' }, false],
    ['POST', { secFetchSite: 'same-origin' }, false],
    ['POST', { secFetchSite: 'same-site' }, true],
    ['POST', {}, true],
    ['DELETE', {}, true],
  ] as const)('%s %j foreign: %s', (method, headers, foreign) => {
    expect(isForeignRequest(method, headers, OWN)).toBe(foreign);
  });
});

describe('security headers', () => {
  it('allow scripts by nonce only, and HSTS only over TLS', () => {
    const headers = securityHeaders({ nonce: 'abc', secure: false, dev: false });
    const csp = headers['Content-Security-Policy'] ?? '';
    expect(csp).toContain("script-src 'self' 'nonce-abc';");
    expect(csp).not.toContain('unsafe-eval');
    expect(csp).not.toContain('upgrade-insecure-requests');
    expect(csp.split("'unsafe-inline'").length).toBe(2);
    expect(headers['Strict-Transport-Security']).toBeUndefined();
    expect(
      securityHeaders({ nonce: 'abc', secure: true, dev: false })['Strict-Transport-Security'],
    ).toBeDefined();
  });
});

describe('old browser engines', () => {
  it.each([
    ['Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 6.1; Trident/7.0)', true],
    ['Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko', true],
    ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/92.0.4515.131 Safari/537.36', false],
  ])('%s → %s', (userAgent, old) => {
    expect(isOldEngine(userAgent)).toBe(old);
  });
});

describe('refusals as answers', () => {
  it('fill the detail into our own text', () => {
    expect(answerFor(refused('TOO_MANY_REQUESTS', { seconds: 12 }), COMMON_REFUSALS)).toEqual({
      code: 'TOO_MANY_REQUESTS',
      status: 429,
      text: '操作过于频繁，请在 12 秒后再试。',
    });
  });
});

describe('doors', () => {
  const declared = makeDoor(
    'public.read',
    () => Promise.resolve(null),
    () => 'ok',
  );

  it('carry their permission', () => {
    expect(doorOf(declared)?.permission).toBe('public.read');
    expect(doorOf(() => 'ok')).toBeNull();
  });

  it('name every loader and action that declares none (a planted one is found)', () => {
    const routes = [
      { id: 'good', module: { loader: declared } },
      { id: 'planted', module: { loader: declared, action: () => null } },
      { id: 'plain page', module: {} },
    ];
    expect(undeclaredDoors(routes)).toEqual(['planted#action']);
  });

  it('answer 503 with Retry-After when the database is away, and pass other failures on', async () => {
    const away = makeDoor(
      'public.read',
      () => Promise.reject(Object.assign(new Error('x'), { code: 'ECONNREFUSED' })),
      () => 'ok',
    );
    const args = { request: new Request('http://x/'), params: {}, context: {} } as never;
    const answer = await away(args).catch((error: unknown) => error);
    expect(answer).toBeInstanceOf(Response);
    expect((answer as Response).status).toBe(503);
    expect((answer as Response).headers.get('Retry-After')).toBe('5');
    const broken = makeDoor(
      'public.read',
      () => Promise.resolve(null),
      () => Promise.reject(new Error('a bug')),
    );
    await expect(broken(args)).rejects.toThrow('a bug');
  });
});
