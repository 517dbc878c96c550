import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { accountOfPerson } from '#app/accounts/account-of-person.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import { gradeClosed } from '../../sitting/close-attempts.server.ts';
import { appendAttemptEvents } from '../../sitting/close-attempt.store.server.ts';
import { closeAt, deadlineAt } from '../../sitting/deadline.ts';
import { fingerprintOf } from '../../sitting/save-answers.server.ts';
import type { CustodySitting } from '../seal.store.server.ts';
import type { SheetRecord } from './key-in.store.server.ts';
import { insertSheetAnswers, insertSheetAttempt } from './key-in.store.server.ts';
import type { SheetChoices } from './sheet.ts';

/**
 * Takes an agreed sheet into the journal and marks it, in the caller's transaction: an attempt on the sealed paper with
 * the sitting's own times, its letters as counted answers of epoch 0, result version 1. Exactly once: the paper has one
 * attempt. Refuses SAT_ON_SCREEN when the person has started on a screen meanwhile.
 */
export async function landSheet(
  tx: Tx,
  ctx: ActorCtx,
  sheet: { readonly sitting: CustodySitting; readonly record: SheetRecord; readonly choices: SheetChoices },
): Promise<Outcome<{ attemptId: string }, 'SAT_ON_SCREEN'>> {
  const { sitting, record, choices } = sheet;
  const attemptId = newId<'Attempt'>();
  const now = ctx.clock.now();
  const deadline = deadlineAt(sitting, sitting.opensAt);
  const isMine = await insertSheetAttempt(tx, {
    id: attemptId,
    registrationId: record.registrationId,
    paperId: record.paperId,
    accountId: await accountOfPerson(tx, ctx, { personId: record.personId, name: record.name }),
    itemCount: record.content.items.length,
    startedAt: sitting.opensAt,
    deadlineAt: deadline,
    closeAt: closeAt(deadline, sitting.graceSeconds),
    finalisedAt: now,
    deviceKeyHash: sha256('answer sheet'),
  });
  if (!isMine) return refused('SAT_ON_SCREEN');
  const answers = Object.entries(choices).map(([place, choice]) => {
    const position = Number(place);
    const event = { epoch: 0, seq: position, position, choice, clientTime: null };
    return { position, choice, fingerprint: fingerprintOf(attemptId, event) };
  });
  await insertSheetAnswers(tx, attemptId, answers, now);
  await appendAttemptEvents(tx, [
    {
      attemptId,
      kind: 'keyed_in',
      epoch: 0,
      detail: { paperHash: record.contentHash, answers: answers.length },
      actorId: ctx.actorId,
      occurredAt: now,
    },
  ]);
  await gradeClosed(tx, ctx, [attemptId], 'handed_in');
  return done({ attemptId });
}
