import { beforeAll, describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { taskConsumer } from '#app/office/task/ask-task.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { drainConsumer, registerConsumers } from '#app/platform/outbox/dispatcher.server.ts';
import { viewDesk } from '#app/shell/desk-view.server.ts';
import { frameOf } from '#app/shell/frame-view.server.ts';
import { viewLearnerHome } from '#app/shell/learner-view.server.ts';
import { askToCloseDue } from '#app/training/session/due-sessions.server.ts';
import { useWorld } from '#test/support/database.ts';
import { aCard, anHourEntry } from '#test/support/officers.ts';
import { aPerson, aRegion, aUnit, anActor } from '#test/support/world.ts';

const world = useWorld();
const HOUR = 2700;
let unitId = '';
let personId = '';
let liaison: ActorCtx;
let officer: ActorCtx;

async function aClass(endsAt: string): Promise<string> {
  const id = newId<'TrainingSession'>();
  await world.ctx.db.trainingSession.create({
    data: {
      id,
      title: '集中学习',
      category: 'public_law',
      form: 'class',
      unitId,
      place: '会议室',
      lecturer: '王某',
      capacity: 50,
      status: 'scheduled',
      createdBy: liaison.actorId,
      createdAt: world.clock.now(),
      blocks: {
        create: {
          id: newId(),
          position: 1,
          startsAt: new Date('2026-11-20T01:00:00Z'),
          endsAt: new Date(endsAt),
        },
      },
    },
  });
  return id;
}

beforeAll(async () => {
  const { ctx } = world;
  await registerConsumers(ctx, [taskConsumer]);
  const regionId = await aRegion(ctx);
  unitId = await aUnit(ctx, { regionId, name: '某县市场监管局' });
  personId = await aPerson(ctx, { unitId });
  await aCard(ctx, { personId, unitId, regionId });
  await anHourEntry(ctx, { personId, unitId, creditSeconds: 42 * HOUR + 1801, day: '2026-05-05' });
  officer = await anActor(ctx, { personId, grants: [{ role: 'officer', scopeKind: 'self' }] });
  liaison = await anActor(ctx, { grants: [{ role: 'unit_liaison', scopeKind: 'unit', unitId }] });
});

describe('the desk', () => {
  it('asks a liaison to close classes that are over, and leads straight to it', async () => {
    expect((await viewDesk(liaison)).tasks).toEqual([]);
    const id = await aClass('2026-11-20T03:00:00Z');
    await aClass('2026-11-30T03:00:00Z');
    await askToCloseDue(world.ctx);
    await expect
      .poll(async () => {
        await drainConsumer(world.ctx, taskConsumer);
        return (await viewDesk(liaison)).tasks.map((task) => task.path);
      })
      .toEqual([`/coordinate/sessions/${id}`]);
    expect((await viewDesk(liaison)).waiting).toBe(1);
  });

  it('shows the completion of the own unit, and nothing to begin that does not open', async () => {
    const desk = await viewDesk(liaison);
    expect(desk.figures).toMatchObject({ title: '某县市场监管局', total: { due: 1, met: 0 } });
    expect(desk.starts.map((start) => start.to)).toContain('/coordinate/sessions/new');
    expect(desk.starts.map((start) => start.to)).not.toContain('/bureau/imports');
  });
});

describe("the officer's home", () => {
  it('says what is owed this year, that nothing waits, and how the card stands', async () => {
    const home = await viewLearnerHome(officer, 'https://example.test');
    expect(home.year).toMatchObject({
      year: 2026,
      totalSeconds: 42 * HOUR + 1801,
      targetSeconds: 60 * HOUR,
      owedSeconds: 18 * HOUR - 1801,
      keyField: null,
    });
    expect(home).toMatchObject({ nextClass: null, nextExam: null });
    expect(home.card).toMatchObject({ standing: 'active', validToDay: '2030-12-31', missing: null });
  });
});

describe('the frame', () => {
  const request = new Request('https://example.test/', { headers: { Cookie: 'display=dark.elder' } });

  it('gives a learner tabs and the home unit, and keeps the display settings', async () => {
    const frame = await frameOf(officer, request);
    expect(frame.nav).toBeNull();
    expect(frame.user).toMatchObject({ unitName: '某县市场监管局', theme: 'dark', elder: true });
  });

  it('gives an official navigation by task and the place the right is given for', async () => {
    const frame = await frameOf(liaison, request);
    expect(frame.nav?.map((group) => group.label)).toContain('培训');
    expect(frame.user).toMatchObject({ unitName: '某县市场监管局', roleLabel: '单位联络员' });
  });
});
