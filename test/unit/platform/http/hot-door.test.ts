import http from 'node:http';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHotDoor, withHotDoors } from '#app/platform/http/hot-door.server.ts';
import type { Listening } from '#app/platform/http/listen.server.ts';
import { listen } from '#app/platform/http/listen.server.ts';
import { createLogger } from '#app/platform/log/logger.server.ts';

let listening: Listening | null = null;
const faults: unknown[] = [];
let log = '';
const answered: string[] = [];
/** A cookie whose owner is told late. */
const slow = (() => {
  let say = (_: { admit(who: string): void }): void => undefined;
  const knocked = new Promise<{ admit(who: string): void }>((resolve) => (say = resolve));
  return { knocked, ask: () => new Promise<string>((admit) => say({ admit })) };
})();

beforeAll(async () => {
  const logged = new PassThrough();
  logged.on('data', (chunk: Buffer) => {
    log += chunk.toString('utf8');
  });
  const door = openHotDoor<string>({
    maxBodyBytes: 100,
    admit: (cookie, id) =>
      cookie === 'slow=1'
        ? slow.ask()
        : Promise.resolve(cookie?.startsWith('who=') ? cookie.slice(4) + id : null),
    answer: (who, body) => {
      answered.push(`${who} ${JSON.stringify(body)}`);
      return who === 'trouble'
        ? Promise.reject(new Error('trouble'))
        : Promise.resolve({ status: 200, body: { who, body: body ?? 'none' } });
    },
    fault: (error) => {
      faults.push(error);
      return { status: 503, headers: { 'Retry-After': '5' }, body: { code: 'TRY_AGAIN' } };
    },
  });
  const edge: http.RequestListener = (req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => res.end(`edge ${req.method} ${Buffer.concat(chunks).toString()}`));
  };
  const options = { log: createLogger({ level: 'info', destination: logged }), ownOrigins: () => [origin()] };
  const listener = withHotDoors(edge, { ...options, doors: [{ '/hot': door }, { '/rooms/:id/hot': door }] });
  listening = await listen({ listener, host: '127.0.0.1', port: 0, tls: null });
});
afterAll(() => listening?.close());

const origin = (): string => `http://127.0.0.1:${listening?.port ?? 0}`;

async function post(body: string, headers: Record<string, string> = {}, path = '/hot') {
  const response = await fetch(origin() + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: origin(), Cookie: 'who=reader', ...headers },
    body,
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

describe('a hot door', () => {
  it('answers whom it admits, with an id, as data that is not kept and cannot run', async () => {
    const answer = await post('{"seq":1}');
    expect([answer.status, answer.text]).toEqual([200, '{"who":"reader","body":{"seq":1}}']);
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
    expect(answer.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
    expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(log).toContain(answer.headers.get('X-Request-Id') ?? 'no id');
  });

  it.each([
    ['nobody it knows', '{}', { Cookie: 'other=1' }],
    ['a post from another site', '{}', { Origin: 'https://evil.example' }],
    ['a large body', JSON.stringify({ text: 'x'.repeat(200) }), {}],
    ['another kind of body', 'a=1', { 'Content-Type': 'application/x-www-form-urlencoded' }],
  ])('leaves %s, untouched, to the edge', async (_, body, headers) => {
    expect((await post(body, headers)).text).toBe(`edge POST ${body}`);
  });

  it('stands open below a path with one changing part', async () => {
    expect((await post('{}', {}, '/rooms/7/hot')).text).toBe('{"who":"reader7","body":{}}');
    for (const path of ['/rooms/hot', '/rooms//hot', '/rooms/7/8/hot', '/rooms/7/hot/', '/rooms/7/hot?x'])
      expect((await post('{}', {}, path)).text).toBe('edge POST {}');
  });

  it('leaves other paths and methods to the edge', async () => {
    expect((await post('{}', {}, '/hot/')).text).toBe('edge POST {}');
    expect(await (await fetch(`${origin()}/hot`)).text()).toBe('edge GET ');
  });

  it('hands on what is no JSON as nothing, and a fault as the door words it', async () => {
    expect((await post('{')).text).toContain('"body":"none"');
    const fault = await post('{}', { Cookie: 'who=trouble' });
    expect([fault.status, fault.headers.get('Retry-After'), fault.text]).toEqual([
      503,
      '5',
      '{"code":"TRY_AGAIN"}',
    ]);
    expect(faults).toHaveLength(1);
  });

  it('survives a reader who hangs up in the middle of a beat', async () => {
    const request = http.request(`${origin()}/hot`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'Content-Length': 50,
        Origin: origin(),
        Cookie: 'who=x',
      },
    });
    const ended = new Promise((resolve) => request.once('error', resolve));
    request.write('{"seq"', () => request.destroy(new Error('hung up')));
    await ended;
    expect((await post('{"seq":2}')).status).toBe(200);
    expect(faults).toHaveLength(1);
  });

  it('takes what has come in whole, though its sender goes away while the door asks who that is', async () => {
    const request = http.request(`${origin()}/hot`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: origin(), Cookie: 'slow=1' },
    });
    const ended = new Promise((resolve) => request.once('error', resolve));
    request.end('{"seq":3}');
    const knocked = await slow.knocked;
    request.destroy(new Error('hung up'));
    await ended;
    knocked.admit('late');
    await expect.poll(() => answered).toContain('late {"seq":3}');
    await expect.poll(() => log).toContain('"status":499');
  });
});
