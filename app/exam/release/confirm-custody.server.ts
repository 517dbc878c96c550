import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { keepScanIn, scanFingerprint } from '#app/office/approval/keep-scan.server.ts';
import type { SecondPersonRefusal } from '#app/office/approval/second-person.ts';
import { decideWay } from '#app/office/approval/second-person.ts';
import type { SignedForm } from '#app/office/approval/signed-form.server.ts';
import { settleTasks } from '#app/office/task/open-tasks.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { randomToken } from '#app/platform/secret/keys.server.ts';
import type { Confirmation, CustodyKind } from './confirmation.ts';
import { custodyObstacle, mayReleaseAgain } from './custody-time.ts';
import { custodyTaskKeys } from './custody-tasks.ts';
import type { CustodyRequest } from './custody.store.server.ts';
import { findLastRequest, listSeals } from './custody.store.server.ts';
import type { DrawnSet } from './draw-set.server.ts';
import { drawSet } from './draw-set.server.ts';
import type { CustodyScene } from './open-sitting.server.ts';
import { withdrawOpenRequest } from './file-custody.server.ts';
import { openCustody } from './open-sitting.server.ts';
import type { SealRefusal } from './seal-sitting.server.ts';
import { SEAL_TIMEOUT_MS, writeSeal } from './seal-sitting.server.ts';
import { lockSittingRow } from './seal.store.server.ts';

export interface ConfirmInput {
  readonly sittingId: string;
  readonly kind: CustodyKind;
  /** The request that was seen; a later one has to be looked at first. */
  readonly requestId: string;
  /** The signed 审批单: only the maker of a bureau of one person confirms by it. */
  readonly signedForm?: SignedForm | undefined;
  readonly commandId: string;
}

export type ConfirmRefusal =
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'COMMAND_REUSED'
  | 'CHANGED_MEANWHILE'
  | 'SITTING_IS_OVER'
  | 'SITTING_IS_OFF'
  | 'BELL_HAS_RUNG'
  | 'TOO_MANY_SCANS'
  | SealRefusal
  | SecondPersonRefusal;

const confirmedShape = z.object({ id: z.string() });
type Confirmed = z.infer<typeof confirmedShape>;

interface Scene extends CustodyScene {
  readonly request: CustodyRequest;
}

async function openRequest(
  ctx: ActorCtx,
  input: ConfirmInput,
): Promise<Outcome<Scene, 'FORBIDDEN' | 'NOT_FOUND' | 'CHANGED_MEANWHILE'>> {
  const request = await findLastRequest(ctx.db, input.sittingId, input.kind);
  const opened = await openCustody(ctx, input.sittingId, request?.filedBy ?? null);
  if (!opened.ok) return opened;
  if (request?.id !== input.requestId) return refused('CHANGED_MEANWHILE');
  return done({ ...opened.value, request });
}

/** Who confirms and by which of the ways that are open; a signed form is kept with the request. */
async function confirmationOf(
  tx: Tx,
  ctx: ActorCtx,
  asked: { readonly scene: Scene; readonly signedForm: SignedForm | undefined },
  refuse: Refuse<ConfirmRefusal>,
): Promise<Confirmation> {
  const { request, people, sitting } = asked.scene;
  const { scene, actorKey: key, standing } = people;
  const { signedForm } = asked;
  const way = decideWay(scene, { key, standing, hasSignedForm: signedForm !== undefined });
  if (!way.ok) return refuse(way.code);
  const both = {
    ...{ requestId: request.id, filedBy: request.filedBy, confirmedBy: ctx.actorId },
    ...{ filedPerson: scene.makerKey, confirmedPerson: key },
  };
  if (way.value !== 'signed_form' || signedForm === undefined)
    return { ...both, confirmedWay: way.value, confirmedScanId: null, signerName: null };
  const subject = { kind: 'exam_custody' as const, id: request.id, regionId: sitting.regionId };
  const { scan, signerName } = signedForm;
  const confirmedScanId = await keepScanIn(tx, ctx, { subject, purpose: 'signed_form', scan }, refuse);
  return { ...both, confirmedWay: 'signed_form', confirmedScanId, signerName };
}

interface Work {
  readonly scene: Scene;
  readonly input: ConfirmInput;
  /** Seals or releases and returns the id of the new row. */
  readonly write: (tx: Tx, confirmed: Confirmation, refuse: Refuse<ConfirmRefusal>) => Promise<string>;
}

