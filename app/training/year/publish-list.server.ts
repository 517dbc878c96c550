import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import type { FileRefusal } from '#app/office/campaign/campaign-file.ts';
import { checkFile, shownFileName } from '#app/office/campaign/campaign-file.ts';
import { askForNotices } from '#app/office/notice/send-notice.server.ts';
import { askForTasks, askToSettle } from '#app/office/task/ask-task.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done } from '#app/platform/result/outcome.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf, formatDay } from '#app/platform/time/day.ts';
import type { Closing, ClosingWay, PublishRefusal } from './closing.ts';
import { decideOpening, decidePublication } from './closing.ts';
import { appendClosingEvent, insertPublication, lockClosing, publishedRows } from './closing.store.server.ts';
import { confirmTask, confirmTaskKey, publishedNotice } from './closing-messages.ts';
import type { UnitYear } from './closing-scope.server.ts';
import { noticeEnd, rulesOfUnit, takeUnit } from './closing-scope.server.ts';
import type { ClosingUnit } from './ended-units.ts';
import { beginClosings, dueDaysOf } from './open-closings.server.ts';
import { readYearList } from './read-year-list.server.ts';
import { insertSheet, listSheets } from './sheet.store.server.ts';
import type { ListRow } from './year-list.ts';
import { changesSince, fallenCount } from './year-list.ts';

export type PublishListRefusal =
  'FORBIDDEN' | 'NOT_FOUND' | 'YEAR_NOT_OVER' | 'YEAR_TOO_OLD' | PublishRefusal | 'COMMAND_REUSED';
export type AttachSheetRefusal = PublishListRefusal | FileRefusal;

const publishedShape = z.object({ round: z.number(), untilDay: z.string().nullable() });
type Published = z.infer<typeof publishedShape>;

interface Prepared {
  readonly unit: ClosingUnit;
  readonly today: Day;
  readonly untilDay: Day;
  readonly rows: readonly ListRow[];
  readonly dueDays: ReadonlyMap<string, Day>;
}

/** Everything that is read before the transaction: the list, the calendar, the regional values. */
async function prepare(
  ctx: ActorCtx,
  asked: UnitYear,
): Promise<Outcome<Prepared, 'FORBIDDEN' | 'NOT_FOUND' | 'YEAR_NOT_OVER' | 'YEAR_TOO_OLD'>> {
  const { unitId, year } = asked;
  const taken = await takeUnit(ctx, 'hours.prepare_closing', asked);
  if (!taken.ok) return taken;
  const unit = taken.value;
  const today = dayOf(ctx.clock.now());
  const decided = decideOpening(year, today);
  if (!decided.ok) return decided;
  const rules = await rulesOfUnit(ctx, unit, today);
  return done({
    unit,
    today,
    untilDay: await noticeEnd(ctx, today, rules.hoursNoticeWorkdays.value),
    rows: (await readYearList(ctx, unitId, year)).map(({ entryIds: _, ...row }) => row),
    dueDays: await dueDaysOf(ctx, [unit], year, today),
  });
}

/** The unit's closing, begun when nobody has; held until the transaction ends. */
async function takeClosing(tx: Tx, ctx: ActorCtx, prepared: Prepared, year: number): Promise<Closing> {
  const { unit, dueDays } = prepared;
  await beginClosings(tx, ctx, [unit], { year, dueDays });
  const closing = await lockClosing(tx, unit.id, year);
  invariant(closing !== null, 'a closing is there once it was begun');
  return closing;
}

/** Puts the list up: the publication, its trace, and everybody who is told. */
async function putUp(
  tx: Tx,
  ctx: ActorCtx,
  closing: Closing,
  asked: { readonly prepared: Prepared; readonly way: ClosingWay },
): Promise<Published> {
  const { unit, today, rows } = asked.prepared;
  const untilDay = asked.way === 'notice' ? asked.prepared.untilDay : null;
  const at = ctx.clock.now();
  const publication = { way: asked.way, publishedDay: today, untilDay, rows, actorId: ctx.actorId, at };
  const round = await insertPublication(tx, closing, publication);
  const note =
    untilDay === null
      ? `${rows.length} 人，由本人在名单上签字`
      : `${rows.length} 人，公示至${formatDay(untilDay)}`;
  await appendClosingEvent(tx, { closingId: closing.id, kind: 'published', note, actorId: ctx.actorId, at });
  const { officeId } = unit;
  const named = { closingId: closing.id, unitId: unit.id, officeId, unitName: unit.name, year: closing.year };
  await askToSettle(tx, ctx, { kind: 'hours.publish', keys: [closing.id], outcome: 'done' });
  if (round > 1) {
    const keys = [confirmTaskKey(closing.id, closing.version)];
    await askToSettle(tx, ctx, { kind: 'hours.confirm', keys, outcome: 'withdrawn' });
  }
  await askForTasks(tx, ctx, [confirmTask(named, closing.version + 1, closing.dueDay)]);
  const personIds = rows.map((row) => row.personId);
  await askForNotices(tx, ctx, [publishedNotice(named, round, untilDay, personIds)]);
  await appendAudit(tx, ctx, {
    action: 'hours.publish_list',
    subjectKind: 'year_closing',
    subjectId: closing.id,
    unitId: unit.id,
    detail: { year: closing.year, round, way: asked.way, people: rows.length },
  });
  return { round, untilDay };
}

