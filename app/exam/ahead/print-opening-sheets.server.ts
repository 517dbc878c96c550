import { zipSync } from 'fflate';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { personKeyOf } from '#app/accounts/person-key.store.server.ts';
import { drawPdf } from '#app/office/document/format/pdf.server.ts';
import { currentTree } from '#app/organization/tree/current-tree.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { dayOf, formatDay, formatInstant, formatRange } from '#app/platform/time/day.ts';
import { takeSitting } from '../release/open-sitting.server.ts';
import type { CustodySitting } from '../release/seal.store.server.ts';
import { sitsThere } from '../release/custody.store.server.ts';
import { codeNo, openingCode } from './ahead-keys.server.ts';
import type { CodeRoom } from './ahead.store.server.ts';
import { listCodeRooms } from './ahead.store.server.ts';
import { groupedOpeningCode } from './opening-code.ts';
import { OPENING_SHEET } from './opening-sheet.ts';

export type PrintSheetsRefusal = 'FORBIDDEN' | 'NOT_FOUND' | 'NOT_RELEASED' | 'OWN_EXAM';

export interface SheetsFile {
  readonly fileName: string;
  readonly mediaType: 'application/pdf' | 'application/zip';
  readonly bytes: Uint8Array;
}

function sheetOf(
  ctx: ActorCtx,
  sitting: CustodySitting,
  unitName: string,
  room: CodeRoom,
): Promise<Uint8Array> {
  const values = {
    场次: sitting.title,
    考试时间: formatRange(sitting.opensAt, sitting.hardEndAt),
    考场: room.roomName,
    地点: room.place,
    编号: codeNo(room),
    启封时间: formatInstant(room.releasedAt),
    口令: groupedOpeningCode(openingCode(ctx.secrets, room)),
  };
  const day = formatDay(dayOf(ctx.clock.now()));
  return drawPdf(OPENING_SHEET, { values }, { unitName, day, mark: `口令单编号 ${codeNo(room)}` });
}

/** By its number, which is the room's alone (a name may be two rooms'). A stroke would make a folder. */
const fileNameFor = ({ roomNo, roomName }: CodeRoom): string =>
  `开卷口令单 ${String(roomNo).padStart(2, '0')}（${roomName.replace(/[\\/]/g, '·')}）.pdf`;

function fileOf(sitting: CustodySitting, sheets: readonly (readonly [CodeRoom, Uint8Array])[]): SheetsFile {
  const [[room, bytes] = []] = sheets;
  if (room && bytes && sheets.length === 1)
    return { fileName: fileNameFor(room), mediaType: 'application/pdf', bytes };
  const named = Object.fromEntries(sheets.map(([one, sheet]) => [fileNameFor(one), sheet]));
  const fileName = `${sitting.title}开卷口令单.zip`;
  return { fileName, mediaType: 'application/zip', bytes: zipSync(named, { level: 0 }) };
}

/**
 * 开卷口令单 of the last release, one PDF a room; several in a zip. Drawn when asked for and kept nowhere; who printed it
 * for which rooms is in the audit log before the file leaves. Refuses FORBIDDEN, NOT_FOUND, OWN_EXAM (nobody who is
 * registered for the sitting, whatever their role), NOT_RELEASED (also for a sitting without a common bell or without
 * rooms: nothing lies ahead there).
 * @param roomId one room; null: all of them
 */
export async function printOpeningSheets(
  ctx: ActorCtx,
  sittingId: string,
  roomId: string | null,
): Promise<Outcome<SheetsFile, PrintSheetsRefusal>> {
  const taken = await takeSitting(ctx, 'exam.seal', sittingId);
  if (!taken.ok) return taken;
  const sitting = taken.value;
  if (await sitsThere(ctx.db, sittingId, await personKeyOf(ctx.db, ctx.actorId))) return refused('OWN_EXAM');
  const all = await listCodeRooms(ctx.pool, sittingId);
  const last = all.filter((room, at) => room.roomId !== all[at - 1]?.roomId);
  const rooms = last.filter((room) => roomId === null || room.roomId === roomId);
  if (rooms.length === 0) return refused('NOT_RELEASED');
  await inTransaction(ctx, 'print-opening-codes', (tx) =>
    appendAudit(tx, ctx, {
      action: 'exam.print_opening_codes',
      subjectKind: 'exam_sitting',
      subjectId: sittingId,
      regionId: sitting.regionId,
      detail: { codes: rooms.map(codeNo) },
    }),
  );
  const tree = await currentTree(ctx);
  const office = (tree.unitsOfRegion.get(sitting.regionId) ?? [])
    .map((id) => tree.units.get(id))
    .find((unit) => unit?.unitType === 'justice');
  const unitName = office?.name ?? tree.regions.get(sitting.regionId)?.name ?? '';
  const sheets: (readonly [CodeRoom, Uint8Array])[] = [];
  // One after the other: each takes a fifth of a second, and others are answered in between.
  for (const room of rooms) sheets.push([room, await sheetOf(ctx, sitting, unitName, room)]);
  return done(fileOf(sitting, sheets));
}
