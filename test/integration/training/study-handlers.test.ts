import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RequestCtx } from '#app/accounts/actor.server.ts';
import type { Services } from '#app/accounts/part.server.ts';
import { mountStudy } from '#app/training/study/study-handlers.server.ts';
import { aCourse, serveCourses } from '#test/support/course.ts';
import { useWorld } from '#test/support/database.ts';
import { aPerson, aRegion, aUnit, anActor } from '#test/support/world.ts';

const world = useWorld();
let asking: RequestCtx;
let officer: RequestCtx;
let base = '';
let close = (): Promise<void> => Promise.resolve();

beforeAll(async () => {
  const { ctx } = world;
  const regionId = await aRegion(ctx);
  const unitId = await aUnit(ctx, { regionId });
  const personId = await aPerson(ctx, { unitId });
  officer = await anActor(ctx, { personId, grants: [{ role: 'officer', scopeKind: 'self' }] });
  await serveCourses(ctx, aCourse('handlers'));
  const app = express();
  const services: Services = {
    system: ctx,
    jobs: {
      enqueue: () => Promise.resolve(),
      start: () => Promise.resolve(),
      stop: () => Promise.resolve(),
    },
    rootDir: '.',
    requestCtx: () => Promise.resolve(asking),
    progress: () => undefined,
  };
  mountStudy(app, services);
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = () => new Promise((resolve) => server.close(() => resolve()));
});
afterAll(() => close());

async function post(path: string, body: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(base + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: text,
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('POST /study/open and /study/beat', () => {
  it('open a page and verify time on it', async () => {
    asking = officer;
    const opened = await post('/study/open', { course: 'handlers', lesson: 'one' });
    expect(opened).toMatchObject({ status: 200, body: { heartbeatSeconds: 30 } });
    world.clock.advanceSeconds(30);
    const beat = { visitId: opened.body.visitId, seq: 1, visible: true, active: true };
    expect(await post('/study/beat', beat)).toMatchObject({
      status: 200,
      body: { result: 'verified', lastSeq: 1, verifiedSeconds: 30, nominalSeconds: 600 },
    });
    expect(await post('/study/beat', beat)).toMatchObject({ status: 200, body: { result: 'repeated' } });
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
    ['a body too large', { visitId: 'x'.repeat(4000) }],
  ])('refuse %s', async (_, body) => {
    asking = officer;
    const answer = await post('/study/beat', body);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.body.code).toBe('BAD_REQUEST');
  });

  it('do not find a lesson or a page that is not there', async () => {
    asking = officer;
    expect(await post('/study/open', { course: 'handlers', lesson: 'none' })).toMatchObject({ status: 404 });
    const beat = { visitId: '0192f000-0000-7000-8000-000000000001', seq: 1, visible: true, active: true };
    expect(await post('/study/beat', beat)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  });
});
