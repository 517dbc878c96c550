import { pinyin } from 'pinyin-pro';
import { listRulesVersions } from '#app/organization/rules/rules.store.server.ts';
import { stateRules } from '#app/organization/rules/state-rules.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Day } from '#app/platform/time/day.ts';
import { makeDay, startOfDay, yearOf } from '#app/platform/time/day.ts';
import { copyRows, once } from '../bulk.server.ts';
import { demoId } from '../demo-id.server.ts';
import type { CityPlan } from '../plan/city.ts';
import { planTownshipModes } from '../plan/township-modes.ts';
import type { SeedRun } from '../seed-run.server.ts';
import { regionId, unitId, withOwner } from '../seed-run.server.ts';

/** Places and units are older than everything that happens in them. */
const SINCE: Day = '2015-01-01';
const CONFIRMED_IN_MONTH = 3;

const unitPinyin = (name: string): string =>
  pinyin(name, { toneType: 'none', type: 'array' })
    .map((syllable) => syllable.toLowerCase().replace(/[^a-z]/g, ''))
    .join('');

/** Regions, units, entities with this year's confirmation (YC1), and township modes (RA1, RA2). */
export async function seedOrganisation(run: SeedRun): Promise<void> {
  const { plan } = run.plan;
  const first = plan.regions[0];
  invariant(first, 'a place has a region');
  await withOwner(run, (client) =>
    once(client, { table: 'region', id: regionId(first.key) }, async () => {
      // Known since the roster: what happened in the years after it is told as of its own day.
      const known = startOfDay(run.plan.calendar.rosterDay);
      await copyRows(
        client,
        'region',
        ['id', 'code'],
        plan.regions.map((region) => [regionId(region.key), region.code]),
      );
      await copyRows(
        client,
        'region_version',
        ['id', 'region_id', 'parent_id', 'name', 'level', 'kind', 'valid_from', 'recorded_at'],
        plan.regions.map((region) => [
          demoId(`region_version:${region.key}`),
          regionId(region.key),
          region.parentKey === null ? null : regionId(region.parentKey),
          region.name,
          region.level,
          region.kind,
          SINCE,
          known,
        ]),
      );
      await copyRows(
        client,
        'unit',
        ['id', 'code'],
        plan.units.map((unit) => [unitId(unit.key), unit.code]),
      );
      await copyRows(
        client,
        'unit_version',
        [
          'id',
          'unit_id',
          'parent_id',
          'region_id',
          'name',
          'name_pinyin',
          'unit_type',
          'field_codes',
          'valid_from',
          'recorded_at',
        ],
        plan.units.map((unit) => [
          demoId(`unit_version:${unit.key}`),
          unitId(unit.key),
          unit.parentKey === null ? null : unitId(unit.parentKey),
          regionId(unit.regionKey),
          unit.name,
          unitPinyin(unit.name),
          unit.unitType,
          unit.field === null ? [] : [unit.field],
          SINCE,
          known,
        ]),
      );
      await copyEntities(client, plan, { seedDay: run.seedDay, known });
      await copyRows(
        client,
        'township_mode',
        ['id', 'unit_id', 'mode', 'document_no', 'valid_from', 'valid_to', 'recorded_at'],
        planTownshipModes(plan.units, SINCE, run.seedDay).map((mode) => [
          demoId(`township_mode:${mode.unitKey}`, mode.validFrom),
          unitId(mode.unitKey),
          mode.mode,
          `演示〔${yearOf(mode.validFrom)}〕模式号`,
          mode.validFrom,
          mode.validTo,
          known,
        ]),
      );
    }),
  );
  await stateDemoRules(run);
  const entities = plan.units.filter((unit) => unit.entity !== null).length;
  run.progress(`机构：${plan.regions.length} 个地区、${plan.units.length} 个单位、${entities} 个执法主体`);
}

/** One version per entity, confirmed and announced in the year of the seed day. */
async function copyEntities(
  client: Parameters<typeof copyRows>[0],
  plan: CityPlan,
  days: { seedDay: Day; known: Date },
): Promise<void> {
  const held = plan.units.flatMap((unit) => (unit.entity === null ? [] : [{ unit, entity: unit.entity }]));
  const spring = makeDay(yearOf(days.seedDay), CONFIRMED_IN_MONTH, 20);
  const year = spring !== null && spring <= days.seedDay ? yearOf(days.seedDay) : yearOf(days.seedDay) - 1;
  const announced = makeDay(year, CONFIRMED_IN_MONTH, 20);
  await copyRows(
    client,
    'entity',
    ['id'],
    held.map(({ unit }) => [demoId(`entity:${unit.key}`)]),
  );
  await copyRows(
    client,
    'entity_version',
    [
      'id',
      'entity_id',
      'unit_id',
      'entrusting_unit_id',
      'name',
      'entity_type',
      'legal_basis',
      'confirmation_no',
      'announced_day',
      'valid_from',
      'recorded_at',
    ],
    held.map(({ unit, entity }) => [
      demoId(`entity_version:${unit.key}`),
      demoId(`entity:${unit.key}`),
      unitId(unit.key),
      entity.entrustingUnitKey === null ? null : unitId(entity.entrustingUnitKey),
      unit.name,
      entity.entityType,
      entity.legalBasis,
      `演示〔${year}〕主体公告`,
      announced,
      SINCE,
      days.known,
    ]),
  );
}

/** The city states one value of its own, so that the 规则 page shows where a value comes from. */
async function stateDemoRules(run: SeedRun): Promise<void> {
  const cities = run.plan.plan.regions.filter((region) => region.level === 'city');
  for (const city of cities) {
    const known = await listRulesVersions(run.ctx.pool, regionId(city.key), run.seedDay);
    if (known.length > 0) continue;
    const outcome = await stateRules(run.ctx, {
      regionId: regionId(city.key),
      validFrom: SINCE,
      values: {
        issuingAuthority: {
          value: '某省人民政府',
          basis: 'proposal',
          source: `演示数据：${city.name}为虚构地名，发证机关以“某省”代替`,
        },
      },
    });
    invariant(outcome.ok, 'a new city has no later rules');
  }
}
