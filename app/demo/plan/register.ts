import { certificateNumber, certificateSeries } from '#app/certificate/register/certificate-number.ts';
import { DEFAULT_RULES } from '#app/organization/rules/region-rules.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addDays, yearOf } from '#app/platform/time/day.ts';
import { lastDayOf, onWeekday } from '../calendar.ts';
import { diceFor } from '../dice.ts';
import { cardChainOf } from './card-chain.ts';
import type { CardPapers } from './card-papers.ts';
import { papersOf } from './card-papers.ts';
import type { CardStory } from './card-story.ts';
import type { PeoplePlan, PlannedPerson } from './people.ts';

export interface PlannedCard extends CardPapers {
  readonly key: string;
  readonly person: PlannedPerson;
  readonly story: CardStory;
  readonly certificateNo: string;
}

export interface PlannedQualification {
  readonly key: string;
  readonly person: PlannedPerson;
  readonly obtainedDay: Day;
  readonly validUntilDay: Day;
  /** Day of 取消资格 after a revocation; null for most. */
  readonly disqualifiedDay: Day | null;
}

export interface RegisterPlan {
  readonly cards: readonly PlannedCard[];
  readonly qualifications: readonly PlannedQualification[];
  /** Next serial of each number series, so that the first real card goes on from there. */
  readonly counters: ReadonlyMap<string, number>;
}

const CLAIM_MONTHS = DEFAULT_RULES.qualificationClaimMonths.value;
const PATTERN = DEFAULT_RULES.numberPattern.value;

interface OwnedStory {
  readonly person: PlannedPerson;
  readonly story: CardStory;
}

/** Numbers follow the order of issue within each region and year. */
function numberCards(
  plan: PeoplePlan,
  owned: readonly OwnedStory[],
): { numbers: ReadonlyMap<string, string>; counters: ReadonlyMap<string, number> } {
  const codes = new Map(plan.plan.regions.map((region) => [region.key, region.code]));
  const numbers = new Map<string, string>();
  const counters = new Map<string, number>();
  const inOrder = [...owned].sort(
    (a, b) =>
      (a.story.issuedDay < b.story.issuedDay ? -1 : a.story.issuedDay > b.story.issuedDay ? 1 : 0) ||
      a.person.serial - b.person.serial,
  );
  for (const { story } of inOrder) {
    const place = { regionCode: codes.get(story.unit.regionKey) ?? '', year: yearOf(story.issuedDay) };
    const series = certificateSeries(PATTERN, place);
    const serial = counters.get(series) ?? 1;
    counters.set(series, serial + 1);
    numbers.set(story.key, certificateNumber(PATTERN, place, serial));
  }
  return { numbers, counters };
}

/** AJ1: nobody has a card without having passed before. */
function qualificationOf(
  person: PlannedPerson,
  chain: readonly CardStory[],
  seedDay: Day,
): PlannedQualification | null {
  const dice = diceFor(`qualification:${person.serial}`);
  const first = chain[0];
  if (first === undefined && person.category !== 'qualified') return null;
  const lastPossible = first === undefined ? addDays(seedDay, -dice.between(10, 280)) : first.issuedDay;
  const obtainedDay = onWeekday(addDays(lastPossible, -dice.between(20, 110)));
  const revocation = chain.flatMap((card) => card.episodes).find((episode) => episode.kind === 'revocation');
  return {
    key: `qualification:${person.serial}`,
    person,
    obtainedDay,
    validUntilDay: lastDayOf(obtainedDay, CLAIM_MONTHS),
    disqualifiedDay: revocation?.day ?? null,
  };
}

/** Cards with their whole history, qualifications and number counters of everybody. */
export function planRegister(plan: PeoplePlan): RegisterPlan {
  const chains = plan.people.map((person) => ({ person, chain: cardChainOf(person, plan.calendar) }));
  const owned = chains.flatMap(({ person, chain }) => chain.map((story) => ({ person, story })));
  const { numbers, counters } = numberCards(plan, owned);
  const numberOf = (key: string): string => numbers.get(key) ?? '';
  return {
    counters,
    cards: owned.map(({ person, story }) => ({
      key: story.key,
      person,
      story,
      certificateNo: numberOf(story.key),
      ...papersOf(story, numberOf),
    })),
    qualifications: chains.flatMap(
      ({ person, chain }) => qualificationOf(person, chain, plan.calendar.seedDay) ?? [],
    ),
  };
}
