import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import { personKeyOf } from '#app/accounts/person-key.store.server.ts';
import { askForNotices } from '#app/office/notice/send-notice.server.ts';
import { askForTasks, askToSettle } from '#app/office/task/ask-task.server.ts';
import { lockPersons } from '#app/organization/person/home-timeline.store.server.ts';
import { appendAudits } from '#app/platform/audit/audit.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { appendHourEntries } from '../ledger/hour-entry.store.server.ts';
import type { Reader } from '../rows.store.server.ts';
import { findClosedYears } from '../year/closed-year.store.server.ts';
import { decidingReach } from '../year/deciding-unit.server.ts';
import { checkVerifier, decideStep, splitOverYears } from './claim.ts';
import type { Verifier } from './claim.ts';
import { entriesOfClaims } from './claim-entries.server.ts';
import { loadClaimPolicy } from './claim-policy.server.ts';
import type { ClaimRefusal } from './claim-refusals.ts';
import {
  answeredNotice,
  batchKey,
  RETURNED_TASK,
  returnedTask,
  roundKey,
  VERIFY_TASK,
} from './claim-tasks.ts';
import type { Claim } from './claim.store.server.ts';
import { appendClaimEvents, findClaim, listMakerKeys, lockClaims, moveClaim } from './claim.store.server.ts';
import { findKnownTrainings, lockOutsideHours } from './known-training.store.server.ts';

/** Most claims that one click decides. */
export const MAX_BULK_CLAIMS = 200;
/** 200 claims need a second or two. */
const BULK_TIMEOUT_MS = 60_000;

export interface ClaimVersion {
  readonly claimId: string;
  readonly version: number;
}

const decidedShape = z.object({ decided: z.number(), creditSeconds: z.number() });
export type Decided = z.infer<typeof decidedShape>;

interface Decision {
  readonly kind: 'approve' | 'return';
  /** What is credited; null for all that is asked. */
  readonly seconds: number | null;
  readonly note: string | null;
}

/**
 * Approves one claim, whole or in part (then with a reason). Refusals: FORBIDDEN; NOT_FOUND; CHANGED_MEANWHILE; those of
 * `checkVerifier`; CLAIM_DECIDED; CREDIT_OUT_OF_RANGE; REASON_REQUIRED; YEAR_CLOSED; CLAIM_KNOWN; LECTURE_CAP_REACHED.
 */
export function approveClaim(
  ctx: ActorCtx,
  input: ClaimVersion & {
    readonly seconds: number | null;
    readonly note: string | null;
    readonly commandId: string;
  },
): Promise<Outcome<Decided, ClaimRefusal>> {
  const { claimId, version, seconds, note, commandId } = input;
  return decide(ctx, [{ claimId, version }], { kind: 'approve', seconds, note }, commandId);
}

/** Approves several claims as asked: all or none, so that the preview holds. Refusals as for one. */
export function approveClaims(
  ctx: ActorCtx,
  input: { readonly claims: readonly ClaimVersion[]; readonly commandId: string },
): Promise<Outcome<Decided, ClaimRefusal>> {
  return decide(ctx, input.claims, { kind: 'approve', seconds: null, note: null }, input.commandId);
}

/** Sends a claim back to be completed. Refusals as for approving; REASON_REQUIRED without a reason. */
export function returnClaim(
  ctx: ActorCtx,
  input: ClaimVersion & { readonly reason: string; readonly commandId: string },
): Promise<Outcome<Decided, ClaimRefusal>> {
  const { claimId, version, reason, commandId } = input;
  return decide(ctx, [{ claimId, version }], { kind: 'return', seconds: null, note: reason }, commandId);
}

interface Reach {
  readonly key: string;
  readonly units: ReadonlySet<string>;
  readonly filedUnits: ReadonlySet<string>;
  readonly closedUnits: ReadonlySet<string>;
}

/** What the account may do over a unit. */
export async function verifierOf(ctx: ActorCtx): Promise<Reach> {
  const [key, units, filed, closed] = await Promise.all([
    personKeyOf(ctx.db, ctx.actorId),
    decidingReach(ctx, 'claim.verify'),
    decidingReach(ctx, 'claim.verify_filed'),
    decidingReach(ctx, 'hours.approve_closed'),
  ]);
  return { key, units: units.unitIds, filedUnits: filed.unitIds, closedUnits: closed.unitIds };
}

export const verifierFor = (reach: Reach, unitId: string): Verifier => ({
  key: reach.key,
  mayVerify: reach.units.has(unitId),
  mayVerifyFiled: reach.filedUnits.has(unitId),
});

