import type { SubmissionResult } from '@conform-to/react';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { CERTIFICATE_REFUSALS } from '../refusals.ts';
import { confirmDecision, declineDecision } from './confirm-decision.server.ts';
import { answerSchema, decisionForm, decisionSchema, kindSchema } from './decision.schema.ts';
import { previewDecision, proposeDecision } from './propose-decision.server.ts';
import type { ReasonCode } from './reasons.ts';
import { isReasonCode } from './reasons.ts';

export interface DecisionAnswer {
  readonly lastResult: SubmissionResult<string[]> | null;
  readonly refusal: string | null;
  /** The sentence of the preview, with what was filled in, to be sent on as it is. */
  readonly preview: {
    readonly sentence: string;
    readonly filled: readonly (readonly [string, string])[];
  } | null;
  readonly status: number;
}

export type DecisionActed = { readonly notice: string } | DecisionAnswer;

const NOTHING = { lastResult: null, refusal: null, preview: null } as const;

/** What was filled in, without the marks of one rendering. */
function filledIn(formData: FormData): [string, string][] {
  const marks = ['intent', 'commandId', 'expectedVersion'];
  return [...formData.entries()].flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' && !marks.includes(name) ? [[name, value]] : [],
  );
}

function reasonOf(text: string): ReasonCode {
  invariant(isReasonCode(text), 'the schema admits known reasons only');
  return text;
}

async function actOnProposal(
  ctx: ActorCtx,
  certificateId: string,
  formData: FormData,
): Promise<DecisionActed> {
  const kind = kindSchema.safeParse(formData.get('kind'));
  if (!kind.success) return { ...NOTHING, refusal: CERTIFICATE_REFUSALS.NOT_ALLOWED_FROM.text, status: 422 };
  const submission = parseForm(formData, decisionSchema(decisionForm(kind.data)));
  if (submission.status !== 'success') return { ...NOTHING, lastResult: submission.reply(), status: 422 };
  const { intent, commandId, expectedVersion, details, reasonCode, documentNo, effectiveToDay, ...paper } =
    submission.value;
  if (intent === 'edit') return { ...NOTHING, lastResult: submission.reply(), status: 200 };
  const decision = {
    ...paper,
    certificateId,
    kind: kind.data,
    reasonCode: reasonOf(reasonCode),
    documentNo: documentNo ?? null,
    effectiveToDay: effectiveToDay ?? null,
    detail: details ?? {},
  };
  if (intent === 'preview') {
    const looked = await previewDecision(ctx, decision);
    if (looked.ok) {
      const preview = { sentence: looked.value.sentence, filled: filledIn(formData) };
      return { ...NOTHING, preview, status: 200 };
    }
    const refusal = answerFor(looked, CERTIFICATE_REFUSALS);
    return { ...NOTHING, lastResult: submission.reply(), refusal: refusal.text, status: refusal.status };
  }
  const outcome = await proposeDecision(ctx, { ...decision, commandId, expectedVersion });
  if (outcome.ok) return { notice: 'submitted' };
  const refusal = answerFor(outcome, CERTIFICATE_REFUSALS);
  return { ...NOTHING, lastResult: submission.reply(), refusal: refusal.text, status: refusal.status };
}

async function actOnAnswer(ctx: ActorCtx, certificateId: string, formData: FormData): Promise<DecisionActed> {
  const submission = parseForm(formData, answerSchema);
  if (submission.status !== 'success') return { ...NOTHING, lastResult: submission.reply(), status: 422 };
  const { intent, opinion, ...answer } = submission.value;
  const input = { ...answer, certificateId };
  const outcome =
    intent === 'confirm'
      ? await confirmDecision(ctx, input)
      : await declineDecision(ctx, { ...input, opinion: opinion ?? '' });
  if (outcome.ok) return { notice: intent === 'confirm' ? 'approved' : 'returned' };
  const refusal = answerFor(outcome, CERTIFICATE_REFUSALS);
  return { ...NOTHING, lastResult: submission.reply(), refusal: refusal.text, status: refusal.status };
}

/** The posts of a card's page: propose (with a look first), confirm or decline. */
export function actOnCertificate(
  ctx: ActorCtx,
  certificateId: string,
  formData: FormData,
): Promise<DecisionActed> {
  const intent = formData.get('intent');
  return intent === 'confirm' || intent === 'decline'
    ? actOnAnswer(ctx, certificateId, formData)
    : actOnProposal(ctx, certificateId, formData);
}
