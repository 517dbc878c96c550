import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { closingReach } from './closing-scope.server.ts';
import type { Adjustment, SnapshotPerson } from './snapshot.ts';
import { adjustedSeconds } from './snapshot.ts';
import { findSnapshot, listAdjustments } from './snapshot.store.server.ts';
import type { Finding } from './verify-snapshot.server.ts';
import { verifySnapshot } from './verify-snapshot.server.ts';

export interface SealedPerson extends Pick<
  SnapshotPerson,
  'personId' | 'name' | 'seconds' | 'totalSeconds' | 'conclusion'
> {
  readonly adjustments: readonly Adjustment[];
  /** Sum of what came after closing, signed; beside the sealed figure, never in it. */
  readonly adjustedSeconds: number;
}

export interface SealView {
  readonly sealNo: string;
  readonly unitName: string;
  readonly year: number;
  readonly closedDay: Day;
  readonly frozenAt: Date;
  readonly confirmedByName: string | null;
  readonly frozenByName: string | null;
  readonly keyId: string;
  readonly contentHash: string;
  readonly findings: readonly Finding[];
  readonly isSound: boolean;
  /** All people for who reaches the unit; oneself only for an officer. */
  readonly people: readonly SealedPerson[];
  readonly isWhole: boolean;
  readonly peopleCount: number;
}

/**
 * What a seal says and whether it still holds, with everything that came after it. Refusals: FORBIDDEN; NOT_FOUND (also
 * for whoever neither reaches the unit nor is among the people of the seal).
 */
export async function viewSeal(
  ctx: ActorCtx,
  sealNo: string,
): Promise<Outcome<SealView, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'hours.check_seal')) return refused('FORBIDDEN');
  const record = await findSnapshot(ctx.pool, sealNo);
  if (record === null) return refused('NOT_FOUND');
  const isWhole =
    mayDo(ctx, 'hours.read_closing') &&
    (await closingReach(ctx, 'hours.read_closing', record.year)).units.has(record.unitId);
  const { snapshot, findings } = await verifySnapshot(ctx, record);
  const everybody = snapshot?.people ?? [];
  const shown = isWhole ? everybody : everybody.filter((one) => one.personId === ctx.actor.personId);
  if (!isWhole && shown.length === 0) return refused('NOT_FOUND');
  const adjustments = await listAdjustments(ctx.pool, record.closingId);
  return done({
    sealNo: record.sealNo,
    unitName: snapshot?.unit.name ?? '',
    year: record.year,
    closedDay: record.closedDay,
    frozenAt: record.frozenAt,
    confirmedByName: record.confirmedByName,
    frozenByName: record.frozenByName,
    keyId: record.keyId,
    contentHash: Buffer.from(record.contentHash).toString('hex'),
    findings,
    isSound: findings.every((finding) => finding.isSound),
    people: shown.map(({ personId, name, seconds, totalSeconds, conclusion }) => {
      const own = adjustments.filter((one) => one.personId === personId);
      return {
        personId,
        name,
        seconds,
        totalSeconds,
        conclusion,
        adjustments: own,
        adjustedSeconds: adjustedSeconds(own),
      };
    }),
    isWhole,
    peopleCount: everybody.length,
  });
}
