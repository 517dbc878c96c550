import type { ActorCtx } from '#app/accounts/actor.server.ts';
import type { LoadedSecondPersons } from '#app/office/approval/load-second-persons.server.ts';
import { decideWay, openWays, tellWays } from '#app/office/approval/second-person.ts';
import type { DocumentLine } from '#app/office/document/documents-view.server.ts';
import { documentsOf } from '#app/office/document/documents-view.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done } from '#app/platform/result/outcome.ts';
import type { CustodyKind } from './confirmation.ts';
import { custodyObstacle, mayReleaseAgain } from './custody-time.ts';
import type { CustodyRequest, MissingPerson, SealCounts, SealRecord } from './custody.store.server.ts';
import { countSealed, findLastRequest, listMissing, listSeals } from './custody.store.server.ts';
import { openCustody } from './open-sitting.server.ts';
import { SEALED_SET_SUBJECT } from './printed/printed-papers.ts';
import { listRooms } from './printed/printed.store.server.ts';
import type { CustodySitting } from './seal.store.server.ts';
import { listSealedSet } from './seal.store.server.ts';
import { setHash } from './set-hash.ts';
import type { SinceSeal } from './since-seal.server.ts';
import { lookSinceSeal } from './since-seal.server.ts';

/** A request that waits for its second person, and what the viewer may do about it. */
export interface OpenRequest {
  readonly request: Omit<CustodyRequest, 'filedBy'>;
  readonly mayConfirm: boolean;
  /** Confirms only with the signed 审批单: the maker of a bureau of one person. */
  readonly needsSignedForm: boolean;
  /** Who may, for whoever may not; null otherwise. */
  readonly waitsFor: string | null;
}

export interface SealPage {
  readonly sitting: Pick<CustodySitting, 'id' | 'title' | 'opensAt' | 'hardEndAt' | 'status' | 'startMode'>;
  readonly counts: SealCounts;
  readonly missing: readonly MissingPerson[];
  readonly seals: readonly SealRecord[];
  /** The stored papers still make up the hash of the last seal; null before the first. */
  readonly isIntact: boolean | null;
  /** What was changed after the last seal. */
  readonly since: SinceSeal;
  readonly sealRequest: OpenRequest | null;
  readonly releaseRequest: OpenRequest | null;
  /** Files requests; the 分管领导 only confirms. */
  readonly isBureau: boolean;
  /** Ended or called off: nothing is sealed or released any more. */
  readonly isOver: boolean;
  /** New opening codes may still be asked for. */
  readonly mayReleaseAgain: boolean;
  readonly documents: readonly DocumentLine[];
  readonly rooms: readonly { readonly id: string; readonly no: number; readonly name: string }[];
}

const MISSING_SHOWN = 50;

function offerOf({ scene, actorKey, standing }: LoadedSecondPersons): Omit<OpenRequest, 'request'> {
  const needsSignedForm = actorKey === scene.makerKey && openWays(scene).includes('signed_form');
  const mayConfirm =
    needsSignedForm || decideWay(scene, { key: actorKey, standing, hasSignedForm: false }).ok;
  return { mayConfirm, needsSignedForm, waitsFor: mayConfirm && !needsSignedForm ? null : tellWays(scene) };
}

async function openRequestOf(
  ctx: ActorCtx,
  sittingId: string,
  kind: CustodyKind,
  setHashNow: string | null,
): Promise<OpenRequest | null> {
  const asked = await findLastRequest(ctx.db, sittingId, kind);
  // A release that was asked for an earlier set can no longer be confirmed.
  if (asked === null || asked.isConfirmed || (kind === 'release' && asked.setHash !== setHashNow))
    return null;
  const { filedBy, ...request } = asked;
  const opened = await openCustody(ctx, sittingId, filedBy);
  return opened.ok ? { request, ...offerOf(opened.value.people) } : null;
}

/**
 * What is sealed of a sitting, by whom, with which hash, who is missing, and what waits for a second person. Nothing of
 * any paper is read. Refuses FORBIDDEN, NOT_FOUND (also outside the reach).
 */
export async function viewSeal(
  ctx: ActorCtx,
  sittingId: string,
): Promise<Outcome<SealPage, 'FORBIDDEN' | 'NOT_FOUND'>> {
  const opened = await openCustody(ctx, sittingId, null);
  if (!opened.ok) return opened;
  const { sitting, isBureau } = opened.value;
  const [counts, missing, seals] = await Promise.all([
    countSealed(ctx.db, sittingId),
    listMissing(ctx.pool, sittingId, MISSING_SHOWN),
    listSeals(ctx.pool, sittingId),
  ]);
  const last = seals[0] ?? null;
  const isOver = custodyObstacle(sitting, ctx.clock.now()) !== null;
  const { id, title, opensAt, hardEndAt, status, startMode } = sitting;
  return done({
    sitting: { id, title, opensAt, hardEndAt, status, startMode },
    counts,
    missing,
    seals,
    isIntact: last === null ? null : setHash(await listSealedSet(ctx.db, sittingId)) === last.setHash,
    since: await lookSinceSeal(ctx, sitting, last),
    sealRequest: isOver ? null : await openRequestOf(ctx, sittingId, 'seal', null),
    releaseRequest: isOver ? null : await openRequestOf(ctx, sittingId, 'release', last?.setHash ?? null),
    isBureau,
    isOver,
    mayReleaseAgain: !isOver && mayReleaseAgain(sitting, ctx.clock.now()),
    documents: isBureau ? await documentsOf(ctx, { kind: SEALED_SET_SUBJECT, ids: [sittingId] }) : [],
    rooms: await listRooms(ctx.pool, sittingId),
  });
}
