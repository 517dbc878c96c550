import type { Day } from '#app/platform/time/day.ts';
import { addDays } from '#app/platform/time/day.ts';
import type { PeoplePlan, PlannedPerson } from './people.ts';
import { storyPeople } from './training-story.ts';

/** One opened page of a lesson. */
export interface PlannedVisit {
  /** Which of the library's lessons, from 0. */
  readonly lesson: number;
  readonly startSecond: number;
  readonly device: string;
  readonly beats: number;
  readonly everyMs: number;
  /** Beats at which a wrong word was chosen. */
  readonly wrongAt: readonly number[];
}

/** A person's study of one day that looks out of the ordinary (issue 4); the room's own rules find it. */
export interface PlannedStudy {
  readonly key: string;
  readonly person: PlannedPerson;
  readonly day: Day;
  readonly visits: readonly PlannedVisit[];
}

/** A rhythm no browser has; a presence question answered wrongly again and again; two devices taking turns. */
export function planOddStudy(plan: PeoplePlan): PlannedStudy[] {
  const ago = (days: number): Day => addDays(plan.calendar.seedDay, -days);
  const visit = {
    lesson: 0,
    startSecond: 54_000,
    device: '3f9a61c2',
    beats: 26,
    everyMs: 25_000,
    wrongAt: [],
  };
  const takingTurns = Array.from({ length: 7 }, (_, index) => ({
    ...{ ...visit, lesson: index % 2, startSecond: 36_000 + index * 70, beats: 0 },
    device: index % 2 === 0 ? '3f9a61c2' : 'b07d15ee',
  }));
  const days: readonly Omit<PlannedStudy, 'person'>[] = [
    { key: 'steady', day: ago(9), visits: [visit] },
    { key: 'wrong', day: ago(7), visits: [{ ...visit, lesson: 1, everyMs: 30_000, wrongAt: [6, 13, 20] }] },
    { key: 'turns', day: ago(4), visits: takingTurns },
  ];
  return storyPeople(plan)
    .slice(1)
    .flatMap((person, index) => (days[index] === undefined ? [] : [{ ...days[index], person }]));
}
