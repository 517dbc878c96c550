import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Interval } from '#app/training/ledger/interval.ts';
import { secondOf } from '#app/training/ledger/interval.ts';
import type { Mark, MarkInput } from '#app/training/session/attendance.ts';
import {
  attendanceState,
  decideMark,
  foldMarks,
  presentStretches,
} from '#app/training/session/attendance.ts';
import type { CreditPolicy } from '#app/training/session/credits.ts';
import { creditKey, decideCredits } from '#app/training/session/credits.ts';
import type { Block, TrainingSession } from '#app/training/session/session.ts';
import { decideBlocks, FORM_LABELS, FORMS } from '#app/training/session/session.ts';

const at = (text: string): number => secondOf(new Date(`${text}+08:00`));
const block = (id: string, from: string, to: string): Block => ({
  id,
  interval: { from: at(from), to: at(to) },
});

const MORNING = block('b1', '2026-11-23T09:00', '2026-11-23T11:30');
const AFTERNOON = block('b2', '2026-11-23T14:00', '2026-11-23T16:30');
const AFTER = at('2026-11-23T18:00');
const POLICY: CreditPolicy = { attendanceMinimumPercent: 80, minutesPerCreditHour: 45 };

const aSession = (over: Partial<TrainingSession> = {}): TrainingSession => ({
  id: 's',
  title: '处罚法轮训',
  category: 'public_law',
  form: 'class',
  unitId: 'u',
  place: '一楼会议室',
  lecturer: '李某',
  capacity: 50,
  statedCreditSeconds: null,
  purpose: 'regular',
  status: 'scheduled',
  version: 1,
  blocks: [MORNING, AFTERNOON],
  ...over,
});

const mark = (blockId: string, over: Partial<Mark> = {}): Mark => ({
  personId: 'p',
  blockId,
  standing: 'present',
  part: null,
  reason: null,
  order: 1,
  ...over,
});
const part = (from: string, to: string): Interval => ({ from: at(from), to: at(to) });

/** Credit of one person with these marks. */
function creditOf(marks: readonly Mark[], session = aSession(), policy = POLICY) {
  const outcome = decideCredits(session, foldMarks(['p'], marks), policy, AFTER);
  if (!outcome.ok) throw new Error(outcome.code);
  const [credit] = outcome.value;
  if (!credit) throw new Error('one person, one credit');
  return credit;
}

describe('closing a class without stated hours', () => {
  it('HY3: credits the scheduled time attended, second for second', () => {
    expect(creditOf([mark('b1'), mark('b2')])).toMatchObject({ creditSeconds: 5 * 3600, state: 'attended' });
    expect(creditOf([mark('b1'), mark('b2', { standing: 'absent' })])).toMatchObject({
      creditSeconds: 2.5 * 3600,
      state: 'partial',
    });
    const late = mark('b1', { part: part('2026-11-23T09:40', '2026-11-23T11:30') });
    expect(creditOf([late, mark('b2', { standing: 'absent' })]).creditSeconds).toBe(110 * 60);
  });

  it('HY3: another region may count other minutes for a 学时', () => {
    const credit = creditOf([mark('b1'), mark('b2')], aSession(), { ...POLICY, minutesPerCreditHour: 50 });
    expect(credit.creditSeconds).toBe(6 * 2700);
  });

  it('presence outside the blocks counts nothing', () => {
    const early = mark('b1', { part: part('2026-11-23T08:00', '2026-11-23T12:00') });
    expect(creditOf([early, mark('b2', { standing: 'absent' })]).creditSeconds).toBe(2.5 * 3600);
  });
});

