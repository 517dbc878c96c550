import type { SubmissionResult } from '@conform-to/react';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import type { RefusalAnswer } from '#app/platform/http/answer.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { isId } from '#app/platform/ids/id.ts';
import type { Outcome, Refused } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { fieldRefusal } from '#app/platform/ui/form/field-refusal.ts';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { firstErrors, typedTexts } from '#app/platform/ui/form/form-texts.ts';
import { floorToHundredths, parseStatedHours, statedHoursToSeconds } from '../ledger/hours.ts';
import type { ClaimRefusal } from './claim-refusals.ts';
import { CLAIM_REFUSALS } from './claim-refusals.ts';
import type { CLAIM_LABELS } from './claim.schema.ts';
import { claimFormSchema, deskFormSchema, statementOf } from './claim.schema.ts';
import { claimPath, ownClaimPath } from './claim-tasks.ts';
import { findClaim } from './claim.store.server.ts';
import type { ClaimSide } from './complete-claim.server.ts';
import { resubmitClaim, withdrawClaim } from './complete-claim.server.ts';
import { approveClaim, returnClaim } from './decide-claims.server.ts';
import type { FiledClaims } from './file-claim.server.ts';
import { fileClaims, fileOwnClaim } from './file-claim.server.ts';
import { readProofs } from './read-proofs.server.ts';

/** What a form of this room answers: where to go on, or what to show with everything typed kept. */
export type ClaimAnswer =
  | { readonly done: true; readonly claimIds: readonly string[]; readonly batchId: string | null }
  | {
      readonly done: false;
      readonly status: number;
      readonly lastResult: SubmissionResult<string[]> | null;
      readonly refusal: RefusalAnswer | null;
      /** Page of the record that stands already. */
      readonly knownPath: string | null;
      readonly personIds: readonly string[];
    };

/** Which field of the form a refusal is about; the others stand above the form. */
const REFUSED_FIELDS: Readonly<Partial<Record<ClaimRefusal, keyof typeof CLAIM_LABELS>>> = {
  CLAIM_DAYS_REVERSED: 'toDay',
  CLAIM_IN_FUTURE: 'toDay',
  CLAIM_TOO_LONG: 'toDay',
  CLAIM_TOO_OLD: 'fromDay',
  CLAIM_TOO_MANY_HOURS: 'amount',
  PROOF_MISSING: 'proofs',
  PROOF_EMPTY: 'proofs',
  PROOF_TOO_LARGE: 'proofs',
  PROOF_TYPE_UNKNOWN: 'proofs',
  TOO_MANY_PROOFS: 'proofs',
};

const idsOf = (form: FormData, name: string): string[] => form.getAll(name).filter(isId);

function knownPathOf(refusal: Refused<ClaimRefusal>, side: ClaimSide): string | null {
  const { is, id } = refusal.detail ?? {};
  if (typeof id !== 'string') return null;
  if (is === 'claim') return side === 'own' ? ownClaimPath(id) : claimPath(id);
  return side === 'own' ? '/hours' : null;
}

/** Files a claim, or files a returned one again. @param claimId the returned one; null for a new one */
export async function submitClaim(
  ctx: ActorCtx,
  side: ClaimSide,
  claimId: string | null,
  form: FormData,
): Promise<ClaimAnswer> {
  const submission = parseForm(form, claimFormSchema);
  const personIds = idsOf(form, 'personIds');
  const kept = { done: false as const, lastResult: submission.reply(), personIds };
  if (submission.status !== 'success') return { ...kept, status: 422, refusal: null, knownPath: null };
  const statement = statementOf(submission.value);
  const { commandId, expectedVersion = 0 } = submission.value;
  const proofs = await readProofs(form);
  const sent = (): Promise<Outcome<FiledClaims | { claimId: string }, ClaimRefusal>> => {
    if (!proofs.ok) return Promise.resolve(proofs);
    const filing = { statement, proofs: proofs.value, commandId };
    if (claimId !== null)
      return resubmitClaim(ctx, side, {
        ...filing,
        claimId,
        version: expectedVersion,
        keptProofIds: idsOf(form, 'keptProofs'),
      });
    return side === 'own' ? fileOwnClaim(ctx, filing) : fileClaims(ctx, { ...filing, personIds });
  };
  const outcome = await sent();
  if (!outcome.ok) {
    const refusal = answerFor(outcome, CLAIM_REFUSALS);
    const atField = fieldRefusal(submission, refusal, REFUSED_FIELDS);
    if (atField !== null)
      return { ...kept, lastResult: atField, status: refusal.status, refusal: null, knownPath: null };
    return { ...kept, status: refusal.status, refusal, knownPath: knownPathOf(outcome, side) };
  }
  return 'claimIds' in outcome.value
    ? { done: true, ...outcome.value }
    : { done: true, claimIds: [outcome.value.claimId], batchId: null };
}

