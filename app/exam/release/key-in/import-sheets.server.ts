import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { personKeyOf } from '#app/accounts/person-key.store.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done } from '#app/platform/result/outcome.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import type { EnterRefusal, Entered } from './enter-sheet.server.ts';
import { ENTERED_STATES, enterReading, takeKeyIn } from './enter-sheet.server.ts';
import { holdSitting, listSheetPapers } from './key-in.store.server.ts';
import type { CellProblem } from './read-sheets-file.server.ts';
import { readSheetsFile } from './read-sheets-file.server.ts';
import { KEY_IN_REFUSALS } from './refusals.ts';
import { sheetItems } from './sheet.ts';

/** A thousand sheets with their marking. */
const IMPORT_TIMEOUT_MS = 240_000;

const countsShape = z.object({ waits: z.number(), differ: z.number(), landed: z.number() });
export type ImportCounts = z.infer<typeof countsShape>;

/** What became of a workbook: all of it taken in, or everything that is wrong with it and nothing taken in. */
export type ImportAnswer =
  | { readonly is: 'taken'; readonly counts: ImportCounts }
  | { readonly is: 'wrong'; readonly problems: readonly CellProblem[] }
  | { readonly is: 'unreadable'; readonly text: string };

/**
 * Takes a workbook of answer sheets in as one person's reading of each: all or nothing. The same file sent twice is one
 * reading; another person's file or typing is the second. Refuses as `takeKeyIn`, and COMMAND_REUSED.
 */
export async function importSheets(
  ctx: ActorCtx,
  input: { readonly sittingId: string; readonly bytes: Uint8Array; readonly commandId: string },
): Promise<Outcome<ImportAnswer, EnterRefusal>> {
  const { sittingId, bytes, commandId } = input;
  const taken = await takeKeyIn(ctx, sittingId);
  if (!taken.ok) return taken;
  const file = await readSheetsFile(bytes, async (ticketNos) => {
    const papers = await listSheetPapers(ctx.pool, sittingId, ticketNos);
    return new Map(papers.map((paper) => [paper.ticketNo, sheetItems(paper.content)]));
  });
  if (file.is !== 'read') return done(file);
  const personKey = await personKeyOf(ctx.db, ctx.actorId);
  const fileHash = sha256(bytes).toString('hex');
  const key = { actorId: ctx.actorId, commandId, kind: 'exam.import_sheets', input: { sittingId, fileHash } };
  let problems: CellProblem[] = [];
  const inOrder = [...file.readings].sort((one, other) => (one.ticketNo < other.ticketNo ? -1 : 1));
  const outcome = await inTransaction<ImportCounts, 'CELLS_WRONG' | 'COMMAND_REUSED'>(
    ctx,
    'import-sheets',
    (tx, refuse) =>
      withReceipt(tx, key, countsShape, refuse, async () => {
        await holdSitting(tx, sittingId);
        const states: Entered['state'][] = [];
        problems = [];
        // In the order of the tickets, as everybody: two stacks in opposite orders never wait for each other.
        for (const { ticketNo, choices, cell } of inOrder) {
          const reading = { ticketNo, choices, source: 'workbook' as const };
          const entered = await enterReading(tx, ctx, { sitting: taken.value, reading, personKey });
          if (entered.ok) states.push(entered.value.state);
          else problems.push({ cell, text: KEY_IN_REFUSALS[entered.code].text });
        }
        if (problems.length > 0) refuse('CELLS_WRONG');
        const count = (state: Entered['state']): number => states.filter((one) => one === state).length;
        const [waits, differ, landed] = ENTERED_STATES.map(count);
        return { waits: waits ?? 0, differ: differ ?? 0, landed: landed ?? 0 };
      }),
    { timeoutMs: IMPORT_TIMEOUT_MS },
  );
  if (outcome.ok) return done({ is: 'taken', counts: outcome.value });
  return outcome.code === 'CELLS_WRONG' ? done({ is: 'wrong', problems }) : { ok: false, code: outcome.code };
}
