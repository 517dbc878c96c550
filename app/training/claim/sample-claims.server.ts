import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import { personKeyOf } from '#app/accounts/person-key.store.server.ts';
import { askForTasks } from '#app/office/task/ask-task.server.ts';
import { regionSubtree, unitsInRegion } from '#app/organization/tree/tree.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { correctionTask } from '../correction/correction-tasks.ts';
import { closedIn, deskOf, openRequest } from '../correction/request-correction.server.ts';
import type { HourEntry } from '../ledger/entry.ts';
import { listEntriesOfSource } from '../ledger/hour-entry.store.server.ts';
import { decidingReach } from '../year/deciding-unit.server.ts';
import type { Claim } from './claim.store.server.ts';
import { findClaim } from './claim.store.server.ts';
import type { SampleRefusal } from './sample-refusals.ts';
import type { Judgement } from './sample.ts';
import { drawSample } from './sample.ts';
import { findSample, insertSample, judgeItem, listApprovedIds } from './sample.store.server.ts';

/** Most claims of one sample: what a bureau can look at. */
export const MAX_SAMPLE = 2_000;

const drawnShape = z.object({ sampleId: z.string(), size: z.number() });
export type Drawn = z.infer<typeof drawnShape>;

export interface DrawInput {
  readonly regionId: string;
  readonly fromDay: Day;
  readonly toDay: Day;
  readonly sharePercent: number;
  readonly commandId: string;
}

/**
 * Draws a share of the approved claims of a period over the units of a region (domain.md §4.2 case 11: 「司法局可以抽查」).
 * The seed is stored: the same seed over the same claims draws the same ones. Refusals: FORBIDDEN; NOT_FOUND (region out
 * of reach); PERIOD_REVERSED; SHARE_OUT_OF_RANGE; NOTHING_TO_DRAW; SAMPLE_TOO_LARGE.
 */
export async function drawClaimSample(
  ctx: ActorCtx,
  input: DrawInput,
): Promise<Outcome<Drawn, SampleRefusal>> {
  if (!mayDo(ctx, 'claim.sample')) return refused('FORBIDDEN');
  const { commandId, ...asked } = input;
  const { regionIds, unitIds, tree, ended } = await decidingReach(ctx, 'claim.sample');
  if (!regionIds.has(asked.regionId)) return refused('NOT_FOUND');
  if (asked.toDay < asked.fromDay) return refused('PERIOD_REVERSED');
  if (!Number.isInteger(asked.sharePercent) || asked.sharePercent < 1 || asked.sharePercent > 100)
    return refused('SHARE_OUT_OF_RANGE');
  const regions = regionSubtree(tree, asked.regionId);
  const units = [
    ...[...unitsInRegion(tree, asked.regionId)].filter((id) => unitIds.has(id)),
    ...ended.filter((unit) => regions.has(unit.regionId)).map((unit) => unit.id),
  ];
  const key = { actorId: ctx.actorId, commandId, kind: 'claim.draw_sample', input: asked };
  return inTransaction<Drawn, SampleRefusal>(ctx, 'draw-claim-sample', (tx, refuse) =>
    withReceipt(tx, key, drawnShape, refuse, async () => {
      const ids = await listApprovedIds(tx, units, asked);
      if (ids.length === 0) return refuse('NOTHING_TO_DRAW');
      const seed = randomBytes(8).toString('hex');
      const drawn = drawSample(ids, seed, asked.sharePercent);
      if (drawn.length > MAX_SAMPLE) return refuse('SAMPLE_TOO_LARGE', { most: MAX_SAMPLE });
      const sampleId = newId<'ClaimSample'>();
      const by = { drawnBy: ctx.actorId, drawnAt: ctx.clock.now() };
      await insertSample(tx, { id: sampleId, ...asked, seed, population: ids.length, ...by }, drawn);
      await appendAudit(tx, ctx, {
        action: 'claim.draw_sample',
        subjectKind: 'claim_sample',
        subjectId: sampleId,
        regionId: asked.regionId,
        detail: { ...asked, seed, population: ids.length, size: drawn.length },
      });
      return { sampleId, size: drawn.length };
    }),
  );
}

export interface JudgeInput {
  readonly sampleId: string;
  readonly claimId: string;
  readonly judgement: Judgement;
  readonly note: string | null;
  readonly commandId: string;
}