describe('closing a class with stated hours', () => {
  const stated = aSession({ statedCreditSeconds: 6 * 2700 });
  const partly = (minutes: number): Mark[] => {
    const end = MORNING.interval.from + minutes * 60;
    return [
      mark('b1', { part: { from: MORNING.interval.from, to: end } }),
      mark('b2', { standing: 'absent' }),
    ];
  };

  it('HY3: stated hours win over the clock', () => {
    expect(creditOf([mark('b1'), mark('b2')], stated).creditSeconds).toBe(6 * 2700);
  });

  it('credits stated hours times the attended share, floored to the second', () => {
    const missed = mark('b2', { part: part('2026-11-23T14:00', '2026-11-23T15:31') });
    // 241 of 300 minutes: 16,200 × 241 / 300 = 13,014
    expect(creditOf([mark('b1'), missed], stated).creditSeconds).toBe(13_014);
  });

  it.each([
    [239, 0, true],
    [240, 12_960, false],
  ])('%i of 300 minutes at a minimum of 80 percent: %i', (minutes, credit, below) => {
    const rest = minutes - 150;
    const afternoon = { from: AFTERNOON.interval.from, to: AFTERNOON.interval.from + rest * 60 };
    const given = creditOf([mark('b1'), mark('b2', { part: afternoon })], stated);
    expect(given).toMatchObject({ creditSeconds: credit, isBelowMinimum: below, state: 'partial' });
  });

  it('the minimum is a regional setting', () => {
    expect(creditOf(partly(30), stated, { ...POLICY, attendanceMinimumPercent: 10 }).creditSeconds).toBe(
      1620,
    );
    expect(creditOf(partly(29), stated, { ...POLICY, attendanceMinimumPercent: 10 }).creditSeconds).toBe(0);
  });

  it('absence is not called too little attendance', () => {
    const absent = [mark('b1', { standing: 'absent' }), mark('b2', { standing: 'absent' })];
    expect(creditOf(absent, stated)).toMatchObject({
      creditSeconds: 0,
      isBelowMinimum: false,
      state: 'no_show',
    });
    const leave = { standing: 'leave', reason: '病假' } as const;
    expect(creditOf([mark('b1', leave), mark('b2', leave)], stated).state).toBe('excused');
  });

  it('never exceeds the stated hours, is split by day without loss', () => {
    const blocks = [
      block('n1', '2026-12-31T22:00', '2027-01-01T02:00'),
      block('n2', '2027-01-01T09:00', '2027-01-01T10:00'),
    ];
    const over = aSession({ statedCreditSeconds: 10_001, blocks });
    const outcome = decideCredits(
      over,
      foldMarks(['p'], [mark('n1'), mark('n2')]),
      POLICY,
      at('2027-01-02T00:00'),
    );
    const credit = outcome.ok ? outcome.value[0] : undefined;
    expect(credit?.days).toEqual([
      { day: '2026-12-31', creditSeconds: 4000 },
      { day: '2027-01-01', creditSeconds: 6001 },
    ]);
  });

  it('any attendance credits at most stated × share and at most the scheduled time', () => {
    const minutes = fc.integer({ min: 1, max: 150 });
    fc.assert(
      fc.property(minutes, minutes, fc.option(fc.integer({ min: 1, max: 40_000 })), (a, b, hours) => {
        const session = aSession({ statedCreditSeconds: hours });
        const marks = [MORNING, AFTERNOON].map((one, index) =>
          mark(one.id, {
            part: { from: one.interval.from, to: one.interval.from + (index === 0 ? a : b) * 60 },
          }),
        );
        const credit = creditOf(marks, session, { ...POLICY, attendanceMinimumPercent: 0 });
        const share = (a + b) / 300;
        const exact = hours === null ? (a + b) * 60 : hours * share;
        expect(credit.creditSeconds).toBeLessThanOrEqual(exact + 1e-6);
        expect(credit.creditSeconds).toBeGreaterThan(exact - 1);
        expect(credit.days.reduce((sum, one) => sum + one.creditSeconds, 0)).toBe(credit.creditSeconds);
      }),
    );
  });
});

describe('a class cannot be closed', () => {
  const everybody = foldMarks(['p'], [mark('b1'), mark('b2')]);
  it.each([
    ['SESSION_ALREADY_CLOSED', aSession({ status: 'closed' }), everybody, AFTER],
    ['SESSION_CANCELLED', aSession({ status: 'cancelled' }), everybody, AFTER],
    ['SESSION_NOT_OVER', aSession(), everybody, AFTERNOON.interval.to - 1],
    ['NOBODY_ENROLLED', aSession(), [], AFTER],
    ['ATTENDANCE_INCOMPLETE', aSession(), foldMarks(['p', 'q'], [mark('b1'), mark('b2')]), AFTER],
    ['ATTENDANCE_INCOMPLETE', aSession(), foldMarks(['p'], [mark('b1')]), AFTER],
  ] as const)('%s', (code, session, attendances, now) => {
    expect(decideCredits(session, attendances, POLICY, now)).toMatchObject({ ok: false, code });
  });

  it('a moment after its last block it can', () => {
    expect(decideCredits(aSession(), everybody, POLICY, AFTERNOON.interval.to).ok).toBe(true);
  });
});

