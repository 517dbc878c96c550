import { describe, expect, it } from 'vitest';
import { newId } from '#app/platform/ids/id.ts';
import { enrolPeople, removePeople } from '#app/training/session/change-roster.server.ts';
import { closeTrainingSession } from '#app/training/session/close-session.server.ts';
import { scheduleSession } from '#app/training/session/schedule-session.server.ts';
import { findSession } from '#app/training/session/session.store.server.ts';
import { answerChecks } from '#app/training/study/answer-checks.server.ts';
import { openStudyVisit } from '#app/training/study/open-visit.server.ts';
import { createBeatRecorder } from '#app/training/study/record-beats.server.ts';
import { sweepUnsettled } from '#app/training/study/sweep-unsettled.server.ts';
import { aCourse, serveCourses } from '#test/support/course.ts';
import { useWorld } from '#test/support/database.ts';
import { classSteps, EVENING, MORNING, MORNING_START, value } from '#test/support/office.ts';
import { aPerson, anActor } from '#test/support/world.ts';

const world = useWorld(MORNING_START);
const { anOffice, aClass, enrol, mark, allPresent, versionOf, close, entriesOf, sumOf } = classSteps(world);

describe('closing a class', () => {
  it('HY3: credits the time attended to everybody, told upwards, with its reason', async () => {
    const office = await anOffice();
    const sessionId = await aClass(office);
    value(await enrol(office, sessionId));
    await allPresent(office, sessionId);
    expect(value(await close(office.liaison, sessionId))).toEqual({ credited: 2, creditSeconds: 36_000 });
    const [entry] = await entriesOf(office.personIds[0]);
    expect(entry).toMatchObject({
      creditSeconds: 18_000,
      kind: 'session',
      sourceId: sessionId,
      unitId: office.unitId,
      recordedBy: office.liaison.actorId,
      basis: { rule: 'attended_time', scheduledSeconds: 18_000, presentSeconds: 18_000 },
    });
    const told = await world.ctx.db.outboxEvent.count({
      where: { topic: 'training.hours_recorded', key: entry?.id ?? '' },
    });
    expect(told).toBe(1);
    const audit = await world.ctx.db.auditEvent.count({
      where: { action: 'session.close', subjectId: sessionId },
    });
    expect(audit).toBe(1);
  });

  it('two at once: one closes, the other is told so, hours are there once', async () => {
    const office = await anOffice(3);
    const sessionId = await aClass(office, { statedHundredths: 600 });
    value(await enrol(office, sessionId));
    await allPresent(office, sessionId);
    const second = await anActor(world.ctx, {
      grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId: office.regionId }],
    });
    const expectedVersion = await versionOf(sessionId);
    const outcomes = await Promise.all(
      [office.liaison, second, office.liaison, second].map((actor) =>
        closeTrainingSession(actor, { sessionId, expectedVersion, commandId: newId() }),
      ),
    );
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(
      outcomes.filter((outcome) => !outcome.ok && outcome.code === 'SESSION_ALREADY_CLOSED'),
    ).toHaveLength(3);
    for (const personId of office.personIds) expect(await sumOf(personId)).toBe(6 * 2700);
  });

  it('sent twice with the same command gives the same answer', async () => {
    const office = await anOffice();
    const sessionId = await aClass(office);
    value(await enrol(office, sessionId));
    await allPresent(office, sessionId);
    const input = { sessionId, expectedVersion: await versionOf(sessionId), commandId: newId() };
    const first = await closeTrainingSession(office.liaison, input);
    expect(await closeTrainingSession(office.liaison, input)).toEqual(first);
    expect(first.ok).toBe(true);
  });

  it('is refused while it runs, while a mark is missing, and when attendance changed since the preview', async () => {
    const office = await anOffice();
    const sessionId = await aClass(office);
    world.clock.set(EVENING);
    expect(await close(office.liaison, sessionId)).toMatchObject({ code: 'NOBODY_ENROLLED' });
    value(await enrol(office, sessionId));
    expect(await close(office.liaison, sessionId)).toMatchObject({
      code: 'ATTENDANCE_INCOMPLETE',
      detail: { count: 2 },
    });
    const seen = await versionOf(sessionId);
    await allPresent(office, sessionId);
    expect(
      await closeTrainingSession(office.liaison, { sessionId, expectedVersion: seen, commandId: newId() }),
    ).toMatchObject({ code: 'CHANGED_MEANWHILE' });
    world.clock.set('2026-11-23T08:29:59.000Z');
    expect(await close(office.liaison, sessionId)).toMatchObject({ code: 'SESSION_NOT_OVER' });
    expect(await sumOf(office.personIds[0])).toBe(0);
  });

  it('afterwards nothing about it can be changed but by correction', async () => {
    const office = await anOffice();
    const sessionId = await aClass(office);
    value(await enrol(office, sessionId));
    await allPresent(office, sessionId);
    value(await close(office.liaison, sessionId));
    const session = await findSession(world.ctx.pool, sessionId);
    const blockId = session?.blocks[0]?.id ?? '';
    const absent = {
      personId: office.personIds[0] ?? '',
      blockId,
      standing: 'absent',
      part: null,
      reason: null,
    } as const;
    expect(await mark(office.liaison, sessionId, { kind: 'marks', marks: [absent] })).toMatchObject({
      code: 'SESSION_ALREADY_CLOSED',
    });
    const late = await aPerson(world.ctx, { unitId: office.unitId });
    expect(await enrol(office, sessionId, [late])).toMatchObject({ code: 'SESSION_ALREADY_CLOSED' });
  });

  it.each(['attendance_mark', 'session_event'])('rows of %s cannot be changed', async (table) => {
    const office = await anOffice();
    const sessionId = await aClass(office);
    value(await enrol(office, sessionId));
    await allPresent(office, sessionId);
    await expect(world.ctx.pool.query(`update ${table} set actor_id = actor_id`)).rejects.toMatchObject({
      code: 'ZA001',
    });
  });
});