/** The frame of both: once, by the right person, for the request that was seen and is still the last. */
function confirm(ctx: ActorCtx, { scene, input, write }: Work): Promise<Outcome<Confirmed, ConfirmRefusal>> {
  const { sittingId, kind, requestId, signedForm, commandId } = input;
  const prints = {
    signedForm: scanFingerprint(signedForm?.scan ?? null),
    signerName: signedForm?.signerName ?? null,
  };
  const key = {
    actorId: ctx.actorId,
    commandId,
    kind: `exam.confirm_${kind}`,
    input: { sittingId, requestId, ...prints },
  };
  return inTransaction<Confirmed, ConfirmRefusal>(
    ctx,
    `confirm-${kind}`,
    (tx, refuse) =>
      withReceipt(tx, key, confirmedShape, refuse, async () => {
        const sitting = await lockSittingRow(tx, sittingId);
        const obstacle = sitting === null ? 'NOT_FOUND' : custodyObstacle(sitting, ctx.clock.now());
        if (obstacle !== null) refuse(obstacle);
        const last = await findLastRequest(tx, sittingId, kind);
        if (last?.id !== requestId || last.isConfirmed) refuse('CHANGED_MEANWHILE');
        const confirmed = await confirmationOf(tx, ctx, { scene, signedForm }, refuse);
        const id = await write(tx, confirmed, refuse);
        const keys = custodyTaskKeys(requestId);
        await settleTasks(tx, ctx, { kind: 'exam.custody', keys, outcome: 'done' });
        return { id };
      }),
    { timeoutMs: SEAL_TIMEOUT_MS },
  );
}

const NOTHING_DRAWN: DrawnSet = {
  papers: [],
  neighbours: { pairs: 0, pairsAlike: 0, samePlacesWorst: 0, sharedMeanTenths: 0 },
};

/**
 * 复核封卷: the second of two people confirms, and with it the papers are drawn and frozen. Refuses FORBIDDEN, NOT_FOUND,
 * SITTING_IS_OVER and SITTING_IS_OFF (it has ended or was called off since the request), CHANGED_MEANWHILE (another
 * request, or confirmed already), those of `decideWay` (MAKER_IS_CHECKER …), TOO_MANY_SCANS, BANK_CANNOT_FEED, NOTHING_TO_SEAL, COMMAND_REUSED.
 */
export async function confirmSeal(
  ctx: ActorCtx,
  input: ConfirmInput & { readonly kind: 'seal' },
): Promise<Outcome<Confirmed, ConfirmRefusal>> {
  const opened = await openRequest(ctx, input);
  if (!opened.ok) return opened;
  const scene = opened.value;
  const { sitting, request, people } = scene;
  const by = {
    key: people.actorKey,
    standing: people.standing,
    hasSignedForm: input.signedForm !== undefined,
  };
  const way = decideWay(people.scene, by);
  if (!way.ok) return refused(way.code);
  // Nothing is drawn in vain; the transaction asks again.
  const obstacle = request.isConfirmed ? null : custodyObstacle(sitting, ctx.clock.now());
  if (obstacle !== null) return refused(obstacle);
  const mode = request.paperMode ?? 'each';
  const order = { sitting, mode, seed: randomToken() };
  // A repeat of what is done already only asks for its receipt.
  const drawn = request.isConfirmed ? done(NOTHING_DRAWN) : await drawSet(ctx, order);
  if (!drawn.ok) return drawn;
  return confirm(ctx, {
    scene,
    input,
    write: async (tx, confirmed, refuse) => {
      const { sealId } = await writeSeal(tx, ctx, { ...order, drawn: drawn.value, confirmed }, refuse);
      // The set is another one now: a release that was asked for is asked for anew.
      await withdrawOpenRequest(tx, ctx, sitting.id, 'release');
      return sealId;
    },
  });
}

/**
 * 复核启封: the second of two people opens a sealed set for printing. Refuses as `confirmSeal`; CHANGED_MEANWHILE also when
 * people were sealed since the request, BELL_HAS_RUNG for new codes once the bell has rung.
 */
export async function confirmRelease(
  ctx: ActorCtx,
  input: ConfirmInput & { readonly kind: 'release' },
): Promise<Outcome<Confirmed, ConfirmRefusal>> {
  const opened = await openRequest(ctx, input);
  if (!opened.ok) return opened;
  const scene = opened.value;
  const { sitting, request } = scene;
  return confirm(ctx, {
    scene,
    input,
    write: async (tx, confirmed, refuse) => {
      const [seal] = await listSeals(ctx.pool, sitting.id);
      if (seal === undefined || seal.setHash !== request.setHash) return refuse('CHANGED_MEANWHILE');
      // New codes once the old ones may have been announced would shut out who waits without a network.
      if (request.reason !== null && !mayReleaseAgain(sitting, ctx.clock.now())) refuse('BELL_HAS_RUNG');
      const id = newId<'ExamRelease'>();
      await tx.examRelease.create({
        data: {
          id,
          sittingId: sitting.id,
          sealId: seal.id,
          setHash: seal.setHash,
          ...confirmed,
          occurredAt: ctx.clock.now(),
        },
      });
      await appendAudit(tx, ctx, {
        action: 'exam.release',
        subjectKind: 'exam_sitting',
        subjectId: sitting.id,
        regionId: sitting.regionId,
        detail: {
          sealNo: seal.sealNo,
          setHash: seal.setHash,
          way: confirmed.confirmedWay,
          reason: request.reason,
        },
      });
      return id;
    },
  });
}
