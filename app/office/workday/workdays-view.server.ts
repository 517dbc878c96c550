import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { dayOf, yearOf } from '#app/platform/time/day.ts';
import { mayKeepCalendar } from './import-workdays.server.ts';
import type { KnownException } from './workday-change.ts';
import { listExceptions, listKnownYears } from './workday.store.server.ts';

export interface WorkdaysPage {
  readonly year: number;
  readonly years: readonly number[];
  readonly exceptions: readonly KnownException[];
  /** Notices the shown days rest on. */
  readonly bases: readonly string[];
  readonly mayImport: boolean;
}

/** 调休 of one year. Refusal: FORBIDDEN. @param year null for the present year */
export async function viewWorkdays(
  ctx: ActorCtx,
  year: number | null,
): Promise<Outcome<WorkdaysPage, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'workday.manage')) return refused('FORBIDDEN');
  const thisYear = yearOf(dayOf(ctx.clock.now()));
  const shown = year ?? thisYear;
  const exceptions = await listExceptions(ctx.pool, [shown]);
  const years = new Set([...(await listKnownYears(ctx.pool)), thisYear, thisYear + 1, shown]);
  return done({
    year: shown,
    years: [...years].sort((a, b) => b - a),
    exceptions,
    bases: [...new Set(exceptions.map((exception) => exception.basis))],
    mayImport: await mayKeepCalendar(ctx),
  });
}
