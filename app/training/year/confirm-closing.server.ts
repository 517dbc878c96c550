import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { askForNotices } from '#app/office/notice/send-notice.server.ts';
import { askForTasks, askToSettle } from '#app/office/task/ask-task.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { ConfirmRefusal } from './closing.ts';
import { decideConfirmation, decideReturn } from './closing.ts';
import {
  appendClosingEvent,
  lockClosing,
  publishedRows,
  setConfirmed,
  setReturned,
} from './closing.store.server.ts';
import { confirmTask, confirmTaskKey, returnedNotice } from './closing-messages.ts';
import type { UnitYear } from './closing-scope.server.ts';
import { takeUnit } from './closing-scope.server.ts';
import { listObjections } from './objection.store.server.ts';
import { readYearList } from './read-year-list.server.ts';
import { listSheets } from './sheet.store.server.ts';
import { changesSince, fallenCount } from './year-list.ts';

const doneShape = z.object({ closingId: z.string() });
type Done = z.infer<typeof doneShape>;

export type ConfirmClosingRefusal = 'FORBIDDEN' | 'NOT_FOUND' | ConfirmRefusal | 'COMMAND_REUSED';

/**
 * The unit's leader confirms the list after the notice period (逾期视为无异议) or with the signed sheet. Refusals: FORBIDDEN;
 * NOT_FOUND; NOT_PUBLISHED, CLOSING_CONFIRMED, YEAR_FROZEN; OBJECTIONS_OPEN; SHEET_MISSING; NOTICE_RUNS; LIST_FELL;
 * COMMAND_REUSED.
 */
export async function confirmClosing(
  ctx: ActorCtx,
  input: UnitYear & { readonly commandId: string },
): Promise<Outcome<Done, ConfirmClosingRefusal>> {
  const { commandId, ...asked } = input;
  const taken = await takeUnit(ctx, 'hours.confirm_closing', asked);
  if (!taken.ok) return taken;
  // What comes into the ledger after this reading is caught when the bureau freezes.
  const now = await readYearList(ctx, asked.unitId, asked.year);
  const key = { actorId: ctx.actorId, commandId, kind: 'hours.confirm_closing', input: asked };
  return inTransaction(ctx, 'confirm-closing', (tx, refuse: Refuse<ConfirmClosingRefusal>) =>
    withReceipt(tx, key, doneShape, refuse, async () => {
      const closing = await lockClosing(tx, asked.unitId, asked.year);
      if (closing === null) return refuse('NOT_PUBLISHED');
      const changes = changesSince(await publishedRows(tx, closing.id), now);
      const objections = await listObjections(tx, closing.id);
      const sheets = await listSheets(tx, closing.id);
      const decided = decideConfirmation(closing, {
        today: dayOf(ctx.clock.now()),
        openObjections: objections.filter((one) => one.outcome === null).length,
        sheets: sheets.filter((sheet) => sheet.round === closing.round).length,
        fallen: fallenCount(changes),
      });
      if (!decided.ok) return refuse(decided.code, decided.detail);
      const at = ctx.clock.now();
      await setConfirmed(tx, closing.id, ctx.actorId, at);
      const note = changes.rose.length > 0 ? `公示后增加学时的 ${changes.rose.length} 人，按现数确认` : null;
      await appendClosingEvent(tx, {
        closingId: closing.id,
        kind: 'confirmed',
        note,
        actorId: ctx.actorId,
        at,
      });
      const keys = [confirmTaskKey(closing.id, closing.version)];
      await askToSettle(tx, ctx, { kind: 'hours.confirm', keys, outcome: 'done' });
      await appendAudit(tx, ctx, {
        action: 'hours.confirm_closing',
        subjectKind: 'year_closing',
        subjectId: closing.id,
        unitId: asked.unitId,
        detail: { year: asked.year, round: closing.round },
      });
      return { closingId: closing.id };
    }),
  );
}

export type ReturnClosingRefusal =
  'FORBIDDEN' | 'NOT_FOUND' | 'NOT_CONFIRMED' | 'YEAR_FROZEN' | 'COMMAND_REUSED';

/** The bureau sends a confirmed list back with a reason. Refusals: FORBIDDEN; NOT_FOUND; NOT_CONFIRMED; YEAR_FROZEN. */
export async function returnClosing(
  ctx: ActorCtx,
  input: UnitYear & { readonly reason: string; readonly commandId: string },
): Promise<Outcome<Done, ReturnClosingRefusal>> {
  const { commandId, ...asked } = input;
  const taken = await takeUnit(ctx, 'hours.close', asked);
  if (!taken.ok) return taken;
  const key = { actorId: ctx.actorId, commandId, kind: 'hours.return_closing', input: asked };
  return inTransaction(ctx, 'return-closing', (tx, refuse: Refuse<ReturnClosingRefusal>) =>
    withReceipt(tx, key, doneShape, refuse, async () => {
      const closing = await lockClosing(tx, asked.unitId, asked.year);
      if (closing === null) return refuse('NOT_FOUND');
      const decided = decideReturn(closing);
      if (!decided.ok) return refuse(decided.code);
      const at = ctx.clock.now();
      await setReturned(tx, closing.id);
      const event = { closingId: closing.id, kind: 'returned', note: asked.reason } as const;
      await appendClosingEvent(tx, { ...event, actorId: ctx.actorId, at });
      const named = {
        closingId: closing.id,
        unitId: asked.unitId,
        officeId: taken.value.officeId,
        unitName: taken.value.name,
        year: asked.year,
      };
      await askForNotices(tx, ctx, [returnedNotice(named, closing.version, asked.reason)]);
      await askForTasks(tx, ctx, [confirmTask(named, closing.version + 1, closing.dueDay)]);
      await appendAudit(tx, ctx, {
        action: 'hours.return_closing',
        subjectKind: 'year_closing',
        subjectId: closing.id,
        unitId: asked.unitId,
        detail: { reason: asked.reason },
      });
      return { closingId: closing.id };
    }),
  );
}
