import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { findOwnAttempt } from './attempt.store.server.ts';
import { MAX_EVENTS } from './exam.schema.ts';
import type { EventKey } from './fold.ts';
import { eventsOfForm, readForm } from './form-answers.ts';
import { listCountedEvents } from './journal.store.server.ts';
import type { Ack, SaveRefusal } from './save-answers.server.ts';
import { saveAnswers } from './save-answers.server.ts';
import type { SentAnswer } from './wire.ts';

/** A paper needs one; more only when the page's script is taking numbers at the same moment. */
const MAX_ROUNDS = 10;

export type SaveFormRefusal = 'FORBIDDEN' | SaveRefusal | 'ATTEMPT_CLOSED' | 'DEVICE_REPLACED';

export interface PostedForm {
  readonly attemptId: string;
  readonly deviceKey: string;
  readonly issued: EventKey;
  readonly form: FormData;
}

/** What the acknowledgements of a form amount to: everything counted, or the reason why not. */
function verdictOf(acks: readonly Ack[]): Outcome<null, SaveFormRefusal> {
  if (acks.some((ack) => !ack.isOpen)) return refused('ATTEMPT_CLOSED');
  if (acks.some((ack) => ack.stored.some((event) => event.standing === 'foreign')))
    return refused('DEVICE_REPLACED');
  return done(null);
}

/**
 * Saves the plain form of the exam page (no JavaScript) through the same journal as everything else. Numbers that were
 * taken meanwhile by the page's own script are replaced: the form is what the candidate sent last. Refuses NOT_FOUND,
 * NOT_BEGUN, TOO_MANY_ANSWERS, ATTEMPT_CLOSED and DEVICE_REPLACED; the answers are kept as evidence then.
 */
export async function saveForm(ctx: ActorCtx, input: PostedForm): Promise<Outcome<null, SaveFormRefusal>> {
  if (!mayDo(ctx, 'exam.sit')) return refused('FORBIDDEN');
  const receivedAt = ctx.clock.now();
  const attempt = await findOwnAttempt(ctx.pool, input.attemptId, ctx.actorId, ctx.actor.boundTo);
  if (!attempt) return refused('NOT_FOUND');
  const posted = readForm(
    input.form,
    attempt.content.items.map((item) => item.position),
  );
  const journal = await listCountedEvents(ctx.pool, attempt.id);
  const acks: Ack[] = [];
  let waiting = eventsOfForm(posted, journal, input.issued);
  for (let round = 0; waiting.length > 0; round += 1) {
    invariant(round < MAX_ROUNDS, 'a form of one paper is saved in a few requests');
    const sent: readonly SentAnswer[] = waiting.slice(0, MAX_EVENTS);
    const outcome = await saveAnswers(ctx, {
      attemptId: attempt.id,
      accountId: ctx.actorId,
      deviceKey: input.deviceKey,
      receivedAt,
      events: sent,
    });
    if (!outcome.ok) return outcome;
    const ack = outcome.value;
    acks.push(ack);
    const isConflict = (event: SentAnswer): boolean =>
      ack.conflicts.some((key) => key.epoch === event.epoch && key.seq === event.seq);
    const nextSeq = ack.nextSeq ?? 0;
    const again = sent.filter(isConflict).map((event, index) => ({ ...event, seq: nextSeq + index }));
    waiting = [...waiting.slice(MAX_EVENTS), ...again];
  }
  return verdictOf(acks);
}
