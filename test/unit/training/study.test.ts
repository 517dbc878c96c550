import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Interval } from '#app/training/ledger/interval.ts';
import { measureSeconds, secondOf, secondsByDay, union } from '#app/training/ledger/interval.ts';
import type { Beat, StudyPolicy, StudyRoom, Visit } from '#app/training/study/study.ts';
import { clipStretch, decideBeat, openVisit } from '#app/training/study/study.ts';

const POLICY: StudyPolicy = {
  heartbeatSeconds: 30,
  presenceCheckSeconds: 900,
  presenceAnswerSeconds: 60,
  dailyStudyCapSeconds: 8 * 2700,
  readingDwellPercent: 60,
  checkPassPercent: 80,
};
const START = secondOf(new Date('2026-11-23T01:00:00Z'));
const ROOM: StudyRoom = {
  nominalSeconds: 3600,
  studiedSecondsByYear: new Map(),
  usedSecondsByDay: new Map(),
};

const aVisit = (over: Partial<Visit> = {}): Visit => ({
  isLive: true,
  lastBeat: START,
  lastSeq: 4,
  promptDue: START + 900,
  promptOpened: null,
  promptTries: 0,
  ...over,
});
const aBeat = (over: Partial<Beat> = {}): Beat => ({
  seq: 5,
  isVisible: true,
  isActive: true,
  isPresent: false,
  isRight: true,
  ...over,
});
const beatAt = (gap: number, beat: Partial<Beat> = {}, visit: Partial<Visit> = {}, room = ROOM) =>
  decideBeat(aVisit(visit), aBeat(beat), room, POLICY, START + gap);

describe('a heartbeat', () => {
  it('verifies the stretch since the one before it, by the server clock', () => {
    expect(beatAt(30)).toEqual({
      kind: 'stored',
      standing: 'verified',
      stretch: { from: START, to: START + 30 },
      visit: aVisit({ lastBeat: START + 30, lastSeq: 5 }),
    });
  });

  it.each([
    [4, 'ignored', 'too_early'],
    [5, 'stored', 'verified'],
    [45, 'stored', 'verified'],
    [46, 'stored', 'too_late'],
    [0, 'ignored', 'too_early'],
    [-30, 'ignored', 'too_early'],
  ])('%i seconds after the last is %s: %s', (gap, kind, word) => {
    const decision = beatAt(gap);
    expect(decision.kind).toBe(kind);
    expect(decision.kind === 'stored' ? decision.standing : decision.why).toBe(word);
  });

  it('sent twice or replayed credits nothing extra', () => {
    expect(beatAt(30, { seq: 4 })).toEqual({ kind: 'ignored', why: 'repeated' });
    expect(beatAt(30, { seq: 1 })).toEqual({ kind: 'ignored', why: 'repeated' });
  });

  it('with an invented number is refused', () => {
    expect(beatAt(30, { seq: 6 })).toEqual({ kind: 'ignored', why: 'out_of_order' });
    expect(beatAt(30, { seq: 9_999 })).toEqual({ kind: 'ignored', why: 'out_of_order' });
  });

  it('from a page that was replaced by a newer one counts nothing', () => {
    expect(beatAt(30, {}, { isLive: false })).toEqual({ kind: 'ignored', why: 'replaced' });
  });

  it.each([
    [{ isVisible: false }, 'hidden'],
    [{ isActive: false }, 'idle'],
    [{ isVisible: false, isActive: false }, 'hidden'],
  ])('of %j verifies nothing and starts the next stretch', (beat, standing) => {
    const decision = beatAt(30, beat);
    expect(decision).toMatchObject({ kind: 'stored', standing, stretch: null });
    expect(decision).toMatchObject({ visit: { lastBeat: START + 30, promptDue: START + 930 } });
  });

  it('after a long absence from the page says so, not that it was late', () => {
    expect(beatAt(600, { isVisible: false })).toMatchObject({ standing: 'hidden', stretch: null });
  });

  it('verifies nothing when the clock of the server was set back, and goes on when it has caught up', () => {
    expect(beatAt(-600)).toEqual({ kind: 'ignored', why: 'too_early' });
    expect(beatAt(30)).toMatchObject({ standing: 'verified', stretch: { from: START, to: START + 30 } });
  });

  it('counts no further than the nominal length of the lesson', () => {
    const last = beatAt(30, {}, {}, { ...ROOM, nominalSeconds: 12 });
    expect(last).toMatchObject({ standing: 'verified', stretch: { from: START, to: START + 12 } });
    expect(beatAt(30, {}, {}, { ...ROOM, nominalSeconds: 0 })).toMatchObject({
      standing: 'over_nominal',
      stretch: null,
    });
  });

  it('counts no further than the daily cap', () => {
    const used = (seconds: number): StudyRoom => ({
      ...ROOM,
      usedSecondsByDay: new Map([['2026-11-23', seconds]]),
    });
    expect(beatAt(30, {}, {}, used(POLICY.dailyStudyCapSeconds - 30))).toMatchObject({
      stretch: { from: START, to: START + 30 },
    });
    expect(beatAt(30, {}, {}, used(POLICY.dailyStudyCapSeconds - 10))).toMatchObject({
      stretch: { from: START, to: START + 10 },
    });
    expect(beatAt(30, {}, {}, used(POLICY.dailyStudyCapSeconds))).toMatchObject({
      standing: 'over_daily_cap',
      stretch: null,
    });
  });
});

