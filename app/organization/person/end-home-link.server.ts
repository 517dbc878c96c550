import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import type { Leaving, LeavingRefusal } from './home-timeline.ts';
import { applyChange, decideLeaving } from './home-timeline.ts';
import { loadHomeTimelines, lockPersons, writeTimelineChanges } from './home-timeline.store.server.ts';

export type EndHomeLinkRefusal = 'PERSON_NOT_FOUND' | LeavingRefusal;

/**
 * A person leaves post: from `awayFromDay` on there is no home. What follows for the certificate (收回, then 注销;
 * HY11) is moved by the slice above. Refusals: PERSON_NOT_FOUND and those of `decideLeaving`. Authorised by the caller.
 * @returns whether anything changed (false when the leaving was already known)
 */
export async function endHomeLink(
  ctx: Ctx,
  input: Leaving & { readonly personId: string },
): Promise<Outcome<{ changed: boolean }, EndHomeLinkRefusal>> {
  const { personId } = input;
  return inTransaction<{ changed: boolean }, EndHomeLinkRefusal>(ctx, 'end-home-link', async (tx, refuse) => {
    const known = await lockPersons(tx, [personId]);
    if (known.size === 0) refuse('PERSON_NOT_FOUND');
    const history = (await loadHomeTimelines(tx, [personId])).get(personId) ?? [];
    const decision = decideLeaving(history, input);
    if (!decision.ok) return refuse(decision.code);
    if (decision.value.insert.length === 0) return { changed: false };
    applyChange(history, decision.value, () => 'new');
    await writeTimelineChanges(tx, new Map([[personId, decision.value]]), ctx.clock.now());
    await appendAudit(tx, ctx, {
      action: 'person.leave',
      subjectKind: 'person',
      subjectId: personId,
      detail: { awayFromDay: input.awayFromDay, reason: input.reason, ...input.source },
    });
    return { changed: true };
  });
}
