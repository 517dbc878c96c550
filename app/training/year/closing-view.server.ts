import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import type { Permission } from '#app/accounts/permission.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { Closing, Standing } from './closing.ts';
import { closingDueDay, standingOf } from './closing.ts';
import type { ClosingEvent } from './closing.store.server.ts';
import { findClosing, findClosingById, listClosingEvents, publishedRows } from './closing.store.server.ts';
import type { UnitYear } from './closing-scope.server.ts';
import { noticeEnd, rulesOfUnit, takeUnit } from './closing-scope.server.ts';
import type { Objection } from './objection.store.server.ts';
import { listObjections } from './objection.store.server.ts';
import { readYearList } from './read-year-list.server.ts';
import type { SignedSheet } from './sheet.store.server.ts';
import { findSheet, listSheets, readSheetBytes } from './sheet.store.server.ts';
import { findSnapshotOf } from './snapshot.store.server.ts';
import { readSnapshot } from './verify-snapshot.server.ts';
import type { ListRow } from './year-list.ts';
import { changesSince } from './year-list.ts';

export interface ClosingView {
  readonly unit: { readonly id: string; readonly name: string };
  readonly year: number;
  readonly today: Day;
  readonly closing: Closing | null;
  readonly standing: Standing;
  readonly dueDay: Day;
  readonly sealNo: string | null;
  /** The figures of now; of a closed year those that were sealed. */
  readonly rows: readonly ListRow[];
  /** Names of people whose figures are not those of the list that was put up. */
  readonly changed: {
    readonly fell: readonly string[];
    readonly added: readonly string[];
    readonly rose: readonly string[];
    readonly left: readonly string[];
  };
  readonly objections: readonly Objection[];
  readonly sheets: readonly SignedSheet[];
  readonly events: readonly ClosingEvent[];
  /** The last day of a notice that went up today, and how many 工作日 that is. */
  readonly noticeEnd: Day;
  readonly noticeWorkdays: number;
  readonly may: {
    readonly prepare: boolean;
    readonly answer: boolean;
    readonly confirm: boolean;
    readonly close: boolean;
    /** The viewer has confirmed the list and so cannot freeze it. */
    readonly isConfirmer: boolean;
  };
}

const NO_CHANGES = { fell: [], added: [], rose: [], left: [] } as const;
const names = (rows: readonly ListRow[]): string[] => rows.map((row) => row.name);

/** The list of a unit's year: sealed when it is closed, else as the ledger says now. */
async function listOf(
  ctx: ActorCtx,
  { unitId, year }: UnitYear,
  closing: Closing | null,
): Promise<Pick<ClosingView, 'rows' | 'changed' | 'sealNo'>> {
  const sealed = closing?.state === 'frozen' ? await findSnapshotOf(ctx.pool, closing.id) : null;
  if (sealed !== null) {
    const people = readSnapshot(sealed.content)?.people ?? [];
    const rows = people.map(({ entryCount: _, entriesHash: __, ...row }) => row);
    return { rows, changed: NO_CHANGES, sealNo: sealed.sealNo };
  }
  const rows = (await readYearList(ctx, unitId, year)).map(({ entryIds: _, ...row }) => row);
  if (closing === null || closing.round === 0) return { rows, changed: NO_CHANGES, sealNo: null };
  const { fell, added, rose, left } = changesSince(await publishedRows(ctx.pool, closing.id), rows);
  const changed = { fell: names(fell), added: names(added), rose: names(rose), left: names(left) };
  return { rows, changed, sealNo: null };
}

async function holds(ctx: ActorCtx, permission: Permission, asked: UnitYear): Promise<boolean> {
  return (await takeUnit(ctx, permission, asked)).ok;
}

/** Everything about the closing of one unit's year. Refusals: FORBIDDEN; NOT_FOUND (also outside the reach). */
export async function viewClosing(
  ctx: ActorCtx,
  asked: UnitYear,
): Promise<Outcome<ClosingView, 'FORBIDDEN' | 'NOT_FOUND'>> {
  const taken = await takeUnit(ctx, 'hours.read_closing', asked);
  if (!taken.ok) return taken;
  const unit = taken.value;
  const { unitId, year } = asked;
  const today = dayOf(ctx.clock.now());
  const rules = await rulesOfUnit(ctx, unit, today);
  const closing = await findClosing(ctx.pool, unitId, year);
  const objections = closing === null ? [] : await listObjections(ctx.pool, closing.id);
  const open = objections.filter((one) => one.outcome === null).length;
  return done({
    unit: { id: unit.id, name: unit.shownName },
    year,
    today,
    closing,
    standing: standingOf(closing, open, today),
    dueDay: closing?.dueDay ?? closingDueDay(year, rules.yearClosingDueDays.value),
    ...(await listOf(ctx, asked, closing)),
    objections,
    sheets: closing === null ? [] : await listSheets(ctx.pool, closing.id),
    events: closing === null ? [] : await listClosingEvents(ctx.pool, closing.id),
    noticeEnd: await noticeEnd(ctx, today, rules.hoursNoticeWorkdays.value),
    noticeWorkdays: rules.hoursNoticeWorkdays.value,
    may: {
      prepare: await holds(ctx, 'hours.prepare_closing', asked),
      answer: await holds(ctx, 'hours.answer_objection', asked),
      confirm: await holds(ctx, 'hours.confirm_closing', asked),
      close: await holds(ctx, 'hours.close', asked),
      isConfirmer: closing?.confirmedBy === ctx.actorId,
    },
  });
}

/** A scan of a signed list, for who may see the closing; every reading leaves a trace. Refusals: FORBIDDEN, NOT_FOUND. */
export async function serveSheet(
  ctx: ActorCtx,
  sheetId: string,
): Promise<Outcome<{ fileName: string; mediaType: string; bytes: Uint8Array }, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'hours.read_closing')) return refused('FORBIDDEN');
  const sheet = await findSheet(ctx.pool, sheetId);
  const closing = sheet === null ? null : await findClosingById(ctx.pool, sheet.closingId);
  if (sheet === null || closing === null) return refused('NOT_FOUND');
  if (!(await holds(ctx, 'hours.read_closing', closing))) return refused('NOT_FOUND');
  const bytes = await readSheetBytes(ctx.pool, sheetId);
  const { fileName, mediaType } = sheet;
  return inTransaction(ctx, 'serve-sheet', async (tx) => {
    await appendAudit(tx, ctx, {
      action: 'hours.read_sheet',
      subjectKind: 'year_sheet',
      subjectId: sheetId,
      unitId: closing.unitId,
    });
    return { fileName, mediaType, bytes };
  });
}
