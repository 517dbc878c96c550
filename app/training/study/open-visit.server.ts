import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, ownPersonId } from '#app/accounts/actor.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import { currentLibrary, findLesson } from '../course/library.server.ts';
import { secondOf } from '../ledger/interval.ts';
import { loadStudyPolicies } from './credit-context.server.ts';
import { openVisit } from './study.ts';
import { endLiveVisit, findLastVisit, insertVisit, lockPeople } from './study.store.server.ts';

export interface OpenedVisit {
  readonly visitId: string;
  readonly heartbeatSeconds: number;
}

/**
 * A lesson page begins to count. Whatever page of this person counted before stops: one lesson at a time, on whichever
 * device (domain.md §4.4). Two openings at once come one after the other; the later one counts.
 */
export async function openStudyVisit(
  ctx: ActorCtx,
  input: { courseSlug: string; lessonSlug: string; device?: string | undefined },
): Promise<Outcome<OpenedVisit, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'study.own')) return refused('FORBIDDEN');
  const found = findLesson(currentLibrary(), input.courseSlug, input.lessonSlug);
  if (!found) return refused('NOT_FOUND');
  const personId = ownPersonId(ctx);
  const policy = (await loadStudyPolicies(ctx, [personId])).get(personId);
  invariant(policy, 'a policy is loaded for every person asked for');
  const opened = await inTransaction(ctx, 'open-study-visit', async (tx) => {
    await lockPeople(tx, [personId]);
    const now = ctx.clock.now();
    const earlier = await findLastVisit(tx, personId);
    await endLiveVisit(tx, personId, now, 'replaced');
    const visit = openVisit(earlier, policy, secondOf(now));
    return insertVisit(tx, {
      personId,
      lessonVersionId: found.lesson.lessonVersionId,
      visit,
      device: input.device,
      now,
    });
  });
  invariant(opened.ok, 'opening a page refuses nothing');
  return done({ visitId: opened.value, heartbeatSeconds: policy.heartbeatSeconds });
}
