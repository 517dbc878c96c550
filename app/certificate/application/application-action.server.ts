import type { SubmissionResult } from '@conform-to/react';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done } from '#app/platform/result/outcome.ts';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { CERTIFICATE_REFUSALS } from '../refusals.ts';
import { issueCertificate } from '../register/issue-certificate.server.ts';
import { issueSchema, stepSchema } from './application.schema.ts';
import { approveApplication } from './approve-application.server.ts';
import { resubmitApplication, reviewApplication } from './review-application.server.ts';
import type { StepInput, StepRefusal } from './step-application.server.ts';

export interface ActionAnswer {
  readonly lastResult: SubmissionResult<string[]>;
  readonly refusal: string | null;
  readonly status: number;
}

/** Where to go after a step, or what to show in its place. */
export type Acted = { readonly notice: string } | ActionAnswer;

type StepIntent = 'submitted' | 'accepted' | 'returned' | 'approved' | 'rejected';

/** A return is the reviewer's or the approver's, by what the state waits for; both may send it. */
async function runStep(
  ctx: ActorCtx,
  intent: StepIntent,
  input: StepInput,
): Promise<Outcome<string, StepRefusal>> {
  switch (intent) {
    case 'submitted': {
      const outcome = await resubmitApplication(ctx, input);
      return outcome.ok ? done('submitted') : outcome;
    }
    case 'accepted':
    case 'returned': {
      const outcome = await reviewApplication(ctx, { ...input, verdict: intent });
      return outcome.ok ? done(intent === 'returned' ? 'returned' : 'saved') : outcome;
    }
    case 'approved':
    case 'rejected': {
      const outcome = await approveApplication(ctx, { ...input, verdict: intent });
      return outcome.ok ? done(intent === 'approved' ? 'approved' : 'saved') : outcome;
    }
  }
}

async function runIssue(ctx: ActorCtx, applicationId: string, formData: FormData): Promise<Acted> {
  const submission = parseForm(formData, issueSchema);
  if (submission.status !== 'success') return { lastResult: submission.reply(), refusal: null, status: 422 };
  const { legalBasis, documentNo, expectedVersion, commandId } = submission.value;
  const input = { applicationId, legalBasis, documentNo: documentNo ?? null, expectedVersion, commandId };
  const outcome = await issueCertificate(ctx, input);
  if (outcome.ok) return { notice: 'saved' };
  const refusal = answerFor(outcome, CERTIFICATE_REFUSALS);
  return { lastResult: submission.reply(), refusal: refusal.text, status: refusal.status };
}

/** The posts of an application's page, for the unit's and the office's route alike. */
export async function actOnApplication(
  ctx: ActorCtx,
  applicationId: string,
  formData: FormData,
): Promise<Acted> {
  if (formData.get('intent') === 'issued') return runIssue(ctx, applicationId, formData);
  const submission = parseForm(formData, stepSchema);
  if (submission.status !== 'success') return { lastResult: submission.reply(), refusal: null, status: 422 };
  const { intent, opinion, expectedVersion, commandId } = submission.value;
  const input: StepInput = { applicationId, opinion: opinion ?? null, expectedVersion, commandId };
  const outcome = await runStep(ctx, intent, input);
  if (outcome.ok) return { notice: outcome.value };
  const refusal = answerFor(outcome, CERTIFICATE_REFUSALS);
  return { lastResult: submission.reply(), refusal: refusal.text, status: refusal.status };
}
