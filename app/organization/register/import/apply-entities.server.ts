import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { ImportWork } from '#app/platform/import/run/work.server.ts';
import type { EntityContext, EntityFact, EntityRow } from './entities-kind.ts';
import { entitiesKind } from './entities-kind.ts';
import { listEntities, writeEntity } from './entity.store.server.ts';
import { PLACE_KEYS, parsePlaceScope } from './place-scope.ts';
import { loadPlace } from './place.server.ts';

/** 主体名录 by file. A list never ends a body: who is missing from it is decided by the yearly confirmation (YC1). */
export const entitiesWork: ImportWork<EntityRow, EntityFact, EntityContext> = {
  kind: entitiesKind,
  placeKeys: PLACE_KEYS,
  loadContext: async (tx, ctx, rows, run) => {
    const scope = parsePlaceScope(run.scope);
    const { unitIds, units } = await loadPlace(ctx, scope);
    const creditCodes = rows.flatMap(({ creditCode }) => (creditCode === null ? [] : [creditCode]));
    const known = await listEntities(tx, { unitIds: [...unitIds], creditCodes }, scope.asOfDay);
    return { asOfDay: scope.asOfDay, units, known };
  },
  apply: async (tx, ctx, facts, run) => {
    for (const fact of facts) {
      const entityId = await writeEntity(tx, fact, ctx.clock.now());
      await appendAudit(tx, ctx, {
        action: fact.entityId === null ? 'entity.enter' : 'entity.change',
        subjectKind: 'entity',
        subjectId: entityId,
        unitId: fact.unitId,
        detail: { runId: run.runId, entityType: fact.entityType, fromDay: fact.fromDay },
      });
    }
  },
};
