import { describe, expect, it } from 'vitest';
import type { Decision, DecisionFacts } from '#app/exam/batch/registration/decision.ts';
import { decideRegistration, isClean } from '#app/exam/batch/registration/decision.ts';
import { readRegisterForm } from '#app/exam/batch/registration/registration.schema.ts';
import type { UnitPerson } from '#app/exam/batch/registration/unit-people.ts';
import { choosePeople, isConcerned, mayBeChosen } from '#app/exam/batch/registration/unit-people.ts';

const FACTS: DecisionFacts = {
  status: 'registered',
  version: 1,
  asked: null,
  batchStatus: 'open',
  verdict: 'eligible',
  firstReason: '',
  isTownship: false,
  isOwn: false,
  hasAttempt: false,
  isEntryOver: false,
};

describe('a decision of the bureau on one registration', () => {
  const table: [string, Partial<DecisionFacts>, Decision, string | null, string | null][] = [
    ['an eligible person is approved without a word', {}, 'approve', null, null],
    ['what needs a look is approved with a reason', { verdict: 'needs_look' }, 'approve', '已核实', null],
    [
      'what needs a look is not approved without',
      { verdict: 'needs_look' },
      'approve',
      ' ',
      'REASON_REQUIRED',
    ],
    [
      'what the rules refuse is not approved at all',
      { verdict: 'refused' },
      'approve',
      '特批',
      'NOT_ELIGIBLE',
    ],
    [
      'a township person before the first check needs a reason',
      { isTownship: true },
      'approve',
      null,
      'REASON_REQUIRED',
    ],
    ['and none after it', { isTownship: true, status: 'first_checked' }, 'approve', null, null],
    ['a return says why', {}, 'return', null, 'REASON_REQUIRED'],
    ['a refusal says why', {}, 'refuse', null, 'REASON_REQUIRED'],
    ['缓考 as asked needs no further word', { asked: 'defer' }, 'defer', null, null],
    ['缓考 that nobody asked for does', {}, 'defer', null, 'REASON_REQUIRED'],
    ['免考 only as asked, with its proof', {}, 'exempt', '有证', 'NOTHING_ASKED_FOR_EXEMPTION'],
    ['免考 as asked', { asked: 'exempt' }, 'exempt', null, null],
    ['a no to a request says why', { asked: 'defer' }, 'decline', null, 'REASON_REQUIRED'],
    ['a no without a request', {}, 'decline', '不', 'NOTHING_ASKED'],
    ['what was approved is not approved again', { status: 'approved' }, 'approve', null, 'STEP_NOT_POSSIBLE'],
    ['a refused one is taken up again with a reason', { status: 'refused' }, 'reopen', '有新材料', null],
    ['not in a cancelled batch', { batchStatus: 'cancelled' }, 'approve', null, 'STEP_NOT_POSSIBLE'],
    ['not by who registered', { isOwn: true }, 'approve', null, 'OWN_REGISTRATION'],
    [
      'not after the person has begun to answer',
      { status: 'approved', hasAttempt: true },
      'return',
      '查',
      'ATTEMPTS_EXIST',
    ],
    [
      'a request of somebody who came after all is declined',
      { status: 'approved', asked: 'defer', hasAttempt: true },
      'decline',
      '本人已参加考试',
      null,
    ],
    [
      'who missed the exam is not returned: 缺考 stays in its list',
      { status: 'approved', isEntryOver: true },
      'return',
      '未到考',
      'ENTRY_OVER',
    ],
    [
      'nor exempted',
      { status: 'approved', asked: 'exempt', isEntryOver: true },
      'exempt',
      null,
      'ENTRY_OVER',
    ],
    [
      'an absence is excused afterwards as 缓考, with a reason',
      { status: 'approved', isEntryOver: true },
      'defer',
      '当日住院，有病历',
      null,
    ],
    [
      'and not without, also where the unit asks for it',
      { status: 'approved', asked: 'defer', isEntryOver: true },
      'defer',
      null,
      'REASON_REQUIRED',
    ],
    [
      'a request for it is declined',
      { status: 'approved', asked: 'defer', isEntryOver: true },
      'decline',
      '无证明',
      null,
    ],
    [
      'nobody comes back to an exam that is over',
      { status: 'deferred', isEntryOver: true },
      'reopen',
      '有误',
      'EXAM_HELD',
    ],
    ['nor is approved into it', { isEntryOver: true }, 'approve', '特批', 'EXAM_HELD'],
    ['nor excused from it', { status: 'first_checked', isEntryOver: true }, 'defer', '因病', 'EXAM_HELD'],
    ['but may still be refused', { isEntryOver: true }, 'refuse', '已调离', null],
    [
      'whom the rules refuse is not exempted',
      { asked: 'exempt', verdict: 'refused' },
      'exempt',
      '有证',
      'NOT_ELIGIBLE',
    ],
    ['who needs a look may be', { asked: 'exempt', verdict: 'needs_look' }, 'exempt', null, null],
    ['a 免考 is revoked with a reason', { status: 'exempt' }, 'revoke', '证书系伪造', null],
    ['and not without', { status: 'exempt' }, 'revoke', null, 'REASON_REQUIRED'],
    [
      'also after the exam',
      { status: 'exempt', isEntryOver: true, hasAttempt: true },
      'revoke',
      '证书系伪造',
      null,
    ],
    ['in a cancelled batch', { status: 'exempt', batchStatus: 'cancelled' }, 'revoke', '证书系伪造', null],
    ['and of whom the rules refuse', { status: 'exempt', verdict: 'refused' }, 'revoke', '证书系伪造', null],
    ['where there is none, none is revoked', { status: 'approved' }, 'revoke', '有误', 'STEP_NOT_POSSIBLE'],
    [
      'after the exam it is not taken up again',
      { status: 'exempt', isEntryOver: true },
      'reopen',
      '有误',
      'EXAM_HELD',
    ],
    ['not on an old page', { version: 2 }, 'approve', null, 'CHANGED_MEANWHILE'],
  ];
  it.each(table)('%s', (_, over, decision, note, code) => {
    const decided = decideRegistration({ ...FACTS, ...over }, { decision, note, expectedVersion: 1 });
    expect(decided.ok ? null : decided.code).toBe(code);
  });

  it('in bulk takes only what is clean', () => {
    expect(isClean(FACTS)).toBe(true);
    expect(isClean({ ...FACTS, verdict: 'needs_look' })).toBe(false);
    expect(isClean({ ...FACTS, asked: 'defer' })).toBe(false);
    expect(isClean({ ...FACTS, isTownship: true })).toBe(false);
    expect(isClean({ ...FACTS, isTownship: true, status: 'first_checked' })).toBe(true);
    expect(isClean({ ...FACTS, isOwn: true })).toBe(false);
    expect(isClean({ ...FACTS, status: 'approved' })).toBe(false);
  });
});

