import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, ownPersonId, reachFor } from '#app/accounts/actor.server.ts';
import { askForTasks } from '#app/office/task/ask-task.server.ts';
import { findPersonCards, homeLinksOn } from '#app/organization/person/person.store.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { decidingUnit } from '../year/deciding-unit.server.ts';
import type { ClaimStatement } from './claim.ts';
import { askedSeconds, checkStatement } from './claim.ts';
import { loadClaimPolicy } from './claim-policy.server.ts';
import type { ClaimRefusal } from './claim-refusals.ts';
import { verifyTask } from './claim-tasks.ts';
import type { NewClaim } from './claim.store.server.ts';
import { appendClaimEvents, insertClaims } from './claim.store.server.ts';
import { duplicateKey } from './duplicate-key.ts';
import { findKnownTrainings, lockOutsideHours } from './known-training.store.server.ts';
import type { Proof } from './proof.ts';
import { checkProofCount } from './proof.ts';
import { insertProofs } from './proof.store.server.ts';

/** Most people of one training in one filing. */
export const MAX_CLAIM_PEOPLE = 200;

export interface ClaimFiling {
  readonly statement: ClaimStatement;
  readonly proofs: readonly Proof[];
  readonly commandId: string;
}

const filedShape = z.object({ batchId: z.string(), claimIds: z.array(z.string()) });
export type FiledClaims = z.infer<typeof filedShape>;

/** Who it is for, and in which unit it is decided. */
interface Claimant {
  readonly personId: string;
  readonly name: string;
  readonly unitId: string;
}

/** The filing as a receipt keeps it: files by their hash. */
export const proofHashes = (proofs: readonly Proof[]): string[] =>
  proofs.map(({ bytes }) => sha256(bytes).toString('hex'));

const joined = (names: readonly string[]): string =>
  names.length > 5 ? `${names.slice(0, 5).join('、')}等 ${names.length} 人` : names.join('、');

/**
 * An officer files a claim for a training of their own (domain.md §4.2 case 11). Refusals: FORBIDDEN; NOT_IN_POST; those
 * of the statement and of proofs; CLAIM_KNOWN with where the training stands (`is`, `id`); COMMAND_REUSED.
 */
export async function fileOwnClaim(
  ctx: ActorCtx,
  filing: ClaimFiling,
): Promise<Outcome<FiledClaims, ClaimRefusal>> {
  if (!mayDo(ctx, 'claim.file_own')) return refused('FORBIDDEN');
  const personId = ownPersonId(ctx);
  const claimants = await claimantsOf(ctx, [personId], filing.statement);
  if (!claimants.ok) return claimants;
  // A liaison's own training is not decided on the liaison's own desk.
  const isLiaison = (await reachFor(ctx, 'claim.file')).unitIds.has(claimants.value[0]?.unitId ?? '');
  return file(ctx, filing, { claimants: claimants.value, filedAs: 'self', byLeader: isLiaison });
}

/**
 * A liaison files one training for several own people at once. Refusals: as above; NOBODY_CHOSEN; TOO_MANY_PEOPLE;
 * PERSON_UNKNOWN (somebody out of reach).
 */
export async function fileClaims(
  ctx: ActorCtx,
  filing: ClaimFiling & { readonly personIds: readonly string[] },
): Promise<Outcome<FiledClaims, ClaimRefusal>> {
  if (!mayDo(ctx, 'claim.file')) return refused('FORBIDDEN');
  const personIds = [...new Set(filing.personIds)].sort();
  if (personIds.length === 0) return refused('NOBODY_CHOSEN');
  if (personIds.length > MAX_CLAIM_PEOPLE) return refused('TOO_MANY_PEOPLE', { most: MAX_CLAIM_PEOPLE });
  const { unitIds } = await reachFor(ctx, 'claim.file');
  const homes = await homeLinksOn(ctx.pool, personIds, dayOf(ctx.clock.now()));
  if (personIds.some((personId) => !unitIds.has(homes.get(personId)?.unitId ?? '')))
    return refused('PERSON_UNKNOWN');
  const claimants = await claimantsOf(ctx, personIds, filing.statement);
  if (!claimants.ok) return claimants;
  return file(ctx, filing, { claimants: claimants.value, filedAs: 'liaison', byLeader: true });
}

/** The people with the unit that decides: today's, for who has left that of the training or what took its place. */
async function claimantsOf(
  ctx: ActorCtx,
  personIds: readonly string[],
  { fromDay }: Pick<ClaimStatement, 'fromDay'>,
): Promise<Outcome<Claimant[], ClaimRefusal>> {
  const [cards, then, now] = await Promise.all([
    findPersonCards(ctx.pool, personIds),
    homeLinksOn(ctx.pool, personIds, fromDay),
    homeLinksOn(ctx.pool, personIds, dayOf(ctx.clock.now())),
  ]);
  const nameOf = (personId: string): string => cards.get(personId)?.name ?? '';
  const away = personIds.filter((personId) => !then.has(personId));
  if (away.length > 0) return refused('NOT_IN_POST', { names: joined(away.map(nameOf)) });
  const desks = new Map<string, string>();
  for (const personId of personIds) {
    const home = now.get(personId) ?? then.get(personId);
    if (home === undefined) continue;
    const unit = now.has(personId) ? null : await decidingUnit(ctx, home.unitId);
    desks.set(personId, unit?.officeId ?? home.unitId);
  }
  return done(
    personIds.flatMap((personId) => {
      const unitId = desks.get(personId);
      return unitId === undefined ? [] : [{ personId, name: nameOf(personId), unitId }];
    }),
  );
}

