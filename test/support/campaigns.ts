import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { submitAnswer } from '#app/office/campaign/answer-target.server.ts';
import { findTarget } from '#app/office/campaign/campaign.store.server.ts';
import { issueCampaign } from '#app/office/campaign/issue-campaign.server.ts';
import { reviewAnswer } from '#app/office/campaign/review-answer.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { dayToDb } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { TestWorld } from './database.ts';
import { value } from './office.ts';
import { aRegion, aUnit, anActor } from './world.ts';

const SINCE = dayToDb('2020-01-01');

/** A city with a bureau and units that hold an entity each, for tests of campaigns. */
export function campaignSteps(world: TestWorld) {
  /** @returns id of the entity */
  async function anEntity(unitId: string, name = '某局'): Promise<string> {
    const entityId = newId<'Entity'>();
    await world.ctx.db.entity.create({
      data: {
        id: entityId,
        versions: {
          create: {
            id: newId(),
            unitId,
            name,
            entityType: 'organ',
            legalBasis: '《中华人民共和国行政处罚法》第十七条',
            confirmationNo: '旧〔2025〕1号',
            validFrom: SINCE,
            recordedAt: SINCE,
          },
        },
      },
    });
    return entityId;
  }

  async function aCity(units = 3) {
    const regionId = await aRegion(world.ctx, { level: 'city', name: `甲市${newId().slice(-5)}` });
    const unitIds: string[] = [];
    for (let n = 0; n < units; n += 1)
      unitIds.push(await aUnit(world.ctx, { regionId, name: `第${n + 1}局` }));
    const entityIds: string[] = [];
    for (const [n, unitId] of unitIds.entries()) entityIds.push(await anEntity(unitId, `第${n + 1}局`));
    const officer = () =>
      anActor(world.ctx, { grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId }] });
    // Who issues and who approves are two people.
    const [bureau, second] = [await officer(), await officer()];
    const liaisons: ActorCtx[] = [];
    for (const unitId of unitIds)
      liaisons.push(
        await anActor(world.ctx, { grants: [{ role: 'unit_liaison', scopeKind: 'unit', unitId }] }),
      );
    forgetTree(world.ctx);
    return { regionId, unitIds, entityIds, bureau, second, liaisons };
  }

  async function issue(
    bureau: ActorCtx,
    regionId: string,
    over: { kind?: string; unitNames?: string[]; workdays?: number; commandId?: string } = {},
  ) {
    return issueCampaign(bureau, {
      kind: over.kind ?? 'entity_confirmation',
      regionId,
      fieldCode: null,
      year: 2026,
      title: '2026年度行政执法主体资格确认',
      body: '请核对。',
      workdays: over.workdays ?? 10,
      unitNames: over.unitNames ?? [],
      commandId: over.commandId ?? newId(),
    });
  }

  const targetOf = async (campaignId: string, unitId: string) => {
    const target = await findTarget(world.ctx.pool, campaignId, unitId);
    if (target === null) throw new Error('no target');
    return target;
  };

  async function answer(
    actor: ActorCtx,
    place: { campaignId: string; unitId: string },
    values: Record<string, string> | 'same' = 'same',
    over: { commandId?: string; expectedVersion?: number } = {},
  ) {
    return submitAnswer(actor, {
      ...place,
      mode: values === 'same' ? 'same' : 'filled_in',
      values: values === 'same' ? { preparer: '王某' } : { preparer: '王某', ...values },
      expectedVersion: over.expectedVersion ?? (await targetOf(place.campaignId, place.unitId)).version,
      commandId: over.commandId ?? newId(),
    });
  }

  async function review(
    actor: ActorCtx,
    place: { campaignId: string; unitId: string },
    verdict: 'accepted' | 'returned' = 'accepted',
    reason: string | null = verdict === 'returned' ? '依据不清' : null,
  ) {
    const { version } = await targetOf(place.campaignId, place.unitId);
    return reviewAnswer(actor, { ...place, verdict, reason, expectedVersion: version, commandId: newId() });
  }

  /** An issued campaign with its id. */
  async function issued(
    city: { bureau: ActorCtx; regionId: string },
    over: Parameters<typeof issue>[2] = {},
  ) {
    return value(await issue(city.bureau, city.regionId, over)).campaignId;
  }

  return { anEntity, aCity, issue, issued, targetOf, answer, review };
}
