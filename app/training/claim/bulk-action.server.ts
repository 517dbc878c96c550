import type { ActorCtx } from '#app/accounts/actor.server.ts';
import type { RefusalAnswer } from '#app/platform/http/answer.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { CLAIM_REFUSALS } from './claim-refusals.ts';
import type { ClaimLine } from './claims-view.server.ts';
import { previewClaims } from './claims-view.server.ts';
import type { ClaimVersion } from './decide-claims.server.ts';
import { approveClaims } from './decide-claims.server.ts';

export interface BulkAnswer {
  readonly notice: string | null;
  readonly status: number;
  readonly refusal: RefusalAnswer | null;
  readonly preview: readonly ClaimLine[];
  readonly commandId: string;
}

/** `id:version` as the preview has shown it. */
function versionsOf(form: FormData): ClaimVersion[] {
  return form.getAll('claims').flatMap((value) => {
    const [claimId = '', version = ''] = typeof value === 'string' ? value.split(':') : [];
    return isId(claimId) && /^\d{1,9}$/.test(version) ? [{ claimId, version: Number(version) }] : [];
  });
}

/** First shows what a bulk approval will write, then writes exactly what was shown. */
export async function bulkApprove(ctx: ActorCtx, form: FormData): Promise<BulkAnswer> {
  const blank = { notice: null, status: 200, refusal: null, preview: [], commandId: newId() };
  if (form.get('intent') !== 'approve_all') {
    const preview = await previewClaims(ctx, form.getAll('ids').filter(isId));
    if (preview.length > 0) return { ...blank, preview };
    const refusal = answerFor(refused('NOBODY_CHOSEN'), CLAIM_REFUSALS);
    return { ...blank, status: refusal.status, refusal: { ...refusal, text: '请先勾选待认定的申请。' } };
  }
  const commandId = form.get('commandId');
  if (!isId(commandId)) return { ...blank, status: 400 };
  const outcome = await approveClaims(ctx, { claims: versionsOf(form), commandId });
  if (outcome.ok) return { ...blank, notice: 'approved' };
  const refusal = answerFor(outcome, CLAIM_REFUSALS);
  return { ...blank, status: refusal.status, refusal };
}
