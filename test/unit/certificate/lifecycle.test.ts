import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Standing } from '#app/certificate/register/certificate.ts';
import { FINAL_STATES, displayWord, isFinal } from '#app/certificate/register/certificate.ts';
import type {
  CardNow,
  Decision,
  DetailValue,
  TransitionRefusal,
} from '#app/certificate/register/lifecycle.ts';
import { decideTransition, lastDayOfMonths } from '#app/certificate/register/lifecycle.ts';
import type { EventKind } from '#app/certificate/register/transition-table.ts';
import { EVENT_KINDS, TRANSITIONS } from '#app/certificate/register/transition-table.ts';

const TODAY = '2026-11-23';
const RULES = { suspensionMonthsMin: 1, suspensionMonthsMax: 6 };
const CONTEXT = { today: TODAY, rules: RULES };

/** A card in a standing, before TODAY's event. */
function card(standing: Standing | 'none', isLost = false): CardNow {
  const state = standing === 'none' ? null : standing === 'expired' ? 'active' : standing;
  return {
    state,
    isLost,
    validToDay: standing === 'expired' ? '2026-06-30' : '2028-06-30',
    lastEffectiveDay: state === null ? null : '2026-05-01',
    suspendedFromDay: state === 'suspended' ? '2026-05-01' : null,
    suspendedUntilDay: state === 'suspended' ? '2026-08-31' : null,
  };
}

/** Every paper, person and detail that any event may ask for. */
function completeDecision(kind: EventKind): Decision {
  const row = TRANSITIONS.find((one) => one.kind === kind);
  const reasonCode = row?.reasons[0];
  if (!row || !reasonCode) throw new Error(`no row for ${kind}`);
  const detail: Record<string, DetailValue> = { restoredState: 'active', secondApprover: 'c' };
  for (const rowOfKind of TRANSITIONS.filter((one) => one.kind === kind))
    for (const field of rowOfKind.needs)
      detail[field.name] ??= field.type === 'day' ? '2026-11-01' : field.type === 'number' ? 2026 : '已办理';
  const reasonForLost = kind === 'cancelled' ? 'retired' : reasonCode;
  return {
    kind,
    reasonCode: reasonForLost,
    legalBasis: '某省行政执法证件管理办法第二十条',
    documentNo: '某司决〔2026〕1号',
    decidingAuthority: '某市司法局',
    decisionDay: TODAY,
    effectiveFromDay: TODAY,
    effectiveToDay: kind === 'suspension_extended' ? '2026-10-31' : lastDayOfMonths(TODAY, 2),
    detail,
    operator: 'a',
    approver: 'b',
  };
}

/** The table of domain.md §6.3, written down a second time as (standing, lost?) → state after. */
const ALLOWED: Readonly<Record<EventKind, Readonly<Record<string, string>>>> = {
  issued: { none: 'pending_print' },
  handed_over: { pending_print: 'active' },
  suspended: { active: 'suspended', 'active+lost': 'suspended' },
  suspension_extended: { suspended: 'suspended', 'suspended+lost': 'suspended' },
  reinstated: { suspended: 'active', 'suspended+lost': 'active' },
  revoked: { active: 'revoked', 'active+lost': 'revoked', suspended: 'revoked', 'suspended+lost': 'revoked' },
  recovered: {
    active: 'recovered',
    'active+lost': 'recovered',
    suspended: 'recovered',
    'suspended+lost': 'recovered',
    expired: 'recovered',
    'expired+lost': 'recovered',
  },
  cancelled: {
    recovered: 'cancelled',
    expired: 'cancelled',
    'expired+lost': 'cancelled',
    'active+lost': 'cancelled',
  },
  expiry_recorded: { expired: 'active', 'expired+lost': 'active' },
  renewed: { active: 'superseded', expired: 'superseded' },
  amended: { active: 'superseded' },
  replaced_after_loss: { 'active+lost': 'superseded' },
  returned_to_post: { recovered: 'active' },
  corrected: {
    pending_print: 'active',
    active: 'active',
    'active+lost': 'active',
    suspended: 'active',
    'suspended+lost': 'active',
    expired: 'active',
    'expired+lost': 'active',
    recovered: 'active',
    cancelled: 'active',
    revoked: 'active',
    superseded: 'active',
  },
  review_passed: { active: 'active', 'active+lost': 'active' },
  review_failed: { active: 'recovered', 'active+lost': 'recovered' },
  loss_reported: { active: 'active', suspended: 'suspended' },
  decision_proposed: {
    active: 'active',
    'active+lost': 'active',
    suspended: 'suspended',
    'suspended+lost': 'suspended',
    expired: 'active',
    'expired+lost': 'active',
    recovered: 'recovered',
  },
  decision_declined: {
    active: 'active',
    'active+lost': 'active',
    suspended: 'suspended',
    'suspended+lost': 'suspended',
    expired: 'active',
    'expired+lost': 'active',
    recovered: 'recovered',
  },
  custody_began: {
    active: 'active',
    'active+lost': 'active',
    suspended: 'suspended',
    'suspended+lost': 'suspended',
    expired: 'active',
    'expired+lost': 'active',
  },
  custody_ended: {
    active: 'active',
    'active+lost': 'active',
    suspended: 'suspended',
    'suspended+lost': 'suspended',
    expired: 'active',
    'expired+lost': 'active',
    recovered: 'recovered',
  },
};