/**
 * 公示: the unit's people with their figures as they are now, for so many 工作日 (regional); a unit nobody has opened yet
 * begins by it. Again after a correction: a new round with its own period. Refusals: FORBIDDEN; NOT_FOUND; YEAR_NOT_OVER,
 * YEAR_TOO_OLD; CLOSING_CONFIRMED, YEAR_FROZEN; NOBODY_ON_LIST; COMMAND_REUSED.
 */
export async function publishList(
  ctx: ActorCtx,
  input: UnitYear & { readonly commandId: string },
): Promise<Outcome<Published, PublishListRefusal>> {
  const { commandId, ...asked } = input;
  const prepared = await prepare(ctx, asked);
  if (!prepared.ok) return prepared;
  const key = { actorId: ctx.actorId, commandId, kind: 'hours.publish_list', input: asked };
  return inTransaction(ctx, 'publish-list', (tx, refuse: Refuse<PublishListRefusal>) =>
    withReceipt(tx, key, publishedShape, refuse, async () => {
      const closing = await takeClosing(tx, ctx, prepared.value, asked.year);
      const decided = decidePublication(closing, prepared.value.rows.length);
      if (!decided.ok) return refuse(decided.code, decided.detail);
      return putUp(tx, ctx, closing, { prepared: prepared.value, way: 'notice' });
    }),
  );
}

/**
 * A page of the list signed by everybody on it (PDF, JPEG, PNG; told by its bytes), in place of the notice board. The
 * first page, and the first after figures fell, fixes the list that was signed. Refusals: those of `publishList`;
 * FILE_EMPTY, FILE_TOO_LARGE, FILE_TYPE_UNKNOWN, TOO_MANY_FILES.
 */
export async function attachSheet(
  ctx: ActorCtx,
  input: UnitYear & {
    readonly fileName: string;
    readonly bytes: Uint8Array<ArrayBuffer>;
    readonly commandId: string;
  },
): Promise<Outcome<{ sheetId: string }, AttachSheetRefusal>> {
  const { commandId, bytes, fileName, ...asked } = input;
  const prepared = await prepare(ctx, asked);
  if (!prepared.ok) return prepared;
  const contentHash = sha256(bytes).toString('hex');
  const key = {
    actorId: ctx.actorId,
    commandId,
    kind: 'hours.attach_sheet',
    input: { ...asked, contentHash },
  };
  return inTransaction(ctx, 'attach-sheet', (tx, refuse: Refuse<AttachSheetRefusal>) =>
    withReceipt(tx, key, z.object({ sheetId: z.string() }), refuse, async () => {
      const closing = await takeClosing(tx, ctx, prepared.value, asked.year);
      const decided = decidePublication(closing, prepared.value.rows.length);
      if (!decided.ok) return refuse(decided.code, decided.detail);
      const checked = checkFile(bytes, (await listSheets(tx, closing.id)).length);
      if (!checked.ok) return refuse(checked.code, checked.detail);
      const changes = changesSince(await publishedRows(tx, closing.id), prepared.value.rows);
      const isGoingOn = closing.way === 'signed_sheet' && fallenCount(changes) === 0;
      const round = isGoingOn
        ? closing.round
        : (await putUp(tx, ctx, closing, { prepared: prepared.value, way: 'signed_sheet' })).round;
      return { sheetId: await keepSheet(tx, ctx, { closing, round, fileName, bytes, ...checked.value }) };
    }),
  );
}

async function keepSheet(
  tx: Tx,
  ctx: ActorCtx,
  sheet: {
    readonly closing: Closing;
    readonly round: number;
    readonly fileName: string;
    readonly mediaType: string;
    readonly bytes: Uint8Array<ArrayBuffer>;
  },
): Promise<string> {
  const { closing, round, mediaType, bytes } = sheet;
  const fileName = shownFileName(sheet.fileName);
  const [actorId, at] = [ctx.actorId, ctx.clock.now()];
  const sheetId = await insertSheet(tx, {
    closingId: closing.id,
    round,
    fileName,
    mediaType,
    bytes,
    actorId,
    at,
  });
  await appendClosingEvent(tx, {
    closingId: closing.id,
    kind: 'sheet_attached',
    note: fileName,
    actorId,
    at,
  });
  await appendAudit(tx, ctx, {
    action: 'hours.attach_sheet',
    subjectKind: 'year_sheet',
    subjectId: sheetId,
    unitId: closing.unitId,
    detail: { bytes: bytes.byteLength },
  });
  return sheetId;
}
