import type { ConfirmedLine } from '#app/organization/entity/decide-confirmation.ts';
import { announceEntitiesIn, confirmEntitiesIn } from '#app/organization/entity/confirm-entities.server.ts';
import { listEntitiesOfUnits, listEntityUnitIds } from '#app/organization/entity/entity.store.server.ts';
import type { OrgTree, UnitNode } from '#app/organization/tree/tree.ts';
import { regionAncestors } from '#app/organization/tree/tree.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { AcceptedAnswer } from '../answer.store.server.ts';
import type { CampaignWork } from '../work.server.ts';
import type { EntityAnswerItem } from './entity-confirmation.ts';
import { ENTITY_CONFIRMATION, entityAnswerSchema, presetItem, toStatement } from './entity-confirmation.ts';
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
