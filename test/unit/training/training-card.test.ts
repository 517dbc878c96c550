import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Card, CardRow } from '#app/training/card/card.ts';
import { checkedSums, daysText, threeColumns } from '#app/training/card/card.ts';
import { conclusionText, hoursNumber, requiredText, sealText } from '#app/training/card/card-paper.ts';
import { cardRow } from '#app/training/card/card-row.ts';
import type { CardSource } from '#app/training/card/card-rows.store.server.ts';
import { cardYear } from '#app/training/card/card-years.ts';
import { CATEGORIES, sumByCategory } from '#app/training/ledger/hours.ts';

const source = (over: Partial<CardSource> = {}): CardSource => ({
  personId: 'p',
  entryId: 'e',
  day: '2026-03-02',
  title: '集中学习',
  kind: 'session',
  category: 'public_law',
  creditSeconds: 2700,
  sourceKind: 'history',
  basis: {},
  recordedByName: null,
  approvedByName: null,
  sessionForm: null,
  sessionPlace: null,
  sessionUnitName: null,
  sessionLecturer: null,
  sessionStatedSeconds: null,
  courseTitle: null,
  lessonTitle: null,
  lessonNominalSeconds: null,
  courseStatedSeconds: null,
  claimForm: null,
  claimOrganiser: null,
  claimPlace: null,
  claimFromDay: null,
  claimToDay: null,
  claimStatedKind: null,
  claimStatedAmount: null,
  claimResult: null,
  claimProofs: 0,
  isAdjustment: false,
  ...over,
});
const row = (over: Partial<CardRow> = {}): CardRow => ({ ...cardRow(source()), ...over });

describe('a line of the card says what its source knows (HY1, domain §4.3)', () => {
  it('a class: organiser, form, place, stated hours, attendance', () => {
    const line = cardRow(
      source({
        sourceKind: 'training_session',
        sessionForm: 'lecture',
        sessionPlace: '报告厅',
        sessionUnitName: '某司法局',
        sessionLecturer: '周某',
        sessionStatedSeconds: 10_800,
        basis: { scheduledSeconds: 3600, presentSeconds: 3240 },
        recordedByName: '王某',
      }),
    );
    expect(line).toMatchObject({
      organiser: '某司法局',
      form: '法治专题讲座',
      place: '报告厅',
      content: '授课人：周某',
      stated: '4 学时',
      result: '出勤 90%',
      proof: '签到及考勤记录',
      recordedBy: '王某',
    });
  });

  it('a lesson: the course, the lesson, its minutes; nobody entered it by hand', () => {
    const line = cardRow(
      source({
        kind: 'lesson',
        sourceKind: 'lesson_version',
        courseTitle: '行政处罚法精讲',
        lessonTitle: '当场处罚',
        lessonNominalSeconds: 1500,
      }),
    );
    expect(line).toMatchObject({
      title: '行政处罚法精讲',
      content: '当场处罚',
      form: '网络业务培训',
      stated: '25 分钟',
      result: '自测合格',
      recordedBy: '平台自动记入',
    });
  });

  it('a claim: from – to, what the paper states, its proof', () => {
    const claim = {
      kind: 'external',
      sourceKind: 'claim',
      claimForm: 'class',
      claimOrganiser: '省委党校',
      claimFromDay: '2026-03-02',
      claimToDay: '2026-03-04',
      claimStatedKind: 'hours',
      claimStatedAmount: 2400,
      claimResult: '合格',
      claimProofs: 2,
    } as const;
    const line = cardRow(source(claim));
    expect(line).toMatchObject({
      organiser: '省委党校',
      stated: '24 学时',
      proof: '证明材料 2 份',
      result: '合格',
    });
    expect(daysText(line)).toBe('2026年3月2日至4日');
    expect(cardRow(source({ ...claim, claimStatedKind: 'minutes', claimStatedAmount: 90 })).stated).toBe(
      '90 分钟',
    );
  });

  it('a correction shows both entries with the reason', () => {
    const basis = { reason: '签到表核对有误' };
    expect(cardRow(source({ kind: 'reversal', creditSeconds: -2700, basis }))).toMatchObject({
      title: '冲销：集中学习',
      content: '更正理由：签到表核对有误',
      creditSeconds: -2700,
    });
    expect(cardRow(source({ kind: 'correction', basis })).title).toBe('更正：集中学习');
  });
});