describe('around midnight', () => {
  const MIDNIGHT = secondOf(new Date('2026-12-31T16:00:00Z'));
  const night: Interval = { from: MIDNIGHT - 20, to: MIDNIGHT + 10 };
  const room = (before: number, after: number): StudyRoom => ({
    ...ROOM,
    usedSecondsByDay: new Map([
      ['2026-12-31', before],
      ['2027-01-01', after],
    ]),
  });

  it.each([
    [0, 0, { from: MIDNIGHT - 20, to: MIDNIGHT + 10 }],
    [100, 0, { from: MIDNIGHT, to: MIDNIGHT + 10 }],
    [95, 0, { from: MIDNIGHT - 5, to: MIDNIGHT + 10 }],
    [0, 100, { from: MIDNIGHT - 20, to: MIDNIGHT }],
    [0, 96, { from: MIDNIGHT - 20, to: MIDNIGHT + 4 }],
    [100, 100, null],
  ])('each day has its own cap: used %i and %i of 100', (before, after, left) => {
    expect(clipStretch(night, room(before, after), 100)).toEqual(left);
  });

  it.each([
    [3590, 0, { from: MIDNIGHT - 10, to: MIDNIGHT + 10 }],
    [3600, 0, { from: MIDNIGHT, to: MIDNIGHT + 10 }],
    [0, 3595, { from: MIDNIGHT - 20, to: MIDNIGHT + 5 }],
    [3600, 3600, null],
  ])('each year has its own nominal length: studied %i and %i of 3600', (before, after, left) => {
    const studiedSecondsByYear = new Map([
      [2026, before],
      [2027, after],
    ]);
    expect(clipStretch(night, { ...ROOM, studiedSecondsByYear }, 1000)).toEqual(left);
  });

  it('inside a year the nominal length is cut from the end', () => {
    const midnight = MIDNIGHT - 86_400;
    const stretch = { from: midnight - 20, to: midnight + 10 };
    const studiedSecondsByYear = new Map([[2026, 3575]]);
    expect(clipStretch(stretch, { ...ROOM, studiedSecondsByYear }, 1000)).toEqual({
      from: midnight - 20,
      to: midnight + 5,
    });
  });

  it('a stretch over New Year falls into both years', () => {
    const stretch = clipStretch(night, room(0, 0), 1000);
    expect([...secondsByDay(stretch ? [stretch] : [])]).toEqual([
      ['2026-12-31', 20],
      ['2027-01-01', 10],
    ]);
  });
});

