import { describe, expect, it } from 'vitest';
import { entrySteps } from '#app/training/target/entry-steps.ts';
import type { ClaimPolicy } from '#app/training/claim/claim.ts';
import { askedSeconds, capLectures } from '#app/training/claim/claim.ts';
import { foldMarks } from '#app/training/session/attendance.ts';
import { decideCredits } from '#app/training/session/credits.ts';
import type { TrainingSession } from '#app/training/session/session.ts';

/** The cases of domain.md §4.2 about what is credited, each by its name; the machinery has its own tests. */
const HOUR = 2700;
const BEGIN = 1_790_000_000;
const LENGTH = 10_000;

const klass: TrainingSession = {
  id: 's',
  title: '处罚法轮训',
  category: 'public_law',
  form: 'class',
  unitId: 'u',
  place: '一楼会议室',
  lecturer: '李某',
  capacity: 50,
  statedCreditSeconds: 8 * HOUR,
  purpose: 'regular',
  status: 'scheduled',
  version: 1,
  blocks: [{ id: 'b', interval: { from: BEGIN, to: BEGIN + LENGTH } }],
};

function creditFor(presentSeconds: number) {
  const part = { from: BEGIN, to: BEGIN + presentSeconds };
  const mark = { personId: 'p', blockId: 'b', standing: 'present', part, reason: null, order: 1 } as const;
  const policy = { attendanceMinimumPercent: 80, minutesPerCreditHour: 45 };
  const outcome = decideCredits(klass, foldMarks(['p'], [mark]), policy, BEGIN + LENGTH);
  if (!outcome.ok) throw new Error(outcome.code);
  const [credit] = outcome.value;
  if (credit === undefined) throw new Error('one person, one credit');
  return credit;
}

describe('case 8, offline class', () => {
  it('credits stated hours × attendance ratio', () => {
    expect(creditFor(LENGTH).creditSeconds).toBe(8 * HOUR);
    expect(creditFor(9_000).creditSeconds).toBe(Math.floor((8 * HOUR * 9_000) / LENGTH));
  });

  it('below 80 % attendance nothing, at 80 % the share; the page says by which values', () => {
    expect(creditFor(7_999)).toMatchObject({ creditSeconds: 0, isBelowMinimum: true });
    const atLimit = creditFor(8_000);
    expect(atLimit.creditSeconds).toBe((8 * HOUR * 8) / 10);
    expect(entrySteps(atLimit.basis, atLimit.creditSeconds)).toEqual([
      '应到 166 分钟，实到 133 分钟，出勤 80.0%',
      '出勤不足 80% 的不计学时',
      '规定 8 学时 × 133 分钟 ÷ 166 分钟；跨日的班按天分开计入',
    ]);
  });
});

const policy: ClaimPolicy = {
  minutesPerCreditHour: 45,
  lecturePercent: 200,
  lectureYearCapSeconds: 20 * HOUR,
};
const hours = (amount: number) => ({ kind: 'hours', amount: amount * 100 }) as const;

describe('case 9, lecturer', () => {
  it('earns twice the hours taught', () => {
    expect(askedSeconds({ kind: 'lecture', stated: hours(4) }, policy)).toBe(8 * HOUR);
  });

  it('capped over the year, with what was credited before', () => {
    const part = { year: 2026, day: '2026-05-05', creditSeconds: 8 * HOUR };
    expect(capLectures([part], new Map([[2026, 15 * HOUR]]), policy.lectureYearCapSeconds)).toEqual([
      { ...part, creditSeconds: 5 * HOUR },
    ]);
    expect(capLectures([part], new Map([[2026, 20 * HOUR]]), policy.lectureYearCapSeconds)).toEqual([]);
  });
});

describe('case 12, exam, contest, drill, shadowing', () => {
  it.each(['exam', 'contest', 'drill', 'shadowing'] as const)(
    '%s carries its stated hours, no factor',
    (kind) => {
      expect(askedSeconds({ kind, stated: { kind: 'hours', amount: 50 } }, policy)).toBe(HOUR / 2);
      expect(askedSeconds({ kind, stated: hours(2) }, policy)).toBe(2 * HOUR);
    },
  );
});
