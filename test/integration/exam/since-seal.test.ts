import { beforeAll, describe, expect, it } from 'vitest';
import { enterSheet } from '#app/exam/release/key-in/enter-sheet.server.ts';
import { listSheetPapers } from '#app/exam/release/key-in/key-in.store.server.ts';
import { viewSheet } from '#app/exam/release/key-in/key-in-view.server.ts';
import { viewSeal } from '#app/exam/release/seal-view.server.ts';
import { changeDate } from '#app/exam/seating/change-date.server.ts';
import { layOut } from '#app/exam/seating/lay-out.server.ts';
import { moveSeat } from '#app/exam/seating/move-seat.server.ts';
import { neighboursOf } from '#app/exam/seating/seat-grid.ts';
import { listRooms, listSeated } from '#app/exam/seating/seating.store.server.ts';
import { examPorts, provideExamPorts } from '#app/exam/ports.server.ts';
import { provideDocumentDesk } from '#app/office/document/desk.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { createJobs } from '#app/platform/jobs/jobs.server.ts';
import { addDays, dayOf } from '#app/platform/time/day.ts';
import { useWorld } from '#test/support/database.ts';
import { aBureau, released, sealed } from '#test/support/custody.ts';
import { prepareExam } from '#test/support/exam.ts';
import { value } from '#test/support/office.ts';
import type { SeatedHall } from '#test/support/seating.ts';
import { aSeatedHall } from '#test/support/seating.ts';

const HOUR_MS = 3_600_000;
const world = useWorld();
beforeAll(async () => {
  await prepareExam(world.ctx);
  const jobs = createJobs({ pool: world.ctx.pool, log: world.ctx.log });
  provideDocumentDesk(world.ctx.pool, { papers: [], jobs });
});

/** A hall whose papers are sealed and released for printing. */
async function aPrintedHall(people: number, mode: 'each' | 'ab' = 'each') {
  const hall = await aSeatedHall(world.ctx, { people });
  const custody = await aBureau(world.ctx, hall.regionId);
  await sealed(custody, hall.sittingId, mode);
  await released(custody, hall.sittingId);
  world.clock.advanceSeconds(1);
  return { ...hall, custody };
}

async function postponed(hall: SeatedHall): Promise<void> {
  const { version } = await world.ctx.db.examSitting.findUniqueOrThrow({ where: { id: hall.sittingId } });
  value(
    await changeDate(hall.bureau, {
      ...{ sittingId: hall.sittingId, reason: '停电', expectedVersion: version, commandId: newId() },
      opensAt: new Date(world.clock.now().getTime() + 48 * HOUR_MS),
    }),
  );
}

const sinceOf = async (hall: SeatedHall) => value(await viewSeal(hall.bureau, hall.sittingId)).since;

