import type { ExemptionEffect, ExemptionReason } from '#app/training/target/exemption.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addDays, yearOf } from '#app/platform/time/day.ts';
import type { PeoplePlan, PlannedPerson } from './people.ts';
import { storyPeople } from './training-story.ts';

export interface PlannedExemption {
  readonly key: string;
  readonly person: PlannedPerson;
  readonly year: number;
  readonly effect: ExemptionEffect;
  readonly reason: ExemptionReason;
  readonly fromDay: Day;
  readonly toDay: Day;
  readonly months: number;
  readonly documentNo: string | null;
  readonly filedDay: Day;
  readonly answer: {
    readonly act: 'approve' | 'decline';
    readonly day: Day;
    readonly note: string | null;
  } | null;
}

/** A request about the person's newest entry that stands, or the officer's own objection. */
export interface PlannedCorrection {
  readonly key: string;
  readonly person: PlannedPerson;
  readonly by: 'liaison' | 'officer';
  readonly reason: string;
  readonly daysAgo: number;
  readonly answer: {
    readonly act: 'apply' | 'decline';
    readonly daysAgo: number;
    readonly note: string | null;
  } | null;
}

/** 免训 and 核减 (case 6): approved, waiting, declined; the one of last year before its list goes up. */
export function planExemptions(plan: PeoplePlan): PlannedExemption[] {
  const { seedDay, firstYear } = plan.calendar;
  const year = yearOf(seedDay);
  const last = Math.max(year - 1, firstYear);
  const [fourth, third, first, second] = storyPeople(plan);
  const planned: (PlannedExemption | null)[] = [
    first === undefined
      ? null
      : {
          key: 'maternity',
          person: first,
          year,
          effect: 'reduce',
          reason: 'maternity',
          fromDay: `${year}-01-05`,
          toDay: `${year}-06-30`,
          months: 6,
          documentNo: `演示人〔${year}〕产假1号`,
          filedDay: addDays(seedDay, -45),
          answer: { act: 'approve', day: addDays(seedDay, -43), note: null },
        },
    second === undefined
      ? null
      : {
          key: 'village',
          person: second,
          year: last,
          effect: 'exempt',
          reason: 'village_post',
          fromDay: `${last}-01-10`,
          toDay: `${last}-12-31`,
          months: 12,
          documentNo: `演示组〔${last}〕驻村4号`,
          filedDay: `${last}-03-10`,
          answer: { act: 'approve', day: `${last}-03-12`, note: null },
        },
    third === undefined
      ? null
      : {
          key: 'illness',
          person: third,
          year,
          effect: 'reduce',
          reason: 'long_illness',
          fromDay: `${year}-01-12`,
          toDay: `${year}-03-31`,
          months: 3,
          documentNo: null,
          filedDay: addDays(seedDay, -2),
          answer: null,
        },
    fourth === undefined
      ? null
      : {
          key: 'study',
          person: fourth,
          year,
          effect: 'exempt',
          reason: 'full_time_study',
          fromDay: `${year}-03-01`,
          toDay: `${year}-07-10`,
          months: 12,
          documentNo: null,
          filedDay: addDays(seedDay, -60),
          answer: {
            act: 'decline',
            day: addDays(seedDay, -58),
            note: '脱产学习四个多月，可申请核减，不属免训',
          },
        },
  ];
  return planned.filter((one) => one !== null);
}

/** 更正 and 异议 (case 13): made, declined, waiting; and the officer's own objection. */
export function planCorrections(plan: PeoplePlan): PlannedCorrection[] {
  const [first, second, third] = storyPeople(plan);
  const officer = plan.byCast.get('officer');
  const planned: (PlannedCorrection | null)[] = [
    first === undefined
      ? null
      : {
          key: 'applied',
          person: first,
          by: 'liaison',
          reason: '下午提前离开，签到表已核对',
          daysAgo: 24,
          answer: { act: 'apply', daysAgo: 22, note: null },
        },
    second === undefined
      ? null
      : {
          key: 'declined',
          person: second,
          by: 'liaison',
          reason: '疑为重复登记',
          daysAgo: 19,
          answer: { act: 'decline', daysAgo: 17, note: '两次培训日期不同，不属重复' },
        },
    third === undefined
      ? null
      : { key: 'waiting', person: third, by: 'liaison', reason: '登记时多记半天', daysAgo: 4, answer: null },
    officer === undefined
      ? null
      : {
          key: 'objection',
          person: officer,
          by: 'officer',
          reason: '全天参加，只记了半天',
          daysAgo: 5,
          answer: null,
        },
  ];
  return planned.filter((one) => one !== null);
}
