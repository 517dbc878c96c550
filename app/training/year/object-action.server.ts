import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { firstErrors, typedTexts } from '#app/platform/ui/form/form-texts.ts';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import type { ClosingAct } from './closing-action.server.ts';
import { yearRefusalText } from './closing-action.server.ts';
import { objectionSchema } from './closing.schema.ts';
import { ownYearPath } from './closing-messages.ts';
import { objectToList } from './objections.server.ts';
import { yearAsked } from './year-board-view.server.ts';

/** The form of an objection on one's own page. */
export async function objectFromForm(
  ctx: ActorCtx,
  year: string | null,
  form: FormData,
): Promise<ClosingAct> {
  const values = typedTexts(form);
  const submission = parseForm(form, objectionSchema);
  const again = (
    refusal: string | null,
    errors: Readonly<Record<string, string>>,
    status: number,
  ): ClosingAct => ({
    posted: { intent: 'object', errors, values, refusal },
    status,
  });
  if (submission.status !== 'success') return again(null, firstErrors(submission.error), 422);
  const asked = yearAsked(year, dayOf(ctx.clock.now()));
  const outcome = await objectToList(ctx, { year: asked, ...submission.value });
  if (outcome.ok) return { to: `${ownYearPath(asked)}&notice=submitted` };
  const { text, status } = yearRefusalText(outcome);
  return again(text, {}, status);
}
