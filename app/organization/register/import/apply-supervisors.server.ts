import type { ImportWork } from '#app/platform/import/run/work.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import { lockPersons } from '../../person/home-timeline.store.server.ts';
import { decideCard } from '../supervision-card.ts';
import {
  listSupervisionCards,
  lockSupervisionCards,
  writeSupervisionCards,
} from '../supervision.store.server.ts';
import { PLACE_KEYS, parsePlaceScope } from './place-scope.ts';
import { loadPlace } from './place.server.ts';
import type { SupervisorContext, SupervisorFact, SupervisorRow } from './supervisors-kind.ts';
import { supervisorsKind } from './supervisors-kind.ts';
import { loadWho } from './who.server.ts';

/** 监督人员 by file. Authority: the desk's. */
export const supervisorsWork: ImportWork<SupervisorRow, SupervisorFact, SupervisorContext> = {
  kind: supervisorsKind,
  placeKeys: PLACE_KEYS,
  loadContext: async (tx, ctx, rows, run) => {
    const scope = parsePlaceScope(run.scope);
    const who = await loadWho(tx, ctx, await loadPlace(ctx, scope), rows);
    const cardNos = rows.map(({ cardNo }) => cardNo);
    return { asOfDay: scope.asOfDay, who, cards: await listSupervisionCards(tx, who.personIds, cardNos) };
  },
  apply: async (tx, ctx, facts, run) => {
    const personIds = facts.map(({ personId }) => personId);
    await lockPersons(tx, personIds);
    await lockSupervisionCards(tx);
    const cardNos = facts.map(({ card }) => card.cardNo);
    const known = await listSupervisionCards(tx, personIds, cardNos);
    const changes = facts.flatMap(({ personId, unitId, card }) => {
      const decided = decideCard(known, personId, card);
      invariant(decided.ok, 'what the report let in is decided the same way again');
      if (decided.value === null) return [];
      const { supersede, insert } = decided.value;
      return [{ supersede, insert: insert.map((term) => ({ ...term, personId, unitId })) }];
    });
    await writeSupervisionCards(tx, changes, {
      sourceKind: 'supervisors_import',
      sourceId: run.runId,
      actorId: ctx.actorId,
      at: ctx.clock.now(),
    });
  },
};
