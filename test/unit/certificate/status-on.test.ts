import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CertificateState } from '#app/certificate/register/certificate.ts';
import { CERTIFICATE_STATES } from '#app/certificate/register/certificate.ts';
import type { StatusEvent } from '#app/certificate/register/status-on.ts';
import { statusOn } from '#app/certificate/register/status-on.ts';
import type { EventKind } from '#app/certificate/register/transition-table.ts';
import { addDays, daysBetween } from '#app/platform/time/day.ts';

const FIRST_DAY = '2025-01-01';
const SPAN_DAYS = 120;
const VALID_TO = addDays(FIRST_DAY, 90);

const KINDS = [
  'suspended',
  'reinstated',
  'recovered',
  'revoked',
  'corrected',
  'loss_reported',
  'review_passed',
  'decision_proposed',
] as const satisfies readonly EventKind[];

/** Any history at all, also ones the commands would refuse: the fold must not depend on their order of arrival. */
const histories = fc
  .array(
    fc.record({
      kind: fc.constantFrom(...KINDS),
      toState: fc.constantFrom(...CERTIFICATE_STATES),
      effectiveAt: fc.nat(SPAN_DAYS),
      recordedAt: fc.nat(SPAN_DAYS),
    }),
    { maxLength: 12 },
  )
  .map((steps): StatusEvent[] =>
    steps.map((step, index) => ({
      seq: index + 1,
      kind: step.kind,
      toState: step.toState,
      effectiveFromDay: addDays(FIRST_DAY, step.effectiveAt),
      effectiveToDay: null,
      recordedAt: new Date(`${addDays(FIRST_DAY, step.recordedAt)}T04:00:00.000Z`),
    })),
  );

/** Lives the life day by day, as an official with a card index would: no sorting, no folding. */
function naiveReplay(events: readonly StatusEvent[], day: string, knownAt: Date) {
  let state: CertificateState | null = null;
  let isLost = false;
  for (let today = FIRST_DAY; today <= day; today = addDays(today, 1)) {
    for (let seq = 1; seq <= events.length; seq += 1) {
      const event = events.find((one) => one.seq === seq);
      if (!event || event.effectiveFromDay !== today || event.recordedAt > knownAt) continue;
      if (event.kind === 'decision_proposed') continue;
      state = event.toState;
      const canBeLost = state === 'active' || state === 'suspended';
      if (event.kind === 'corrected' || !canBeLost) isLost = false;
      if (event.kind === 'loss_reported') isLost = true;
    }
  }
  if (state === null) return null;
  const lostShown = isLost && (state === 'active' || state === 'suspended');
  const shown = lostShown ? 'lost' : state === 'active' && daysBetween(VALID_TO, day) > 0 ? 'expired' : state;
  return { state, shown };
}

const event = (change: Partial<StatusEvent>): StatusEvent => ({
  seq: 1,
  kind: 'issued',
  toState: 'active',
  effectiveFromDay: '2026-01-01',
  effectiveToDay: null,
  recordedAt: new Date('2026-01-01T02:00:00.000Z'),
  ...change,
});

describe('the status of a card on a day, as known on another (AJ7)', () => {
  it('agrees with a replay day by day for random histories', () => {
    fc.assert(
      fc.property(histories, fc.nat(SPAN_DAYS), fc.nat(SPAN_DAYS), (events, on, known) => {
        const day = addDays(FIRST_DAY, on);
        const knownAt = new Date(`${addDays(FIRST_DAY, known)}T12:00:00.000Z`);
        const folded = statusOn(events, VALID_TO, day, knownAt);
        const replayed = naiveReplay(events, day, knownAt);
        expect(folded === null ? null : { state: folded.state, shown: folded.shown }).toEqual(replayed);
      }),
      { numRuns: 3000, seed: 20261123 },
    );
  });

  it('does not depend on the order in which the events are read', () => {
    fc.assert(
      fc.property(histories, fc.nat(SPAN_DAYS), (events, on) => {
        const day = addDays(FIRST_DAY, on);
        expect(statusOn([...events].reverse(), VALID_TO, day)).toEqual(statusOn(events, VALID_TO, day));
      }),
      { numRuns: 500, seed: 20261123 },
    );
  });

  it('a wrong revocation was true until it was corrected, and never was, depending on what is known', () => {
    const history = [
      event({}),
      event({
        seq: 2,
        kind: 'revoked',
        toState: 'revoked',
        effectiveFromDay: '2026-05-01',
        recordedAt: new Date('2026-05-02T02:00:00Z'),
      }),
      event({
        seq: 3,
        kind: 'corrected',
        toState: 'active',
        effectiveFromDay: '2026-05-01',
        recordedAt: new Date('2026-05-10T02:00:00Z'),
      }),
    ];
    const on = (day: string, known: string) => statusOn(history, '2030-12-31', day, new Date(known))?.state;
    expect(on('2026-05-05', '2026-05-06T00:00:00Z')).toBe('revoked');
    expect(on('2026-05-05', '2026-05-11T00:00:00Z')).toBe('active');
    expect(on('2026-04-30', '2026-05-06T00:00:00Z')).toBe('active');
    expect(on('2025-12-31', '2026-05-06T00:00:00Z')).toBeUndefined();
  });

  it('tells since when: the state, the loss, or the first day past the validity', () => {
    const history = [event({}), event({ seq: 2, kind: 'loss_reported', effectiveFromDay: '2026-03-01' })];
    expect(statusOn(history, '2030-12-31', '2026-04-01')).toMatchObject({
      shown: 'lost',
      shownSinceDay: '2026-03-01',
      stateSinceDay: '2026-01-01',
    });
    expect(statusOn([event({})], '2026-02-28', '2026-04-01')).toMatchObject({
      shown: 'expired',
      shownSinceDay: '2026-03-01',
    });
    expect(statusOn([event({})], '2026-02-28', '2026-02-28')).toMatchObject({ shown: 'active' });
  });

  it('keeps the first day and the last ordered end of a suspension that was extended', () => {
    const history = [
      event({}),
      event({
        seq: 2,
        kind: 'suspended',
        toState: 'suspended',
        effectiveFromDay: '2026-03-01',
        effectiveToDay: '2026-04-30',
      }),
      event({
        seq: 3,
        kind: 'suspension_extended',
        toState: 'suspended',
        effectiveFromDay: '2026-04-20',
        effectiveToDay: '2026-06-30',
      }),
    ];
    expect(statusOn(history, '2030-12-31', '2026-05-01')).toMatchObject({
      suspendedFromDay: '2026-03-01',
      suspendedUntilDay: '2026-06-30',
      stateSinceDay: '2026-03-01',
    });
  });
});
