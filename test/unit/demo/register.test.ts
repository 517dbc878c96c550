import { describe, expect, it } from 'vitest';
import type { CardNow } from '#app/certificate/register/lifecycle.ts';
import { decideTransition } from '#app/certificate/register/lifecycle.ts';
import { statusOn } from '#app/certificate/register/status-on.ts';
import { demoCalendar } from '#app/demo/calendar.ts';
import { planCity } from '#app/demo/plan/city.ts';
import { planPeople } from '#app/demo/plan/people.ts';
import type { PlannedCard } from '#app/demo/plan/register.ts';
import { planRegister } from '#app/demo/plan/register.ts';
import { DEMO_SIZE } from '#app/demo/size.ts';
import { DEFAULT_RULES } from '#app/organization/rules/region-rules.ts';
import { INVENTED_BASIS } from '#app/demo/plan/card-papers.ts';

const SEED_DAY = '2026-11-22';
const people = planPeople(DEMO_SIZE, planCity(DEMO_SIZE), demoCalendar(SEED_DAY, DEMO_SIZE.hourYears));
const register = planRegister(people);

const rules = {
  suspensionMonthsMin: DEFAULT_RULES.suspensionMonthsMin.value,
  suspensionMonthsMax: DEFAULT_RULES.suspensionMonthsMax.value,
};
const statusEvents = (card: PlannedCard) =>
  card.events.map((event, index) => ({
    seq: index + 1,
    kind: event.kind,
    toState: event.toState,
    effectiveFromDay: event.day,
    effectiveToDay: event.untilDay,
    recordedAt: new Date(0),
  }));

/** Runs a history through the register's transition table, each event decided on its own day. */
function firstRefusal(card: PlannedCard): string | null {
  let now: CardNow = {
    state: null,
    isLost: false,
    validToDay: card.story.validToDay,
    lastEffectiveDay: null,
    suspendedFromDay: null,
    suspendedUntilDay: null,
  };
  for (const event of card.events) {
    const decided = decideTransition(
      now,
      {
        ...event,
        legalBasis: INVENTED_BASIS,
        decidingAuthority: '某机关',
        decisionDay: event.day,
        effectiveFromDay: event.day,
        effectiveToDay: event.untilDay,
        operator: 'a',
        approver: 'b',
      },
      { today: event.day, rules },
    );
    if (!decided.ok) return `${card.key} ${event.kind} ${event.day}: ${decided.code}`;
    if (decided.value.toState !== event.toState)
      return `${card.key} ${event.kind}: leads to ${decided.value.toState}`;
    const isHold = event.toState === 'suspended';
    now = {
      ...now,
      state: event.toState,
      isLost: decided.value.isLost,
      lastEffectiveDay: event.day,
      suspendedFromDay: isHold ? event.day : null,
      suspendedUntilDay: isHold ? event.untilDay : null,
    };
  }
  return null;
}

describe('the invented register', () => {
  it('YC3: 8,854 persons have a card in force, and there are about 12,000 cards with their history', () => {
    const inForce = register.cards.filter(
      (card) => card.state === 'suspended' || (card.state === 'active' && card.story.validToDay >= SEED_DAY),
    );
    expect(new Set(inForce.map((card) => card.person.serial)).size).toBe(8_854);
    expect(inForce).toHaveLength(8_854);
    expect(register.cards.length).toBeGreaterThan(11_000);
    expect(register.cards.length).toBeLessThan(14_000);
  });

  it('obeys the transition table event by event (T4–T16)', () => {
    expect(register.cards.flatMap((card) => firstRefusal(card) ?? []).slice(0, 5)).toEqual([]);
  });

  it('keeps in its projection what the fold of the events says', () => {
    const wrong = register.cards.filter((card) => {
      const folded = statusOn(statusEvents(card), card.story.validToDay, SEED_DAY);
      return (
        folded?.state !== card.state ||
        folded.isLost !== card.isLost ||
        folded.stateSinceDay !== card.stateSinceDay ||
        card.events.some((event) => event.day > SEED_DAY)
      );
    });
    expect(wrong.map((card) => card.key)).toEqual([]);
  });

  it('shows every way a card can go', () => {
    const kinds = new Set(register.cards.flatMap((card) => card.events.map((event) => event.kind)));
    expect([...kinds].sort()).toEqual(
      [
        'issued',
        'handed_over',
        'suspended',
        'reinstated',
        'loss_reported',
        'renewed',
        'amended',
        'replaced_after_loss',
        'recovered',
        'cancelled',
        'revoked',
        'expiry_recorded',
      ].sort(),
    );
    const states = new Set(register.cards.map((card) => card.state));
    expect([...states].sort()).toEqual([
      'active',
      'cancelled',
      'recovered',
      'revoked',
      'superseded',
      'suspended',
    ]);
  });

  it('AJ1: nobody was issued a card without an exam passed before', () => {
    const obtained = new Map(register.qualifications.map((one) => [one.person.serial, one]));
    const without = register.cards.filter((card) => {
      const qualification = obtained.get(card.person.serial);
      return qualification === undefined || qualification.obtainedDay >= card.story.issuedDay;
    });
    expect(without.map((card) => card.key)).toEqual([]);
  });

  it('gives each card a number of its own and lets the counters go on behind them', () => {
    expect(new Set(register.cards.map((card) => card.certificateNo)).size).toBe(register.cards.length);
    const given = [...register.counters.values()].reduce((total, next) => total + next - 1, 0);
    expect(given).toBe(register.cards.length);
  });

  it('runs one card per person at a time', () => {
    const live = register.cards.filter((card) => ['active', 'suspended', 'recovered'].includes(card.state));
    expect(new Set(live.map((card) => card.person.serial)).size).toBe(live.length);
  });
});
