import { beforeAll, expect, it } from 'vitest';
import { createSessions } from '#app/accounts/session.server.ts';
import { loadActor } from '#app/accounts/load-actor.server.ts';
import { action as signIn } from '#app/exam/seating/routes/exam-door.tsx';
import { action as signOut } from '#app/exam/seating/routes/seat.tsx';
import { useWorld } from '#test/support/database.ts';
import { prepareExam } from '#test/support/exam.ts';
import { aSeatedHall } from '#test/support/seating.ts';

const world = useWorld();
beforeAll(() => prepareExam(world.ctx));

type Handler = typeof signIn;

/** A form sent to a page of the exam door by a machine with these cookies. */
async function post(
  handler: Handler,
  how: { readonly cookies: readonly string[]; readonly fields?: Readonly<Record<string, string>> },
): Promise<string[]> {
  const sessions = createSessions({ pool: world.ctx.pool, secure: false, clock: world.clock });
  const cookie = how.cookies.map((one) => one.split(';')[0] ?? '').join('; ');
  const { accountId, boundTo } = await sessions.read(cookie);
  const actor = accountId === null ? null : await loadActor(world.ctx, accountId, boundTo);
  const answered: unknown = await handler({
    request: new Request('http://localhost/exam-door', {
      method: 'POST',
      headers: { Cookie: cookie },
      body: new URLSearchParams(how.fields),
    }),
    params: {},
    context: {
      ...{ nonce: '', requestId: 'test', clientAddress: '10.1.2.30', sessions },
      requestCtx: () => Promise.resolve({ ...world.ctx, actor, actorId: accountId }),
    },
  } as unknown as Parameters<Handler>[0]);
  if (!(answered instanceof Response)) throw new Error(`not led on: ${JSON.stringify(answered)}`);
  return answered.headers.getSetCookie();
}

const looksIn = (cookies: readonly string[]): string[] => cookies.filter((one) => one.startsWith('display='));

it('a machine of the hall hands no large type on: not after 退出签到, and not to the next ticket', async () => {
  const hall = await aSeatedHall(world.ctx, {});
  const [first, second] = hall.people.map(({ ticketNo, idNumber }) => ({ ticketNo, idNumber }));
  if (!first || !second) throw new Error('the hall has two people');
  const elder = 'display=dark.elder';
  const ordinary = [expect.stringMatching(/^display=dark\.normal;/) as string];
  const inside = await post(signIn, { cookies: [elder], fields: first });
  expect(looksIn(inside)).toEqual(ordinary);
  // Who comes back in the middle of the exam finds the page as it was.
  expect(looksIn(await post(signIn, { cookies: [elder, ...inside], fields: first }))).toEqual([]);
  expect(looksIn(await post(signIn, { cookies: [elder, ...inside], fields: second }))).toEqual(ordinary);
  const again = await post(signIn, { cookies: [elder, ...inside], fields: first });
  expect(looksIn(await post(signOut as unknown as Handler, { cookies: [elder, ...again] }))).toEqual(
    ordinary,
  );
});