describe('attendance marks', () => {
  it('the newest mark of a block counts, in whatever order rows arrive', () => {
    const marks = [
      mark('b1', { order: 3, standing: 'leave', reason: '出差' }),
      mark('b1', { order: 1 }),
      mark('b1', { order: 2, standing: 'absent' }),
    ];
    for (const list of [marks, [...marks].reverse()]) {
      const [one] = foldMarks(['p'], list);
      expect(one?.marks.get('b1')?.standing).toBe('leave');
    }
  });

  it('marks of people who are not enrolled are left out', () => {
    expect(foldMarks(['q'], [mark('b1')])).toEqual([{ personId: 'q', marks: new Map() }]);
  });

  it('a person without any mark is unmarked, not absent', () => {
    const [one] = foldMarks(['p'], []);
    expect(one && attendanceState(one, [MORNING])).toBe('unmarked');
  });

  it.each<[string, Partial<MarkInput>, number, string | null]>([
    ['the whole block', {}, AFTER, null],
    ['a part of it', { part: part('2026-11-23T09:00', '2026-11-23T10:00') }, AFTER, null],
    ['before it began', {}, MORNING.interval.from - 1, 'BLOCK_NOT_STARTED'],
    ['from its first second', {}, MORNING.interval.from, null],
    [
      'a part that begins before',
      { part: part('2026-11-23T08:59', '2026-11-23T10:00') },
      AFTER,
      'PART_OUTSIDE_BLOCK',
    ],
    [
      'a part that ends after',
      { part: part('2026-11-23T09:00', '2026-11-23T11:31') },
      AFTER,
      'PART_OUTSIDE_BLOCK',
    ],
    [
      'a part without length',
      { part: part('2026-11-23T09:00', '2026-11-23T09:00') },
      AFTER,
      'PART_OUTSIDE_BLOCK',
    ],
    ['leave without a reason', { standing: 'leave', reason: ' ' }, AFTER, 'LEAVE_REASON_REQUIRED'],
    ['leave with a reason', { standing: 'leave', reason: '产假' }, AFTER, null],
  ])('%s', (_, over, now, code) => {
    const decided = decideMark({ ...mark('b1'), ...over }, MORNING, now);
    expect(decided.ok ? null : decided.code).toBe(code);
  });

  it('a part that is the whole block is kept as the whole block; absence keeps no part', () => {
    const whole = decideMark(mark('b1', { part: MORNING.interval }), MORNING, AFTER);
    expect(whole.ok && whole.value.part).toBeNull();
    const absent = decideMark(mark('b1', { standing: 'absent', part: MORNING.interval }), MORNING, AFTER);
    expect(absent.ok && absent.value.part).toBeNull();
  });

  it('an unknown block is refused', () => {
    expect(decideMark(mark('x'), undefined, AFTER)).toMatchObject({ code: 'BLOCK_UNKNOWN' });
  });

  it('presence is united over blocks', () => {
    const [one] = foldMarks(
      ['p'],
      [mark('b1'), mark('b2', { part: part('2026-11-23T14:00', '2026-11-23T15:00') })],
    );
    expect(one && presentStretches(one, [MORNING, AFTERNOON])).toEqual([
      MORNING.interval,
      part('2026-11-23T14:00', '2026-11-23T15:00'),
    ]);
  });
});

describe('the forms of training', () => {
  it('ZY4: hold 网络业务培训、法治专题讲座、专业知识竞答 and 执法技能比武', () => {
    const words = FORMS.map((form) => FORM_LABELS[form]);
    expect(words).toEqual(
      expect.arrayContaining(['网络业务培训', '法治专题讲座', '专业知识竞答', '执法技能比武']),
    );
  });

  it('YC5: hold 同步课堂、跟班学习、现场教学 and 行政执法大讲堂', () => {
    const words = FORMS.map((form) => FORM_LABELS[form]);
    expect(words).toEqual(expect.arrayContaining(['同步课堂', '跟班学习', '现场教学', '行政执法大讲堂']));
  });
});

describe('the blocks of a class', () => {
  const now = at('2026-11-20T08:00');
  it.each<[string, Interval[], string | null]>([
    ['two on one day', [MORNING.interval, AFTERNOON.interval], null],
    ['none', [], 'BLOCKS_MISSING'],
    ['an end before its beginning', [{ from: 100, to: 100 }], 'BLOCK_NOT_IN_ORDER'],
    ['longer than twelve hours', [part('2026-11-23T08:00', '2026-11-23T20:01')], 'BLOCK_TOO_LONG'],
    ['two that overlap', [MORNING.interval, part('2026-11-23T11:29', '2026-11-23T12:00')], 'BLOCKS_OVERLAP'],
    ['two that touch', [MORNING.interval, part('2026-11-23T11:30', '2026-11-23T12:00')], null],
    ['long ago', [part('2026-09-20T09:00', '2026-09-20T10:00')], 'BLOCK_OUT_OF_RANGE'],
    ['in the far future', [part('2027-11-23T09:00', '2027-11-23T10:00')], 'BLOCK_OUT_OF_RANGE'],
  ])('%s', (_, blocks, code) => {
    const decided = decideBlocks(blocks, now);
    expect(decided.ok ? null : decided.code).toBe(code);
  });

  it('are put into the order of time', () => {
    const decided = decideBlocks([AFTERNOON.interval, MORNING.interval], now);
    expect(decided.ok && decided.value).toEqual([MORNING.interval, AFTERNOON.interval]);
  });
});

describe('the key of a credit', () => {
  const credit = creditOf([mark('b1'), mark('b2')]);
  it('is one a person, with the day where the class runs over several', () => {
    expect(creditKey('s', credit, '2026-11-23', false)).toBe('training_session:s:p:credit');
    expect(creditKey('s', credit, '2026-11-23', true)).toBe('training_session:s:p:credit:2026-11-23');
  });
});