const STANDINGS: readonly { standing: Standing | 'none'; isLost: boolean; name: string }[] = [
  ...(['none', 'pending_print', 'active', 'suspended', 'expired', 'recovered', ...FINAL_STATES] as const).map(
    (standing) => ({ standing, isLost: false, name: standing as string }),
  ),
  ...(['active', 'suspended', 'expired'] as const).map((standing) => ({
    standing,
    isLost: true,
    name: `${standing}+lost`,
  })),
];
const PAIRS = STANDINGS.flatMap((before) => EVENT_KINDS.map((kind) => ({ ...before, kind })));

const NOT_FROM: readonly TransitionRefusal[] = [
  'NOT_ALLOWED_FROM',
  'FINAL_STATE',
  'CARD_IS_LOST',
  'CARD_IS_NOT_LOST',
];

describe('the transition table T4–T18 (ZY11, HY11)', () => {
  it.each(PAIRS)('$name × $kind: allowed exactly as the rule says, otherwise refused by name', (pair) => {
    const outcome = decideTransition(card(pair.standing, pair.isLost), completeDecision(pair.kind), CONTEXT);
    const expected = ALLOWED[pair.kind][pair.name];
    if (expected === undefined) {
      expect(outcome.ok).toBe(false);
      if (!outcome.ok) expect(NOT_FROM).toContain(outcome.code);
      return;
    }
    expect(outcome).toMatchObject({ ok: true, value: { toState: expected } });
  });

  it('refuses everything but a correction on a card that has ended', () => {
    for (const state of FINAL_STATES) {
      for (const kind of EVENT_KINDS.filter((one) => one !== 'corrected')) {
        const outcome = decideTransition(card(state), completeDecision(kind), CONTEXT);
        expect(outcome).toMatchObject({ ok: false, code: 'FINAL_STATE' });
      }
    }
  });

  it('keeps a lost card lost until it is replaced, cancelled or recovered', () => {
    const lost = decideTransition(card('active'), completeDecision('loss_reported'), CONTEXT);
    expect(lost).toMatchObject({ ok: true, value: { isLost: true, toState: 'active' } });
    const suspended = decideTransition(card('active', true), completeDecision('suspended'), CONTEXT);
    expect(suspended).toMatchObject({ ok: true, value: { isLost: true } });
    const replaced = decideTransition(card('active', true), completeDecision('replaced_after_loss'), CONTEXT);
    expect(replaced).toMatchObject({ ok: true, value: { isLost: false } });
  });
});

