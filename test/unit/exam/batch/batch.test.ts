import { describe, expect, it } from 'vitest';
import type { BatchStatus, BatchStep } from '#app/exam/batch/batch.ts';
import {
  BATCH_STATUSES,
  BATCH_STEPS,
  checkWindows,
  decideBatchStep,
  mayWithdraw,
  phaseOf,
} from '#app/exam/batch/batch.ts';
import type { Batch } from '#app/exam/batch/batch.store.server.ts';
import { summariseByUnit, summaryData } from '#app/exam/batch/papers/summary.ts';
import {
  firstCheckTask,
  reviewTask,
  settledFirstCheck,
  settledReview,
} from '#app/exam/batch/registration/registration-messages.ts';
import { checkSettings } from '#app/exam/sitting/sitting-settings.ts';
import type { SittingSettings } from '#app/exam/sitting/sitting-settings.ts';
import { parseDay } from '#app/platform/time/day.ts';

const at = (text: string): Date => new Date(`${text}:00+08:00`);
const WINDOWS = {
  registerFrom: at('2026-11-01T09:00'),
  registerUntil: at('2026-11-20T18:00'),
  lateUntil: at('2026-11-25T18:00'),
  withdrawUntil: at('2026-11-28T18:00'),
};
const batch = (status: BatchStatus) => ({ ...WINDOWS, status, version: 3 });

describe('the windows of a batch', () => {
  it.each<[string, Partial<typeof WINDOWS>, string | null]>([
    ['as they should be', {}, null],
    ['an end before the begin', { registerUntil: WINDOWS.registerFrom }, 'TIMES_NOT_IN_ORDER'],
    ['late registering that ends too early', { lateUntil: at('2026-11-19T18:00') }, 'LATE_BEFORE_END'],
    ['withdrawing before registering', { withdrawUntil: at('2026-10-01T18:00') }, 'WITHDRAW_BEFORE_BEGIN'],
  ])('%s', (_, over, code) => {
    const checked = checkWindows({ ...WINDOWS, ...over });
    expect(checked.ok ? null : checked.code).toBe(code);
  });

  it.each<[string, BatchStatus, string, string]>([
    ['before', 'open', '2026-11-01T08:59', 'not_yet'],
    ['the first minute', 'open', '2026-11-01T09:00', 'regular'],
    ['the last minute belongs to it', 'open', '2026-11-20T18:00', 'regular'],
    ['then 补报', 'open', '2026-11-20T18:01', 'late'],
    ['until it is over', 'open', '2026-11-25T18:01', 'over'],
    ['a draft', 'draft', '2026-11-10T09:00', 'not_yet'],
    ['a closed one', 'closed', '2026-11-10T09:00', 'over'],
    ['a cancelled one', 'cancelled', '2026-11-10T09:00', 'over'],
  ])('say what a unit may do: %s', (_, status, now, phase) => {
    expect(phaseOf(batch(status), at(now))).toBe(phase);
  });

  it('without 补报 end with the registration', () => {
    expect(phaseOf({ ...batch('open'), lateUntil: null }, at('2026-11-20T18:01'))).toBe('over');
  });

  it('let a unit withdraw also after the batch is closed, until its own instant', () => {
    expect(mayWithdraw(batch('closed'), WINDOWS.withdrawUntil)).toBe(true);
    expect(mayWithdraw(batch('open'), at('2026-11-28T18:01'))).toBe(false);
    expect(mayWithdraw(batch('cancelled'), at('2026-11-02T09:00'))).toBe(false);
  });
});

describe('what a batch was asked for', () => {
  const batch: Batch = {
    ...{ id: 'b', regionId: 'r', year: 2026, no: 2, title: '资格考试', blueprintCode: 'P1' },
    ...{ preconditionCourse: null, campaignId: null, ...WINDOWS, status: 'open', version: 3 },
  };

  it.each(['2026-11-01', '2027-08-01', '2029-01-01'])(
    'is settled on whichever day it was asked, also years after registering began: %s',
    (text) => {
      const day = parseDay(text);
      if (day === null) throw new Error('a day');
      const review = settledReview(batch);
      expect(reviewTask(batch, day)).toMatchObject({ kind: review.kind });
      expect(reviewTask(batch, day).key.startsWith(review.keyPrefix)).toBe(true);
      const check = firstCheckTask(batch, 't', day);
      expect(check.key.startsWith(settledFirstCheck(batch, 't').keyPrefix)).toBe(true);
      expect(check.key.startsWith(settledFirstCheck(batch, null).keyPrefix)).toBe(true);
      expect(check.key.startsWith(settledFirstCheck(batch, 'other').keyPrefix)).toBe(false);
    },
  );
});

