import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import { askForTasks } from '#app/office/task/ask-task.server.ts';
import { homeLinksOn } from '#app/organization/person/person.store.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { decidingReach } from '../year/deciding-unit.server.ts';
import { askedSeconds, checkStatement, decideStep } from './claim.ts';
import type { ClaimStatement } from './claim.ts';
import { loadClaimPolicy } from './claim-policy.server.ts';
import type { ClaimRefusal } from './claim-refusals.ts';
import { verifyTask } from './claim-tasks.ts';
import type { Claim } from './claim.store.server.ts';
import { appendClaimEvents, findClaim, lockClaims, moveClaim, refileClaim } from './claim.store.server.ts';
import { settleReturned, settleVerification } from './decide-claims.server.ts';
import { duplicateKey } from './duplicate-key.ts';
import { proofHashes } from './file-claim.server.ts';
import { findKnownTrainings, lockOutsideHours } from './known-training.store.server.ts';
import type { Proof } from './proof.ts';
import { checkProofCount } from './proof.ts';
import { insertProofs } from './proof.store.server.ts';

/** Which door the person came through: the own page, or the unit's. */
export type ClaimSide = 'own' | 'unit';

/** A claim the actor handles: an own one, or one a liaison filed in a unit within reach (also after a handover). */
export async function claimToHandle(
  ctx: ActorCtx,
  claimId: string,
  side: ClaimSide,
): Promise<Outcome<Claim, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, side === 'own' ? 'claim.file_own' : 'claim.file')) return refused('FORBIDDEN');
  const claim = await findClaim(ctx.pool, claimId);
  if (claim === null) return refused('NOT_FOUND');
  const isMine =
    side === 'own'
      ? claim.filedAs === 'self' && claim.personId === ctx.actor.personId
      : claim.filedAs === 'liaison' && (await decidingReach(ctx, 'claim.file')).unitIds.has(claim.unitId);
  return isMine ? done(claim) : refused('NOT_FOUND');
}

export interface CompletedClaim {
  readonly claimId: string;
  readonly version: number;
  readonly statement: ClaimStatement;
  /** Earlier files that stay. */
  readonly keptProofIds: readonly string[];
  readonly proofs: readonly Proof[];
  readonly commandId: string;
}

const handledShape = z.object({ claimId: z.string() });
type Handled = z.infer<typeof handledShape>;

/**
 * Completes a returned claim and files it again; what was said before stays in its history. Refusals: those of filing;
 * CLAIM_NOT_RETURNED; CHANGED_MEANWHILE.
 */
export async function resubmitClaim(
  ctx: ActorCtx,
  side: ClaimSide,
  input: CompletedClaim,
): Promise<Outcome<Handled, ClaimRefusal>> {
  const found = await claimToHandle(ctx, input.claimId, side);
  if (!found.ok) return found;
  const { statement, commandId } = input;
  const { personId, personName, unitId } = found.value;
  const policy = await loadClaimPolicy(ctx, unitId, statement.toDay);
  const checked = checkStatement(statement, dayOf(ctx.clock.now()), policy);
  if (!checked.ok) return checked;
  const home = (await homeLinksOn(ctx.pool, [personId], statement.fromDay)).get(personId);
  if (home === undefined) return refused('NOT_IN_POST', { names: personName });
  const isLiaison = (await decidingReach(ctx, 'claim.file')).unitIds.has(unitId);
  const creditSeconds = askedSeconds(statement, policy);
  if (creditSeconds === 0) return refused('CREDIT_OUT_OF_RANGE');
  const asked = { ...input, proofs: proofHashes(input.proofs), commandId: undefined };
  return inTransaction<Handled, ClaimRefusal>(ctx, 'resubmit-claim', (tx, refuse) =>
    withReceipt(
      tx,
      { actorId: ctx.actorId, commandId, kind: 'claim.resubmit', input: asked },
      handledShape,
      refuse,
      () => refile(tx, ctx, input, { creditSeconds, byLeader: side === 'unit' || isLiaison }, refuse),
    ),
  );
}

