import { beforeAll, describe, expect, it } from 'vitest';
import { requestContext } from '#app/accounts/context.server.ts';
import { createSessions } from '#app/accounts/session.server.ts';
import { provideExamPorts, examPorts } from '#app/exam/ports.server.ts';
import { sealSitting } from '#app/exam/release/seal-sitting.server.ts';
import { startAttempt } from '#app/exam/sitting/start-attempt.server.ts';
import type { Pool } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { aBureau, released, sealed } from '#test/support/custody.ts';
import { useWorld } from '#test/support/database.ts';
import type { Candidate } from '#test/support/exam.ts';
import { aHall, prepareExam } from '#test/support/exam.ts';

const BEFORE = '2026-11-23T00:50:00.000Z';
const BELL = '2026-11-23T01:00:00.000Z';
const COURSE = 'penalty-law';
const world = useWorld(BEFORE);
const completed = new Set<string>([COURSE]);
beforeAll(() => prepareExam(world.ctx, completed));

async function aBellSitting(preconditionCourse: string | null = null) {
  world.clock.set(BEFORE);
  const hall = await aHall(world.ctx, {
    sitting: {
      opensAt: new Date(BELL),
      latestEntryAt: new Date('2026-11-23T01:30:00.000Z'),
      hardEndAt: new Date('2026-11-23T03:00:00.000Z'),
      startMode: 'bell',
      preconditionCourse,
    },
  });
  const [candidate] = hall.candidates;
  if (!candidate) throw new Error('the hall has one candidate');
  return { ...hall, candidate };
}

/** The same pool, whose statements are written down as they are sent. */
function listening(pool: Pool): { pool: Pool; statements: string[] } {
  const statements: string[] = [];
  const heard = new Proxy(pool, {
    get: (target, name) => {
      if (name !== 'query') return Reflect.get(target, name) as unknown;
      return (asked: string | { text: string }, values?: unknown[]) => {
        statements.push(typeof asked === 'string' ? asked : asked.text);
        return typeof asked === 'string' ? target.query(asked, values) : target.query(asked);
      };
    },
  });
  return { pool: heard, statements };
}

/** A start as a request makes it: from the cookie to the attempt. */
async function startByCookie({ ctx, registrationId }: Candidate) {
  const { setCookie } = await createSessions({ pool: ctx.pool, secure: false }).create(ctx.actorId);
  const { pool, statements } = listening(ctx.pool);
  provideExamPorts(pool, examPorts(ctx.pool));
  const sessions = createSessions({ pool, secure: false, clock: world.clock });
  const base = { ...ctx, pool };
  const asked = await requestContext({
    base,
    sessions,
    cookieHeader: setCookie,
    onCookie: () => undefined,
  })();
  if (asked.actor === null || asked.actorId === null) throw new Error('the session is known');
  const outcome = await startAttempt(
    { ...asked, actor: asked.actor, actorId: asked.actorId },
    { registrationId, commandId: newId() },
  );
  return { outcome, statements };
}

describe('starting from the sealed paper', () => {
  it('takes one statement for who presses twice: nobody else has to begin again for it', async () => {
    const { sittingId, candidate } = await aBellSitting();
    await sealSitting(world.ctx, { sittingId, mode: 'each' });
    world.clock.set(BELL);
    const { pool, statements } = listening(world.ctx.pool);
    provideExamPorts(pool, examPorts(world.ctx.pool));
    const press = () =>
      startAttempt(
        { ...candidate.ctx, pool },
        { registrationId: candidate.registrationId, commandId: newId() },
      );
    const [first, second] = await Promise.all([press(), press()]);
    expect(first.ok && second.ok && first.value.attemptId === second.value.attemptId).toBe(true);
    expect(statements.filter((text) => text.includes('insert into attempt ('))).toHaveLength(1);
    expect(await world.ctx.db.attempt.count({ where: { registrationId: candidate.registrationId } })).toBe(1);
  });

  it('takes three statements in all, from the session to the audit row', async () => {
    const { sittingId, candidate } = await aBellSitting(COURSE);
    await sealSitting(world.ctx, { sittingId, mode: 'each' });
    completed.clear();
    world.clock.set(BELL);
    const { outcome, statements } = await startByCookie(candidate);
    completed.add(COURSE);
    if (!outcome.ok) throw new Error(outcome.code);
    expect(statements).toHaveLength(3);
    const attempt = await world.ctx.db.attempt.findUniqueOrThrow({
      where: { id: outcome.value.attemptId },
      include: { paper: true, events: true },
    });
    expect(attempt.paper.sealId).not.toBeNull();
    expect(attempt.events.map((event) => event.kind)).toEqual(['started']);
    expect(await world.ctx.db.auditEvent.count({ where: { subjectId: attempt.id } })).toBe(1);
    // The bell's clock, not the candidate's own.
    expect(attempt.deadlineAt.toISOString()).toBe('2026-11-23T02:30:00.000Z');
  });

  it('takes three statements, too, for who checks in before the bell', async () => {
    const { sittingId, regionId, candidate } = await aBellSitting();
    await world.ctx.db.examSitting.update({
      where: { id: sittingId },
      data: { checkInFrom: new Date(BEFORE) },
    });
    const bureau = await aBureau(world.ctx, regionId);
    await sealed(bureau, sittingId);
    await released(bureau, sittingId);
    const { outcome, statements } = await startByCookie(candidate);
    if (!outcome.ok) throw new Error(outcome.code);
    expect(statements).toHaveLength(3);
    const attempt = await world.ctx.db.attempt.findUniqueOrThrow({ where: { id: outcome.value.attemptId } });
    expect(attempt.startedAt).toEqual(new Date(BELL));
  });

  it('asks for the course again where it was not completed when the paper was sealed', async () => {
    completed.clear();
    const { sittingId, candidate } = await aBellSitting(COURSE);
    await sealSitting(world.ctx, { sittingId, mode: 'each' });
    world.clock.set(BELL);
    expect((await startByCookie(candidate)).outcome).toMatchObject({ code: 'COURSE_NOT_COMPLETED' });
    completed.add(COURSE);
    expect((await startByCookie(candidate)).outcome).toMatchObject({ ok: true });
  });

  it('is refused before the bell, sealed or not', async () => {
    const { sittingId, candidate } = await aBellSitting();
    expect((await startByCookie(candidate)).outcome).toMatchObject({ code: 'NOT_OPEN_YET' });
    await sealSitting(world.ctx, { sittingId, mode: 'each' });
    world.clock.set('2026-11-23T00:59:59.999Z');
    expect((await startByCookie(candidate)).outcome).toMatchObject({ code: 'NOT_OPEN_YET' });
    expect(await world.ctx.db.attempt.count({ where: { registrationId: candidate.registrationId } })).toBe(0);
  });

  it('draws at the start where nothing was sealed', async () => {
    const { candidate } = await aBellSitting();
    world.clock.set(BELL);
    const { outcome } = await startByCookie(candidate);
    if (!outcome.ok) throw new Error(outcome.code);
    const { paper } = await world.ctx.db.attempt.findUniqueOrThrow({
      where: { id: outcome.value.attemptId },
      include: { paper: true },
    });
    expect(paper).toMatchObject({ sealId: null, itemCount: 80 });
  });
});
