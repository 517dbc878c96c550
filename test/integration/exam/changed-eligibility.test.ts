import { beforeAll, expect, it } from 'vitest';
import { viewRooms } from '#app/exam/seating/rooms-view.server.ts';
import { useWorld } from '#test/support/database.ts';
import { prepareExam } from '#test/support/exam.ts';
import { value } from '#test/support/office.ts';
import { aSeatedHall } from '#test/support/seating.ts';

const world = useWorld();
beforeAll(() => prepareExam(world.ctx));

it('whoever was approved and has left the unit since is named with the reason where seats are laid out (入口关)', async () => {
  const hall = await aSeatedHall(world.ctx, { people: 2 });
  const [gone, never] = hall.people;
  if (!gone || !never) throw new Error('people who sit');
  const changed = async () =>
    value(await viewRooms(hall.bureau, hall.sittingId, { withCodes: false })).changed;
  // Nobody was asked about when these were registered: nothing is said to have changed.
  expect(await changed()).toEqual([]);
  // One was eligible when approved; no unit is their home today.
  await world.ctx.db.examRegistration.update({
    where: { id: gone.registrationId },
    data: { verdict: 'eligible' },
  });
  const [told, ...others] = await changed();
  expect(others).toEqual([]);
  expect(told?.registrationId).toBe(gone.registrationId);
  expect(told?.reasons.length).toBeGreaterThan(0);
});
