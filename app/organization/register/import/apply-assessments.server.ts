import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { ImportWork, RunTarget } from '#app/platform/import/run/work.server.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { lockPersons } from '../../person/home-timeline.store.server.ts';
import { appendAssessments, listStandingAssessments } from '../assessment.store.server.ts';
import type { Graded } from '../grade-people.server.ts';
import { pairsAfter } from '../grade-people.server.ts';
import type { AssessmentContext, AssessmentFact, AssessmentRow } from './assessments-kind.ts';
import { assessmentsKind } from './assessments-kind.ts';
import { PLACE_KEYS, parsePlaceScope } from './place-scope.ts';
import { loadPlace } from './place.server.ts';
import { loadWho } from './who.server.ts';

/** Told after the grades of one batch are written: the slice above opens and withdraws its tasks. */
export type AfterGrades = (
  tx: Tx,
  ctx: Ctx,
  graded: Pick<Graded, 'badPairs' | 'clearedPairs'>,
  run: RunTarget,
) => Promise<void>;

/** 年度考核结果 by file. Authority: the desk's. */
export function assessmentsWork(
  after: AfterGrades,
): ImportWork<AssessmentRow, AssessmentFact, AssessmentContext> {
  return {
    kind: assessmentsKind,
    placeKeys: PLACE_KEYS,
    loadContext: async (tx, ctx, rows, run) => {
      const scope = parsePlaceScope(run.scope);
      const who = await loadWho(tx, ctx, await loadPlace(ctx, scope), rows);
      return {
        today: dayOf(ctx.clock.now()),
        who,
        standing: await listStandingAssessments(tx, who.personIds),
      };
    },
    apply: async (tx, ctx, facts, run) => {
      const personIds = facts.map(({ personId }) => personId);
      await lockPersons(tx, personIds);
      const entries = facts.map((fact) => ({ ...fact, state: 'stands' as const }));
      await appendAssessments(tx, entries, {
        sourceKind: 'assessments_import',
        sourceId: run.runId,
        actorId: ctx.actorId,
        at: ctx.clock.now(),
      });
      await after(tx, ctx, pairsAfter(await listStandingAssessments(tx, personIds), entries), run);
    },
  };
}
