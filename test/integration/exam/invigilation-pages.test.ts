import { beforeAll, describe, expect, it } from 'vitest';
import { readTileFilter, viewBoard } from '#app/exam/invigilation/board-view.server.ts';
import { viewCorrection } from '#app/exam/invigilation/correction-view.server.ts';
import { readCandidatePhoto } from '#app/exam/invigilation/candidate-photo.server.ts';
import { viewCandidate } from '#app/exam/invigilation/candidate-view.server.ts';
import { drawIncidentPaper, viewIncidents } from '#app/exam/invigilation/incidents-view.server.ts';
import { handleCorrection } from '#app/exam/invigilation/incident-action.server.ts';
import { INVIGILATION_PAPERS } from '#app/exam/invigilation/invigilation-papers.ts';
import type { IncidentInput } from '#app/exam/invigilation/record-incident.server.ts';
import { recordIncident } from '#app/exam/invigilation/record-incident.server.ts';
import { viewInvigilated } from '#app/exam/invigilation/sittings-view.server.ts';
import { openReplay } from '#app/exam/replay/open-replay.server.ts';
import { placeAnswers, replayAt } from '#app/exam/replay/replay.ts';
import { viewReplay } from '#app/exam/replay/replay-view.server.ts';
import { handIn } from '#app/exam/sitting/hand-in.server.ts';
import { provideDocumentDesk } from '#app/office/document/desk.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { givePhoto, portraitPng } from '#test/support/portrait.ts';
import { useWorld } from '#test/support/database.ts';
import { aRunningAttempt, answer, prepareExam, send } from '#test/support/exam.ts';
import type { WatchedHall } from '#test/support/invigilation.ts';
import { act, aWatchedHall } from '#test/support/invigilation.ts';

const START = '2026-11-23T01:00:00.000Z';
const world = useWorld(START);
beforeAll(async () => {
  await prepareExam(world.ctx);
  provideDocumentDesk(world.ctx.pool, {
    papers: INVIGILATION_PAPERS,
    jobs: { enqueue: () => Promise.resolve() },
  });
});

const ALL = readTileFilter(new URLSearchParams());
const idsOf = (hall: WatchedHall): string[] => hall.candidates.map((one) => one.registrationId);
function nth<T>(list: readonly T[], index: number): T {
  const found = list[index];
  if (found === undefined) throw new Error(`there is no ${index}`);
  return found;
}
async function aHallOf(candidates: number): Promise<WatchedHall> {
  world.clock.set(START);
  return aWatchedHall(world.ctx, { candidates });
}

describe('the board', () => {
  it('says of each candidate how far, how long, and when last heard, an answer taken back not counted', async () => {
    const hall = await aHallOf(2);
    const sitting = await aRunningAttempt(nth(hall.candidates, 0));
    world.clock.advanceSeconds(30);
    await send(sitting, [answer(1, 1, 'A'), answer(2, 2, 'B'), answer(3, 2, ''), answer(4, 3, 'C')]);
    world.clock.advanceSeconds(12);
    await send(sitting, []);
    world.clock.advanceSeconds(5);
    const page = await viewBoard(hall.bureau, hall.sittingId, ALL);
    if (!page.ok) throw new Error(page.code);
    const tile = page.value.board.tiles.find((one) => one.attemptId === sitting.attemptId);
    expect(tile).toMatchObject({
      answered: 2,
      itemCount: 80,
      epoch: 1,
      state: 'in_progress',
      roomNo: 1,
      seatNo: 1,
    });
    expect(page.value.board.nowMs - (tile?.heardAtMs ?? 0)).toBe(5_000);
    expect(page.value.board.counts).toMatchObject({ running: 1, expected: 1 });
  });

  it('shows an invigilator the own room, the bureau all, and nobody else anything', async () => {
    const hall = await aHallOf(4);
    const other = await aHallOf(1);
    const own = await viewBoard(hall.invigilator, hall.sittingId, ALL);
    expect(own.ok && [own.value.board.total, own.value.board.rooms.length]).toEqual([2, 1]);
    const all = await viewBoard(hall.bureau, hall.sittingId, ALL);
    expect(all.ok && [all.value.board.total, all.value.board.rooms.length]).toEqual([4, 2]);
    expect(await viewBoard(other.invigilator, hall.sittingId, ALL)).toEqual({ ok: false, code: 'NOT_FOUND' });
    expect(await viewBoard(other.bureau, hall.sittingId, ALL)).toEqual({ ok: false, code: 'NOT_FOUND' });
    expect(await viewBoard(nth(hall.candidates, 0).ctx, hall.sittingId, ALL)).toEqual({
      ok: false,
      code: 'FORBIDDEN',
    });
    const mine = await viewInvigilated(hall.invigilator);
    expect(mine.ok && mine.value.map((one) => [one.sittingId, one.candidates])).toEqual([
      [hall.sittingId, 2],
    ]);
    const elsewhere = nth(idsOf(hall), 1);
    expect(await viewCandidate(hall.invigilator, hall.sittingId, elsewhere)).toEqual({
      ok: false,
      code: 'NOT_FOUND',
    });
    expect((await viewCandidate(hall.bureau, hall.sittingId, elsewhere)).ok).toBe(true);
  });
});

