import { ENTITY_CONFIRMATION, presetItem } from '#app/office/campaign/kinds/entity-confirmation.ts';
import type { EntityAnswer, EntityAnswerItem } from '#app/office/campaign/kinds/entity-confirmation.ts';
import { addWorkdays } from '#app/office/workday/workday.ts';
import { loadWorkdayExceptions } from '#app/office/workday/workday.store.server.ts';
import type { EntityRecord } from '#app/organization/entity/entity.ts';
import { listEntitiesOfUnits } from '#app/organization/entity/entity.store.server.ts';
import { loadTree } from '#app/organization/tree/tree.store.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import { addDays, yearOf } from '#app/platform/time/day.ts';
import { demoId } from '../demo-id.server.ts';
import type { CampaignPart } from '../plan/campaigns.ts';
import { partOf, pastConfirmation } from '../plan/campaigns.ts';
import { setStage } from '../plan/cast.ts';
import type { PlannedUnit } from '../plan/city.ts';
import type { SeedRun } from '../seed-run.server.ts';
import { unitId } from '../seed-run.server.ts';
import type { Story } from './campaign-rows.server.ts';
import { DEMO_WORKDAYS, copyStory } from './campaign-rows.server.ts';

const DAYS_SINCE_ISSUE = 6;
const CALENDAR_DAYS = 60;
const RETURN_REASON = '执法依据须写明条款，请补充后重新提交。';

function changedItem(item: EntityAnswerItem): EntityAnswerItem {
  invariant(item.before, 'a registered entity has a record');
  const details = { ...item.before.details, address: '新区人民路 1 号' };
  return {
    ...item,
    verdict: 'changed',
    statement: { ...item.before, details },
    reason: '办公地址变更',
    proofNo: '演示〔2026〕迁址1号',
  };
}

function answerOf(
  records: readonly EntityRecord[],
  part: CampaignPart,
  nameOf: (id: string) => string | null,
): EntityAnswer {
  const items = records.map((record) => presetItem(record, nameOf));
  const isChanged = part === 'changed' || part === 'returned';
  return {
    preparer: '联络员',
    phone: null,
    items: isChanged ? items.map((item, index) => (index === 0 ? changedItem(item) : item)) : items,
  };
}

/**
 * The confirmation of the present year, announced long ago with every unit's answer, and the one of the coming year, under
 * way: some have answered, some have changes, some owe it (YC1). After accounts, whose bureau issued them.
 */
export async function seedCampaigns(run: SeedRun): Promise<void> {
  const { plan, seedDay, ctx } = run;
  const stage = setStage(plan.plan);
  const onStage = [stage.liaisonUnit.key, stage.otherUnit.key];
  const units = plan.plan.units.filter(
    (unit) =>
      unit.entity !== null &&
      (unit.regionKey === stage.city.key || unit.regionKey.startsWith(`${stage.city.key}/`)),
  );
  const records = await listEntitiesOfUnits(
    ctx.pool,
    units.map((unit) => unitId(unit.key)),
    seedDay,
  );
  const tree = await loadTree(ctx.pool, seedDay, ctx.clock.now());
  const byUnit = new Map<string, EntityRecord[]>();
  for (const record of records) byUnit.set(record.unitId, [...(byUnit.get(record.unitId) ?? []), record]);
  const confirmed = records.find((record) => record.announcedDay !== null);
  const year = confirmed?.announcedDay ? yearOf(confirmed.announcedDay) : yearOf(seedDay);
  const past = pastConfirmation(year);
  const issuedDay = addDays(seedDay, -DAYS_SINCE_ISSUE);
  const exceptions = await loadWorkdayExceptions(ctx.pool, issuedDay, addDays(issuedDay, CALENDAR_DAYS));
  const common = { kind: ENTITY_CONFIRMATION, effect: null, returnReason: RETURN_REASON };
  const approvingOrgan = `${stage.city.name}人民政府`;
  const stories: (Story & { readonly part: (index: number, unit: PlannedUnit) => CampaignPart })[] = [
    {
      ...common,
      approvingOrgan,
      id: demoId(`campaign:entity:${year}`, past.issuedDay),
      state: 'announced',
      ...past,
      answeredDay: past.issuedDay,
      documentNo: confirmed?.confirmationNo ?? `演示〔${year}〕主体公告`,
      part: () => 'accepted',
    },
    {
      ...common,
      approvingOrgan,
      id: demoId(`campaign:entity:${year + 1}`, issuedDay),
      year: year + 1,
      state: 'open',
      issuedDay,
      dueDay: addWorkdays(issuedDay, DEMO_WORKDAYS, exceptions),
      answeredDay: addDays(seedDay, -2),
      documentNo: null,
      announcedDay: null,
      part: (index, unit) => partOf(index, onStage.includes(unit.key)),
    },
  ];
  const names = new Map(plan.plan.units.map((unit) => [unitId(unit.key), unit.name]));
  const nameOf = (id: string): string | null => names.get(id) ?? null;
  for (const story of stories) {
    const asked = units.map((unit, index) => {
      const part = story.part(index, unit);
      return {
        unit,
        targetId: demoId(`campaign_target:${story.id}:${unit.key}`, story.issuedDay),
        namePinyin: tree.units.get(unitId(unit.key))?.namePinyin ?? '',
        part,
        content: part === 'waiting' ? null : answerOf(byUnit.get(unitId(unit.key)) ?? [], part, nameOf),
      };
    });
    await copyStory(run, story, asked);
  }
  run.progress(`任务：主体资格确认 ${stories.length} 期，${units.length} 个单位`);
}
