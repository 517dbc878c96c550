import type { Submission, SubmissionResult } from '@conform-to/react';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { firstErrors, typedTexts } from '#app/platform/ui/form/form-texts.ts';
import { fieldRefusal } from '#app/platform/ui/form/field-refusal.ts';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { readProofs } from '../claim/read-proofs.server.ts';
import type { HourCorrectionRefusal } from './correction-refusals.ts';
import { CORRECTION_REFUSALS } from './correction-refusals.ts';
import { answerSchema, objectionSchema, requestSchema } from './correction.schema.ts';
import { answerCorrection } from './decide-correction.server.ts';
import { raiseObjection, requestCorrection, takeUpObjection } from './request-correction.server.ts';

/** What a form of this room answers: done with the record, or what to show with everything typed kept. */
export interface CorrectionFormAnswer {
  readonly correctionId: string | null;
  readonly notice: string;
  readonly status: number;
  readonly lastResult: SubmissionResult<string[]> | null;
  readonly refusal: string | null;
  readonly errors: Readonly<Record<string, string>>;
  readonly typed: Readonly<Record<string, string>>;
}

/** Refusals about the files stand at their field. */
const REFUSED_FIELDS: Readonly<Partial<Record<HourCorrectionRefusal, 'proofs'>>> = {
  PROOF_MISSING: 'proofs',
  PROOF_EMPTY: 'proofs',
  PROOF_TOO_LARGE: 'proofs',
  PROOF_TYPE_UNKNOWN: 'proofs',
  TOO_MANY_PROOFS: 'proofs',
};

const KEPT = { lastResult: null, refusal: null, errors: {}, typed: {}, correctionId: null } as const;

function answered(
  outcome: Outcome<{ readonly correctionId: string }, HourCorrectionRefusal>,
  notice: string,
  kept: Partial<CorrectionFormAnswer>,
  submission: Pick<Submission<unknown>, 'reply'> | null = null,
): CorrectionFormAnswer {
  if (outcome.ok) return { ...KEPT, ...outcome.value, notice, status: 303 };
  const refusal = answerFor(outcome, CORRECTION_REFUSALS);
  const { status, text } = refusal;
  const atField = submission === null ? null : fieldRefusal(submission, refusal, REFUSED_FIELDS);
  return atField === null
    ? { ...KEPT, ...kept, notice: '', status, refusal: text }
    : { ...KEPT, ...kept, notice: '', status, lastResult: atField };
}

/** Files a request about an entry, or takes up an objection. */
export async function submitRequest(
  ctx: ActorCtx,
  subject: { readonly entryId: string } | { readonly correctionId: string },
  form: FormData,
): Promise<CorrectionFormAnswer> {
  const submission = parseForm(form, requestSchema);
  const kept = { lastResult: submission.reply() };
  if (submission.status !== 'success') return { ...KEPT, ...kept, notice: '', status: 422 };
  const { hours, reasonCode, reason, commandId, expectedVersion = 0 } = submission.value;
  const proofs = await readProofs(form);
  if (!proofs.ok) return answered(proofs, '', kept, submission);
  const wanted = { wantedSeconds: hours, reasonCode, reason, proofs: proofs.value, commandId };
  const outcome =
    'entryId' in subject
      ? await requestCorrection(ctx, subject.entryId, wanted)
      : await takeUpObjection(ctx, { ...subject, version: expectedVersion }, wanted);
  return answered(outcome, 'submitted', kept, submission);
}

/** Raises an objection to an own entry. */
export async function submitObjection(ctx: ActorCtx, form: FormData): Promise<CorrectionFormAnswer> {
  const submission = parseForm(form, objectionSchema);
  const kept = { lastResult: submission.reply(), typed: typedTexts(form) };
  if (submission.status !== 'success') return { ...KEPT, ...kept, notice: '', status: 422 };
  const proofs = await readProofs(form);
  if (!proofs.ok) return answered(proofs, '', kept, submission);
  return answered(
    await raiseObjection(ctx, { ...submission.value, proofs: proofs.value }),
    'submitted',
    kept,
    submission,
  );
}

const NOTICES = { apply: 'approved', decline: 'returned', withdraw: 'withdrawn' } as const;

/** Applies, declines or takes back one request. */
export async function submitAnswer(
  ctx: ActorCtx,
  correctionId: string,
  form: FormData,
): Promise<CorrectionFormAnswer> {
  const typed = typedTexts(form);
  const submission = parseForm(form, answerSchema);
  if (submission.status !== 'success')
    return { ...KEPT, notice: '', status: 422, errors: firstErrors(submission.error), typed };
  const { intent, expectedVersion: version, note = null, commandId } = submission.value;
  const outcome = await answerCorrection(ctx, { correctionId, version, act: intent, note, commandId });
  const done = outcome.ok ? { ok: true as const, value: { correctionId } } : outcome;
  return answered(done, NOTICES[intent], { typed });
}