interface FilingMode {
  readonly claimants: readonly Claimant[];
  readonly filedAs: 'self' | 'liaison';
  readonly byLeader: boolean;
}

async function file(
  ctx: ActorCtx,
  filing: ClaimFiling,
  mode: FilingMode,
): Promise<Outcome<FiledClaims, ClaimRefusal>> {
  const { statement, proofs, commandId } = filing;
  const unitId = mode.claimants[0]?.unitId ?? '';
  const policy = await loadClaimPolicy(ctx, unitId, statement.toDay);
  const checked = checkStatement(statement, dayOf(ctx.clock.now()), policy);
  if (!checked.ok) return checked;
  const counted = checkProofCount(0, proofs.length);
  if (!counted.ok) return counted;
  const creditSeconds = askedSeconds(statement, policy);
  if (creditSeconds === 0) return refused('CREDIT_OUT_OF_RANGE');
  const input = {
    statement,
    proofs: proofHashes(proofs),
    personIds: mode.claimants.map(({ personId }) => personId),
  };
  return inTransaction<FiledClaims, ClaimRefusal>(ctx, 'file-claim', (tx, refuse) =>
    withReceipt(
      tx,
      { actorId: ctx.actorId, commandId, kind: `claim.file_${mode.filedAs}`, input },
      filedShape,
      refuse,
      () => writeFiling(tx, ctx, { statement, proofs, creditSeconds }, mode, refuse),
    ),
  );
}

async function writeFiling(
  tx: Tx,
  ctx: ActorCtx,
  filing: Omit<ClaimFiling, 'commandId'> & { readonly creditSeconds: number },
  mode: FilingMode,
  refuse: Refuse<ClaimRefusal>,
): Promise<FiledClaims> {
  const { statement, proofs, creditSeconds } = filing;
  const at = ctx.clock.now();
  const batchId = newId<'ClaimBatch'>();
  const claims = mode.claimants.map(({ personId, unitId }): NewClaim => {
    const identity = { personId, day: statement.fromDay, ...statement };
    return {
      ...statement,
      id: newId<'ExternalClaim'>(),
      batchId,
      personId,
      unitId,
      creditSeconds,
      duplicateKey: duplicateKey(identity),
      filedAs: mode.filedAs,
      filedBy: ctx.actorId,
      filedAt: at,
    };
  });
  await lockOutsideHours(tx, 'shared');
  const names = new Map(mode.claimants.map(({ personId, name }) => [personId, name]));
  await refuseKnown(tx, claims, names, refuse);
  const written = await insertClaims(tx, claims);
  // Somebody filed the same training a moment ago: now it is known.
  if (written.size < claims.length) await refuseKnown(tx, claims, names, refuse);
  const proofIds = await insertProofs(tx, ctx, proofs);
  await tx.externalClaimProof.createMany({
    data: claims.flatMap(({ id }) => proofIds.map((proofId) => ({ claimId: id, proofId }))),
  });
  await appendClaimEvents(
    tx,
    claims.map(({ id }) => ({ claimId: id, kind: 'filed' as const, statement, note: null })),
    { actorId: ctx.actorId, at },
  );
  await askVerifiers(tx, ctx, claims, names, mode.byLeader);
  await appendAudit(tx, ctx, {
    action: mode.filedAs === 'self' ? 'claim.file_own' : 'claim.file',
    subjectKind: 'claim_batch',
    subjectId: batchId,
    unitId: claims[0]?.unitId ?? null,
    detail: { people: claims.length, title: statement.title, creditSeconds, files: proofIds.length },
  });
  return { batchId, claimIds: claims.map(({ id }) => id) };
}

/** Refuses trainings that stand already, with a way to the first of them. */
async function refuseKnown(
  tx: Tx,
  claims: readonly NewClaim[],
  names: ReadonlyMap<string, string>,
  refuse: Refuse<'CLAIM_KNOWN'>,
): Promise<void> {
  const own = new Set(claims.map(({ id }) => id));
  const known = await findKnownTrainings(
    tx,
    claims.map((claim) => claim.duplicateKey),
  );
  const others = [...known.values()].filter(({ id }) => !own.has(id));
  const [first] = others;
  if (first === undefined) return;
  const who = joined(others.map(({ personId }) => names.get(personId) ?? ''));
  refuse('CLAIM_KNOWN', { names: who, is: first.is, id: first.id });
}

/** One task for all that was filed together; people of several units wait at the desk over the liaison's own unit. */
async function askVerifiers(
  tx: Tx,
  ctx: ActorCtx,
  claims: readonly NewClaim[],
  names: ReadonlyMap<string, string>,
  byLeader: boolean,
): Promise<void> {
  const [first] = claims;
  if (first === undefined) return;
  const isOneUnit = claims.every(({ unitId }) => unitId === first.unitId);
  const own = ctx.actor.grants.find(({ role, unitId }) => role === 'unit_liaison' && unitId !== null)?.unitId;
  const told = {
    ...first,
    claimId: first.id,
    version: 1,
    unitId: isOneUnit ? first.unitId : (own ?? first.unitId),
  };
  const people = claims.map(({ personId }) => names.get(personId) ?? '');
  await askForTasks(tx, ctx, [verifyTask(told, people, { byLeader, isResubmitted: false })]);
}
