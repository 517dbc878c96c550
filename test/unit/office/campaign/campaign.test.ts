import { describe, expect, it } from 'vitest';
import type { CampaignState, CampaignStep, TargetState } from '#app/office/campaign/campaign.ts';
import {
  CAMPAIGN_STATES,
  TARGET_STATES,
  decideExtension,
  decideReview,
  decideStep,
  decideSubmit,
  dueDayOf,
  isOverdue,
} from '#app/office/campaign/campaign.ts';
import { checkFile, shownFileName } from '#app/office/campaign/campaign-file.ts';
import { reminderText } from '#app/office/campaign/reminder-text.ts';
import type { WorkdayExceptions } from '#app/office/workday/workday.ts';

const code = (outcome: { ok: boolean; code?: string }) => outcome.code ?? 'ok';
const target = (state: TargetState, version = 3) => ({ state, version, dueDay: '2026-12-04', answerNo: 1 });
const counts = (over: Partial<Record<TargetState, number>> = {}) => ({
  waiting: 0,
  submitted: 0,
  returned: 0,
  accepted: 1,
  ...over,
});

describe('the deadline', () => {
  it('counts 工作日 from the day after the issue, with 调休 and holidays (§11.4)', () => {
    const plain: WorkdayExceptions = new Map();
    expect(dueDayOf('2026-11-20', 5, plain)).toBe('2026-11-27');
    const shifted: WorkdayExceptions = new Map([
      ['2026-11-21', 'workday'],
      ['2026-11-25', 'holiday'],
    ]);
    expect(dueDayOf('2026-11-20', 5, shifted)).toBe('2026-11-27');
    expect(dueDayOf('2026-11-20', 4, shifted)).toBe('2026-11-26');
  });

  it('is missed only by who still owes an answer, and only after its day', () => {
    const late = TARGET_STATES.filter((state) => isOverdue(target(state), '2026-12-05'));
    expect(late).toEqual(['waiting', 'returned']);
    expect(isOverdue(target('waiting'), '2026-12-04')).toBe(false);
  });
});

describe('an answer', () => {
  it.each(CAMPAIGN_STATES.flatMap((campaign) => TARGET_STATES.map((state) => [campaign, state] as const)))(
    'in a campaign %s to a part %s is taken or refused by name',
    (campaign, state) => {
      const outcome = decideSubmit({ state: campaign }, target(state), {
        expectedVersion: 3,
        today: '2026-12-01',
      });
      const expected =
        campaign !== 'open' ? 'CAMPAIGN_CLOSED' : state === 'accepted' ? 'ACCEPTED_ALREADY' : 'ok';
      expect(code(outcome)).toBe(expected);
    },
  );

  it('is late after the last day, and refused when somebody else was faster', () => {
    const open = { state: 'open' as const };
    expect(decideSubmit(open, target('waiting'), { expectedVersion: 3, today: '2026-12-04' })).toMatchObject({
      value: { isLate: false, answerNo: 2 },
    });
    expect(decideSubmit(open, target('waiting'), { expectedVersion: 3, today: '2026-12-05' })).toMatchObject({
      value: { isLate: true },
    });
    expect(code(decideSubmit(open, target('returned'), { expectedVersion: 2, today: '2026-12-01' }))).toBe(
      'CHANGED_MEANWHILE',
    );
  });
});

describe('a review', () => {
  it.each(CAMPAIGN_STATES.flatMap((campaign) => TARGET_STATES.map((state) => [campaign, state] as const)))(
    'in a campaign %s of a part %s accepts what waits and returns what is not approved yet',
    (campaign, state) => {
      const isDecided = campaign === 'approved' || campaign === 'announced';
      const asked = { reason: '依据不清', expectedVersion: 3 };
      const accepted = code(
        decideReview({ state: campaign }, target(state), { ...asked, verdict: 'accepted' }),
      );
      expect(accepted).toBe(
        isDecided ? 'CAMPAIGN_DECIDED' : state === 'submitted' ? 'ok' : 'NOT_UNDER_REVIEW',
      );
      const returned = code(
        decideReview({ state: campaign }, target(state), { ...asked, verdict: 'returned' }),
      );
      const mayReturn = state === 'submitted' || state === 'accepted';
      expect(returned).toBe(isDecided ? 'CAMPAIGN_DECIDED' : mayReturn ? 'ok' : 'NOT_UNDER_REVIEW');
    },
  );

  it('needs a reason for a return, blanks are none', () => {
    const asked = { verdict: 'returned' as const, reason: '  ', expectedVersion: 3 };
    expect(code(decideReview({ state: 'open' }, target('submitted'), asked))).toBe('REASON_REQUIRED');
  });
});

