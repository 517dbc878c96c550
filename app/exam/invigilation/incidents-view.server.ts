import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import type { DocumentLine } from '#app/office/document/documents-view.server.ts';
import { documentsOf } from '#app/office/document/documents-view.server.ts';
import type { Drawn, DrawRefusal } from '#app/office/document/draw-paper.server.ts';
import { drawPaper } from '#app/office/document/draw-paper.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { IncidentRow } from './incident.store.server.ts';
import { listIncidents } from './incident.store.server.ts';
import { MISCONDUCT_SHEET, ROOM_SHEET, misconductData, roomSheetData } from './invigilation-papers.ts';
import { findTurnout } from './room-turnout.store.server.ts';
import type { Watch } from './scope.server.ts';
import { roomIdsOf, takeWatch } from './scope.server.ts';

const SUBJECT = 'exam_sitting';

export interface IncidentsPage {
  readonly sitting: Watch['sitting'];
  readonly rooms: Watch['rooms'];
  readonly incidents: readonly IncidentRow[];
  /** Sheets that can be drawn now: by the bureau, which issues them. */
  readonly offered: readonly { readonly value: string; readonly label: string }[];
  readonly documents: readonly DocumentLine[];
  readonly mayReplay: boolean;
}

const standing = (incidents: readonly IncidentRow[]): IncidentRow[] =>
  incidents.filter((one) => !one.isCorrected);

/** Papers by value: the sheet of each room, and one for each standing misconduct. */
function offeredPapers({ rooms }: Watch, incidents: readonly IncidentRow[]): IncidentsPage['offered'] {
  return [
    ...rooms.map((room) => ({ value: `room:${room.id}`, label: `${ROOM_SHEET.title}（${room.name}）` })),
    ...standing(incidents)
      .filter((one) => one.kind === 'misconduct')
      .map((one) => ({
        value: `misconduct:${one.id}`,
        label: `${MISCONDUCT_SHEET.title}（${one.personName ?? ''}）`,
      })),
  ];
}

/** Records of a sitting within one's rooms, and the sheets made of them. Refuses FORBIDDEN, NOT_FOUND. */
export async function viewIncidents(
  ctx: ActorCtx,
  sittingId: string,
): Promise<Outcome<IncidentsPage, 'FORBIDDEN' | 'NOT_FOUND'>> {
  const taken = await takeWatch(ctx, sittingId);
  if (!taken.ok) return taken;
  const watch = taken.value;
  const incidents = await listIncidents(ctx.pool, { sittingId, roomIds: roomIdsOf(watch) });
  return done({
    sitting: watch.sitting,
    rooms: watch.rooms,
    incidents,
    offered: watch.isBureau ? offeredPapers(watch, incidents) : [],
    documents: watch.isBureau
      ? await documentsOf(ctx, { kind: SUBJECT, ids: [sittingId], isSingly: true })
      : [],
    mayReplay: watch.isBureau && mayDo(ctx, 'exam.replay'),
  });
}

/** Draws 考场情况记录单 of a room or 违纪记录单 of one record. Refuses FORBIDDEN, NOT_FOUND, and as `drawPaper`. */
export async function drawIncidentPaper(
  ctx: ActorCtx,
  input: { readonly sittingId: string; readonly paper: string; readonly commandId: string },
): Promise<Outcome<Drawn, DrawRefusal>> {
  const page = await viewIncidents(ctx, input.sittingId);
  if (!page.ok) return page;
  const { sitting, rooms, incidents, offered } = page.value;
  if (!offered.some((one) => one.value === input.paper)) return refused('NOT_FOUND');
  const [kind = '', id = ''] = input.paper.split(':');
  const common = {
    regionId: sitting.regionId,
    subject: { kind: SUBJECT, id: sitting.id },
    commandId: input.commandId,
  };
  if (kind === 'room') {
    const room = rooms.find((one) => one.id === id);
    if (!room) return refused('NOT_FOUND');
    const ofRoom = standing(incidents).filter((one) => one.roomName === room.name);
    const { expected, sat } = await findTurnout(ctx.pool, room.id);
    const isOver = ctx.clock.now() > sitting.hardEndAt;
    return drawPaper(ctx, {
      ...common,
      paper: ROOM_SHEET,
      title: `${ROOM_SHEET.title}（${sitting.title} ${room.name}）`,
      data: roomSheetData(sitting, room, ofRoom, { expected, sat: isOver ? sat : null }),
    });
  }
  const record = incidents.find((one) => one.id === id);
  if (!record) return refused('NOT_FOUND');
  return drawPaper(ctx, {
    ...common,
    paper: MISCONDUCT_SHEET,
    title: `${MISCONDUCT_SHEET.title}（${record.personName ?? ''}）`,
    data: misconductData(sitting, record),
  });
}