const person = (over: Partial<UnitPerson> = {}): UnitPerson => ({
  personId: 'p',
  name: '张某',
  idNumberMasked: '9901**********1234',
  unitId: 'u',
  unitName: '甲局',
  position: null,
  judgement: { verdict: 'eligible', reasons: [] },
  registration: null,
  isThrough: false,
  ...over,
});
const registered = (status: 'registered' | 'returned' | 'withdrawn' | 'approved') => ({
  registration: { id: 'r', unitId: 'u', isOurs: true, status, asked: null, answerNote: null },
});

describe('the unit’s list of its people', () => {
  it('offers whoever is not registered and not refused, while one may register', () => {
    expect(mayBeChosen(person(), 'regular')).toBe(true);
    expect(mayBeChosen(person(), 'late')).toBe(true);
    expect(mayBeChosen(person(), 'over')).toBe(false);
    expect(mayBeChosen(person({ judgement: { verdict: 'refused', reasons: [] } }), 'regular')).toBe(false);
    expect(mayBeChosen(person(registered('approved')), 'regular')).toBe(false);
    expect(mayBeChosen(person(registered('returned')), 'regular')).toBe(true);
    expect(mayBeChosen(person(registered('withdrawn')), 'regular')).toBe(true);
    expect(mayBeChosen(person({ ...registered('returned'), isThrough: true }), 'regular')).toBe(false);
  });
  it('leaves out whom the exam does not concern, unless registered', () => {
    const holder = {
      judgement: {
        verdict: 'needs_look' as const,
        reasons: [
          {
            code: 'HOLDS_CARD' as const,
            weight: 'look' as const,
            text: '已持证',
            source: '源',
            basis: 'policy' as const,
          },
        ],
      },
    };
    expect(isConcerned(person(holder))).toBe(false);
    expect(isConcerned(person({ ...holder, ...registered('registered') }))).toBe(true);
    const filter = {
      text: '',
      verdict: null,
      standing: null,
      all: false,
      sort: { field: 'name', direction: 'asc' } as const,
    };
    expect(choosePeople([person(holder), person()], filter)).toHaveLength(1);
    expect(choosePeople([person(holder), person()], { ...filter, all: true })).toHaveLength(2);
    expect(
      choosePeople([person(registered('approved')), person()], { ...filter, standing: 'none' }),
    ).toHaveLength(1);
  });
});

describe('the unit’s form', () => {
  const id = '019aad5e-6f00-7000-8000-000000000001';
  const form = (fields: Record<string, string>): FormData => {
    const data = new FormData();
    for (const [name, value] of Object.entries(fields)) data.append(name, value);
    return data;
  };
  it('reads people with the sanctions the unit declares', () => {
    const read = readRegisterForm(
      form({ person: id, promise: 'on', [`sanction.${id}`]: 'warning', [`from.${id}`]: '2026.10.1' }),
    );
    expect(read).toEqual({
      ok: true,
      people: [{ personId: id, sanction: { kind: 'warning', fromDay: '2026-10-01' } }],
      note: null,
    });
  });
  it('reads a person named twice once', () => {
    const data = form({ person: id, promise: 'on' });
    data.append('person', id);
    expect(readRegisterForm(data)).toMatchObject({ people: [{ personId: id, sanction: null }] });
  });
  it('says at which field something is missing', () => {
    const read = readRegisterForm(form({ person: id, [`sanction.${id}`]: 'demerit' }));
    expect(read.ok ? null : Object.keys(read.problems)).toEqual(['promise', `from.${id}`]);
    expect(readRegisterForm(form({ promise: 'on' }))).toMatchObject({
      ok: false,
      problems: { person: '请先勾选人员' },
    });
  });
});