export interface DeskAnswer {
  readonly notice: string | null;
  readonly status: number;
  readonly lastResult: SubmissionResult<string[]> | null;
  readonly refusal: RefusalAnswer | null;
  readonly knownPath: string | null;
  readonly errors: Readonly<Record<string, string>>;
  readonly typed: Readonly<Record<string, string>>;
}

const NO_ANSWER = { lastResult: null, refusal: null, knownPath: null, errors: {}, typed: {} } as const;

/** One post to a claim's page: the form of a returned claim, or one of the small forms. */
export async function handleClaim(
  ctx: ActorCtx,
  side: ClaimSide,
  claimId: string,
  form: FormData,
): Promise<DeskAnswer> {
  if (form.has('intent')) return actOnClaim(ctx, side, claimId, form);
  const answer = await submitClaim(ctx, side, claimId, form);
  if (answer.done) return { ...NO_ANSWER, notice: 'submitted', status: 303 };
  const { status, lastResult, refusal, knownPath } = answer;
  return { ...NO_ANSWER, notice: null, status, lastResult, refusal, knownPath };
}

/** Approves, returns or takes back one claim. */
async function actOnClaim(
  ctx: ActorCtx,
  side: ClaimSide,
  claimId: string,
  form: FormData,
): Promise<DeskAnswer> {
  const typed = typedTexts(form);
  const submission = parseForm(form, deskFormSchema);
  if (submission.status !== 'success')
    return { ...NO_ANSWER, notice: null, status: 422, errors: firstErrors(submission.error), typed };
  const { value } = submission;
  const common = { claimId, version: value.expectedVersion, commandId: value.commandId };
  const told = (outcome: Outcome<unknown, ClaimRefusal>, notice: string): DeskAnswer => {
    if (outcome.ok) return { ...NO_ANSWER, notice, status: 303 };
    const refusal = answerFor(outcome, CLAIM_REFUSALS);
    return { ...NO_ANSWER, notice: null, status: refusal.status, refusal, typed };
  };
  switch (value.intent) {
    case 'withdraw':
      return told(await withdrawClaim(ctx, side, common), 'withdrawn');
    case 'return':
      return told(await returnClaim(ctx, { ...common, reason: value.reason }), 'returned');
    case 'approve': {
      const hundredths = value.hours === undefined ? null : parseStatedHours(value.hours);
      if (value.hours !== undefined && hundredths === null)
        return told(refused('CREDIT_OUT_OF_RANGE'), 'approved');
      const seconds = await askedOrTyped(ctx, claimId, hundredths);
      return told(await approveClaim(ctx, { ...common, seconds, note: value.note ?? null }), 'approved');
    }
  }
}

/** The field shows what is asked cut to 0.01; left as it is, it means all that is asked. */
async function askedOrTyped(
  ctx: ActorCtx,
  claimId: string,
  hundredths: number | null,
): Promise<number | null> {
  if (hundredths === null) return null;
  const asked = (await findClaim(ctx.pool, claimId))?.creditSeconds ?? 0;
  return floorToHundredths(asked) === hundredths ? null : statedHoursToSeconds(hundredths);
}
