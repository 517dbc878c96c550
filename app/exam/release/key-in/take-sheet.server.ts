import type { Db, Tx } from '#app/platform/db/db.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { SheetRecord } from './key-in.store.server.ts';
import { findSheet } from './key-in.store.server.ts';

/** What can be a ticket number at all; anything may stand in an address. */
const IS_TICKET = /^\d{12,20}$/;

export type TakeSheetRefusal = 'NOT_FOUND' | 'OWN_SHEET' | 'SHEET_NOT_RELEASED';

/**
 * One sheet that this person may have before them, to look at or to read. Refuses NOT_FOUND; OWN_SHEET to the candidate,
 * under whichever account; SHEET_NOT_RELEASED where the paper's seal was not released for printing: nobody can hold a
 * sheet of it.
 */
export async function takeSheet(
  db: Db | Tx,
  asked: { readonly sittingId: string; readonly ticketNo: string; readonly personKey: string },
): Promise<Outcome<SheetRecord, TakeSheetRefusal>> {
  const sheet = IS_TICKET.test(asked.ticketNo) ? await findSheet(db, asked.sittingId, asked.ticketNo) : null;
  if (sheet === null) return refused('NOT_FOUND');
  if (sheet.personId === asked.personKey) return refused('OWN_SHEET');
  return sheet.isReleased ? done(sheet) : refused('SHEET_NOT_RELEASED');
}
