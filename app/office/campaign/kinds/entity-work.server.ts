import type { ConfirmedLine } from '#app/organization/entity/decide-confirmation.ts';
import { announceEntitiesIn, confirmEntitiesIn } from '#app/organization/entity/confirm-entities.server.ts';
import { listEntitiesOfUnits, listEntityUnitIds } from '#app/organization/entity/entity.store.server.ts';
import type { OrgTree, UnitNode } from '#app/organization/tree/tree.ts';
import { regionAncestors } from '#app/organization/tree/tree.ts';
import { listFields } from '#app/organization/tree/tree.store.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { ENTITY_FORM } from '../../document/papers/office-papers.ts';
import type { AcceptedAnswer } from '../answer.store.server.ts';
import type { CampaignWork } from '../work.server.ts';
import type { EntityAnswerItem } from './entity-confirmation.ts';
import { ENTITY_CONFIRMATION, entityAnswerSchema, presetItem, toStatement } from './entity-confirmation.ts';
import { entityFormData } from './entity-papers.ts';
import type { EntrustingUnit } from './entity-form.ts';
import { readEntityForm } from './entity-form.ts';

export interface EntityPreset {
  readonly items: readonly EntityAnswerItem[];
  /** Organs of the unit's own and higher regions, which may entrust it. */
  readonly entrusting: readonly EntrustingUnit[];
}

const ORGANS: readonly UnitNode['unitType'][] = [
  'government',
  'department',
  'township',
  'zone_committee',
  'justice',
];
/** Own region and the one above it: a township is entrusted by its county, a county body by county or city. */
const REGIONS_UP = 3;

function entrustingUnits(tree: OrgTree, unit: UnitNode, named: readonly string[]): EntrustingUnit[] {
  const near = regionAncestors(tree, unit.regionId)
    .slice(0, REGIONS_UP)
    .flatMap((region) => tree.unitsOfRegion.get(region.id) ?? []);
  return [...new Set([...named, ...near])].flatMap((id) => {
    const one = tree.units.get(id);
    if (one === undefined || one.id === unit.id) return [];
    return named.includes(id) || ORGANS.includes(one.unitType) ? [{ unitId: one.id, name: one.name }] : [];
  });
}

/** What a unit finds on the page: the register's entries, all as last year. */
export async function loadEntityPreset(
  ctx: Pick<Ctx, 'pool'>,
  asked: { readonly unit: UnitNode; readonly tree: OrgTree; readonly today: Day },
): Promise<EntityPreset> {
  const { unit, tree, today } = asked;
  const records = await listEntitiesOfUnits(ctx.pool, [unit.id], today);
  const named = records.flatMap((record) => record.entrustingUnitId ?? []);
  return {
    items: records.map((record) => presetItem(record, (id) => tree.units.get(id)?.name ?? null)),
    entrusting: entrustingUnits(tree, unit, named),
  };
}

function linesOf(answer: AcceptedAnswer): ConfirmedLine[] {
  return entityAnswerSchema.parse(answer.content).items.map((item): ConfirmedLine => {
    const where = { unitId: answer.unitId, entityId: item.entityId };
    if (item.verdict === 'abolished') return { verdict: 'abolished', ...where };
    if (item.statement === null) return { verdict: 'same', ...where };
    const verdict = item.verdict === 'new' ? 'new' : 'changed';
    return { verdict, ...where, statement: toStatement(item.statement) };
  });
}

type FormsAsked = Parameters<NonNullable<CampaignWork['bureauForms']>['fill']>[1];

/** One 审查登记表 for every entity of these units; a unit that has not answered stands as the register has it. */
async function entityForms(ctx: Pick<Ctx, 'pool' | 'clock'>, asked: FormsAsked) {
  const { campaign, tree, targets } = asked;
  const silent = targets.filter(({ content }) => content === null).map(({ unitId }) => unitId);
  const records = await listEntitiesOfUnits(ctx.pool, silent, dayOf(ctx.clock.now()));
  const fields = new Map((await listFields(ctx.pool)).map(({ code, name }) => [code, name]));
  return targets.flatMap((target) => {
    const unit = tree.units.get(target.unitId);
    const answer = target.content === null ? null : entityAnswerSchema.parse(target.content);
    const items =
      answer?.items ??
      records
        .filter((record) => record.unitId === target.unitId)
        .map((record) => presetItem(record, (id) => tree.units.get(id)?.name ?? null));
    const facts = {
      year: campaign.year,
      regionName: tree.regions.get(target.regionId)?.name ?? '',
      fieldNames: (unit?.fieldCodes ?? []).flatMap((code) => fields.get(code) ?? []),
      preparer: answer?.preparer ?? '',
      answeredDay: target.answeredAt === null ? null : dayOf(target.answeredAt),
      isAccepted: target.state === 'accepted',
      bureauName: asked.bureauName,
    };
    return items.flatMap((item) => {
      const data = entityFormData(item, facts);
      const title = `主体资格审查登记表（${(item.statement ?? item.before)?.name ?? ''}）`;
      return data === null ? [] : [{ targetId: target.targetId, folder: target.unitName, title, data }];
    });
  });
}

export const entityWork: CampaignWork = {
  kind: ENTITY_CONFIRMATION,
  chooseTargets: async (ctx, units, day) => {
    const holding = await listEntityUnitIds(ctx.pool, day);
    return units.filter((unit) => holding.has(unit.id));
  },
  readAnswer: async (ctx, asked, { mode, values }) => {
    const preset = await loadEntityPreset(ctx, asked);
    const kept = { preparer: values.preparer ?? '', phone: values.phone ?? '' };
    return readEntityForm(mode === 'same' ? kept : values, {
      preset: preset.items,
      entrusting: preset.entrusting,
      newEntityId: () => newId<'Entity'>(),
    });
  },
  bureauForms: { paper: ENTITY_FORM, fill: entityForms },
  applyApproval: async (tx, ctx, { documentNo, effectiveDay, answers }, refuse) => {
    const lines = answers.flatMap(linesOf);
    const { confirmed, abolished, gone } = await confirmEntitiesIn(
      tx,
      ctx,
      { documentNo, effectiveDay, lines },
      (_, detail) =>
        refuse('EFFECT_REFUSED', {
          reason: `${String(detail?.name ?? '')}的统一社会信用代码已属于其他主体，请退回单位核对`,
        }),
    );
    return { confirmed, abolished, gone: [...gone] };
  },
  applyAnnouncement: async (tx, ctx, { documentNo, day }) => {
    await announceEntitiesIn(tx, ctx, { documentNo, announcedDay: day });
  },
};
