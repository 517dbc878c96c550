import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import { measuredCredit } from '../ledger/hours.ts';
import { listPlannedClasses, sumSelfPaced } from './forecast.store.server.ts';
import type { PlannedClass } from './forecast.store.server.ts';
import type { Forecast } from './forecast.ts';
import { forecast } from './forecast.ts';
import type { StandingCase } from './year-standing.server.ts';
import { enteredWithin } from './year-target.ts';

/** What a class would credit at full attendance in the year: stated hours by the share of its blocks there, else its time. */
export function plannedCredit(planned: PlannedClass, minutesPerCreditHour: number): number {
  const { statedSeconds, scheduledSeconds, yearSeconds } = planned;
  if (statedSeconds === null) return measuredCredit(yearSeconds, minutesPerCreditHour);
  return scheduledSeconds === 0 ? 0 : Math.floor((statedSeconds * yearSeconds) / scheduledSeconds);
}

/** The forecast of each of these cases for the end of the year of `day`; two statements, however many persons. */
export async function forecastsOf(
  ctx: Pick<Ctx, 'pool'>,
  cases: ReadonlyMap<string, StandingCase>,
  day: Day,
): Promise<Map<string, Forecast>> {
  const ids = [...cases.keys()];
  const year = Number(day.slice(0, 4));
  const [selfPaced, classes] = await Promise.all([
    sumSelfPaced(ctx.pool, ids, day),
    listPlannedClasses(ctx.pool, ids, year),
  ]);
  const planned = new Map<string, number>();
  for (const one of classes) {
    const minutes = cases.get(one.personId)?.rules.minutesPerCreditHour.value ?? 45;
    planned.set(one.personId, (planned.get(one.personId) ?? 0) + plannedCredit(one, minutes));
  }
  return new Map(
    [...cases].map(([personId, { facts, standing }]): [string, Forecast] => [
      personId,
      forecast({
        day,
        fromDay: enteredWithin(year, facts.homes) ?? `${year}-01-01`,
        doneSeconds: standing.totalSeconds,
        selfPacedSeconds: selfPaced.get(personId) ?? 0,
        plannedSeconds: planned.get(personId) ?? 0,
      }),
    ]),
  );
}
