import { beforeAll, describe, expect, it } from 'vitest';
import { delegate, endDelegation } from '#app/accounts/delegation/delegate.server.ts';
import { viewDelegations } from '#app/accounts/delegation/delegations-view.server.ts';
import { loadActor } from '#app/accounts/load-actor.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { useWorld } from '#test/support/database.ts';
import { aPerson, aRegion, aUnit, anActor } from '#test/support/world.ts';

const world = useWorld();
let unitId = '';
let otherUnitId = '';

beforeAll(async () => {
  const regionId = await aRegion(world.ctx);
  unitId = await aUnit(world.ctx, { regionId });
  otherUnitId = await aUnit(world.ctx, { regionId });
  forgetTree(world.ctx);
});

const liaison = async (at = unitId) =>
  anActor(world.ctx, {
    personId: await aPerson(world.ctx, { unitId: at }),
    grants: [{ role: 'unit_liaison', scopeKind: 'unit', unitId: at }],
  });
const colleague = async (at = unitId) =>
  anActor(world.ctx, {
    personId: await aPerson(world.ctx, { unitId: at }),
    grants: [{ role: 'officer', scopeKind: 'self' }],
  });
const request = (deputyAccountId: string, change = {}) => ({
  kind: 'absence' as const,
  deputyAccountId,
  fromDay: '2026-11-23',
  untilDay: '2026-11-26',
  reason: '外出培训',
  commandId: newId(),
  ...change,
});
const rolesOf = async (accountId: string) =>
  [...((await loadActor(world.ctx, accountId))?.roles ?? [])].sort();

describe('standing in', () => {
  it('gives the deputy the rights for exactly the days, and takes them back by itself', async () => {
    const [principal, deputy] = [await liaison(), await colleague()];
    expect((await delegate(principal, request(deputy.actorId))).ok).toBe(true);
    expect(await rolesOf(deputy.actorId)).toEqual(['officer', 'unit_liaison']);
    const actor = await loadActor(world.ctx, deputy.actorId);
    expect(actor?.standsInFor?.map((one) => one.accountId)).toEqual([principal.actorId]);
    world.clock.set('2026-11-25T12:00:00.000Z');
    expect(await rolesOf(deputy.actorId)).toEqual(['officer', 'unit_liaison']);
    world.clock.set('2026-11-25T16:00:00.000Z');
    expect(await rolesOf(deputy.actorId)).toEqual(['officer']);
    world.clock.set('2026-11-23T01:00:00.000Z');
  });

  it('ends with the next click when one of the two ends it, once', async () => {
    const [principal, deputy] = [await liaison(), await colleague()];
    const started = await delegate(principal, request(deputy.actorId));
    if (!started.ok) throw new Error(started.code);
    const { delegationId } = started.value;
    const [one, other] = await Promise.all([
      endDelegation(principal, { delegationId }),
      endDelegation(deputy, { delegationId }),
    ]);
    expect([one.ok, other.ok].sort()).toEqual([false, true]);
    expect(await rolesOf(deputy.actorId)).toEqual(['officer']);
  });

  it('is done once when the form is sent twice', async () => {
    const [principal, deputy] = [await liaison(), await colleague()];
    const input = request(deputy.actorId);
    const [first, second] = await Promise.all([delegate(principal, input), delegate(principal, input)]);
    expect(first).toEqual(second);
    const page = await viewDelegations(principal);
    expect(page.ok && page.value.given.length).toBe(1);
  });

  it('two entries at once for the same days: one stands', async () => {
    const [principal, deputy] = [await liaison(), await colleague()];
    const outcomes = await Promise.all([
      delegate(principal, request(deputy.actorId)),
      delegate(principal, request(deputy.actorId)),
    ]);
    expect(outcomes.map((one) => (one.ok ? 'ok' : one.code)).sort()).toEqual(['OVERLAPS', 'ok']);
  });

  it('does not pass on what is borrowed', async () => {
    const [principal, deputy, third] = [await liaison(), await colleague(), await colleague()];
    await delegate(principal, request(deputy.actorId));
    const actor = await loadActor(world.ctx, deputy.actorId);
    if (!actor) throw new Error('the deputy is there');
    const outcome = await delegate({ ...deputy, actor }, request(third.actorId));
    expect(outcome).toMatchObject({ ok: false, code: 'NOTHING_TO_DELEGATE' });
    expect(await rolesOf(third.actorId)).toEqual(['officer']);
  });

  it('is refused for somebody of another unit, and nobody ends what is not theirs', async () => {
    const [principal, deputy, stranger] = [await liaison(), await colleague(), await colleague(otherUnitId)];
    expect(await delegate(principal, request(stranger.actorId))).toMatchObject({
      code: 'DEPUTY_NOT_OF_THE_UNIT',
    });
    const started = await delegate(principal, request(deputy.actorId));
    if (!started.ok) throw new Error(started.code);
    expect(await endDelegation(stranger, started.value)).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('ends with the account of the principal', async () => {
    const [principal, deputy] = [await liaison(), await colleague()];
    await delegate(principal, request(deputy.actorId));
    await world.ctx.db.account.update({ where: { id: principal.actorId }, data: { status: 'disabled' } });
    expect(await rolesOf(deputy.actorId)).toEqual(['officer']);
  });
});
