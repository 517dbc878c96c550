import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { confirmClosing } from '#app/training/year/confirm-closing.server.ts';
import { freezeClosing } from '#app/training/year/freeze-closing.server.ts';
import { publishList } from '#app/training/year/publish-list.server.ts';
import type { TestWorld } from './database.ts';
import { value } from './office.ts';
import { aCard, anHourEntry } from './officers.ts';
import { aPerson, aRegion, aUnit, anActor } from './world.ts';

/** A unit whose year is to be closed: builders and steps. The year is over and the first working day has come. */
export const YEAR = 2025;
/** Monday. Five 工作日 later is Monday the 12th. */
export const FIRST_DAY = '2026-01-05T01:00:00.000Z';
export const LAST_NOTICE_DAY = '2026-01-12';
export const AFTER_NOTICE = '2026-01-13T01:00:00.000Z';
export const HOUR = 2700;

export interface ClosingOffice {
  readonly regionId: string;
  readonly unitId: string;
  readonly liaison: ActorCtx;
  readonly leader: ActorCtx;
  readonly bureau: ActorCtx;
  readonly officers: readonly ActorCtx[];
  readonly personIds: readonly string[];
}

export function closingSteps(world: TestWorld) {
  /** Officers with a card and 62 学时 each in the year. */
  async function anOffice(people = 2): Promise<ClosingOffice> {
    world.clock.set(FIRST_DAY);
    const { ctx } = world;
    const regionId = await aRegion(ctx);
    const unitId = await aUnit(ctx, { regionId });
    const liaison = await anActor(ctx, { grants: [{ role: 'unit_liaison', scopeKind: 'unit', unitId }] });
    const leader = await anActor(ctx, { grants: [{ role: 'unit_leader', scopeKind: 'unit', unitId }] });
    const bureau = await anActor(ctx, {
      grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId }],
    });
    const officers: ActorCtx[] = [];
    const personIds: string[] = [];
    for (let n = 0; n < people; n += 1) {
      const personId = await aPerson(ctx, { unitId, name: `李某${n}` });
      personIds.push(personId);
      await aCard(ctx, { personId, unitId, regionId });
      officers.push(await anActor(ctx, { personId, grants: [{ role: 'officer', scopeKind: 'self' }] }));
      const entry = { personId, unitId, day: `${YEAR}-06-01` };
      await anHourEntry(ctx, { ...entry, creditSeconds: 50 * HOUR });
      await anHourEntry(ctx, { ...entry, creditSeconds: 12 * HOUR, category: 'specialised_law' });
    }
    forgetTree(ctx);
    return { regionId, unitId, liaison, leader, bureau, officers, personIds };
  }

  const publish = (office: ClosingOffice, actor = office.liaison) =>
    publishList(actor, { unitId: office.unitId, year: YEAR, commandId: newId() });

  const confirm = (office: ClosingOffice, actor = office.leader) =>
    confirmClosing(actor, { unitId: office.unitId, year: YEAR, commandId: newId() });

  const freeze = (office: ClosingOffice, actor = office.bureau) =>
    freezeClosing(actor, { unitId: office.unitId, year: YEAR });

  /** Published, the period over, confirmed. */
  async function aConfirmedOffice(people = 2): Promise<ClosingOffice> {
    const office = await anOffice(people);
    value(await publish(office));
    world.clock.set(AFTER_NOTICE);
    value(await confirm(office));
    return office;
  }

  async function aFrozenOffice(people = 2): Promise<ClosingOffice & { readonly sealNo: string }> {
    const office = await aConfirmedOffice(people);
    return { ...office, ...value(await freeze(office)) };
  }

  return { anOffice, publish, confirm, freeze, aConfirmedOffice, aFrozenOffice };
}
