import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { isId } from '#app/platform/ids/id.ts';
import { typedTexts } from '#app/platform/ui/form/form-texts.ts';
import { ACT_LABELS, LEFT_CODES, LEFT_TEXTS } from './act.ts';
import { readAct } from './act.schema.ts';
import type { ActOutcome } from './act-on-candidates.server.ts';
import { actOnCandidates } from './act-on-candidates.server.ts';
import { INVIGILATION_REFUSALS } from './invigilation-refusals.ts';

/** What the page says after an act. Refused: everything typed goes back into the form. */
export type ActAnswer =
  | { readonly kind: 'done'; readonly status: 200; readonly title: string; readonly left: readonly string[] }
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly text: string;
      readonly errors: Readonly<Record<string, string>>;
      readonly typed: Readonly<Record<string, string>>;
    };

/** The field a refusal is about. */
const FIELD_OF: Readonly<Record<string, string | undefined>> = {
  NOTE_REQUIRED: 'note',
  CONFIRMATION_REQUIRED: 'confirmation',
};

function leftLines(left: ActOutcome['left']): string[] {
  return LEFT_CODES.flatMap((code) => {
    const count = left.filter((one) => one.code === code).length;
    return count === 0 ? [] : [`${count} 人未办理：${LEFT_TEXTS[code]}。`];
  });
}

/** One posted act, for the board and for the page of one candidate. */
export async function handleAct(ctx: ActorCtx, sittingId: string, form: FormData): Promise<ActAnswer> {
  // Every ticked candidate, as one text.
  const typed = { ...typedTexts(form), ids: form.getAll('ids').filter(isId).join(',') };
  const read = readAct(form);
  if (!read.ok)
    return {
      kind: 'refused',
      status: 422,
      text: Object.values(read.errors)[0] ?? '',
      errors: read.errors,
      typed,
    };
  const { act, target, reason, confirmation, commandId } = read;
  const outcome = await actOnCandidates(ctx, { sittingId, target, act, reason, confirmation, commandId });
  if (!outcome.ok) {
    const { status, text } = answerFor(outcome, INVIGILATION_REFUSALS);
    const field = FIELD_OF[outcome.code];
    const errors: Record<string, string> = field === undefined ? {} : { [field]: text };
    return { kind: 'refused', status, text, errors, typed };
  }
  const { done, left } = outcome.value;
  const title =
    done > 0 ? `${ACT_LABELS[act.kind]}：已办理 ${done} 人。` : `${ACT_LABELS[act.kind]}：没有可办理的考生。`;
  return { kind: 'done', status: 200, title, left: leftLines(left) };
}
