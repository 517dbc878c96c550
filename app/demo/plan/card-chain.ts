import { LEAVING_REASONS } from '#app/certificate/register/reasons.ts';
import type { ReasonCode } from '#app/certificate/register/reasons.ts';
import { DEFAULT_RULES } from '#app/organization/rules/region-rules.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addDays, addMonths, daysBetween } from '#app/platform/time/day.ts';
import type { DemoCalendar } from '../calendar.ts';
import { earlier, lastDayOf, later, onWeekday } from '../calendar.ts';
import { diceFor } from '../dice.ts';
import type { Dice } from '../dice.ts';
import type { CardStory } from './card-story.ts';
import { succeed, withEpisodes } from './card-story.ts';
import type { PlannedPerson } from './people.ts';

const VALIDITY_MONTHS = DEFAULT_RULES.certificateValidityMonths.value;
const BAR_MONTHS = DEFAULT_RULES.reapplyBarMonths.value;
const MAX_SUSPENSION_MONTHS = DEFAULT_RULES.suspensionMonthsMax.value;

const PERCENT_WITH_PREDECESSOR = 45;
const DAYS_FROM_JOINING_TO_CARD = 120;

const SUSPENSION_REASONS: readonly [ReasonCode, ...ReasonCode[]] = [
  'law_test_failed',
  'card_not_shown',
  'rude_conduct',
  'procedure_breach',
];
const REVOCATION_REASONS: readonly [ReasonCode, ...ReasonCode[]] = [
  'card_lent',
  'card_altered',
  'disciplined',
];

interface Context {
  readonly person: PlannedPerson;
  readonly calendar: DemoCalendar;
  readonly dice: Dice;
}

const cardKey = (person: PlannedPerson, nth: number): string => `card:${person.serial}:${nth}`;
const validTo = (issuedDay: Day): Day => lastDayOf(issuedDay, VALIDITY_MONTHS);
/** A weekday near the day, never after `last`. */
const officeDay = (day: Day, last: Day): Day => earlier(onWeekday(day), last);
const dayBetween = (dice: Dice, first: Day, last: Day): Day =>
  first >= last ? last : addDays(first, dice.below(daysBetween(first, last)));

/** First day on which the person could have had a card: long known, or some months after joining. */
function firstPossible({ person, calendar }: Context): Day {
  return person.joinedDay > calendar.rosterDay
    ? addDays(person.joinedDay, DAYS_FROM_JOINING_TO_CARD)
    : addMonths(calendar.rosterDay, -VALIDITY_MONTHS);
}

/** Cards of a person up to the one that runs on `day`. */
function chainUpTo(context: Context, day: Day): CardStory[] {
  const { dice, person } = context;
  const { moved, unit } = person;
  const oldest = later(addDays(addMonths(day, -VALIDITY_MONTHS), 3), firstPossible(context));
  const issuedDay = officeDay(dayBetween(dice, oldest, addDays(day, -6)), addDays(day, -1));
  const isOfFormerUnit = moved !== null && issuedDay < moved.day;
  const card: CardStory = {
    key: cardKey(person, 1),
    unit: isOfFormerUnit ? moved.fromUnit : unit,
    issuedDay,
    validToDay: validTo(issuedDay),
    reason: 'first_issue',
    episodes: [],
  };
  const chain = moved === null ? withPredecessor(context, card) : [card];
  // Moved while the card was running: it is changed for one of the new unit (T14).
  if (isOfFormerUnit) {
    const amendedDay = officeDay(addDays(moved.day, dice.between(8, 40)), addDays(day, -1));
    const next = { key: cardKey(person, 2), unit, day: amendedDay, validToDay: validTo(amendedDay) };
    return succeed(chain, { ...next, how: 'amended' });
  }
  return dice.chance(1) ? withReplacement(context, chain, day) : chain;
}

/** The card before, renewed within two months of its end (T13). */
function withPredecessor(context: Context, card: CardStory): CardStory[] {
  const { dice, person } = context;
  const issuedDay = onWeekday(addDays(addMonths(card.issuedDay, -VALIDITY_MONTHS), dice.between(3, 55)));
  if (!dice.chance(PERCENT_WITH_PREDECESSOR) || issuedDay < firstPossible(context)) return [card];
  const before = { ...card, key: cardKey(person, 0), issuedDay, validToDay: validTo(issuedDay) };
  const { key, unit, validToDay } = card;
  return succeed([before], { key, unit, day: card.issuedDay, validToDay, how: 'renewed' });
}

/** Lost and replaced (T15), where the card has run long enough. */
function withReplacement({ dice, person }: Context, chain: readonly CardStory[], day: Day): CardStory[] {
  const last = chain.at(-1);
  if (last === undefined || addDays(last.issuedDay, 150) > day) return [...chain];
  const lostDay = onWeekday(dayBetween(dice, addDays(last.issuedDay, 30), addDays(day, -90)));
  const replacedDay = onWeekday(addDays(lostDay, dice.between(15, 30)));
  return succeed(withEpisodes(chain, [{ kind: 'loss', day: lostDay }]), {
    key: cardKey(person, 3),
    unit: last.unit,
    day: replacedDay,
    validToDay: validTo(replacedDay),
    how: 'replaced_after_loss',
  });
}

