import { beforeAll, describe, expect, it } from 'vitest';
import { enterSheet } from '#app/exam/release/key-in/enter-sheet.server.ts';
import { viewKeyInHalls } from '#app/exam/release/key-in/key-in-view.server.ts';
import { startAttempt } from '#app/exam/sitting/start-attempt.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { useWorld } from '#test/support/database.ts';
import { aBureau, released, sealed } from '#test/support/custody.ts';
import { aHall, prepareExam } from '#test/support/exam.ts';
import { value } from '#test/support/office.ts';

const world = useWorld();
beforeAll(() => prepareExam(world.ctx));

/** A sitting that opened a minute ago, sealed and released for printing. */
async function aPrintedHall(candidates: number) {
  const hall = await aHall(world.ctx, { candidates });
  const bureau = await aBureau(world.ctx, hall.regionId);
  await sealed(bureau, hall.sittingId);
  await released(bureau, hall.sittingId);
  const { opensAt } = await world.ctx.db.examSitting.findUniqueOrThrow({ where: { id: hall.sittingId } });
  if (world.clock.now() < opensAt) world.clock.set(opensAt);
  return { ...hall, ...bureau };
}
type PrintedHall = Awaited<ReturnType<typeof aPrintedHall>>;

const listed = async ({ maker }: PrintedHall) => value(await viewKeyInHalls(maker, { page: 1, size: 20 }));

describe('the list of printed sittings', () => {
  it('counts the sheets that there are to key in: who sat on a screen has none', async () => {
    const hall = await aPrintedHall(3);
    const [onScreen, onPaper] = hall.candidates;
    if (!onScreen || !onPaper) throw new Error('the hall has candidates');
    expect((await listed(hall)).rows).toMatchObject([{ sheets: 3, landed: 0 }]);
    const { registrationId } = onScreen;
    value(await startAttempt(onScreen.ctx, { registrationId, commandId: newId() }));
    const { ticketNo } = await world.ctx.db.examRegistration.findUniqueOrThrow({
      where: { id: onPaper.registrationId },
    });
    const reading = { sittingId: hall.sittingId, ticketNo: ticketNo ?? '', choices: {} };
    for (const reader of [hall.maker, hall.checker])
      value(await enterSheet(reader, { ...reading, source: 'typed', commandId: newId() }));
    expect((await listed(hall)).rows).toMatchObject([{ sheets: 2, waits: 0, differ: 0, landed: 1 }]);
  });

  it('leaves out a sitting that was called off: nothing of it is keyed in', async () => {
    const hall = await aPrintedHall(1);
    expect((await listed(hall)).total).toBe(1);
    await world.ctx.db.examSitting.update({
      where: { id: hall.sittingId },
      data: { status: 'cancelled' },
    });
    expect(await listed(hall)).toMatchObject({ total: 0, rows: [] });
  });
});