describe('the photo of a candidate', () => {
  it('is shown to who watches the room and to the bureau, as it is kept, and to nobody else', async () => {
    const hall = await aHallOf(2);
    const [own, elsewhere] = [nth(idsOf(hall), 0), nth(idsOf(hall), 1)];
    expect(await readCandidatePhoto(hall.invigilator, hall.sittingId, own)).toMatchObject({
      code: 'NOT_FOUND',
    });
    const drawn = portraitPng([20, 40, 110]);
    for (const id of [own, elsewhere]) {
      const { personId } = await world.ctx.db.examRegistration.findUniqueOrThrow({ where: { id } });
      await givePhoto(world.ctx, personId, drawn);
    }
    const seen = await readCandidatePhoto(hall.invigilator, hall.sittingId, own);
    expect(seen.ok && { type: seen.value.type, bytes: new Uint8Array(seen.value.bytes) }).toEqual({
      type: 'image/png',
      bytes: drawn,
    });
    const page = await viewCandidate(hall.invigilator, hall.sittingId, own);
    expect(page.ok && page.value.photo).toBe('shown');
    expect((await readCandidatePhoto(hall.bureau, hall.sittingId, elsewhere)).ok).toBe(true);
    expect(await readCandidatePhoto(hall.invigilator, hall.sittingId, elsewhere)).toMatchObject({
      code: 'NOT_FOUND',
    });
    const other = await aHallOf(1);
    expect(await readCandidatePhoto(other.bureau, hall.sittingId, own)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await readCandidatePhoto(nth(hall.candidates, 0).ctx, hall.sittingId, own)).toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it('is open to the invigilator for seven days after the hard end and while somebody answers, to the bureau always', async () => {
    const hall = await aHallOf(2);
    const { sittingId, bureau, invigilator } = hall;
    const own = nth(idsOf(hall), 0);
    const { personId } = await world.ctx.db.examRegistration.findUniqueOrThrow({ where: { id: own } });
    await givePhoto(world.ctx, personId, portraitPng([20, 40, 110]));
    const { hardEndAt } = await world.ctx.db.examSitting.findUniqueOrThrow({ where: { id: sittingId } });
    const last = hardEndAt.getTime() + 7 * 86_400_000;
    const seenBy = async (viewer: WatchedHall['bureau']) => {
      const page = await viewCandidate(viewer, sittingId, own);
      const photo = await readCandidatePhoto(viewer, sittingId, own);
      return [page.ok && page.value.photo, photo.ok ? 'opened' : photo.code];
    };
    const seenAt = async (ms: number) => {
      world.clock.set(new Date(ms).toISOString());
      return { invigilator: await seenBy(invigilator), bureau: await seenBy(bureau) };
    };
    const [shown, over] = [
      ['shown', 'opened'],
      ['over', 'NOT_FOUND'],
    ];
    expect(await seenAt(last - 1)).toEqual({ invigilator: shown, bureau: shown });
    expect(await seenAt(last)).toEqual({ invigilator: shown, bureau: shown });
    expect(await seenAt(last + 1)).toEqual({ invigilator: over, bureau: shown });

    world.clock.set(START);
    const other = nth(idsOf(hall), 1);
    await aRunningAttempt(nth(hall.candidates, 1));
    await act(bureau, sittingId, [other], { kind: 'pause' });
    expect(await seenAt(last + 1)).toEqual({ invigilator: shown, bureau: shown });
    await act(bureau, sittingId, [other], { kind: 'end' }, { confirmation: '结束1人' });
    expect(await seenAt(last + 1)).toEqual({ invigilator: over, bureau: shown });
  });

  it('of whom none is kept is not promised to come back', async () => {
    const hall = await aHallOf(1);
    world.clock.advanceSeconds(60 * 86_400);
    const page = await viewCandidate(hall.invigilator, hall.sittingId, nth(idsOf(hall), 0));
    expect(page.ok && page.value.photo).toBe('none');
  });
});

describe('records of the room', () => {
  const record = (hall: WatchedHall, change: Partial<IncidentInput> = {}): IncidentInput => ({
    sittingId: hall.sittingId,
    roomId: hall.rooms[0],
    registrationId: null,
    kind: 'incident',
    code: 'network',
    happenedAt: new Date(START),
    facts: '考场断网四分钟。',
    handling: '暂停作答，恢复后补回。',
    witnesses: null,
    evidenceIds: [],
    correctsId: null,
    commandId: newId(),
    ...change,
  });
  const misconduct = { roomId: null, kind: 'misconduct', code: 'talking' } as const;

  it('are kept once for one form, of the own room only, and change no attempt', async () => {
    const hall = await aHallOf(2);
    const input = record(hall);
    const both = await Promise.all([
      recordIncident(hall.invigilator, input),
      recordIncident(hall.invigilator, input),
    ]);
    expect(both.map((outcome) => outcome.ok)).toEqual([true, true]);
    expect(await world.ctx.db.examIncident.count({ where: { sittingId: hall.sittingId } })).toBe(1);
    const notFound = { ok: false, code: 'NOT_FOUND' };
    expect(await recordIncident(hall.invigilator, record(hall, { roomId: hall.rooms[1] }))).toEqual(notFound);
    const elsewhere = record(hall, { ...misconduct, registrationId: nth(idsOf(hall), 1) });
    expect(await recordIncident(hall.invigilator, elsewhere)).toEqual(notFound);
    expect(await recordIncident(hall.invigilator, record(hall, misconduct))).toEqual({
      ok: false,
      code: 'CANDIDATE_REQUIRED',
    });
    const tomorrow = new Date(Date.parse(START) + 1);
    expect(await recordIncident(hall.invigilator, record(hall, { happenedAt: tomorrow }))).toEqual({
      ok: false,
      code: 'IN_THE_FUTURE',
    });
  });

  it('are corrected by a new record; the old one stays, cannot be corrected twice, and the database refuses changes', async () => {
    const hall = await aHallOf(1);
    const registrationId = nth(idsOf(hall), 0);
    const sitting = await aRunningAttempt(nth(hall.candidates, 0));
    await act(hall.invigilator, hall.sittingId, [registrationId], { kind: 'mark_irregular' });
    const mark = await world.ctx.db.attemptEvent.findFirstOrThrow({
      where: { attemptId: sitting.attemptId, kind: 'marked_irregular' },
    });
    const first = await recordIncident(
      hall.invigilator,
      record(hall, { ...misconduct, registrationId, evidenceIds: [mark.id, newId()] }),
    );
    if (!first.ok) throw new Error(first.code);
    const correct = () =>
      recordIncident(
        hall.bureau,
        record(hall, {
          ...misconduct,
          registrationId,
          code: 'wrong_seat',
          correctsId: first.value.incidentId,
        }),
      );
    expect((await correct()).ok).toBe(true);
    expect(await correct()).toEqual({ ok: false, code: 'CORRECTED_ALREADY' });
    const page = await viewIncidents(hall.bureau, hall.sittingId);
    if (!page.ok) throw new Error(page.code);
    expect(page.value.incidents.map((one) => one.isCorrected).sort()).toEqual([false, true]);
    expect(page.value.incidents.find((one) => one.isCorrected)?.evidence).toMatchObject([
      { eventId: mark.id },
    ]);
    await expect(
      world.ctx.db.examIncident.update({ where: { id: first.value.incidentId }, data: { facts: '改写' } }),
    ).rejects.toThrow();
  });

  it('are corrected by one of two people at the same moment; the other is told so and keeps what was typed', async () => {
    const hall = await aHallOf(1);
    const first = await recordIncident(hall.invigilator, record(hall));
    if (!first.ok) throw new Error(first.code);
    const { incidentId } = first.value;
    const form = (facts: string): FormData => {
      const data = new FormData();
      const typed = {
        commandId: newId(),
        code: 'power',
        happenedAt: '2026-11-23T09:00',
        facts,
        handling: '补时',
      };
      for (const [name, value] of Object.entries(typed)) data.set(name, value);
      return data;
    };
    const answers = await Promise.all([
      handleCorrection(hall.invigilator, hall.sittingId, incidentId, form('停电四分钟。')),
      handleCorrection(hall.bureau, hall.sittingId, incidentId, form('停电五分钟。')),
      handleCorrection(hall.bureau2, hall.sittingId, incidentId, form('停电六分钟。')),
    ]);
    const refused = answers.flatMap((answer) => answer ?? []);
    expect(refused.map(({ status }) => status)).toEqual([409, 409]);
    expect(refused.every(({ typed }) => typed.facts?.startsWith('停电') === true)).toBe(true);
    const page = await viewCorrection(hall.bureau, hall.sittingId, incidentId);
    if (!page.ok) throw new Error(page.code);
    const { correctedById } = page.value.original;
    const newer = await viewCorrection(hall.invigilator, hall.sittingId, correctedById ?? '');
    expect(newer.ok && newer.value.original).toMatchObject({ correctsId: incidentId, roomId: hall.rooms[0] });
  });

  it('are corrected about the same candidate and room whatever the form says, and only within one’s rooms', async () => {
    const hall = await aHallOf(2);
    const registrationId = nth(idsOf(hall), 0);
    const first = await recordIncident(hall.invigilator, record(hall, { ...misconduct, registrationId }));
    const other = await recordIncident(hall.bureau, record(hall, { roomId: hall.rooms[1] }));
    if (!first.ok || !other.ok) throw new Error('both are recorded');
    const data = new FormData();
    const typed = {
      code: 'wrong_seat',
      happenedAt: '2026-11-23T09:00',
      facts: '坐错座位。',
      handling: '已纠正。',
    };
    for (const [name, value] of Object.entries(typed)) data.set(name, value);
    data.set('commandId', newId());
    data.set('registrationId', nth(idsOf(hall), 1));
    const correct = (incidentId: string) =>
      handleCorrection(hall.invigilator, hall.sittingId, incidentId, data);
    expect(await correct(other.value.incidentId)).toMatchObject({ status: 404 });
    expect(await correct(newId())).toMatchObject({ status: 404 });
    expect(await correct(first.value.incidentId)).toBeNull();
    const kept = await world.ctx.db.examIncident.findFirstOrThrow({
      where: { correctsId: first.value.incidentId },
    });
    expect(kept).toMatchObject({ registrationId, roomId: hall.rooms[0], code: 'wrong_seat' });
  });

  it('become the sheets of the exam office, drawn by the bureau only', async () => {
    const hall = await aHallOf(1);
    await recordIncident(hall.invigilator, record(hall));
    await recordIncident(
      hall.invigilator,
      record(hall, { ...misconduct, registrationId: nth(idsOf(hall), 0), code: 'impersonation' }),
    );
    const page = await viewIncidents(hall.bureau, hall.sittingId);
    if (!page.ok) throw new Error(page.code);
    const offered = page.value.offered.map((one) => one.value);
    expect(offered).toHaveLength(3);
    for (const paper of [nth(offered, 0), nth(offered, 2)])
      expect(
        (await drawIncidentPaper(hall.bureau, { sittingId: hall.sittingId, paper, commandId: newId() })).ok,
      ).toBe(true);
    const asked = { sittingId: hall.sittingId, paper: nth(offered, 0), commandId: newId() };
    expect(await drawIncidentPaper(hall.invigilator, asked)).toEqual({ ok: false, code: 'NOT_FOUND' });
  });
});

describe('a replay', () => {
  it('opens for the bureau of the region only, for a reason that is kept, and shows what was graded', async () => {
    const hall = await aHallOf(1);
    const sitting = await aRunningAttempt(nth(hall.candidates, 0));
    const { attemptId } = sitting;
    world.clock.advanceSeconds(60);
    await send(sitting, [answer(1, 1, 'A'), answer(2, 2, 'B')]);
    world.clock.advanceSeconds(60);
    await send(sitting, [answer(3, 2, 'C')]);
    await handIn(sitting.candidate.ctx, sitting);
    const reason = '考生申请复核';
    expect(await openReplay(hall.bureau, { attemptId, reason: '  ' })).toEqual({
      ok: false,
      code: 'REASON_REQUIRED',
    });
    expect(await openReplay(hall.invigilator, { attemptId, reason })).toEqual({
      ok: false,
      code: 'FORBIDDEN',
    });
    const other = await aWatchedHall(world.ctx, { candidates: 1 });
    expect(await openReplay(other.bureau, { attemptId, reason })).toEqual({ ok: false, code: 'NOT_FOUND' });

    const opened = await openReplay(hall.bureau, { attemptId, reason });
    if (!opened.ok) throw new Error(opened.code);
    const { visitId } = opened.value;
    const audit = await world.ctx.db.auditEvent.findFirstOrThrow({
      where: { action: 'exam.replay', subjectId: attemptId },
    });
    expect(audit.actorId).toBe(hall.bureau.actorId);
    const foreign = await viewReplay(hall.bureau2, attemptId, visitId);
    expect(foreign.ok && foreign.value.open).toBeNull();
    const page = await viewReplay(hall.bureau, attemptId, visitId);
    if (!page.ok || !page.value.open) throw new Error('the replay is open');
    const { story } = page.value.open;
    expect(story.items).toHaveLength(80);
    expect(JSON.stringify(story.items)).not.toContain('"key"');
    const at = (seconds: number) =>
      replayAt(story, placeAnswers(story.answers), story.startedAtMs + seconds * 1000).counted.get(2);
    expect([at(59), at(60), at(119), at(120)]).toEqual([undefined, 'B', 'B', 'C']);

    world.clock.advanceSeconds(9 * 3600);
    const stale = await viewReplay(hall.bureau, attemptId, visitId);
    expect(stale.ok && stale.value.open).toBeNull();
  });
});
