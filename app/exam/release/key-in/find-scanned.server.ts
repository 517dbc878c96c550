import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { reachFor } from '#app/accounts/actor.server.ts';
import { personKeyOf } from '#app/accounts/person-key.store.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { ScannedTicket } from '../sheet-code.ts';
import { readScanned } from '../sheet-code.ts';
import { takeKeyIn } from './enter-sheet.server.ts';
import { findSittingOfTicket } from './key-in.store.server.ts';
import type { TakeSheetRefusal } from './take-sheet.server.ts';
import { takeSheet } from './take-sheet.server.ts';

export type ScanRefusal =
  | TakeSheetRefusal
  | 'FORBIDDEN'
  | 'NOT_PRINTED'
  | 'NOT_HELD'
  | 'NOT_OPEN_YET'
  | 'NOT_A_TICKET'
  | 'WRONG_CHECK'
  | 'QUESTION_PAPER'
  | 'OTHER_SITTING'
  | 'NO_SUCH_SHEET';

export interface ScannedSheet {
  readonly ticketNo: string;
  /** Page of the answer sheet whose code was scanned; null for a typed number. */
  readonly page: number | null;
}

function sheetIn(
  scanned: ScannedTicket,
): Outcome<ScannedSheet, 'NOT_A_TICKET' | 'WRONG_CHECK' | 'QUESTION_PAPER'> {
  switch (scanned.is) {
    case 'unknown':
      return refused('NOT_A_TICKET');
    case 'wrong_check':
      return refused('WRONG_CHECK');
    case 'ticket':
      return done({ ticketNo: scanned.ticketNo, page: null });
    case 'sheet': {
      const { ticketNo, kind, page } = scanned.sheet;
      return kind === 'answer_sheet' ? done({ ticketNo, page }) : refused('QUESTION_PAPER');
    }
  }
}

/**
 * The sheet that was scanned, or whose ticket number was typed. Refuses as `takeKeyIn` and `takeSheet`; NOT_A_TICKET,
 * WRONG_CHECK (misread, or typed wrongly), QUESTION_PAPER (the code of a question paper), OTHER_SITTING (a sheet that lies in
 * the wrong pile; its sitting is named within the actor's reach), NO_SUCH_SHEET (any other number).
 */
export async function findScanned(
  ctx: ActorCtx,
  sittingId: string,
  text: string,
): Promise<Outcome<ScannedSheet, ScanRefusal>> {
  const open = await takeKeyIn(ctx, sittingId);
  if (!open.ok) return open;
  const read = sheetIn(readScanned(text));
  if (!read.ok) return read;
  const { ticketNo } = read.value;
  const personKey = await personKeyOf(ctx.db, ctx.actorId);
  const taken = await takeSheet(ctx.db, { sittingId, ticketNo, personKey });
  if (taken.ok) return read;
  if (taken.code !== 'NOT_FOUND') return taken;
  const { regionIds } = await reachFor(ctx, 'exam.key_in');
  const title = await findSittingOfTicket(ctx.pool, { ticketNo, sittingId, regionIds: [...regionIds] });
  return title === null ? refused('NO_SUCH_SHEET') : refused('OTHER_SITTING', { title });
}
