import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { reviewSchema } from './campaign.schema.ts';
import { reviewPath } from './campaign.ts';
import { formValuesOf } from './kinds/form-values.ts';
import type { Posted } from './posted.ts';
import { firstMessages } from './posted.ts';
import { CAMPAIGN_REFUSALS } from './refusals.ts';
import { reviewAnswer } from './review-answer.server.ts';
import { extendDeadline } from './urge-units.server.ts';

/** One post of a unit's review page. */
export async function actOnTarget(
  ctx: ActorCtx,
  place: { readonly campaignId: string; readonly unitId: string },
  formData: FormData,
): Promise<{ readonly to: string } | { readonly posted: Posted; readonly status: number }> {
  const submission = parseForm(formData, reviewSchema);
  const intent = String(formData.get('intent') ?? '');
  const values = formValuesOf(formData);
  if (submission.status !== 'success')
    return {
      posted: { intent, values, errors: firstMessages(submission.error), refusal: null },
      status: 422,
    };
  const post = submission.value;
  const outcome =
    post.intent === 'extend'
      ? await extendDeadline(ctx, {
          ...place,
          dueDay: post.dueDay,
          reason: post.reason,
          commandId: post.commandId,
        })
      : await reviewAnswer(ctx, {
          ...place,
          verdict: post.intent,
          reason: post.intent === 'returned' ? post.reason : null,
          expectedVersion: post.expectedVersion,
          commandId: post.commandId,
        });
  if (outcome.ok) {
    const notice = post.intent === 'extend' ? 'saved' : post.intent === 'accepted' ? 'approved' : 'returned';
    return { to: `${reviewPath(place.campaignId, place.unitId)}?notice=${notice}` };
  }
  const { text, status } = answerFor(outcome, CAMPAIGN_REFUSALS);
  return { posted: { intent, values, errors: {}, refusal: text }, status };
}