describe('study and class at the same time', () => {
  it('time in a class counts once: study in it is taken back when the class is closed', async () => {
    const office = await anOffice(1);
    const [personId = ''] = office.personIds;
    const slug = `overlap-${newId().slice(-6)}`;
    await serveCourses(world.ctx, aCourse(slug, { code: 'V1', statedHundredths: null }));
    const reader = await anActor(world.ctx, { personId, grants: [{ role: 'officer', scopeKind: 'self' }] });
    const sessionId = await aClass(office, { statedHundredths: 600 });
    value(await enrol(office, sessionId));

    world.clock.set('2026-11-23T00:57:00.000Z');
    const visitId = value(await openStudyVisit(reader, { courseSlug: slug, lessonSlug: 'one' })).visitId;
    const recorder = createBeatRecorder(world.ctx);
    for (let seq = 1; seq <= 14; seq += 1) {
      world.clock.advanceSeconds(30);
      const beat = { seq, isVisible: true, isActive: true, isPresent: false };
      value(await recorder.record({ personId, visitId, beat }));
    }
    const answers = { c1: ['B'], c2: ['B'] };
    value(await answerChecks(reader, { courseSlug: slug, lessonSlug: 'one', answers, commandId: newId() }));
    expect(await sumOf(personId)).toBe(420);

    await allPresent(office, sessionId);
    value(await close(office.liaison, sessionId));
    const entries = (await entriesOf(personId)).reverse();
    expect(entries.map((entry) => [entry.kind, entry.creditSeconds, entry.reasonCode])).toEqual([
      ['lesson', 420, null],
      ['session', 6 * 2700, null],
      ['reversal', -420, 'class_overlap'],
      ['correction', 180, 'class_overlap'],
    ]);
    expect(await sweepUnsettled(world.ctx)).toBe(0);
    expect(await sumOf(personId)).toBe(6 * 2700 + 180);
  });
});

