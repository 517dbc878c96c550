import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { readDocumentScan, readSignedForm } from '../approval/signed-form.server.ts';
import { approveSchema } from './campaign.schema.ts';
import { formValuesOf } from './kinds/form-values.ts';
import type { Posted } from './posted.ts';
import { firstMessages } from './posted.ts';
import { CAMPAIGN_REFUSALS, type CampaignRefusal } from './refusals.ts';
import { approveCampaign } from './step-campaign.server.ts';

/** Reads the posted approval with its scans; null in place of the input when the form is to be put right. */
export async function runApproval(
  ctx: ActorCtx,
  campaignId: string,
  formData: FormData,
): Promise<Outcome<unknown, CampaignRefusal> | { readonly problems: Readonly<Record<string, string>> }> {
  const submission = parseForm(formData, approveSchema);
  if (submission.status !== 'success') return { problems: firstMessages(submission.error) };
  const { intent: _, ...input } = submission.value;
  const scan = await readDocumentScan(formData);
  if (!scan.ok) return scan;
  const signedForm = await readSignedForm(formData);
  if (!signedForm.ok) return signedForm;
  return approveCampaign(ctx, {
    campaignId,
    ...input,
    scan: scan.value ?? undefined,
    signedForm: signedForm.value ?? undefined,
  });
}

/** One post of the approval, from the board or from its own page: done, or what to show. */
export async function postApproval(
  ctx: ActorCtx,
  campaignId: string,
  formData: FormData,
): Promise<{ readonly posted: Posted; readonly status: number } | null> {
  const outcome = await runApproval(ctx, campaignId, formData);
  const values = formValuesOf(formData);
  if ('problems' in outcome)
    return { posted: { intent: 'approve', values, errors: outcome.problems, refusal: null }, status: 422 };
  if (outcome.ok) return null;
  const { text, status } = answerFor(outcome, CAMPAIGN_REFUSALS);
  return { posted: { intent: 'approve', values, errors: {}, refusal: text }, status };
}