describe('the presence question', () => {
  const due = aVisit({ promptDue: START + 20 });
  const open = { promptOpened: START, promptDue: START };

  it('is asked with the first verified beat after it is due', () => {
    const decision = decideBeat(due, aBeat(), ROOM, POLICY, START + 30);
    expect(decision).toMatchObject({ standing: 'verified', visit: { promptOpened: START + 30 } });
    const hidden = decideBeat(due, aBeat({ isVisible: false }), ROOM, POLICY, START + 30);
    expect(hidden).toMatchObject({ visit: { promptOpened: null, promptDue: START + 50 } });
  });

  it('stops the clock until it is answered', () => {
    expect(beatAt(30, {}, open)).toEqual({ kind: 'ignored', why: 'prompt_open' });
    expect(beatAt(300, {}, open)).toEqual({ kind: 'ignored', why: 'prompt_open' });
  });

  it.each([
    [60, 'verified'],
    [65, 'verified'],
    [66, 'unanswered'],
    [3600, 'unanswered'],
  ])('answered after %i seconds: %s', (gap, standing) => {
    const decision = beatAt(gap, { isPresent: true }, open);
    expect(decision).toMatchObject({
      standing,
      stretch: standing === 'verified' ? { from: START, to: START + gap } : null,
      visit: { promptOpened: null, promptDue: START + gap + 900, lastBeat: START + gap },
    });
  });

  it('answered from a page that was hidden meanwhile counts nothing', () => {
    expect(beatAt(40, { isPresent: true, isVisible: false }, open)).toMatchObject({
      standing: 'hidden',
      stretch: null,
    });
  });

  it('answered wrongly is asked once more, with its own time, and the time so far counts when that is right', () => {
    const first = beatAt(50, { isPresent: true, isRight: false }, open);
    expect(first).toMatchObject({
      standing: 'asked_again',
      stretch: null,
      visit: { lastBeat: START, lastSeq: 5, promptOpened: START + 50, promptTries: 1 },
    });
    if (first.kind !== 'stored') throw new Error('it is stored');
    const second = aBeat({ seq: 6, isPresent: true });
    expect(decideBeat(first.visit, second, ROOM, POLICY, START + 110)).toMatchObject({
      standing: 'verified',
      stretch: { from: START, to: START + 110 },
      visit: { promptOpened: null, promptTries: 0, promptDue: START + 110 + 900 },
    });
    expect(decideBeat(first.visit, second, ROOM, POLICY, START + 116)).toMatchObject({
      standing: 'unanswered',
      stretch: null,
    });
  });

  it('answered wrongly twice drops the time since it was asked; the clock goes on and the next comes sooner', () => {
    const twice = beatAt(20, { isPresent: true, isRight: false }, { ...open, promptTries: 1 });
    expect(twice).toMatchObject({
      standing: 'wrong_answer',
      stretch: null,
      visit: { lastBeat: START + 20, promptOpened: null, promptTries: 0, promptDue: START + 20 + 300 },
    });
  });

  it('is not put off by opening the lesson again', () => {
    const earlier = { lastBeat: START, promptDue: START + 100, promptOpened: null };
    expect(openVisit(earlier, POLICY, START + 10).promptDue).toBe(START + 110);
    expect(openVisit({ ...earlier, promptOpened: START }, POLICY, START + 10).promptDue).toBe(START + 10);
    expect(openVisit(earlier, POLICY, START + 901).promptDue).toBe(START + 901 + 900);
    expect(openVisit(null, POLICY, START).promptDue).toBe(START + 900);
  });
});

describe('a newly opened page', () => {
  it('starts no earlier than the last one stopped', () => {
    const earlier = { lastBeat: START + 3, promptDue: START + 100, promptOpened: null };
    expect(openVisit(earlier, POLICY, START).lastBeat).toBe(START + 3);
  });
});

describe('a page that was left', () => {
  it('is over after an hour of silence: whoever comes back opens it anew', () => {
    expect(beatAt(3600, { isVisible: false })).toMatchObject({ standing: 'hidden' });
    expect(beatAt(3601)).toEqual({ kind: 'ignored', why: 'ended' });
    expect(beatAt(3601, { isPresent: true }, { promptOpened: START })).toEqual({
      kind: 'ignored',
      why: 'ended',
    });
  });
});

