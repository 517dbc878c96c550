import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { isId } from '#app/platform/ids/id.ts';
import { BATCH_REFUSALS } from '../refusals.ts';
import { decideRegistration } from './decide-registration.server.ts';
import { recheckEligibility } from './recheck-eligibility.server.ts';
import { listRegistrationsOf } from './registration.store.server.ts';

/** Messages at their places: nobody ticked in the list, no reason or too long a one. */
export interface RecheckErrors {
  readonly ids?: string | undefined;
  readonly note?: string | undefined;
}

/** What the page says in its place: what was typed, and of whom nothing was decided and why. */
export interface RecheckPosted {
  /** What concerns the whole form; null where a message stands at its field. */
  readonly refusal: string | null;
  readonly errors: RecheckErrors;
  readonly note: string;
  readonly chosen: readonly string[];
  readonly left: readonly { readonly name: string; readonly text: string }[];
  readonly status: number;
}

const LONGEST_NOTE = 300;
const textOf = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
};

/** Each of the chosen is one decision of its own, as on the registration's page: it stands or is refused by itself. */
async function decideChosen(
  ctx: ActorCtx,
  batchId: string,
  form: FormData,
  decision: 'return' | 'refuse',
): Promise<RecheckPosted | null> {
  const chosen = form.getAll('ids').map(String).filter(isId);
  const note = textOf(form, 'note');
  const errors = {
    ...(chosen.length === 0 ? { ids: BATCH_REFUSALS.NOBODY_CHOSEN.text } : {}),
    ...(note === '' ? { note: BATCH_REFUSALS.REASON_REQUIRED.text } : {}),
    ...(note.length > LONGEST_NOTE ? { note: `理由不超过 ${LONGEST_NOTE} 个字。` } : {}),
  };
  if (Object.keys(errors).length > 0) return { note, chosen, left: [], status: 422, refusal: null, errors };
  const nameOf = new Map(
    (await listRegistrationsOf(ctx.pool, batchId)).map(({ id, personName }) => [id, personName]),
  );
  const left: { name: string; text: string }[] = [];
  for (const registrationId of chosen) {
    const name = nameOf.get(registrationId);
    const commandId = textOf(form, `command.${registrationId}`);
    if (name === undefined || !isId(commandId)) {
      left.push({ name: name ?? '', text: BATCH_REFUSALS.NOT_FOUND.text });
      continue;
    }
    const expectedVersion = Number(textOf(form, `version.${registrationId}`));
    const asked = { registrationId, decision, note, expectedVersion, commandId };
    const outcome = await decideRegistration(ctx, asked);
    if (!outcome.ok) left.push({ name, text: answerFor(outcome, BATCH_REFUSALS).text });
  }
  if (left.length === 0) return null;
  const count = chosen.length - left.length;
  const refusal = `已办理 ${count} 人，${left.length} 人没有办理。`;
  return { note, chosen, left, errors, refusal, status: count > 0 ? 200 : 409 };
}

/** The posts of the page 重新核对资格; null when all was done. */
export async function actOnRecheck(
  ctx: ActorCtx,
  batchId: string,
  form: FormData,
): Promise<RecheckPosted | null> {
  const intent = textOf(form, 'intent');
  if (intent === 'return' || intent === 'refuse') return decideChosen(ctx, batchId, form, intent);
  const commandId = textOf(form, 'commandId');
  const again = { note: '', chosen: [], left: [], errors: {} };
  if (intent !== 'recheck' || !isId(commandId))
    return { ...again, refusal: '请刷新页面后重试。', status: 422 };
  const outcome = await recheckEligibility(ctx, { batchId, commandId });
  if (outcome.ok) return null;
  const { text, status } = answerFor(outcome, BATCH_REFUSALS);
  return { ...again, refusal: text, status };
}