const judgedShape = z.object({ corrections: z.number() });

/**
 * Judges a drawn claim, once. 不属实 asks for the correction of what it has credited; another person decides it. Refusals:
 * FORBIDDEN; NOT_FOUND; ALREADY_JUDGED; REASON_REQUIRED; OWN_DECISION (whoever approved or filed it does not sample it).
 */
export async function judgeSampledClaim(
  ctx: ActorCtx,
  input: JudgeInput,
): Promise<Outcome<z.infer<typeof judgedShape>, SampleRefusal>> {
  if (!mayDo(ctx, 'claim.sample')) return refused('FORBIDDEN');
  const { commandId, ...asked } = input;
  const sample = await findSample(ctx.pool, asked.sampleId);
  if (sample === null || !(await reachFor(ctx, 'claim.sample')).regionIds.has(sample.regionId))
    return refused('NOT_FOUND');
  const claim = await findClaim(ctx.pool, asked.claimId);
  if (claim === null) return refused('NOT_FOUND');
  if (asked.judgement === 'not_genuine' && (asked.note ?? '').trim() === '')
    return refused('REASON_REQUIRED');
  const byKey = await personKeyOf(ctx.db, ctx.actorId);
  const hands = [claim.filedBy, claim.decidedBy].filter((id) => id !== null);
  for (const id of hands) if ((await personKeyOf(ctx.db, id)) === byKey) return refused('OWN_DECISION');
  if (byKey === claim.personId) return refused('OWN_DECISION');
  const key = { actorId: ctx.actorId, commandId, kind: 'claim.judge', input: asked };
  return inTransaction<z.infer<typeof judgedShape>, SampleRefusal>(ctx, 'judge-claim', (tx, refuse) =>
    withReceipt(tx, key, judgedShape, refuse, async () => {
      const verdict = { judgement: asked.judgement, note: asked.note };
      const item = { sampleId: asked.sampleId, claimId: asked.claimId };
      const by = { judgedBy: ctx.actorId, judgedAt: ctx.clock.now() };
      if (!(await judgeItem(tx, item, { ...verdict, ...by }))) {
        const isDrawn = (await tx.claimSampleItem.count({ where: item })) > 0;
        return refuse(isDrawn ? 'ALREADY_JUDGED' : 'NOT_FOUND');
      }
      const corrections =
        asked.judgement === 'not_genuine'
          ? await askForCorrections(tx, ctx, claim, asked.note ?? '', refuse)
          : 0;
      await appendAudit(tx, ctx, {
        action: 'claim.judge',
        subjectKind: 'external_claim',
        subjectId: claim.id,
        unitId: claim.unitId,
        detail: { ...asked, corrections },
      });
      return { corrections };
    }),
  );
}

/** One request for every entry of the claim that still stands. */
async function askForCorrections(
  tx: Tx,
  ctx: ActorCtx,
  claim: Claim,
  note: string,
  refuse: Refuse<'CORRECTION_OPEN'>,
): Promise<number> {
  const entries = (await listEntriesOfSource(tx, claim.personId, 'claim', claim.id)).filter(
    (entry) => entry.kind !== 'reversal' && entry.reversedById === null,
  );
  for (const entry of entries) await askForCorrection(tx, ctx, { claim, entry, note }, refuse);
  return entries.length;
}

async function askForCorrection(
  tx: Tx,
  ctx: ActorCtx,
  { claim, entry, note }: { readonly claim: Claim; readonly entry: HourEntry; readonly note: string },
  refuse: Refuse<'CORRECTION_OPEN'>,
): Promise<void> {
  const id = newId<'HourCorrection'>();
  const wanted = { wantedSeconds: 0, reasonCode: 'not_genuine' as const, reason: `抽查认定不属实：${note}` };
  const unitId = await deskOf(ctx, entry);
  await openRequest(tx, ctx, { id, entry, unitId, origin: 'sample', wanted }, refuse);
  const told = {
    id,
    personId: claim.personId,
    personName: claim.personName,
    unitId,
    entryTitle: entry.title,
    entryDay: entry.occurredDay,
  };
  await askForTasks(tx, ctx, [correctionTask(told, await closedIn(tx, ctx, entry))]);
}
