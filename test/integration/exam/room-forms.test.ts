import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#app/platform/ids/id.ts';
import { useWorld } from '#test/support/database.ts';
import type { Candidate } from '#test/support/exam.ts';
import { aHall, aRunningAttempt, prepareExam } from '#test/support/exam.ts';
import type { SaveServer } from '#test/support/save-server.ts';
import { startSaveServer } from '#test/support/save-server.ts';

const world = useWorld();
let server: SaveServer;
beforeAll(async () => {
  await prepareExam(world.ctx);
  server = await startSaveServer(world.ctx);
});
afterAll(() => server.close());

async function oneCandidate(): Promise<Candidate> {
  const [candidate] = (await aHall(world.ctx)).candidates;
  if (!candidate) throw new Error('the hall has one candidate');
  return candidate;
}

const HOUR_MS = 3_600_000;
const hoursOn = (hours: number): Date => new Date(world.clock.now().getTime() + hours * HOUR_MS);

/** A browser whose session is young by the clock of these tests: the form doors serve it. */
async function signedIn(
  { ctx }: Candidate,
  device?: { attemptId: string; deviceKey: string },
  bond?: { readonly to: string; readonly until: Date },
): Promise<string> {
  const cookie = await server.cookieFor(ctx.actorId, device, bond);
  const expiresAt = hoursOn(24);
  await world.ctx.db.accountSession.updateMany({ where: { accountId: ctx.actorId }, data: { expiresAt } });
  return cookie;
}

/** What is behind the form doors here answers 404: they have left the form to it. */
const LEFT = 404;

async function post(path: string, fields: Readonly<Record<string, string>>, cookie?: string) {
  const response = await fetch(server.url + path, {
    method: 'POST',
    redirect: 'manual',
    headers: cookie === undefined ? {} : { Cookie: cookie },
    body: new URLSearchParams(fields),
  });
  await response.text();
  const { status, headers } = response;
  return { status, to: headers.get('Location'), cookies: headers.getSetCookie() };
}

const form = (candidate: Candidate) => ({
  registrationId: candidate.registrationId,
  commandId: newId(),
  view: 'one',
});
const attemptsOf = (candidate: Candidate) =>
  world.ctx.db.attempt.findMany({ where: { registrationId: candidate.registrationId } });

describe('starting by a plain form', () => {
  it('leads to the paper, with the key of this device and the view', async () => {
    const candidate = await oneCandidate();
    const cookie = await signedIn(candidate);
    const answer = await post('/attempts/start', form(candidate), cookie);
    const [attempt] = await attemptsOf(candidate);
    expect([answer.status, answer.to]).toEqual([302, `/attempts/${attempt?.id}`]);
    expect(answer.cookies[0]).toContain('zhifa_view=one');
    expect(answer.cookies[1]).toMatch(/^zhifa_device_[^=]+=.+; Path=\/attempts; .*HttpOnly/);
    const audit = await world.ctx.db.auditEvent.findFirst({ where: { subjectId: attempt?.id ?? '' } });
    expect(audit).toMatchObject({ action: 'exam.start', actorId: candidate.ctx.actorId });
  });

  it('twice is one attempt and the same key', async () => {
    const candidate = await oneCandidate();
    const cookie = await signedIn(candidate);
    const sent = form(candidate);
    const [first, second] = await Promise.all([1, 2].map(() => post('/attempts/start', sent, cookie)));
    expect(second).toEqual(first);
    expect(await attemptsOf(candidate)).toHaveLength(1);
  });

  it('is left to its page without a session, with another account, for another exam and when it is refused', async () => {
    const [mine, theirs] = [await oneCandidate(), await oneCandidate()];
    const cookie = await signedIn(mine);
    const bound = await signedIn(mine, undefined, { to: theirs.registrationId, until: hoursOn(1) });
    expect((await post('/attempts/start', form(mine))).status).toBe(LEFT);
    expect((await post('/attempts/start', form(theirs), cookie)).status).toBe(LEFT);
    expect((await post('/attempts/start', form(mine), bound)).status).toBe(LEFT);
    expect((await post('/attempts/start', { ...form(mine), commandId: 'none' }, cookie)).status).toBe(LEFT);
    expect([...(await attemptsOf(mine)), ...(await attemptsOf(theirs))]).toEqual([]);
  });

  it('serves a session of the exam door for its own registration', async () => {
    const candidate = await oneCandidate();
    const bond = { to: candidate.registrationId, until: hoursOn(1) };
    const cookie = await signedIn(candidate, undefined, bond);
    expect((await post('/attempts/start', form(candidate), cookie)).status).toBe(302);
  });
});

describe('handing in by a plain form', () => {
  const handIn = { intent: 'hand_in' };

  it('leads to the result, once; whoever comes after is told by the page', async () => {
    const sitting = await aRunningAttempt(await oneCandidate());
    const cookie = await signedIn(sitting.candidate, sitting);
    const path = `/attempts/${sitting.attemptId}`;
    const answers = await Promise.all([1, 2, 3].map(() => post(path, handIn, cookie)));
    expect(answers.map(({ status }) => status).sort()).toEqual([302, LEFT, LEFT]);
    expect(answers.find(({ status }) => status === 302)?.to).toBe(`${path}/result`);
    expect(await world.ctx.db.examResult.count({ where: { attemptId: sitting.attemptId } })).toBe(1);
  });

  it('is left to its page when it brings the paper along: its answers are saved first', async () => {
    const sitting = await aRunningAttempt(await oneCandidate());
    const cookie = await signedIn(sitting.candidate, sitting);
    const paper = { ...handIn, epoch: '1', seq: '1', q1: 'A' };
    expect((await post(`/attempts/${sitting.attemptId}`, paper, cookie)).status).toBe(LEFT);
    const attempt = await world.ctx.db.attempt.findUniqueOrThrow({ where: { id: sitting.attemptId } });
    expect(attempt.state).toBe('in_progress');
  });

  it('takes the large type off a machine of the hall, and leaves one’s own as it is', async () => {
    const cookiesAfter = async (isAtDoor: boolean): Promise<string[]> => {
      const sitting = await aRunningAttempt(await oneCandidate());
      const bond = { to: sitting.candidate.registrationId, until: hoursOn(1) };
      const cookie = await signedIn(sitting.candidate, sitting, isAtDoor ? bond : undefined);
      const answer = await post(`/attempts/${sitting.attemptId}`, handIn, `${cookie}; display=dark.elder`);
      expect(answer.status).toBe(302);
      return answer.cookies;
    };
    expect(await cookiesAfter(true)).toEqual([expect.stringMatching(/^display=dark\.normal;/)]);
    expect(await cookiesAfter(false)).toEqual([]);
  });

  it('is left to its page from another device, another account and for other intents', async () => {
    const [mine, theirs] = [
      await aRunningAttempt(await oneCandidate()),
      await aRunningAttempt(await oneCandidate()),
    ];
    const path = `/attempts/${mine.attemptId}`;
    const withoutKey = await signedIn(mine.candidate);
    const stranger = await signedIn(theirs.candidate, mine);
    const own = await signedIn(mine.candidate, mine);
    expect((await post(path, handIn, withoutKey)).status).toBe(LEFT);
    expect((await post(path, handIn, stranger)).status).toBe(LEFT);
    expect((await post(path, { intent: 'save', epoch: '1', seq: '1', q1: 'A' }, own)).status).toBe(LEFT);
    const attempt = await world.ctx.db.attempt.findUniqueOrThrow({ where: { id: mine.attemptId } });
    expect(attempt.state).toBe('in_progress');
  });
});
