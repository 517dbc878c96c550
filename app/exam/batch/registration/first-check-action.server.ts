import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { isId } from '#app/platform/ids/id.ts';
import { BATCH_REFUSALS } from '../refusals.ts';
import { firstCheck } from './first-check.server.ts';
import { LONGEST_REASON } from './registration.schema.ts';

/** Messages at their places: nobody ticked in the list, no reason for a return or too long a one. */
export interface FirstCheckErrors {
  readonly ids?: string | undefined;
  readonly note?: string | undefined;
}

/** What the page says in its place, with what was ticked and typed. */
export interface FirstCheckPosted {
  readonly errors: FirstCheckErrors;
  /** What concerns the whole form; null where a message stands at its field. */
  readonly refusal: string | null;
  readonly note: string;
  readonly registrationIds: readonly string[];
  readonly status: number;
}

/** The posts of the page 报名初审; null when all was done. */
export async function actOnFirstCheck(
  ctx: ActorCtx,
  batchId: string,
  form: FormData,
): Promise<FirstCheckPosted | null> {
  const textOf = (name: string): string => {
    const value = form.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const [note, commandId] = [textOf('note'), textOf('commandId')];
  const registrationIds = form.getAll('ids').map(String).filter(isId);
  const again = (errors: FirstCheckErrors, refusal: string | null, status: number): FirstCheckPosted => ({
    ...{ errors, refusal, note, registrationIds, status },
  });
  if (!isId(commandId)) return again({}, '请刷新页面后重试。', 422);
  const errors: FirstCheckErrors = {
    ...(registrationIds.length === 0 ? { ids: BATCH_REFUSALS.NOBODY_CHOSEN.text } : {}),
    ...(note.length > LONGEST_REASON ? { note: `意见不超过 ${LONGEST_REASON} 个字。` } : {}),
  };
  if (Object.keys(errors).length > 0) return again(errors, null, 422);
  const verdict = form.get('intent') === 'return' ? 'return' : 'pass';
  const outcome = await firstCheck(ctx, { batchId, registrationIds, verdict, note, commandId });
  if (outcome.ok) return null;
  const { text, status } = answerFor(outcome, BATCH_REFUSALS);
  return outcome.code === 'REASON_REQUIRED' ? again({ note: text }, null, status) : again({}, text, status);
}
