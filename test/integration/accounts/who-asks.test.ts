import { describe, expect, it } from 'vitest';
import { createSessions } from '#app/accounts/session.server.ts';
import { createWhoAsks } from '#app/accounts/who-asks.server.ts';
import { useWorld } from '#test/support/database.ts';
import { aPerson, aRegion, aUnit, anActor } from '#test/support/world.ts';

const world = useWorld();

const whoAsksOf = (secure = false) =>
  createWhoAsks(world.ctx, createSessions({ pool: world.ctx.pool, secure }));

async function aSignedInOfficer() {
  const { ctx } = world;
  const unitId = await aUnit(ctx, { regionId: await aRegion(ctx) });
  const personId = await aPerson(ctx, { unitId });
  const actor = await anActor(ctx, { personId, grants: [{ role: 'officer', scopeKind: 'self' }] });
  const { setCookie } = await createSessions({ pool: ctx.pool, secure: false }).create(actor.actorId);
  const cookie = setCookie.split(';')[0] ?? '';
  /** As many hours of the session's day are left. */
  const leave = (hours: number) =>
    ctx.db.accountSession.updateMany({
      where: { accountId: actor.actorId },
      data: { expiresAt: new Date(world.clock.now().getTime() + hours * 3_600_000) },
    });
  await leave(24);
  return { cookie, accountId: actor.actorId, personId, leave };
}

describe('who asks, for doors that are knocked at thousands of times a second', () => {
  it('knows many at once, each by the own session, and nobody by a made-up one', async () => {
    const officers = [await aSignedInOfficer(), await aSignedInOfficer(), await aSignedInOfficer()];
    const whoAsks = whoAsksOf();
    const asked = officers.map((one) => whoAsks(`theme=dark; ${one.cookie}`));
    const strangers = [whoAsks('zhifa=made-up'), whoAsks(undefined), whoAsks('other=1')];
    expect(await Promise.all(asked)).toEqual(
      officers.map(({ accountId, personId }) => ({ accountId, personId, roles: ['officer'], boundTo: null })),
    );
    expect(await Promise.all(strangers)).toEqual([null, null, null]);
  });

  it('over TLS a cookie without the prefix, which another site of the domain may have planted, is nobody’s', async () => {
    const { cookie, accountId } = await aSignedInOfficer();
    expect(await whoAsksOf(true)(cookie)).toBeNull();
    expect(await whoAsksOf(true)(`__Host-${cookie}`)).toMatchObject({ accountId });
  });

  it.each([
    ['lives longer than half a day', 13, true],
    ['is due to be prolonged: the ordinary path does that', 11, false],
    ['has ended', -1, false],
  ])('a session that %s', async (_, hours, isKnown) => {
    const { cookie, leave } = await aSignedInOfficer();
    await leave(hours);
    expect((await whoAsksOf()(cookie)) !== null).toBe(isKnown);
  });

  it('a right that was withdrawn and an account that was disabled are noticed with the next question', async () => {
    const { cookie, accountId } = await aSignedInOfficer();
    const whoAsks = whoAsksOf();
    await world.ctx.db.roleGrant.updateMany({
      where: { accountId },
      data: { supersededAt: world.clock.now() },
    });
    expect(await whoAsks(cookie)).toMatchObject({ roles: [] });
    await world.ctx.db.account.update({ where: { id: accountId }, data: { status: 'disabled' } });
    expect(await whoAsks(cookie)).toBeNull();
  });
});