describe('a change of date after the set was released', () => {
  it('asks for a new print, and what was printed before is still keyed in by its old number', async () => {
    const hall = await aPrintedHall(2);
    const [person] = hall.people;
    if (!person) throw new Error('somebody who sits');
    expect(await sinceOf(hall)).toEqual({ mustPrintAgain: false, questionsOutOfForce: 0, neighbours: null });
    await postponed(hall);
    expect(await sinceOf(hall)).toMatchObject({ mustPrintAgain: true, questionsOutOfForce: 0 });
    world.clock.advanceSeconds(48 * 3_600 + 60);
    const { maker } = hall.custody;
    const { sittingId } = hall;
    const { ticketNo } = person;
    const papers = await listSheetPapers(world.ctx.pool, sittingId, [ticketNo]);
    expect(papers.map((paper) => paper.ticketNo)).toEqual([ticketNo]);
    expect((await viewSheet(maker, sittingId, ticketNo)).ok).toBe(true);
    const reading = { sittingId, choices: {}, source: 'typed' as const };
    value(await enterSheet(maker, { ...reading, ticketNo, commandId: newId() }));
    // The second reading finds the same sheet under the new number.
    const { ticketNo: now } = await world.ctx.db.examRegistration.findUniqueOrThrow({
      where: { id: person.registrationId },
    });
    value(await enterSheet(hall.custody.checker, { ...reading, ticketNo: now ?? '', commandId: newId() }));
    const { registrationId } = person;
    expect(await world.ctx.db.attempt.count({ where: { registrationId } })).toBe(1);
    // A ticket of another sitting opens nothing here.
    const other = await aPrintedHall(1);
    const strange = other.people[0]?.ticketNo ?? '';
    expect(await viewSheet(maker, sittingId, strange)).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('names how many questions stand on a law text that is not in force on the new day', async () => {
    const hall = await aPrintedHall(2);
    await postponed(hall);
    const { laws } = examPorts(world.ctx.pool);
    const newest = addDays(dayOf(world.clock.now()), 1);
    const law = await world.ctx.db.questionVersion.groupBy({ by: ['law'], _count: true });
    const most = law.sort((one, other) => other._count - one._count)[0]?.law ?? '';
    const known = laws.get(most);
    if (!known) throw new Error('a law of the bank');
    // The law is amended between the old day and the new one.
    const amended = new Map(laws).set(most, {
      ...known,
      versions: [...known.versions, { version: newest, inForceFrom: newest }],
    });
    const ports = examPorts(world.ctx.pool);
    provideExamPorts(world.ctx.pool, { ...ports, laws: amended });
    expect((await sinceOf(hall)).questionsOutOfForce).toBeGreaterThan(0);
    provideExamPorts(world.ctx.pool, ports);
  });
});

describe('a seat that is changed after the sealing', () => {
  const move = (hall: SeatedHall, registrationId: string, roomId: string, seatNo: number) =>
    moveSeat(hall.bureau, {
      ...{ sittingId: hall.sittingId, registrationId, roomId, seatNo },
      ...{ reason: '行动不便', commandId: newId() },
    });

  it('measures neighbours anew, so that the seal page does not show what was true before', async () => {
    const hall = await aPrintedHall(6);
    const [room] = await listRooms(world.ctx.db, hall.sittingId);
    const seats = await listSeated(world.ctx.db, hall.sittingId);
    const [one, two] = seats;
    if (!room || !one || !two) throw new Error('a room with people');
    const taken = new Set(seats.map((seat) => seat.seatNo));
    const free = neighboursOf(room, two.seatNo).find((seatNo) => !taken.has(seatNo));
    value(await move(hall, one.id, room.id, free ?? 20));
    const { neighbours } = await sinceOf(hall);
    expect(neighbours?.pairs).toBeGreaterThan(0);
  });

  it('is measured, too, where somebody lost the seat and is seated again with the sealed paper', async () => {
    const hall = await aPrintedHall(6, 'ab');
    const id = hall.people[0]?.registrationId ?? '';
    const to = (status: string) => ({
      where: { id },
      data: { status, roomId: null, seatNo: null, version: { increment: 1 } },
    });
    await world.ctx.db.examRegistration.update(to('returned'));
    await world.ctx.db.examRegistration.update(to('approved'));
    expect((await sinceOf(hall)).neighbours).toBeNull();
    value(await layOut(hall.bureau, { sittingId: hall.sittingId, commandId: newId() }));
    expect((await sinceOf(hall)).neighbours).not.toBeNull();
  });

  it('is refused beside the same of two sets, and taken beside the other one', async () => {
    const hall = await aPrintedHall(8, 'ab');
    const [room] = await listRooms(world.ctx.db, hall.sittingId);
    const seats = await listSeated(world.ctx.db, hall.sittingId);
    if (!room) throw new Error('a room');
    const papers = await world.ctx.db.paper.findMany({
      where: { registration: { sittingId: hall.sittingId } },
    });
    const setOf = new Map(papers.map((paper) => [paper.registrationId, paper.variant]));
    const at = new Map(seats.map((seat) => [seat.seatNo, seat.id]));
    const free = Array.from({ length: room.rows * room.columns }, (_, index) => index + 1).filter(
      (seatNo) => !at.has(seatNo),
    );
    const around = (seatNo: number, but: string): (string | null | undefined)[] =>
      neighboursOf(room, seatNo).flatMap((next) => {
        const id = at.get(next);
        return id === undefined || id === but ? [] : [setOf.get(id)];
      });
    const outcomes = new Set<string>();
    for (const { id } of seats.slice(0, 4))
      for (const seatNo of free) {
        const isSame = around(seatNo, id).includes(setOf.get(id));
        if (!isSame) continue;
        const moved = await move(hall, id, room.id, seatNo);
        outcomes.add(moved.ok ? 'moved' : moved.code);
      }
    expect([...outcomes]).toEqual(['SAME_SET_BESIDE']);
    const [person] = seats;
    const fine = free.find(
      (seatNo) => !around(seatNo, person?.id ?? '').includes(setOf.get(person?.id ?? '')),
    );
    expect(await move(hall, person?.id ?? '', room.id, fine ?? 0)).toMatchObject({ ok: true });
  });
});
