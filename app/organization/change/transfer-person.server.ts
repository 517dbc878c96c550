import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { appendOutbox } from '#app/platform/outbox/outbox.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Day } from '#app/platform/time/day.ts';
import { applyChange } from '../person/home-timeline.ts';
import {
  loadHomeTimelines,
  lockPersons,
  lockStandingUnits,
  writeTimelineChanges,
} from '../person/home-timeline.store.server.ts';
import type { NewPost, TransferRefusal } from './transfer.ts';
import { checkTransfer, decideTransfer } from './transfer.ts';
import type { TransferRecord } from './transfer.store.server.ts';
import { answerTransfer, findOpenTransfer, findTransfer, insertTransfer } from './transfer.store.server.ts';

export type FileTransferRefusal = TransferRefusal | 'TRANSFER_OPEN' | 'TARGET_GONE';

export interface TransferInput {
  readonly personId: string;
  readonly fromUnitId: string;
  readonly toUnitId: string;
  readonly effectiveDay: Day;
  readonly documentNo: string | null;
  readonly reason: string;
}

/**
 * 转出, in the transaction of the caller, who has authorised it. Refusals: those of `checkTransfer`; TRANSFER_OPEN (one is
 * already on its way); TARGET_GONE (the new unit does not stand on the day).
 */
export async function fileTransferIn(
  tx: Tx,
  ctx: Ctx & { readonly actorId: string },
  input: TransferInput,
  refuse: Refuse<FileTransferRefusal>,
): Promise<string> {
  const { personId, fromUnitId, toUnitId, effectiveDay: day } = input;
  const { standing } = await lockStandingUnits(tx, [fromUnitId, toUnitId], day);
  if (!standing.has(toUnitId)) refuse('TARGET_GONE');
  await lockPersons(tx, [personId]);
  const history = (await loadHomeTimelines(tx, [personId])).get(personId) ?? [];
  const checked = checkTransfer(history, { fromUnitId, toUnitId, day });
  if (!checked.ok) return refuse(checked.code);
  if ((await findOpenTransfer(tx, personId)) !== null) refuse('TRANSFER_OPEN');
  const id = newId<'PersonTransfer'>();
  await insertTransfer(tx, { id, ...input, filedBy: ctx.actorId, filedAt: ctx.clock.now() });
  await appendAudit(tx, ctx, {
    action: 'person.transfer_file',
    subjectKind: 'person_transfer',
    subjectId: id,
    unitId: fromUnitId,
    detail: { personId, toUnitId, day },
  });
  return id;
}

export type AnswerTransferRefusal = TransferRefusal | 'NOT_FOUND' | 'TRANSFER_ANSWERED' | 'TARGET_GONE';

/** The open transfer with its person locked: whoever comes second sees what the first has done. */
async function takeTransfer(
  tx: Tx,
  transferId: string,
  refuse: Refuse<'NOT_FOUND' | 'TRANSFER_ANSWERED' | 'TARGET_GONE'>,
): Promise<TransferRecord> {
  const asked = await findTransfer(tx, transferId);
  if (asked === null) return refuse('NOT_FOUND');
  const { standing } = await lockStandingUnits(tx, [asked.fromUnitId, asked.toUnitId], asked.effectiveDay);
  await lockPersons(tx, [asked.personId]);
  const transfer = await findTransfer(tx, transferId);
  invariant(transfer, 'a transfer is never deleted');
  if (transfer.state !== 'filed')
    return refuse('TRANSFER_ANSWERED', { state: transfer.state, note: transfer.note });
  return standing.has(transfer.toUnitId) ? transfer : refuse('TARGET_GONE');
}

/**
 * 转入确认: the home moves on the day that was filed. Refusals: NOT_FOUND; TRANSFER_ANSWERED (detail: state, note);
 * TARGET_GONE; those of `decideTransfer` (the person has left or moved meanwhile).
 */
export async function acceptTransferIn(
  tx: Tx,
  ctx: Ctx & { readonly actorId: string },
  input: { readonly transferId: string; readonly post: NewPost },
  refuse: Refuse<AnswerTransferRefusal>,
): Promise<TransferRecord> {
  const transfer = await takeTransfer(tx, input.transferId, refuse);
  const { id, personId, fromUnitId, toUnitId, effectiveDay: day } = transfer;
  const history = (await loadHomeTimelines(tx, [personId])).get(personId) ?? [];
  const source = { sourceKind: 'person_transfer', sourceId: id };
  const decided = decideTransfer(history, { fromUnitId, toUnitId, day }, { post: input.post, source });
  if (!decided.ok) return refuse(decided.code);
  applyChange(history, decided.value, () => 'new');
  const at = ctx.clock.now();
  await writeTimelineChanges(tx, new Map([[personId, decided.value]]), at);
  const isFirst = await answerTransfer(tx, id, { state: 'accepted', note: null, actorId: ctx.actorId, at });
  invariant(isFirst, 'the transfer was open under the lock');
  await appendOutbox(tx, [
    {
      topic: 'organization.person_moved',
      key: id,
      payload: { personId, fromUnitId, toUnitId, fromDay: day },
      occurredAt: at,
    },
  ]);
  await appendAudit(tx, ctx, {
    action: 'person.transfer_accept',
    subjectKind: 'person_transfer',
    subjectId: id,
    unitId: toUnitId,
    detail: { personId, fromUnitId, day },
  });
  return transfer;
}

/** 退回 by the new unit or 撤回 by the old one; nothing about the person changes. Refusals as above. */
export async function closeTransferIn(
  tx: Tx,
  ctx: Ctx & { readonly actorId: string },
  input: {
    readonly transferId: string;
    readonly state: 'returned' | 'withdrawn';
    readonly note: string | null;
  },
  refuse: Refuse<'NOT_FOUND' | 'TRANSFER_ANSWERED'>,
): Promise<TransferRecord> {
  const asked = await findTransfer(tx, input.transferId);
  if (asked === null) return refuse('NOT_FOUND');
  await lockPersons(tx, [asked.personId]);
  const { state, note } = input;
  const isFirst = await answerTransfer(tx, asked.id, {
    state,
    note,
    actorId: ctx.actorId,
    at: ctx.clock.now(),
  });
  if (!isFirst) {
    const now = await findTransfer(tx, asked.id);
    return refuse('TRANSFER_ANSWERED', { state: now?.state ?? '', note: now?.note ?? null });
  }
  await appendAudit(tx, ctx, {
    action: `person.transfer_${state === 'returned' ? 'return' : 'withdraw'}`,
    subjectKind: 'person_transfer',
    subjectId: asked.id,
    unitId: state === 'returned' ? asked.toUnitId : asked.fromUnitId,
    detail: { personId: asked.personId, note },
  });
  return asked;
}