/** Persons whose closed years a claim would touch, with the year; the bureau's approval is needed for them. */
export async function closedYearsOf(
  reader: Reader,
  claims: readonly Pick<Claim, 'id' | 'personId' | 'fromDay' | 'toDay' | 'creditSeconds'>[],
): Promise<Map<string, number>> {
  const byYear = new Map<number, typeof claims>();
  for (const claim of claims)
    for (const { year } of splitOverYears(claim.fromDay, claim.toDay, claim.creditSeconds))
      byYear.set(year, [...(byYear.get(year) ?? []), claim]);
  const touched = new Map<string, number>();
  for (const [year, ofYear] of byYear) {
    const closed = await findClosedYears(
      reader,
      ofYear.map(({ personId }) => personId),
      year,
    );
    for (const { id, personId } of ofYear) if (closed.has(personId)) touched.set(id, year);
  }
  return touched;
}

async function decide(
  ctx: ActorCtx,
  asked: readonly ClaimVersion[],
  decision: Decision,
  commandId: string,
): Promise<Outcome<Decided, ClaimRefusal>> {
  if (!mayDo(ctx, 'claim.verify')) return refused('FORBIDDEN');
  if (asked.length === 0) return refused('NOBODY_CHOSEN');
  if (asked.length > MAX_BULK_CLAIMS) return refused('TOO_MANY_PEOPLE', { most: MAX_BULK_CLAIMS });
  const reach = await verifierOf(ctx);
  const found: Claim[] = [];
  for (const { claimId } of asked) {
    const claim = await findClaim(ctx.pool, claimId);
    if (claim === null || !reach.units.has(claim.unitId)) return refused('NOT_FOUND');
    found.push(claim);
  }
  const key = { actorId: ctx.actorId, commandId, kind: `claim.${decision.kind}`, input: { asked, decision } };
  return inTransaction<Decided, ClaimRefusal>(
    ctx,
    'decide-claims',
    (tx, refuse) =>
      withReceipt(tx, key, decidedShape, refuse, async () => {
        await lockOutsideHours(tx, 'shared');
        // Order of locks: person → claim.
        await lockPersons(tx, found.map(({ personId }) => personId).sort());
        const claims = await lockClaims(
          tx,
          asked.map(({ claimId }) => claimId),
        );
        const makers = await listMakerKeys(
          tx,
          claims.map(({ id }) => id),
        );
        for (const claim of claims)
          checkOne(claim, { asked, decision, reach, makerKeys: makers.get(claim.id) ?? [] }, refuse);
        if (decision.kind === 'approve') await checkClosedYears(tx, claims, reach, refuse);
        const credited = decision.kind === 'approve' ? await credit(tx, ctx, claims, decision, refuse) : null;
        await write(tx, ctx, claims, { decision, reach, credited }, refuse);
        const creditSeconds = [...(credited?.values() ?? [])].reduce((sum, seconds) => sum + seconds, 0);
        return { decided: claims.length, creditSeconds };
      }),
    { timeoutMs: BULK_TIMEOUT_MS },
  );
}

/** A closed year needs the bureau; asked under the persons' locks, so that a closing just made is seen. */
async function checkClosedYears(
  tx: Tx,
  claims: readonly Claim[],
  reach: Reach,
  refuse: Refuse<ClaimRefusal>,
): Promise<void> {
  const closed = await closedYearsOf(tx, claims);
  const shut = claims.filter((claim) => closed.has(claim.id) && !reach.closedUnits.has(claim.unitId));
  const [first] = shut;
  if (first === undefined) return;
  const names = shut.map(({ personName }) => personName).join('、');
  refuse('YEAR_CLOSED', { names, year: closed.get(first.id) ?? 0 });
}

interface CheckedBy {
  readonly asked: readonly ClaimVersion[];
  readonly decision: Decision;
  readonly reach: Reach;
  readonly makerKeys: readonly string[];
}

function checkOne(claim: Claim, by: CheckedBy, refuse: Refuse<ClaimRefusal>): void {
  const { decision, reach, makerKeys } = by;
  const step = decideStep(claim.state, decision.kind);
  if (!step.ok) return refuse(step.code);
  if (by.asked.find(({ claimId }) => claimId === claim.id)?.version !== claim.version)
    return refuse('CHANGED_MEANWHILE');
  const verifier = checkVerifier({ ...claim, makerKeys }, verifierFor(reach, claim.unitId));
  if (!verifier.ok) return refuse(verifier.code);
  const hasNote = (decision.note ?? '').trim() !== '';
  if (decision.kind === 'return') return hasNote ? undefined : refuse('REASON_REQUIRED');
  const seconds = decision.seconds ?? claim.creditSeconds;
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > claim.creditSeconds)
    return refuse('CREDIT_OUT_OF_RANGE');
  if (seconds < claim.creditSeconds && !hasNote) refuse('REASON_REQUIRED');
}

