import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEdge } from '#app/platform/http/edge.server.ts';
import { purgeLimits } from '#app/platform/http/purge-limits.server.ts';
import { createRateLimit } from '#app/platform/http/rate-limit.server.ts';
import { type Listening, listen } from '#app/platform/http/listen.server.ts';
import { createLogger } from '#app/platform/log/logger.server.ts';
import { useWorld } from '#test/support/database.ts';

const world = useWorld();
let clientDir = '';
let listening: Listening | null = null;
let isReady = true;
const logged = new PassThrough();
let log = '';
logged.on('data', (chunk: Buffer) => {
  log += chunk.toString('utf8');
});

beforeAll(async () => {
  clientDir = await mkdtemp(path.join(os.tmpdir(), 'zhifa-edge-'));
  await mkdir(path.join(clientDir, 'assets'));
  await writeFile(path.join(clientDir, 'assets', 'page-abc123.js'), 'export {}');
  const edge = createEdge({
    log: createLogger({ level: 'info', destination: logged }),
    clientDir,
    ownOrigins: () => [origin()],
    secure: false,
    dev: false,
    trustProxy: false,
    isReady: () => Promise.resolve(isReady),
    before: [],
    remix: (req, res) => {
      res.send(`${req.method} ${String(res.locals.nonce)}`);
    },
  });
  listening = await listen({ listener: edge, host: '127.0.0.1', port: 0, tls: null });
});
afterAll(async () => {
  await listening?.close();
  await rm(clientDir, { recursive: true, force: true });
});

const origin = (): string => `http://127.0.0.1:${listening?.port ?? 0}`;
const ask = (where: string, init?: RequestInit) => fetch(origin() + where, init);

describe('the HTTP edge', () => {
  it('gives every answer an id and a fresh nonce that is the one in its policy', async () => {
    const [first, second] = [await ask('/'), await ask('/')];
    const nonce = (await first.text()).split(' ')[1] ?? '';
    expect(nonce.length).toBeGreaterThan(16);
    expect(first.headers.get('Content-Security-Policy')).toContain(`'nonce-${nonce}'`);
    expect(await second.text()).not.toContain(nonce);
    expect(first.headers.get('X-Request-Id')).not.toBe(second.headers.get('X-Request-Id'));
    expect(first.headers.get('X-Powered-By')).toBeNull();
  });

  it('refuses posts from other sites and lets our own pages through', async () => {
    expect((await ask('/x', { method: 'POST', headers: { Origin: 'https://evil.example' } })).status).toBe(
      403,
    );
    expect((await ask('/x', { method: 'POST' })).status).toBe(403);
    expect((await ask('/x', { method: 'POST', headers: { Origin: origin() } })).status).toBe(200);
  });

  it('keeps hashed files for ever and answers an unknown one with a hard 404', async () => {
    const known = await ask('/assets/page-abc123.js');
    expect(known.headers.get('Cache-Control')).toContain('immutable');
    const unknown = await ask('/assets/page-old.js');
    expect(unknown.status).toBe(404);
    expect(unknown.headers.get('Content-Type')).toContain('text/plain');
    expect((await ask('/assets/../../package.json')).status).not.toBe(500);
  });

  it('tells IE engines how to switch', async () => {
    const answer = await ask('/', {
      headers: { 'User-Agent': 'Mozilla/5.0 (Windows NT 10.0; Trident/7.0; rv:11.0)' },
    });
    expect(await answer.text()).toContain('请切换到极速模式');
  });

  it('answers health at once and readiness by what it is told', async () => {
    expect((await ask('/healthz')).status).toBe(200);
    isReady = false;
    expect((await ask('/readyz')).status).toBe(503);
    isReady = true;
    expect((await ask('/readyz')).status).toBe(200);
  });

  it('refuses bodies beyond the limit by their announced length', async () => {
    const { request } = await import('node:http');
    const status = await new Promise<number>((resolve, reject) => {
      const sent = request(
        `${origin()}/x`,
        { method: 'POST', headers: { Origin: origin(), 'Content-Length': String(500 * 1024 * 1024) } },
        (answer) => {
          resolve(answer.statusCode ?? 0);
          sent.destroy();
        },
      );
      sent.on('error', reject);
      sent.flushHeaders();
    });
    expect(status).toBe(413);
  });

  it('logs paths without what people typed into them', async () => {
    await ask('/search?q=%E5%BC%A0%E4%B8%89-secret-marker');
    await expect.poll(() => log.includes('"path":"/search"')).toBe(true);
    expect(log).not.toContain('secret-marker');
  });
});

describe('rate limits', () => {
  it('are counted in the database, so that several processes share them, and name the waiting time', async () => {
    const options = { pool: world.ctx.pool, name: 'test', points: 3, seconds: 60 };
    const [one, two] = [createRateLimit(options), createRateLimit(options)];
    const answers = [await one.take('k'), await two.take('k'), await one.take('k'), await two.take('k')];
    expect(answers.map((answer) => answer.ok)).toEqual([true, true, true, false]);
    const last = answers[3];
    expect(last && !last.ok && Number(last.detail?.seconds)).toBeGreaterThan(0);
    expect((await two.take('other')).ok).toBe(true);
  });

  it('are removed once their window is over, and only then', async () => {
    const { pool, db, clock } = world.ctx;
    const [over, open] = [
      createRateLimit({ pool, name: 'test-over', points: 3, seconds: 60 }),
      createRateLimit({ pool, name: 'test-open', points: 3, seconds: 60 }),
    ];
    await over.take('k');
    await open.take('k');
    const nowMs = BigInt(clock.now().getTime());
    const endsAt = (key: string, expire: bigint) => db.rateLimit.update({ where: { key }, data: { expire } });
    await endsAt('test-over:k', nowMs - 1n);
    await endsAt('test-open:k', nowMs);
    const both = await Promise.all([purgeLimits(world.ctx), purgeLimits(world.ctx)]);
    expect(both[0] + both[1]).toBeGreaterThan(0);
    const left = await db.rateLimit.findMany({ where: { key: { in: ['test-over:k', 'test-open:k'] } } });
    expect(left.map(({ key }) => key)).toEqual(['test-open:k']);
    expect(await over.standing('k')).toEqual({ used: 0, seconds: 0 });
  });

  it('start anew for whoever has proved to be in the right, and for nobody else', async () => {
    const limit = createRateLimit({ pool: world.ctx.pool, name: 'test-forget', points: 1, seconds: 60 });
    for (const key of ['mine', 'theirs']) await limit.take(key);
    await limit.forget('mine');
    expect((await limit.take('mine')).ok).toBe(true);
    expect((await limit.take('theirs')).ok).toBe(false);
  });
});