describe('the list of a class', () => {
  it('takes people of the own reach only, and each once', async () => {
    const office = await anOffice();
    const other = await anOffice(1);
    const sessionId = await aClass(office);
    expect(await enrol(office, sessionId, other.personIds)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await enrol(office, sessionId, office.personIds, other.liaison)).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(value(await enrol(office, sessionId))).toEqual({ enrolled: 2, known: 0, busy: [] });
    expect(value(await enrol(office, sessionId))).toEqual({ enrolled: 0, known: 2, busy: [] });
  });

  it('takes everybody a filter finds', async () => {
    const office = await anOffice(3);
    const sessionId = await aClass(office);
    const chosen = { kind: 'matching', query: { text: '张某1' } } as const;
    expect(value(await enrolPeople(office.liaison, { sessionId, chosen, commandId: newId() }))).toMatchObject(
      {
        enrolled: 1,
      },
    );
  });

  it('leaves out who sits in another class at that time, by name, also when two lists are written at once', async () => {
    const office = await anOffice(3);
    const [one, two] = [await aClass(office), await aClass(office)];
    const results = await Promise.all([enrol(office, one), enrol(office, two)]);
    const counts = results.map((result) => value(result).enrolled).sort();
    expect(counts).toEqual([0, 3]);
    const loser = results.map(value).find((result) => result.enrolled === 0);
    expect(loser?.busy.map((one) => one.name).sort()).toEqual(['张某0', '张某1', '张某2']);
  });

  it('holds no more people than seats', async () => {
    const office = await anOffice(3);
    const sessionId = await aClass(office, { capacity: 2 });
    expect(await enrol(office, sessionId)).toMatchObject({
      code: 'SESSION_FULL',
      detail: { capacity: 2, left: 2, chosen: 3 },
    });
    expect(value(await enrol(office, sessionId, office.personIds.slice(0, 2))).enrolled).toBe(2);
  });

  it('a person taken off may come back; one with attendance stays', async () => {
    const office = await anOffice();
    const sessionId = await aClass(office);
    value(await enrol(office, sessionId));
    const [first = '', second = ''] = office.personIds;
    const remove = (personIds: string[]) =>
      removePeople(office.liaison, { sessionId, personIds, commandId: newId() });
    expect(value(await remove([first]))).toEqual({ removed: 1 });
    expect(value(await enrol(office, sessionId, [first])).enrolled).toBe(1);
    await allPresent(office, sessionId);
    expect(await remove([second])).toMatchObject({ code: 'HAS_ATTENDANCE' });
  });
});

describe('marking attendance', () => {
  it('「其余全部到场」 leaves marks alone that stand already', async () => {
    const office = await anOffice();
    const sessionId = await aClass(office);
    value(await enrol(office, sessionId));
    world.clock.set(EVENING);
    const session = await findSession(world.ctx.pool, sessionId);
    const marks = (session?.blocks ?? []).map((block) => ({
      personId: office.personIds[0] ?? '',
      blockId: block.id,
      standing: 'leave' as const,
      part: null,
      reason: '出差',
    }));
    expect(value(await mark(office.liaison, sessionId, { kind: 'marks', marks }))).toEqual({ marked: 2 });
    expect(value(await mark(office.liaison, sessionId, { kind: 'marks', marks }))).toEqual({ marked: 0 });
    await allPresent(office, sessionId);
    expect(value(await close(office.liaison, sessionId))).toMatchObject({ credited: 1 });
    const statuses = await world.ctx.db.sessionEnrolment.findMany({ where: { sessionId } });
    expect(statuses.map((row) => row.status).sort()).toEqual(['attended', 'excused']);
  });

  it('names the person whose mark is wrong and writes none', async () => {
    const office = await anOffice();
    const sessionId = await aClass(office);
    value(await enrol(office, sessionId));
    world.clock.set(EVENING);
    const session = await findSession(world.ctx.pool, sessionId);
    const block = session?.blocks[0];
    const wrong = {
      standing: 'present',
      part: { from: MORNING.from - 60, to: MORNING.to },
      reason: null,
    } as const;
    const right = { standing: 'absent', part: null, reason: null } as const;
    const marks = [right, wrong].map((one, index) => ({
      ...one,
      personId: office.personIds[index] ?? '',
      blockId: block?.id ?? '',
    }));
    expect(await mark(office.liaison, sessionId, { kind: 'marks', marks })).toMatchObject({
      code: 'PART_OUTSIDE_BLOCK',
      detail: { name: '张某1' },
    });
    expect(await world.ctx.db.attendanceMark.count({ where: { sessionId } })).toBe(0);
  });
});

describe('planning a class', () => {
  it('the same form sent twice makes one class; another unit is not found', async () => {
    const office = await anOffice(0);
    const other = await anOffice(0);
    const input = {
      unitId: office.unitId,
      title: '集中学习',
      category: 'business',
      form: 'group_study',
      place: '会议室',
      lecturer: '王某',
      capacity: 20,
      statedHundredths: null,
      blocks: [MORNING],
      commandId: newId(),
    } as const;
    const [first, second] = await Promise.all([
      scheduleSession(office.liaison, input),
      scheduleSession(office.liaison, input),
    ]);
    expect(second).toEqual(first);
    expect(await scheduleSession(other.liaison, { ...input, commandId: newId() })).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await scheduleSession(office.leader, { ...input, commandId: newId() })).toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});