/** Writes the entries, once per claim. @returns credit by claim */
async function credit(
  tx: Tx,
  ctx: ActorCtx,
  claims: readonly Claim[],
  decision: Decision,
  refuse: Refuse<ClaimRefusal>,
): Promise<Map<string, number>> {
  const known = await findKnownTrainings(
    tx,
    claims.map((claim) => claim.duplicateKey),
  );
  const imported = claims.find((claim) => known.get(claim.duplicateKey)?.is === 'entry');
  if (imported !== undefined) {
    const id = known.get(imported.duplicateKey)?.id ?? '';
    return refuse('CLAIM_KNOWN', { names: imported.personName, is: 'entry', id });
  }
  const { entries, credited } = await entriesOfClaims(tx, claims, {
    seconds: decision.seconds,
    actorId: ctx.actorId,
    policyOf: (claim) => loadClaimPolicy(ctx, claim.unitId, claim.toDay),
  });
  const empty = claims.find(({ id }) => (credited.get(id) ?? 0) === 0);
  if (empty !== undefined) return refuse('LECTURE_CAP_REACHED', { names: empty.personName });
  const written = await appendHourEntries(tx, entries, ctx.clock.now());
  if (written.size < entries.length) return refuse('CLAIM_DECIDED');
  return credited;
}

interface Written {
  readonly decision: Decision;
  readonly reach: Reach;
  readonly credited: ReadonlyMap<string, number> | null;
}

async function write(
  tx: Tx,
  ctx: ActorCtx,
  claims: readonly Claim[],
  { decision, reach, credited }: Written,
  refuse: Refuse<ClaimRefusal>,
): Promise<void> {
  const at = ctx.clock.now();
  const state = decision.kind === 'approve' ? ('approved' as const) : ('returned' as const);
  for (const claim of claims) {
    const moved = await moveClaim(tx, claim, {
      to: state,
      decidedBy: ctx.actorId,
      decidedPersonId: ctx.actor.personId === null ? null : reach.key,
      at,
      approvedSeconds: credited?.get(claim.id) ?? null,
      note: decision.note,
    });
    if (!moved) return refuse('CHANGED_MEANWHILE');
  }
  await appendClaimEvents(
    tx,
    claims.map(({ id }) => ({ claimId: id, kind: state, statement: null, note: decision.note })),
    { actorId: ctx.actorId, at },
  );
  await tell(tx, ctx, claims, { state, decision, credited });
  await appendAudits(
    tx,
    ctx,
    claims.map((claim) => ({
      action: `claim.${state}`,
      subjectKind: 'external_claim',
      subjectId: claim.id,
      unitId: claim.unitId,
      detail: {
        creditSeconds: credited?.get(claim.id) ?? null,
        askedSeconds: claim.creditSeconds,
        note: decision.note,
      },
    })),
  );
}

/** Settles what waited for the decision, tells the persons, and asks for completion of what came back. */
async function tell(
  tx: Tx,
  ctx: ActorCtx,
  claims: readonly Claim[],
  answer: {
    readonly state: 'approved' | 'returned';
    readonly decision: Decision;
    readonly credited: ReadonlyMap<string, number> | null;
  },
): Promise<void> {
  const { state, decision, credited } = answer;
  const told = (claim: Claim) => ({ ...claim, claimId: claim.id, version: claim.version + 1 });
  await settleVerification(tx, ctx, claims, 'done');
  await askForNotices(
    tx,
    ctx,
    claims.map((claim) =>
      answeredNotice(told(claim), { state, seconds: credited?.get(claim.id) ?? null, note: decision.note }),
    ),
  );
  if (state === 'returned')
    await askForTasks(
      tx,
      ctx,
      claims.map((claim) => returnedTask({ ...told(claim), reason: decision.note ?? '' })),
    );
}

/** What waited for the verifier no longer does; a task over several people goes with the last of them. */
export async function settleVerification(
  tx: Tx,
  ctx: ActorCtx,
  claims: readonly Claim[],
  outcome: 'done' | 'withdrawn',
): Promise<void> {
  const keys = claims.map(({ id, version }) => roundKey(id, version));
  for (const batchId of new Set(claims.map((claim) => claim.batchId))) {
    const isWaiting = (await tx.externalClaim.count({ where: { batchId, state: 'filed', version: 1 } })) > 0;
    if (!isWaiting) keys.push(batchKey(batchId));
  }
  await askToSettle(tx, ctx, { kind: VERIFY_TASK, keys, outcome });
}

/** The completion of a returned claim no longer waits. */
export async function settleReturned(
  tx: Tx,
  ctx: ActorCtx,
  claim: Claim,
  outcome: 'done' | 'withdrawn',
): Promise<void> {
  await askToSettle(tx, ctx, { kind: RETURNED_TASK, keys: [roundKey(claim.id, claim.version)], outcome });
}
