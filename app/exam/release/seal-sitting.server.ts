import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { randomToken } from '#app/platform/secret/keys.server.ts';
import { fullMarkHundredths } from '../paper/blueprint.ts';
import type { Confirmation } from './confirmation.ts';
import type { DrawnSet } from './draw-set.server.ts';
import { drawSet } from './draw-set.server.ts';
import type { PaperMode } from './paper-mode.ts';
import type { CustodySitting } from './seal.store.server.ts';
import {
  findCustodySitting,
  insertSealedPapers,
  lastSealOf,
  listSealedSet,
  lockSittingRow,
} from './seal.store.server.ts';
import { setHash } from './set-hash.ts';

/** Writing 2,000 papers takes some three seconds. */
export const SEAL_TIMEOUT_MS = 60_000;

export type SealRefusal = 'NOT_FOUND' | 'BANK_CANNOT_FEED' | 'NOTHING_TO_SEAL' | 'MODE_IS_FIXED';

/** What a seal came to. */
export interface Sealed {
  readonly sealId: string;
  readonly sealNo: number;
  readonly added: number;
  readonly paperCount: number;
  readonly setHash: string;
}

/**
 * Writes a drawn set as one seal of the sitting: only papers that are still wanted and not there yet, so it may race with
 * other seals and with starts. Refuses NOTHING_TO_SEAL and MODE_IS_FIXED (an earlier seal drew the other way).
 */
export async function writeSeal(
  tx: Tx,
  ctx: Ctx,
  input: {
    readonly sitting: CustodySitting;
    readonly mode: PaperMode;
    readonly seed: string;
    readonly drawn: DrawnSet;
    /** Null for the system's own seal (demo city). */
    readonly confirmed: Confirmation | null;
  },
  refuse: Refuse<'NOTHING_TO_SEAL' | 'MODE_IS_FIXED'>,
): Promise<Sealed> {
  const { sitting, mode, seed, drawn, confirmed } = input;
  await lockSittingRow(tx, sitting.id);
  const last = await lastSealOf(tx, sitting.id);
  if (last.mode !== null && last.mode !== mode) refuse('MODE_IS_FIXED');
  const at = ctx.clock.now();
  const sealId = newId<'ExamSeal'>();
  const { spec } = sitting.blueprint;
  const marks = { fullMark: fullMarkHundredths(spec), passMark: spec.passMarkHundredths };
  const added = await insertSealedPapers(
    tx,
    { id: sealId, sittingId: sitting.id, ...marks, at },
    drawn.papers,
  );
  if (added === 0) refuse('NOTHING_TO_SEAL');
  const set = await listSealedSet(tx, sitting.id, sealId);
  const sealed = { sealId, sealNo: last.no + 1, added, paperCount: set.length, setHash: setHash(set) };
  await tx.examSeal.create({
    data: {
      id: sealId,
      sittingId: sitting.id,
      sealNo: sealed.sealNo,
      paperMode: mode,
      seed,
      added,
      paperCount: sealed.paperCount,
      setHash: sealed.setHash,
      neighbours: { ...drawn.neighbours },
      ...(confirmed ?? {}),
      occurredAt: at,
    },
  });
  await appendAudit(tx, ctx, {
    action: 'exam.seal',
    subjectKind: 'exam_sitting',
    subjectId: sitting.id,
    regionId: sitting.regionId,
    detail: {
      sealNo: sealed.sealNo,
      added,
      paperCount: sealed.paperCount,
      setHash: sealed.setHash,
      way: confirmed?.confirmedWay ?? null,
    },
  });
  return sealed;
}

/**
 * Seals a sitting for the system itself (the demo city, measurements): draws what is missing and writes it. People seal
 * by `fileCustody` and `confirmSeal`. A `seed` is named only where the set has to come out the same again. Refuses NOT_FOUND, BANK_CANNOT_FEED, NOTHING_TO_SEAL, MODE_IS_FIXED.
 */
export async function sealSitting(
  ctx: Ctx,
  input: { readonly sittingId: string; readonly mode: PaperMode; readonly seed?: string | undefined },
): Promise<Outcome<Sealed, SealRefusal>> {
  const sitting = await findCustodySitting(ctx.pool, input.sittingId);
  if (sitting === null) return refused('NOT_FOUND');
  const order = { sitting, mode: input.mode, seed: input.seed ?? randomToken() };
  const drawn = await drawSet(ctx, order);
  if (!drawn.ok) return drawn;
  return inTransaction<Sealed, SealRefusal>(
    ctx,
    'seal-sitting',
    (tx, refuse) => writeSeal(tx, ctx, { ...order, drawn: drawn.value, confirmed: null }, refuse),
    { timeoutMs: SEAL_TIMEOUT_MS },
  );
}