describe('the sums of the card', () => {
  const anyRow = fc
    .record({
      category: fc.constantFrom(...CATEGORIES),
      creditSeconds: fc.integer({ min: -9000, max: 90_000 }),
      isAdjustment: fc.boolean(),
    })
    .map((part) => row(part));

  it('are the balance; sealed and adjusted lines make up the whole', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 40 }), (rows) => {
        const seal = { sums: sumByCategory(rows.filter((one) => !one.isAdjustment)) };
        const sums = checkedSums(rows, sumByCategory(rows), seal);
        const columns = threeColumns(sums);
        expect(columns.publicLaw + columns.business + columns.skill).toBe(columns.total);
        expect(columns.total).toBe(rows.reduce((sum, one) => sum + one.creditSeconds, 0));
      }),
    );
  });

  it('refuses a balance or a seal that is not the sum of its lines', () => {
    const sums = sumByCategory([row()]);
    expect(() => checkedSums([row()], { ...sums, skill: 1 }, null)).toThrow('add up to the balance');
    const off = { sums: { ...sums, public_law: 1 } };
    expect(() => checkedSums([row()], sums, off)).toThrow('sealed figure');
  });

  it('specialised law counts under 业务 in three columns (domain §4.1)', () => {
    const sums = { public_law: 1, specialised_law: 2, business: 4, skill: 8 };
    expect(threeColumns(sums)).toEqual({ publicLaw: 1, business: 6, specialisedLaw: 2, skill: 8, total: 15 });
  });
});

describe('the words of the card', () => {
  const seal: NonNullable<Card['seal']> = {
    sealNo: '2025-U1-0001',
    closedDay: '2026-01-13',
    sums: { public_law: 2700, specialised_law: 0, business: 0, skill: 0 },
    totalSeconds: 2700,
    conclusion: 'met',
  };

  it('an open year says so with its day; a closed one names its seal and what came after', () => {
    const asOfDay = '2025-12-31';
    expect(sealText({ seal: null, rows: [], asOfDay })).toBe('未封账，截至2025年12月31日');
    expect(sealText({ seal, rows: [row()], asOfDay })).toBe(
      '2026年1月13日封账，封账编号 2025-U1-0001，封账数 1 学时',
    );
    const later = row({ isAdjustment: true, creditSeconds: -1350 });
    expect(sealText({ seal, rows: [row(), later], asOfDay })).toContain(
      '封账后调整 −0.50 学时，不改变封账数',
    );
    expect(conclusionText({ conclusion: 'not_met', seal: null })).toBe('未达标（未封账）');
    expect(conclusionText({ conclusion: 'met', seal })).toBe('达标');
  });

  it('names the required courses that are missing; a lapsed one is no condition', () => {
    const course = { title: '三年行动计划', isComplete: false, isLapsed: false };
    expect(requiredText([])).toBe('本年度无必修课程');
    expect(requiredText([course, { ...course, isComplete: true }])).toBe(
      '应修 2 门，已完成 1 门，缺《三年行动计划》',
    );
    expect(requiredText([{ ...course, isLapsed: true }])).toBe('本年度无必修课程');
  });

  it('hours are numbers cut to 0.01 towards zero, never −0', () => {
    expect(['0', '1', '-1', '0.55', '-0.55']).toEqual(
      [26, 2700, -2700, 1500, -1500].map((seconds) => hoursNumber(seconds)),
    );
    expect(hoursNumber(-5)).toBe('0');
  });

  it('a card is asked for by year; nonsense gives this year', () => {
    const today = '2026-11-22';
    expect(['2025', '2027', 'x', null].map((text) => cardYear(text, today))).toEqual([
      2025, 2026, 2026, 2026,
    ]);
  });
});