describe('what an event must carry', () => {
  const suspend = completeDecision('suspended');
  const cases: readonly [string, Decision, TransitionRefusal][] = [
    ['no legal basis', { ...suspend, legalBasis: '  ' }, 'LEGAL_BASIS_REQUIRED'],
    ['no deciding authority', { ...suspend, decidingAuthority: '' }, 'AUTHORITY_REQUIRED'],
    ['no document number', { ...suspend, documentNo: null }, 'DOCUMENT_NO_REQUIRED'],
    ['a reason of another act', { ...suspend, reasonCode: 'retired' }, 'REASON_NOT_ALLOWED'],
    [
      'no record of the statement and defence',
      { ...suspend, detail: { cardHeldBy: '某局' } },
      'DETAIL_REQUIRED',
    ],
    ['the same person twice', { ...suspend, approver: 'a' }, 'TWO_PERSONS_NEEDED'],
    ['no second person', { ...suspend, approver: null }, 'TWO_PERSONS_NEEDED'],
    ['a decision of tomorrow', { ...suspend, decisionDay: '2026-11-24' }, 'DECISION_IN_FUTURE'],
    ['an effect of tomorrow', { ...suspend, effectiveFromDay: '2026-11-24' }, 'EFFECT_IN_FUTURE'],
    [
      'an effect before the decision',
      { ...suspend, effectiveFromDay: '2026-11-22' },
      'EFFECT_BEFORE_DECISION',
    ],
    [
      'an effect before the last event',
      { ...suspend, decisionDay: '2026-04-01', effectiveFromDay: '2026-04-30' },
      'EFFECT_BEFORE_LAST_EVENT',
    ],
    ['no end of the suspension', { ...suspend, effectiveToDay: null }, 'PERIOD_REQUIRED'],
    [
      'a suspension of a day less than a month',
      { ...suspend, effectiveToDay: '2026-12-21' },
      'PERIOD_OUT_OF_RANGE',
    ],
    [
      'a suspension of a day more than six months',
      { ...suspend, effectiveToDay: '2027-05-23' },
      'PERIOD_OUT_OF_RANGE',
    ],
  ];
  it.each(cases)('%s is refused by name', (_, decision, code) => {
    expect(decideTransition(card('active'), decision, CONTEXT)).toMatchObject({ ok: false, code });
  });

  it.each(['2026-12-22', '2027-05-22'])('a suspension until %s lies in the range', (effectiveToDay) => {
    expect(decideTransition(card('active'), { ...suspend, effectiveToDay }, CONTEXT).ok).toBe(true);
  });

  it('a card is not reinstated on the last day of its suspension, but on the next', () => {
    const reinstate = completeDecision('reinstated');
    const held: CardNow = { ...card('suspended'), suspendedUntilDay: TODAY };
    expect(decideTransition(held, reinstate, CONTEXT)).toMatchObject({ code: 'PERIOD_NOT_OVER' });
    const over: CardNow = { ...held, suspendedUntilDay: '2026-11-22' };
    expect(decideTransition(over, reinstate, CONTEXT).ok).toBe(true);
    const withoutProof = { ...reinstate, detail: {} };
    expect(decideTransition(over, withoutProof, CONTEXT)).toMatchObject({ code: 'DETAIL_REQUIRED' });
  });

  it('an extension is later than the end that stands and counts from the first day of the hold', () => {
    const extend = completeDecision('suspension_extended');
    const until = (day: string) =>
      decideTransition(card('suspended'), { ...extend, effectiveToDay: day }, CONTEXT);
    expect(until('2026-08-31')).toMatchObject({ code: 'PERIOD_OUT_OF_RANGE' });
    expect(until('2026-10-31').ok).toBe(true);
    expect(until('2026-11-01')).toMatchObject({ code: 'PERIOD_OUT_OF_RANGE' });
  });

  it('a correction needs three different persons', () => {
    const correct = completeDecision('corrected');
    const with2 = { ...correct, detail: { ...correct.detail, secondApprover: 'b' } };
    expect(decideTransition(card('revoked'), with2, CONTEXT)).toMatchObject({ code: 'TWO_PERSONS_NEEDED' });
    expect(decideTransition(card('revoked'), correct, CONTEXT).ok).toBe(true);
    const nowhere = { ...correct, detail: { ...correct.detail, restoredState: 'somewhere' } };
    expect(decideTransition(card('revoked'), nowhere, CONTEXT)).toMatchObject({ code: 'DETAIL_REQUIRED' });
  });
});

describe('random lives of a card', () => {
  it('never leave an end except by a correction', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...EVENT_KINDS), { maxLength: 60 }), (kinds) => {
        let now = card('none');
        for (const kind of kinds) {
          const outcome = decideTransition(now, completeDecision(kind), CONTEXT);
          if (!outcome.ok) continue;
          const { toState, isLost } = outcome.value;
          if (now.state !== null && isFinal(now.state)) expect(kind).toBe('corrected');
          if (isLost) expect(['active', 'suspended']).toContain(toState);
          now = {
            ...now,
            state: toState,
            isLost,
            lastEffectiveDay: '2026-05-01',
            suspendedFromDay: toState === 'suspended' ? '2026-05-01' : null,
            suspendedUntilDay: toState === 'suspended' ? '2026-08-31' : null,
          };
        }
      }),
      { numRuns: 500, seed: 20261123 },
    );
  });
});

describe('the word a card is told by', () => {
  const cases = [
    ['active', false, TODAY, '有效'],
    ['active', false, '2026-11-22', '已过有效期'],
    ['active', true, '2027-01-01', '已挂失'],
    ['active', true, '2026-01-01', '已挂失'],
    ['suspended', false, '2026-01-01', '暂扣'],
    ['suspended', true, '2027-01-01', '已挂失'],
    ['recovered', false, '2027-01-01', '已收回'],
    ['cancelled', true, '2027-01-01', '已注销'],
    ['revoked', false, '2026-01-01', '已吊销'],
    ['superseded', false, '2026-01-01', '已换发'],
    ['pending_print', false, '2027-01-01', '待制证'],
  ] as const;
  it.each(cases)('%s (lost: %s, valid to %s) reads %s, never a bare 无效', (state, isLost, validTo, word) => {
    expect(displayWord(state, isLost, validTo, TODAY)).toBe(word);
  });
});
