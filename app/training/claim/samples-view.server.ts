import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { DEFAULT_RULES } from '#app/organization/rules/region-rules.ts';
import { loadRules } from '#app/organization/rules/rules.store.server.ts';
import { dayOf, yearOf } from '#app/platform/time/day.ts';
import { decidingReach } from '../year/deciding-unit.server.ts';
import type { Sample, SampleItem } from './sample.store.server.ts';
import { findSample, listSampleItems, listSamples } from './sample.store.server.ts';

const SHOWN_SAMPLES = 50;

export interface SamplesView {
  readonly samples: readonly (Sample & { readonly regionName: string })[];
  /** Regions in reach, the own one first. */
  readonly regions: readonly { readonly id: string; readonly name: string }[];
  readonly sharePercent: number;
  readonly shareSource: string;
  readonly fromDay: string;
  readonly toDay: string;
}

/** The bureau's samples and what the next one may be drawn from. */
export async function viewSamples(ctx: ActorCtx): Promise<Outcome<SamplesView, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'claim.sample')) return refused('FORBIDDEN');
  const { regionIds, tree } = await reachFor(ctx, 'claim.sample');
  const today = dayOf(ctx.clock.now());
  const own = ctx.actor.grants.find(({ regionId }) => regionId !== null && regionIds.has(regionId))?.regionId;
  const rules = own == null ? DEFAULT_RULES : await loadRules(ctx.pool, own, today);
  const nameOf = (id: string): string => tree.regions.get(id)?.name ?? '';
  const samples = await listSamples(ctx.pool, [...regionIds], SHOWN_SAMPLES);
  const others = [...regionIds].filter((id) => id !== own);
  return done({
    samples: samples.map((sample) => ({ ...sample, regionName: nameOf(sample.regionId) })),
    regions: [...(own == null ? [] : [own]), ...others].map((id) => ({ id, name: nameOf(id) })),
    sharePercent: rules.claimSamplePercent.value,
    shareSource: rules.claimSamplePercent.source,
    fromDay: `${yearOf(today)}-01-01`,
    toDay: today,
  });
}

export interface SampleView {
  readonly sample: Sample;
  readonly regionName: string;
  readonly items: readonly (SampleItem & { readonly unitName: string })[];
}

/** One sample with its claims and how each was judged. Refusals: FORBIDDEN; NOT_FOUND. */
export async function viewSample(
  ctx: ActorCtx,
  sampleId: string,
): Promise<Outcome<SampleView, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'claim.sample')) return refused('FORBIDDEN');
  const sample = await findSample(ctx.pool, sampleId);
  const { regionIds, tree, nameOf } = await decidingReach(ctx, 'claim.sample');
  if (sample === null || !regionIds.has(sample.regionId)) return refused('NOT_FOUND');
  const items = await listSampleItems(ctx.pool, sampleId);
  return done({
    sample,
    regionName: tree.regions.get(sample.regionId)?.name ?? '',
    items: items.map((item) => ({ ...item, unitName: nameOf(item.unitId) })),
  });
}