describe('the steps of a batch', () => {
  const asked = (step: BatchStep, over: object = {}) => ({
    step,
    reason: '理由',
    expectedVersion: 3,
    attempts: 0,
    now: at('2026-11-10T09:00'),
    ...over,
  });
  it('go the ways they may and no other', () => {
    const table = BATCH_STATUSES.map((status) =>
      BATCH_STEPS.map((step) => {
        const decided = decideBatchStep(batch(status), asked(step));
        return decided.ok ? decided.value : null;
      }),
    );
    expect(table).toEqual([
      ['open', null, null, 'cancelled'],
      [null, 'closed', null, 'cancelled'],
      [null, null, 'open', 'cancelled'],
      [null, null, null, null],
    ]);
  });
  it.each<[BatchStatus, BatchStep, object, string]>([
    ['open', 'close', { expectedVersion: 2 }, 'CHANGED_MEANWHILE'],
    ['open', 'cancel', { reason: ' ' }, 'REASON_REQUIRED'],
    ['open', 'cancel', { attempts: 1 }, 'ATTEMPTS_EXIST'],
    ['closed', 'reopen', { reason: null }, 'REASON_REQUIRED'],
    ['closed', 'reopen', { now: at('2026-12-10T09:00') }, 'REGISTRATION_OVER'],
    ['draft', 'open', { now: at('2026-12-10T09:00') }, 'REGISTRATION_OVER'],
  ])('%s → %s %o is refused: %s', (status, step, over, code) => {
    expect(decideBatchStep(batch(status), asked(step, over))).toMatchObject({ ok: false, code });
  });
});

describe('the settings of a sitting', () => {
  const SETTINGS: SittingSettings = {
    opensAt: at('2026-12-01T09:00'),
    latestEntryAt: at('2026-12-01T09:30'),
    hardEndAt: at('2026-12-01T11:00'),
    durationSeconds: 90 * 60,
    earliestHandInSeconds: 30 * 60,
    startMode: 'bell',
    placeMode: 'rooms',
    checkInFrom: at('2026-12-01T08:30'),
    needsAccessCode: true,
    needsDeviceRelease: true,
    ipRanges: ['10.1.2.0/24', '10.1.3.5'],
    focusPolicy: 'note',
    focusLimit: null,
    resultRelease: 'by_bureau',
  };
  it.each<[string, Partial<SittingSettings>, string | null]>([
    ['as they usually are', {}, null],
    ['entry ends before the opening', { latestEntryAt: at('2026-12-01T09:00') }, 'TIMES_NOT_IN_ORDER'],
    ['entry ends after the end', { latestEntryAt: at('2026-12-01T11:01') }, 'TIMES_NOT_IN_ORDER'],
    [
      'signing in begins after the opening',
      { checkInFrom: at('2026-12-01T09:01') },
      'CHECK_IN_AFTER_OPENING',
    ],
    ['no time for the whole paper', { durationSeconds: 130 * 60 }, 'DURATION_BEYOND_END'],
    ['handing in after the end', { earliestHandInSeconds: 91 * 60 }, 'HAND_IN_BEYOND_DURATION'],
    ['a limit that is missing', { focusPolicy: 'hand_in_after' }, 'FOCUS_LIMIT_MISSING'],
    ['a limit that is there', { focusPolicy: 'hand_in_after', focusLimit: 3 }, null],
    ['a network that is none', { ipRanges: ['10.1.2.0/33'] }, 'IP_RANGE_UNREADABLE'],
    ['a word in place of a network', { ipRanges: ['机房'] }, 'IP_RANGE_UNREADABLE'],
    ['a room’s code without rooms', { placeMode: 'remote' }, 'CODE_NEEDS_ROOMS'],
    ['remote without a code', { placeMode: 'remote', needsAccessCode: false }, null],
  ])('%s', (_, over, code) => {
    const checked = checkSettings({ ...SETTINGS, ...over });
    expect(checked.ok ? null : checked.code).toBe(code);
  });
});

describe('报名汇总表', () => {
  const one = (
    unitId: string,
    status: 'approved' | 'withdrawn' | 'returned' | 'deferred',
    route: 'regular' | 'late',
  ) => ({
    unitId,
    unitName: `第${unitId}局`,
    status,
    route,
  });
  it('counts registered people without those withdrawn, and sums what it lists', () => {
    const units = summariseByUnit([
      one('1', 'approved', 'regular'),
      one('1', 'approved', 'late'),
      one('1', 'withdrawn', 'late'),
      one('2', 'returned', 'regular'),
      one('2', 'deferred', 'regular'),
    ]);
    expect(units).toMatchObject([
      { unitName: '第1局', registered: 2, late: 1, approved: 2, withdrawn: 1, waiting: 0 },
      { unitName: '第2局', registered: 2, late: 0, approved: 0, deferred: 1, waiting: 1 },
    ]);
    const { values } = summaryData({ title: '第一批', regionName: '甲市', office: '甲市司法局', units });
    expect(values).toMatchObject({ 单位总数: '2', 报名总数: '4', 通过总数: '2' });
  });
});
