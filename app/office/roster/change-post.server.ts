import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { homeOn, isSamePlace } from '#app/organization/person/home-timeline.ts';
import { loadHomeTimelines, lockPersons } from '#app/organization/person/home-timeline.store.server.ts';
import { placePersons } from '#app/organization/person/place-person.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { dayOf, formatDay } from '#app/platform/time/day.ts';
import { arrivalRange, isKnownField, postOf } from './add-person.server.ts';
import { asCommand } from './as-command.server.ts';
import { personInReach } from './person-scope.server.ts';
import type { ChangePostForm } from './roster.schema.ts';

export type ChangePostRefusal =
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'DAY_OUT_OF_RANGE'
  | 'FIELD_UNKNOWN'
  | 'NOT_IN_POST'
  | 'POST_UNCHANGED'
  | 'COMMAND_REUSED';

/**
 * From a day on a person holds another post in the same unit (职务、编制、岗位、领域). Another unit is a transfer. Refusals:
 * FORBIDDEN; NOT_FOUND; DAY_OUT_OF_RANGE; FIELD_UNKNOWN; NOT_IN_POST (not in this unit on the day); POST_UNCHANGED;
 * COMMAND_REUSED.
 */
export async function changePost(
  ctx: ActorCtx,
  personId: string,
  form: ChangePostForm,
): Promise<Outcome<{ personId: string }, ChangePostRefusal>> {
  const stand = await personInReach(ctx, 'roster.manage', personId);
  if (!stand.ok) return stand;
  const { unitId } = stand.value;
  const { earliest, latest } = arrivalRange(dayOf(ctx.clock.now()));
  const { commandId, fromDay, proof } = form;
  if (fromDay < earliest || fromDay > latest)
    return refused('DAY_OUT_OF_RANGE', { earliest: formatDay(earliest), latest: formatDay(latest) });
  const place = { ...postOf(form), unitId };
  if (!(await isKnownField(ctx, place.fieldCode))) return refused('FIELD_UNKNOWN');
  return asCommand<{ personId: string }, ChangePostRefusal>(
    ctx,
    { kind: 'person.change_post', commandId, input: { personId, fromDay, place, proof } },
    z.object({ personId: z.string() }),
    async (tx, refuse) => {
      await lockPersons(tx, [personId]);
      const homes = (await loadHomeTimelines(tx, [personId])).get(personId) ?? [];
      const home = homeOn(homes, fromDay);
      if (home === null || home.unitId !== unitId) return refuse('NOT_IN_POST');
      if (isSamePlace(home, place)) return refuse('POST_UNCHANGED');
      const source = { sourceKind: 'post_change', sourceId: commandId };
      await placePersons(tx, [{ personId, place, fromDay, source }], ctx.clock.now());
      await appendAudit(tx, ctx, {
        action: 'person.change_post',
        subjectKind: 'person',
        subjectId: personId,
        unitId,
        detail: { fromDay, proof, establishment: place.establishment, position: place.position },
      });
      return { personId };
    },
  );
}