describe('a step of the campaign', () => {
  const STEPS: readonly CampaignStep[] = ['close', 'reopen', 'approve', 'announce'];
  const ALLOWED: Readonly<Record<CampaignStep, readonly CampaignState[]>> = {
    close: ['open'],
    reopen: ['closed'],
    approve: ['open', 'closed'],
    announce: ['approved'],
  };
  it.each(STEPS.flatMap((step) => CAMPAIGN_STATES.map((state) => [step, state] as const)))(
    '%s from %s is allowed or refused',
    (step, state) => {
      const campaign = { state, dueDay: '2026-12-04', version: 1 };
      const outcome = decideStep(campaign, step, {
        expectedVersion: 1,
        counts: counts(),
        isCalledOff: false,
      });
      expect(outcome.ok).toBe(ALLOWED[step].includes(state));
    },
  );

  it('approves only what is reviewed, and something', () => {
    const campaign = { state: 'open' as const, dueDay: '2026-12-04', version: 1 };
    const approve = (over: Partial<Record<TargetState, number>>, expectedVersion = 1) =>
      code(decideStep(campaign, 'approve', { expectedVersion, counts: counts(over), isCalledOff: false }));
    expect(approve({ submitted: 1 })).toBe('REVIEW_PENDING');
    expect(approve({ accepted: 0 })).toBe('NOTHING_ACCEPTED');
    expect(approve({ waiting: 5, returned: 1 })).toBe('ok');
    expect(approve({}, 2)).toBe('CHANGED_MEANWHILE');
  });

  it.each(['reopen', 'approve', 'close', 'announce'] as const)('of a matter called off: %s', (step) => {
    const state = { close: 'open', reopen: 'closed', approve: 'closed', announce: 'approved' } as const;
    const campaign = { state: state[step], dueDay: '2026-12-04', version: 1 };
    const asked = { expectedVersion: 1, counts: counts(), isCalledOff: true };
    const isOver = step === 'reopen' || step === 'approve';
    expect(code(decideStep(campaign, step, asked))).toBe(isOver ? 'CALLED_OFF' : 'ok');
  });
});

describe('an extension', () => {
  it('goes later, never into the past, and only while units may answer', () => {
    const days = { present: '2026-12-04', today: '2026-12-10' };
    const extend = (asked: string, state: CampaignState = 'open') =>
      code(decideExtension({ state }, { ...days, asked }));
    expect(extend('2026-12-11')).toBe('ok');
    expect(extend('2026-12-10')).toBe('ok');
    expect(extend('2026-12-09')).toBe('NOT_LATER');
    expect(extend('2026-12-04')).toBe('NOT_LATER');
    expect(extend('2026-12-11', 'closed')).toBe('CAMPAIGN_CLOSED');
  });
});

describe('the text for the work group', () => {
  it('says how many have answered, who has not, and where to', () => {
    const text = reminderText({
      title: '主体资格确认',
      dueDay: '2026-12-04',
      today: '2026-12-01',
      url: 'https://a.example/coordinate/campaigns/1',
      total: 3,
      owing: ['第二局'],
    });
    expect(text).toContain('已报2个，未报1个（共3个）');
    expect(text).toContain('尚未填报：第二局。');
    expect(text.endsWith('https://a.example/coordinate/campaigns/1')).toBe(true);
  });
});

describe('a file', () => {
  it('is what its bytes say, within the limits, and shown by its last name', () => {
    const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    expect(checkFile(png, 0)).toMatchObject({ ok: true, value: { mediaType: 'image/png' } });
    expect(code(checkFile(new TextEncoder().encode('%PD'), 0))).toBe('FILE_TYPE_UNKNOWN');
    expect(code(checkFile(new Uint8Array(), 0))).toBe('FILE_EMPTY');
    expect(code(checkFile(new Uint8Array(10 * 1024 * 1024 + 1), 0))).toBe('FILE_TOO_LARGE');
    expect(code(checkFile(png, 30))).toBe('TOO_MANY_FILES');
    expect(shownFileName('C:\\x\\盖章<表>.pdf')).toBe('盖章表.pdf');
  });
});
