import { describe, expect, it } from 'vitest';
import type { ApplicationEventKind, ApplicationState } from '#app/certificate/application/application.ts';
import {
  APPLICATION_EVENTS,
  APPLICATION_STATES,
  decideApplicationStep,
  handsOf,
} from '#app/certificate/application/application.ts';

const NOBODY = { applicant: 'p', filers: ['f'], reviewer: null };
const ALLOWED: Readonly<
  Record<ApplicationEventKind, Readonly<Partial<Record<ApplicationState | 'none', ApplicationState>>>>
> = {
  submitted: { none: 'submitted', draft: 'submitted', returned: 'submitted' },
  accepted: { submitted: 'under_review' },
  returned: { submitted: 'returned', under_review: 'returned' },
  approved: { under_review: 'approved' },
  rejected: { under_review: 'rejected' },
  issued: { approved: 'issued' },
};
const PAIRS = [null, ...APPLICATION_STATES].flatMap((state) =>
  APPLICATION_EVENTS.map((kind) => ({ state, kind, name: state ?? ('none' as const) })),
);

describe('the way of an application (T1–T4)', () => {
  it.each(PAIRS)('$name × $kind', ({ state, kind, name }) => {
    const outcome = decideApplicationStep(state, kind, { person: 'x', hands: NOBODY, opinion: '材料不全' });
    const expected = ALLOWED[kind][name];
    if (expected) expect(outcome).toEqual({ ok: true, value: expected });
    else expect(outcome).toMatchObject({ ok: false, code: 'STATE_DOES_NOT_ALLOW' });
  });

  it.each(['returned', 'rejected'] as const)('%s says why', (kind) => {
    const act = { person: 'x', hands: NOBODY, opinion: '  ' };
    expect(decideApplicationStep('under_review', kind, act)).toMatchObject({ code: 'OPINION_REQUIRED' });
  });

  it('who filed does not review; who filed or reviewed does not approve; nobody checks the own card', () => {
    const step = (state: ApplicationState, kind: ApplicationEventKind, person: string) =>
      decideApplicationStep(state, kind, {
        person,
        hands: { applicant: 'p', filers: ['f1', 'f2'], reviewer: 'r' },
        opinion: null,
      });
    expect(step('submitted', 'accepted', 'f1')).toMatchObject({ code: 'MAKER_IS_CHECKER' });
    expect(step('submitted', 'accepted', 'f2')).toMatchObject({ code: 'MAKER_IS_CHECKER' });
    expect(step('under_review', 'approved', 'f1')).toMatchObject({ code: 'MAKER_IS_CHECKER' });
    expect(step('under_review', 'approved', 'r')).toMatchObject({ code: 'MAKER_IS_CHECKER' });
    expect(step('under_review', 'approved', 'p')).toMatchObject({ code: 'OWN_MATTER' });
    expect(step('approved', 'issued', 'p')).toMatchObject({ code: 'OWN_MATTER' });
    expect(step('under_review', 'approved', 'third').ok).toBe(true);
  });

  it('a new filing begins a new review, but every filer stays a filer', () => {
    const events = [
      { kind: 'submitted', actorPerson: 'f1' },
      { kind: 'accepted', actorPerson: 'r1' },
      { kind: 'returned', actorPerson: 'r2' },
      { kind: 'submitted', actorPerson: 'f2' },
    ] as const;
    expect(handsOf('p', events)).toEqual({ applicant: 'p', filers: ['f1', 'f2'], reviewer: null });
    expect(handsOf('p', [...events, { kind: 'accepted', actorPerson: 'r3' }]).reviewer).toBe('r3');
  });
});
