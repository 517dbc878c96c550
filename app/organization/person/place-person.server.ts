import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import type { Placement, TimelineChange } from './home-timeline.ts';
import { applyChange, decidePlacement } from './home-timeline.ts';
import {
  loadHomeTimelines,
  lockPersons,
  lockStandingUnits,
  writeTimelineChanges,
} from './home-timeline.store.server.ts';

export type PlacePersonRefusal = 'PERSON_NOT_FOUND';

export interface PersonPlacement extends Placement {
  readonly personId: string;
}

/**
 * Places many people in the transaction of the caller (the roster import, a merger of units), who has authorised it and
 * writes the audit. Locks every person, so that concurrent placements of one person come one after the other.
 * Each person appears at most once.
 * @returns ids of the persons whose home changed; an unknown person is left out
 */
export async function placePersons(
  tx: Tx,
  placements: readonly PersonPlacement[],
  now: Date,
): Promise<ReadonlySet<string>> {
  await refuseEndedUnits(tx, placements);
  const known = await lockPersons(
    tx,
    placements.map((placement) => placement.personId),
  );
  const timelines = await loadHomeTimelines(tx, [...known]);
  const changes = new Map<string, TimelineChange>();
  for (const placement of placements) {
    if (!known.has(placement.personId)) continue;
    const history = timelines.get(placement.personId) ?? [];
    const change = decidePlacement(history, placement);
    if (change.insert.length === 0) continue;
    // Checked before it is written: the database cannot express "no two homes on one day" without an extension.
    applyChange(history, change, () => 'new');
    changes.set(placement.personId, change);
  }
  await writeTimelineChanges(tx, changes, now);
  return new Set(changes.keys());
}

/** A unit may end between the caller's check and its write; nobody is placed where there is no unit. */
async function refuseEndedUnits(tx: Tx, placements: readonly PersonPlacement[]): Promise<void> {
  const [first] = placements.map((placement) => placement.fromDay).sort();
  if (first === undefined) return;
  const unitIds = [...new Set(placements.map((placement) => placement.place.unitId))];
  const { standing } = await lockStandingUnits(tx, unitIds, first);
  invariant(
    unitIds.every((unitId) => standing.has(unitId)),
    'people are placed in units that stand',
  );
}

/**
 * Places one person. Refusal: PERSON_NOT_FOUND. Authorised by the caller above, because this room knows no accounts.
 * @returns whether anything changed (false when the place was already known)
 */
export async function placePerson(
  ctx: Ctx,
  placement: PersonPlacement,
): Promise<Outcome<{ changed: boolean }, PlacePersonRefusal>> {
  return inTransaction<{ changed: boolean }, PlacePersonRefusal>(ctx, 'place-person', async (tx, refuse) => {
    const known = await lockPersons(tx, [placement.personId]);
    if (known.size === 0) refuse('PERSON_NOT_FOUND');
    const changed = (await placePersons(tx, [placement], ctx.clock.now())).size > 0;
    if (changed) {
      await appendAudit(tx, ctx, {
        action: 'person.place',
        subjectKind: 'person',
        subjectId: placement.personId,
        unitId: placement.place.unitId,
        detail: { fromDay: placement.fromDay, ...placement.source },
      });
    }
    return { changed };
  });
}
