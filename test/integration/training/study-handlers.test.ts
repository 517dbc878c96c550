import express from 'express';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RequestCtx } from '#app/accounts/actor.server.ts';
import type { Services } from '#app/accounts/part.server.ts';
import { createSessions } from '#app/accounts/session.server.ts';
import { withHotDoors } from '#app/platform/http/hot-door.server.ts';
import type { Listening } from '#app/platform/http/listen.server.ts';
import { listen } from '#app/platform/http/listen.server.ts';
import { beatDoor, mountStudy } from '#app/training/study/study-handlers.server.ts';
import { aCourse, aLesson, serveCourses } from '#test/support/course.ts';
import { useWorld } from '#test/support/database.ts';
import { aPerson, aRegion, aUnit, anActor } from '#test/support/world.ts';

const world = useWorld();
let asking: RequestCtx;
let officer: RequestCtx;
let listening: Listening | null = null;
/** Cookie of the officer's session; with it beats come through the door in front of the edge. */
let cookie = '';
let sent = '';

beforeAll(async () => {
  const { ctx } = world;
  const regionId = await aRegion(ctx);
  const unitId = await aUnit(ctx, { regionId });
  const personId = await aPerson(ctx, { unitId });
  officer = await anActor(ctx, { personId, grants: [{ role: 'officer', scopeKind: 'self' }] });
  await serveCourses(ctx, aCourse('handlers', { lessons: [aLesson('one'), aLesson('two')] }));
  const sessions = createSessions({ pool: ctx.pool, secure: false });
  const { setCookie } = await sessions.create(officer.actorId ?? '');
  cookie = setCookie.split(';')[0] ?? '';
  await leaveHours(24);
  const services: Services = {
    system: ctx,
    jobs: {
      enqueue: () => Promise.resolve(),
      start: () => Promise.resolve(),
      stop: () => Promise.resolve(),
    },
    rootDir: '.',
    requestCtx: () => Promise.resolve(asking),
    sessions,
    progress: () => undefined,
  };
  const app = express();
  mountStudy(app, services);
  const doors = [{ '/study/beat': beatDoor(services) }];
  const listener = withHotDoors(app, { log: ctx.log, doors, ownOrigins: () => [] });
  listening = await listen({ listener, host: '127.0.0.1', port: 0, tls: null });
});
afterAll(() => listening?.close());

/** As many hours of the officer's session are left. */
async function leaveHours(hours: number): Promise<void> {
  const expiresAt = new Date(world.clock.now().getTime() + hours * 3_600_000);
  await world.ctx.db.accountSession.updateMany({
    where: { accountId: officer.actorId ?? '' },
    data: { expiresAt },
  });
}

async function post(path: string, body: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(`http://127.0.0.1:${listening?.port ?? 0}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'same-origin', Cookie: sent },
    body: text,
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe.each([
  ['the ordinary way', false, 'one'],
  ['the door in front of the edge', true, 'two'],
])('POST /study/open and /study/beat by %s', (_way, isHot, lesson) => {
  beforeEach(() => {
    sent = isHot ? cookie : '';
    // Whoever came the ordinary way would be asked to sign in.
    asking = isHot ? { ...world.ctx, actor: null } : officer;
  });

  it('open a page and verify time on it', async () => {
    asking = officer;
    const opened = await post('/study/open', { course: 'handlers', lesson });
    if (isHot) asking = { ...world.ctx, actor: null };
    expect(opened).toMatchObject({ status: 200, body: { heartbeatSeconds: 30 } });
    world.clock.advanceSeconds(30);
    const beat = { visitId: opened.body.visitId, seq: 1, visible: true, active: true };
    expect(await post('/study/beat', beat)).toMatchObject({
      status: 200,
      body: { result: 'verified', lastSeq: 1, verifiedSeconds: 30, nominalSeconds: 600 },
    });
    expect(await post('/study/beat', beat)).toMatchObject({ status: 200, body: { result: 'repeated' } });
  });

  it.each([
    ['no JSON', '{'],
    [
      'a forged duration',
      { visitId: '0192f000-0000-7000-8000-000000000001', seq: 1, visible: true, active: true, seconds: 600 },
    ],
    [
      'a number that is none',
      { visitId: '0192f000-0000-7000-8000-000000000001', seq: 0, visible: true, active: true },
    ],
    ['no visit', { seq: 1, visible: true, active: true }],
  ])('refuse %s', async (_, body) => {
    const answer = await post('/study/beat', body);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.body.code).toBe('BAD_REQUEST');
  });

  it('do not find a page that is not there', async () => {
    const beat = { visitId: '0192f000-0000-7000-8000-000000000001', seq: 1, visible: true, active: true };
    expect(await post('/study/beat', beat)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  });
});

describe('POST /study/open and /study/beat', () => {
  beforeEach(() => {
    sent = '';
  });

  it('ask strangers to sign in', async () => {
    asking = { ...world.ctx, actor: null };
    expect(await post('/study/open', { course: 'handlers', lesson: 'one' })).toMatchObject({
      status: 401,
      body: { code: 'SIGN_IN_REQUIRED' },
    });
  });

  it('are closed to those who do not learn', async () => {
    asking = await anActor(world.ctx, {
      grants: [{ role: 'supervisor', scopeKind: 'region', regionId: await aRegion(world.ctx) }],
    });
    expect(await post('/study/beat', {})).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
  });

  it('do not find a lesson that is not there, and refuse a body too large', async () => {
    asking = officer;
    expect(await post('/study/open', { course: 'handlers', lesson: 'none' })).toMatchObject({ status: 404 });
    const large = await post('/study/beat', { visitId: 'x'.repeat(4000) });
    expect(large).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } });
  });

  it('leave a session that is due to be prolonged to the ordinary way', async () => {
    await leaveHours(1);
    [asking, sent] = [{ ...world.ctx, actor: null }, cookie];
    expect(await post('/study/beat', {})).toMatchObject({ status: 401 });
    asking = officer;
    expect(await post('/study/beat', {})).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } });
  });
});
