import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, ownPersonId } from '#app/accounts/actor.server.ts';
import { listFields } from '#app/organization/tree/tree.store.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { dayOf, yearOf } from '#app/platform/time/day.ts';
import { forecastsOf } from '../target/forecast.server.ts';
import type { Forecast } from '../target/forecast.ts';
import { reasonText } from '../target/reason-text.ts';
import { standingCases } from '../target/year-standing.server.ts';
import type { TargetLine, YearStanding } from '../target/year-standing.ts';
import type { EntryLine } from './entry-line.server.ts';
import { entryLine } from './entry-line.server.ts';
import { listEntriesOfYear, listEntryYears } from './hour-entry.store.server.ts';

/** A target with the sentences that say why it is what it is. */
export interface ExplainedTarget extends Omit<TargetLine, 'reasons'> {
  readonly reasons: readonly string[];
}

export interface HoursView extends Pick<YearStanding, 'sums' | 'totalSeconds' | 'required' | 'conclusion'> {
  readonly year: number;
  readonly years: readonly number[];
  readonly isCurrentYear: boolean;
  readonly targets: readonly ExplainedTarget[];
  /** Where the person will probably stand on 31 December; null for years that are over. */
  readonly forecast: Forecast | null;
  readonly entries: readonly EntryLine[];
}

/** Targets with their reasons in words; field names are read once. */
export async function explainTargets(
  ctx: Pick<ActorCtx, 'pool'>,
  targets: readonly TargetLine[],
): Promise<ExplainedTarget[]> {
  const fields = await listFields(ctx.pool);
  const names = Object.fromEntries(fields.map(({ code, name }) => [code, name]));
  return targets.map((target) => ({
    ...target,
    reasons: target.reasons.map((reason) => reasonText(reason, names)),
  }));
}

/** The own ledger of one calendar year: targets and why, sums, forecast, required courses, every entry with its source. */
export async function hoursView(
  ctx: ActorCtx,
  askedYear: number | null,
): Promise<Outcome<HoursView, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'hours.read_own')) return refused('FORBIDDEN');
  const personId = ownPersonId(ctx);
  const today = dayOf(ctx.clock.now());
  const thisYear = yearOf(today);
  const years = [...new Set([thisYear, ...(await listEntryYears(ctx.pool, personId))])].sort((a, b) => b - a);
  const year = askedYear !== null && years.includes(askedYear) ? askedYear : thisYear;
  const cases = await standingCases(ctx, [personId], year, today);
  const standing = cases.get(personId)?.standing;
  invariant(standing !== undefined, 'everybody asked for has a standing');
  const entries = await listEntriesOfYear(ctx.pool, personId, year);
  const isCurrentYear = year === thisYear;
  const shown = isCurrentYear ? entries.filter((entry) => entry.occurredDay <= today) : entries;
  // Asserted at reading as at writing: what is shown in sum is what stands in the lines.
  invariant(
    standing.totalSeconds === shown.reduce((sum, entry) => sum + entry.creditSeconds, 0),
    'balance = sum of entries',
  );
  const forecasts = isCurrentYear ? await forecastsOf(ctx, cases, today) : null;
  const { sums, totalSeconds, required, conclusion } = standing;
  return done({
    year,
    years,
    isCurrentYear,
    sums,
    totalSeconds,
    required,
    conclusion,
    targets: await explainTargets(ctx, standing.targets),
    forecast: forecasts?.get(personId) ?? null,
    entries: shown.map((entry) => entryLine(entry, 'own')),
  });
}
