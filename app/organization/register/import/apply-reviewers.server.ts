import type { ImportWork } from '#app/platform/import/run/work.server.ts';
import { lockPersons } from '../../person/home-timeline.store.server.ts';
import { withoutKey } from '../keep-register.server.ts';
import { listReviewerTerms, writeReviewerChanges } from '../reviewer.store.server.ts';
import { decideTerm } from '../term.ts';
import { PLACE_KEYS, parsePlaceScope } from './place-scope.ts';
import { loadPlace } from './place.server.ts';
import type { ReviewerFact, ReviewerImportContext, ReviewerImportRow } from './reviewers-kind.ts';
import { reviewersKind } from './reviewers-kind.ts';
import { loadWho } from './who.server.ts';

/** 法制审核人员 by file. Authority: the desk's. */
export const reviewersWork: ImportWork<ReviewerImportRow, ReviewerFact, ReviewerImportContext> = {
  kind: reviewersKind,
  placeKeys: PLACE_KEYS,
  loadContext: async (tx, ctx, rows, run) => {
    const scope = parsePlaceScope(run.scope);
    const who = await loadWho(tx, ctx, await loadPlace(ctx, scope), rows);
    return { asOfDay: scope.asOfDay, who, terms: await listReviewerTerms(tx, who.personIds) };
  },
  apply: async (tx, ctx, facts, run) => {
    const personIds = facts.map(({ personId }) => personId);
    await lockPersons(tx, personIds);
    const terms = await listReviewerTerms(tx, personIds);
    const changed = facts.flatMap(({ personId, unitId, fromDay, values }) => {
      const known = terms.filter((term) => term.personId === personId && term.unitId === unitId);
      const changes = decideTerm(known.map(withoutKey), fromDay, values);
      return changes === null ? [] : [{ personId, unitId, changes }];
    });
    await writeReviewerChanges(tx, changed, {
      sourceKind: 'reviewers_import',
      sourceId: run.runId,
      actorId: ctx.actorId,
      at: ctx.clock.now(),
    });
  },
};
