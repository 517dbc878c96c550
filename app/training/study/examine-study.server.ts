import { homeLinksOn } from '#app/organization/person/person.store.server.ts';
import { loadRules } from '#app/organization/rules/rules.store.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addDays, dayOf, startOfDay } from '#app/platform/time/day.ts';
import { secondOf } from '../ledger/interval.ts';
import { findingPolicyOf } from '../policy.ts';
import type { EvidenceSpan, FinishedVisit } from './evidence.store.server.ts';
import {
  findFirstChecks,
  listBeatFacts,
  listOpenedPages,
  listUnexamined,
  markExamined,
} from './evidence.store.server.ts';
import { appendFindings } from './finding.store.server.ts';
import { findAnomalies } from './findings.ts';
import { MAX_SILENCE_SECONDS } from './study.ts';
import { listVerifiedOf } from './uncounted.store.server.ts';

const MAX_PER_SWEEP = 200;
/** A beat on its way when the hour was over has arrived by then. */
const MARGIN_SECONDS = 60;
const NIGHT_HOURS = 5;

interface LessonDay {
  readonly personId: string;
  readonly lessonVersionId: string;
  readonly day: Day;
}

/** The days a visit touches. */
function daysOf(visit: FinishedVisit): LessonDay[] {
  const { personId, lessonVersionId } = visit;
  const last = dayOf(visit.lastBeatAt);
  const days: LessonDay[] = [];
  for (let day = dayOf(visit.startedAt); day <= last; day = addDays(day, 1))
    days.push({ personId, lessonVersionId, day });
  return days;
}

/**
 * Looks through visits that are over and notes what is out of the ordinary (`findings.ts`). Looking twice, or two
 * processes at once, notes nothing twice; a crash in between leaves the visit to the next sweep.
 * @returns how many visits were looked through
 */
export async function examineStudy(ctx: Ctx): Promise<number> {
  const now = ctx.clock.now();
  const silentSince = new Date(now.getTime() - (MAX_SILENCE_SECONDS + MARGIN_SECONDS) * 1000);
  const visits = await listUnexamined(ctx.pool, silentSince, MAX_PER_SWEEP);
  const lessonDays = new Map(visits.flatMap(daysOf).map((one) => [Object.values(one).join(), one]));
  for (const one of lessonDays.values()) await examineDay(ctx, one, now);
  const visitIds = visits.map((visit) => visit.id);
  if (visitIds.length > 0) await markExamined(ctx.pool, visitIds, now);
  return visits.length;
}

async function examineDay(ctx: Ctx, lessonDay: LessonDay, now: Date): Promise<void> {
  const { personId, lessonVersionId, day } = lessonDay;
  const home = (await homeLinksOn(ctx.pool, [personId], day)).get(personId);
  // Without a home unit nothing is credited, and nobody would be there to judge.
  if (!home) return;
  const span: EvidenceSpan = {
    personId,
    lessonVersionId,
    from: startOfDay(day),
    to: startOfDay(addDays(day, 1)),
  };
  const midnight = secondOf(span.from);
  const findings = findAnomalies({
    lessonVersionId,
    policy: findingPolicyOf(await loadRules(ctx.pool, home.regionId, day)),
    night: { from: midnight, to: midnight + NIGHT_HOURS * 3600 },
    beats: await listBeatFacts(ctx.pool, span),
    ownStudy: await listVerifiedOf(ctx.pool, { ...span, lessonVersionId: null }),
    pages: await listOpenedPages(ctx.pool, span),
    checks: await findFirstChecks(ctx.pool, span),
  });
  await appendFindings(ctx.pool, { personId, lessonVersionId, unitId: home.unitId, day, now }, findings);
}