describe('any sequence of beats, honest or not', () => {
  interface Sent {
    readonly wait: number;
    readonly seqStep: number;
    readonly isVisible: boolean;
    readonly isActive: boolean;
    readonly isPresent: boolean;
    readonly isRight: boolean;
    readonly reopen: boolean;
  }
  const sent = fc.record<Sent>({
    wait: fc.oneof(
      fc.integer({ min: 0, max: 10 }),
      fc.integer({ min: 25, max: 50 }),
      fc.integer({ min: 0, max: 4000 }),
    ),
    seqStep: fc.constantFrom(1, 1, 1, 1, 0, 2, -3),
    isVisible: fc.boolean(),
    isActive: fc.boolean(),
    isPresent: fc.boolean(),
    isRight: fc.boolean(),
    reopen: fc.boolean(),
  });

  /** Runs one person's beats as the server would: pages are replaced, verified stretches are kept. */
  function run(list: readonly Sent[], nominal: number, start = START): Interval[] {
    const stretches: Interval[] = [];
    let now = start;
    let visit = openVisit(null, POLICY, now);
    for (const one of list) {
      now += one.wait;
      if (one.reopen) visit = openVisit(visit, POLICY, now);
      const room = {
        nominalSeconds: nominal,
        studiedSecondsByYear: secondsByYear(stretches),
        usedSecondsByDay: secondsByDay(stretches),
      };
      const beat = { ...one, seq: visit.lastSeq + one.seqStep };
      const decision = decideBeat(visit, beat, room, POLICY, now);
      if (decision.kind === 'ignored') continue;
      visit = decision.visit;
      if (decision.stretch) stretches.push(decision.stretch);
    }
    return stretches;
  }

  const secondsByYear = (stretches: readonly Interval[]): Map<number, number> => {
    const sums = new Map<number, number>();
    for (const [day, seconds] of secondsByDay(stretches))
      sums.set(Number(day.slice(0, 4)), (sums.get(Number(day.slice(0, 4))) ?? 0) + seconds);
    return sums;
  };

  it('verifies stretches that never overlap, never exceed the time gone by, the lesson or the day', () => {
    fc.assert(
      fc.property(fc.array(sent, { maxLength: 120 }), fc.integer({ min: 1, max: 3000 }), (list, nominal) => {
        const stretches = run(list, nominal);
        const elapsed = list.reduce((sum, one) => sum + one.wait, 0);
        expect(measureSeconds(stretches)).toBe(measureSeconds(union(stretches)));
        expect(measureSeconds(stretches)).toBeLessThanOrEqual(Math.min(nominal, elapsed));
        for (const seconds of secondsByDay(stretches).values())
          expect(seconds).toBeLessThanOrEqual(POLICY.dailyStudyCapSeconds);
      }),
      { numRuns: 300 },
    );
  });

  it('over New Year each year has its own nominal length, and nothing is lost or gained at midnight', () => {
    const eve = secondOf(new Date('2026-12-31T15:30:00Z'));
    fc.assert(
      fc.property(fc.array(sent, { maxLength: 120 }), fc.integer({ min: 1, max: 900 }), (list, nominal) => {
        const stretches = run(list, nominal, eve);
        expect(measureSeconds(stretches)).toBe(measureSeconds(union(stretches)));
        for (const seconds of secondsByYear(stretches).values()) expect(seconds).toBeLessThanOrEqual(nominal);
      }),
      { numRuns: 300 },
    );
  });

  it('sending every beat twice, or faster, credits nothing extra', () => {
    const honest = Array.from({ length: 40 }, () => 30);
    const verifiedBy = (waits: readonly number[], repeat: boolean): number => {
      let now = START;
      let visit = openVisit(null, POLICY, now);
      let verified = 0;
      for (const wait of waits) {
        now += wait;
        const beat = aBeat({ seq: visit.lastSeq + 1, isPresent: visit.promptOpened !== null });
        for (let times = repeat ? 2 : 1; times > 0; times -= 1) {
          const room = { ...ROOM, nominalSeconds: 100_000 };
          const decision = decideBeat(visit, beat, room, POLICY, now);
          if (decision.kind === 'ignored') continue;
          visit = decision.visit;
          if (decision.stretch) verified += decision.stretch.to - decision.stretch.from;
        }
      }
      return verified;
    };
    expect(verifiedBy(honest, false)).toBe(1200);
    expect(verifiedBy(honest, true)).toBe(1200);
    expect(
      verifiedBy(
        Array.from({ length: 240 }, () => 5),
        false,
      ),
    ).toBe(1200);
    // A beat every second: the last four are too early to be stored, their stretch is still open.
    expect(
      verifiedBy(
        Array.from({ length: 1200 }, () => 1),
        false,
      ),
    ).toBe(1196);
  });
});
