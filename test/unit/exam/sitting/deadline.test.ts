import { describe, expect, it } from 'vitest';
import type { SittingTimes } from '#app/exam/sitting/deadline.ts';
import { closeAt, deadlineAt, handInFrom, isClosed } from '#app/exam/sitting/deadline.ts';
import type { EntryFacts } from '#app/exam/sitting/entry.ts';
import { decideEntry } from '#app/exam/sitting/entry.ts';

const at = (text: string): Date => new Date(`2026-11-23T${text}Z`);
const times: SittingTimes = {
  opensAt: at('01:00:00.000'),
  latestEntryAt: at('01:30:00.000'),
  hardEndAt: at('03:00:00.000'),
  durationSeconds: 5400,
  graceSeconds: 30,
  earliestHandInSeconds: 1800,
  startMode: 'own',
};

describe('the end of an attempt', () => {
  it('comes a full duration after one’s own start', () => {
    expect(deadlineAt(times, at('01:20:00.500'))).toEqual(at('02:50:00.500'));
  });
  it('never comes after the hard end', () => {
    expect(deadlineAt(times, at('01:30:00.000'))).toEqual(at('03:00:00.000'));
    expect(deadlineAt(times, at('01:30:00.001'))).toEqual(at('03:00:00.000'));
  });
  it('is the same for all when the bell starts the exam', () => {
    const bell = { ...times, startMode: 'bell' as const };
    expect(deadlineAt(bell, at('01:00:00.000'))).toEqual(at('02:30:00.000'));
    expect(deadlineAt(bell, at('01:29:00.000'))).toEqual(at('02:30:00.000'));
  });
  it.each([
    ['02:30:29.999', false],
    ['02:30:30.000', false],
    ['02:30:30.001', true],
  ])('receives until the grace is over: at %s closed is %s', (now, closed) => {
    expect(isClosed(at(now), closeAt(at('02:30:00.000'), 30))).toBe(closed);
  });
  it('lets hand in from the earliest time counted from the own start', () => {
    expect(handInFrom(at('01:10:00.000'), 1800)).toEqual(at('01:40:00.000'));
    expect(handInFrom(at('01:10:00.000'), 0)).toEqual(at('01:10:00.000'));
  });
});

describe('entering a sitting', () => {
  const facts: EntryFacts = {
    ...times,
    sittingStatus: 'published',
    registrationStatus: 'approved',
    attemptLimit: 1,
    attempts: [],
    isPreconditionMet: true,
    checkInFrom: null,
    mayLieAhead: false,
  };
  const attempt = (state: 'in_progress' | 'finalised' | 'void', attemptNo = 1) => ({
    id: `attempt-${attemptNo}`,
    attemptNo,
    state,
    deadlineAt: at('02:30:00.000'),
    voidGround: state === 'void' ? ('disturbance' as const) : null,
  });
  const codeOf = (change: Partial<EntryFacts>, now = '01:10:00.000'): string => {
    const entry = decideEntry({ ...facts, ...change }, at(now));
    return entry.kind === 'refused' ? entry.code : entry.kind;
  };

  it.each([
    ['00:59:59.999', 'NOT_OPEN_YET'],
    ['01:00:00.000', 'may_start'],
    ['01:30:00.000', 'may_start'],
    ['01:30:00.001', 'ENTRY_CLOSED'],
  ])('at %s gives %s', (now, expected) => {
    expect(codeOf({}, now)).toBe(expected);
  });

  it.each<[string, Partial<EntryFacts>, string]>([
    ['a draft', { sittingStatus: 'draft' }, 'SITTING_NOT_HELD'],
    ['a cancelled sitting', { sittingStatus: 'cancelled' }, 'SITTING_NOT_HELD'],
    ['a registration under review', { registrationStatus: 'registered' }, 'REGISTRATION_NOT_APPROVED'],
    ['a withdrawn registration', { registrationStatus: 'withdrawn' }, 'REGISTRATION_NOT_APPROVED'],
    ['a missing course', { isPreconditionMet: false }, 'COURSE_NOT_COMPLETED'],
    ['a used-up try', { attempts: [attempt('finalised')] }, 'ATTEMPTS_USED_UP'],
    ['a void try', { attempts: [attempt('void')] }, 'may_start'],
    [
      'a try void for misconduct',
      { attemptLimit: 9, attempts: [{ ...attempt('void'), voidGround: 'misconduct' as const }] },
      'ATTEMPTS_USED_UP',
    ],
    ['a further try', { attempts: [attempt('finalised')], attemptLimit: 2 }, 'may_start'],
  ])('with %s gives the answer that fits', (_name, change, expected) => {
    expect(codeOf(change)).toBe(expected);
  });

  const ahead = { startMode: 'bell' as const, checkInFrom: at('00:30:00.000'), mayLieAhead: true };
  it.each<[string, string, Partial<EntryFacts>, string]>([
    ['a moment before the check-in', '00:29:59.999', {}, 'NOT_OPEN_YET'],
    ['from the check-in on', '00:30:00.000', {}, 'may_check_in'],
    ['to the last moment before the bell', '00:59:59.999', {}, 'may_check_in'],
    ['at the bell', '01:00:00.000', {}, 'may_start'],
    ['with an own start', '00:40:00.000', { startMode: 'own' }, 'NOT_OPEN_YET'],
    ['with papers nobody has released', '00:40:00.000', { mayLieAhead: false }, 'NOT_OPEN_YET'],
    ['without a time of check-in', '00:40:00.000', { checkInFrom: null }, 'NOT_OPEN_YET'],
    ['without the course', '00:40:00.000', { isPreconditionMet: false }, 'COURSE_NOT_COMPLETED'],
    ['checked in already', '00:40:00.000', { attempts: [attempt('in_progress')] }, 'running'],
  ])('with papers lying ahead, %s (%s) is what it is', (_when, now, change, expected) => {
    expect(codeOf({ ...ahead, ...change }, now)).toBe(expected);
  });

  it('gives who checks in the bell’s clock, not the own', () => {
    expect(decideEntry({ ...facts, ...ahead }, at('00:40:00.000'))).toEqual({
      kind: 'may_check_in',
      attemptNo: 1,
      bellAt: at('01:00:00.000'),
      deadlineAt: at('02:30:00.000'),
    });
  });

  it('tells what is missing before the opening, so that there is time to do it', () => {
    expect(codeOf({ isPreconditionMet: false }, '00:10:00.000')).toBe('COURSE_NOT_COMPLETED');
  });

  it('leads back into a running attempt whatever else holds', () => {
    const change = { attempts: [attempt('in_progress')], sittingStatus: 'closed' as const };
    expect(codeOf(change, '02:20:00.000')).toBe('running');
  });

  it('numbers the next attempt after the last, void or not', () => {
    const entry = decideEntry(
      { ...facts, attempts: [attempt('void', 1), attempt('void', 2)] },
      at('01:10:00.000'),
    );
    expect(entry).toMatchObject({ kind: 'may_start', attemptNo: 3 });
  });

  it('refuses an entry that would leave no time at all', () => {
    const bell = { startMode: 'bell' as const, durationSeconds: 600, latestEntryAt: at('02:00:00.000') };
    expect(codeOf(bell, '01:09:59.999')).toBe('may_start');
    expect(codeOf(bell, '01:10:00.000')).toBe('ENTRY_CLOSED');
  });
});