async function refile(
  tx: Tx,
  ctx: ActorCtx,
  input: CompletedClaim,
  by: { readonly creditSeconds: number; readonly byLeader: boolean },
  refuse: Refuse<ClaimRefusal>,
): Promise<Handled> {
  const { claimId, version, statement } = input;
  await lockOutsideHours(tx, 'shared');
  const [claim] = await lockClaims(tx, [claimId]);
  if (claim === undefined) return refuse('NOT_FOUND');
  const step = decideStep(claim.state, 'resubmit');
  if (!step.ok) return refuse(step.code);
  if (claim.version !== version) return refuse('CHANGED_MEANWHILE');
  const key = duplicateKey({ personId: claim.personId, day: statement.fromDay, ...statement });
  const known = (await findKnownTrainings(tx, [key])).get(key);
  if (known !== undefined && known.id !== claimId)
    return refuse('CLAIM_KNOWN', { names: claim.personName, is: known.is, id: known.id });
  await keepProofs(tx, ctx, input, refuse);
  const at = ctx.clock.now();
  const next = { ...statement, creditSeconds: by.creditSeconds, duplicateKey: key };
  const moved = await refileClaim(tx, claim, { ...next, filedBy: ctx.actorId, filedAt: at });
  if (!moved) return refuse('CHANGED_MEANWHILE');
  await appendClaimEvents(tx, [{ claimId, kind: 'resubmitted', statement, note: null }], {
    actorId: ctx.actorId,
    at,
  });
  await settleReturned(tx, ctx, claim, 'done');
  const told = { ...claim, ...statement, claimId, version: version + 1 };
  const task = verifyTask(told, [claim.personName], { byLeader: by.byLeader, isResubmitted: true });
  await askForTasks(tx, ctx, [task]);
  await appendAudit(tx, ctx, {
    action: 'claim.resubmit',
    subjectKind: 'external_claim',
    subjectId: claimId,
    unitId: claim.unitId,
    detail: { title: statement.title, creditSeconds: by.creditSeconds },
  });
  return { claimId };
}

/** Files that no longer belong to the claim are marked, new ones added; one at least remains. */
async function keepProofs(
  tx: Tx,
  ctx: ActorCtx,
  { claimId, keptProofIds, proofs }: CompletedClaim,
  refuse: Refuse<ClaimRefusal>,
): Promise<void> {
  const standing = { claimId, removedAt: null };
  await tx.externalClaimProof.updateMany({
    where: { ...standing, proofId: { notIn: [...keptProofIds] } },
    data: { removedAt: ctx.clock.now() },
  });
  const counted = checkProofCount(await tx.externalClaimProof.count({ where: standing }), proofs.length);
  if (!counted.ok) return refuse(counted.code, counted.detail);
  const proofIds = await insertProofs(tx, ctx, proofs);
  await tx.externalClaimProof.createMany({ data: proofIds.map((proofId) => ({ claimId, proofId })) });
}

/** Takes an undecided claim back; it may be filed anew. Refusals: CLAIM_DECIDED; CHANGED_MEANWHILE; NOT_FOUND. */
export async function withdrawClaim(
  ctx: ActorCtx,
  side: ClaimSide,
  input: { readonly claimId: string; readonly version: number; readonly commandId: string },
): Promise<Outcome<Handled, ClaimRefusal>> {
  const found = await claimToHandle(ctx, input.claimId, side);
  if (!found.ok) return found;
  const { commandId, ...asked } = input;
  return inTransaction<Handled, ClaimRefusal>(ctx, 'withdraw-claim', (tx, refuse) =>
    withReceipt(
      tx,
      { actorId: ctx.actorId, commandId, kind: 'claim.withdraw', input: asked },
      handledShape,
      refuse,
      async () => {
        const [claim] = await lockClaims(tx, [asked.claimId]);
        if (claim === undefined) return refuse('NOT_FOUND');
        const step = decideStep(claim.state, 'withdraw');
        if (!step.ok) return refuse(step.code);
        if (claim.version !== asked.version) return refuse('CHANGED_MEANWHILE');
        const at = ctx.clock.now();
        const move = { decidedBy: null, decidedPersonId: null, approvedSeconds: null, note: claim.note };
        if (!(await moveClaim(tx, claim, { ...move, to: 'withdrawn', at })))
          return refuse('CHANGED_MEANWHILE');
        const event = { claimId: claim.id, kind: 'withdrawn' as const, statement: null, note: null };
        await appendClaimEvents(tx, [event], { actorId: ctx.actorId, at });
        await settleVerification(tx, ctx, [claim], 'withdrawn');
        await settleReturned(tx, ctx, claim, 'withdrawn');
        await appendAudit(tx, ctx, {
          action: 'claim.withdraw',
          subjectKind: 'external_claim',
          subjectId: claim.id,
          unitId: claim.unitId,
        });
        return { claimId: claim.id };
      },
    ),
  );
}
