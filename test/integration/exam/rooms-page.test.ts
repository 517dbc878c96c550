import { beforeAll, expect, it } from 'vitest';
import { action } from '#app/exam/seating/routes/rooms.tsx';
import { newId } from '#app/platform/ids/id.ts';
import { useWorld } from '#test/support/database.ts';
import { prepareExam } from '#test/support/exam.ts';
import type { SeatedHall } from '#test/support/seating.ts';
import { aSeatedHall } from '#test/support/seating.ts';

const world = useWorld();
beforeAll(() => prepareExam(world.ctx));

/** @returns the status and what is said about a form of the page 考场编排 */
async function post(hall: SeatedHall, fields: Readonly<Record<string, string>>) {
  const answered: unknown = await action({
    request: new Request(`http://localhost/bureau/exams/${hall.sittingId}/rooms`, {
      method: 'POST',
      body: new URLSearchParams(fields),
    }),
    params: { sitting: hall.sittingId },
    context: {
      ...{ nonce: '', requestId: 'test', clientAddress: '127.0.0.1' },
      requestCtx: () => Promise.resolve(hall.bureau),
    },
  } as unknown as Parameters<typeof action>[0]);
  if (answered instanceof Response) return { status: answered.status, refusal: null };
  const { data, init } = answered as { data: { refusal: string }; init: ResponseInit };
  return { status: init.status ?? 200, refusal: data.refusal };
}

it('a form of 考场编排 with a missing or unreadable field is refused, not broken off', async () => {
  const hall = await aSeatedHall(world.ctx, { people: 1 });
  const { id: roomId, version } = await world.ctx.db.examRoom.findFirstOrThrow({
    where: { sittingId: hall.sittingId },
  });
  const commandId = newId();
  const unreadable: Readonly<Record<string, string>>[] = [
    { intent: 'invigilators', commandId, roomId },
    { intent: 'invigilators', commandId, roomId, expectedVersion: 'two' },
    { intent: 'code', commandId },
    { intent: 'remove', roomId },
    { intent: 'lay_out' },
  ];
  for (const fields of unreadable)
    expect(await post(hall, fields)).toEqual({
      status: 422,
      refusal: '表单内容不完整，请刷新页面后重新办理。',
    });
  // The form as the page sends it.
  const shown = { intent: 'invigilators', commandId, roomId, expectedVersion: String(version) };
  expect((await post(hall, shown)).status).toBe(302);
});