function holderChain(context: Context): CardStory[] {
  const { dice, calendar } = context;
  const { seedDay } = calendar;
  const chain = chainUpTo(context, seedDay);
  const issuedDay = chain.at(-1)?.issuedDay ?? seedDay;
  const roll = dice.below(1000);
  // The officer of the road has a plain card in force.
  if (context.person.cast !== null || addDays(issuedDay, 300) > seedDay) return chain;
  if (roll < 5) {
    const day = officeDay(addDays(seedDay, -dice.between(5, 25)), seedDay);
    const untilDay = lastDayOf(day, dice.between(2, MAX_SUSPENSION_MONTHS));
    const reason = dice.pick(SUSPENSION_REASONS);
    return withEpisodes(chain, [{ kind: 'suspension', day, untilDay, reason, reinstatedDay: null }]);
  }
  if (roll < 30) {
    const day = onWeekday(dayBetween(dice, addDays(issuedDay, 40), addDays(seedDay, -150)));
    const untilDay = lastDayOf(day, dice.between(1, 3));
    const reinstatedDay = onWeekday(addDays(untilDay, dice.between(1, 10)));
    const reason = dice.pick(SUSPENSION_REASONS);
    return withEpisodes(chain, [{ kind: 'suspension', day, untilDay, reason, reinstatedDay }]);
  }
  if (roll < 32)
    return withEpisodes(chain, [
      { kind: 'loss', day: officeDay(addDays(seedDay, -dice.between(1, 9)), seedDay) },
    ]);
  return chain;
}

const isLeavingReason = (reason: string): reason is (typeof LEAVING_REASONS)[number] =>
  LEAVING_REASONS.some((known) => known === reason);

/** HY11: 收回 soon after leaving, then 注销. */
function leaverChain(context: Context): CardStory[] {
  const { dice, person, calendar } = context;
  if (person.left === null) return [];
  const { day: leaveDay, reason: why } = person.left;
  const reason = isLeavingReason(why) ? why : 'other';
  const recoveredDay = officeDay(addDays(leaveDay, dice.between(1, 11)), calendar.seedDay);
  const chain = withEpisodes(chainUpTo(context, leaveDay), [
    { kind: 'recovery', day: recoveredDay, leaveDay, reason },
  ]);
  const cancelledDay = onWeekday(addDays(recoveredDay, dice.between(5, 30)));
  return cancelledDay > calendar.seedDay
    ? chain
    : withEpisodes(chain, [{ kind: 'cancellation', day: cancelledDay, reason }]);
}

/** Ends of a card while its holder is still there. */
function endedChain(context: Context): CardStory[] {
  const { dice, calendar } = context;
  const { seedDay } = calendar;
  const roll = dice.below(100);
  if (roll < 35) return expiredChain(context);
  const day = officeDay(addDays(seedDay, -dice.between(20, 900)), seedDay);
  const chain = chainUpTo(context, addDays(day, -3));
  if (roll < 65) {
    const reason = dice.pick(REVOCATION_REASONS);
    return withEpisodes(chain, [
      { kind: 'revocation', day, reason, reapplyNotBeforeDay: addMonths(day, BAR_MONTHS) },
    ]);
  }
  const recovery = { kind: 'recovery', day, leaveDay: addDays(day, -2), reason: 'post_changed' } as const;
  if (roll < 85) return withEpisodes(chain, [recovery]);
  const cancelledDay = officeDay(addDays(day, dice.between(5, 15)), seedDay);
  return withEpisodes(chain, [recovery, { kind: 'cancellation', day: cancelledDay, reason: 'post_changed' }]);
}

/** Past its validity and not renewed: recorded by the system on the day after (T12). */
function expiredChain({ dice, person, calendar }: Context): CardStory[] {
  const endDay = addDays(calendar.seedDay, -dice.between(5, 200));
  const issuedDay = onWeekday(addMonths(addDays(endDay, -2), -VALIDITY_MONTHS));
  const validToDay = validTo(issuedDay);
  return [
    {
      key: cardKey(person, 1),
      unit: person.unit,
      issuedDay,
      validToDay,
      reason: 'first_issue',
      episodes: [{ kind: 'expiry', day: addDays(validToDay, 1) }],
    },
  ];
}

/** All cards a person ever had, oldest first; none for those who never had one. */
export function cardChainOf(person: PlannedPerson, calendar: DemoCalendar): CardStory[] {
  const context: Context = { person, calendar, dice: diceFor(`cards:${person.serial}`) };
  switch (person.category) {
    case 'holder':
      return holderChain(context);
    case 'leaver':
      return leaverChain(context);
    case 'ended':
      return endedChain(context);
    case 'qualified':
    case 'candidate':
    case 'auxiliary':
    case 'office':
      return [];
  }
}
