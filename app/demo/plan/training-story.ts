import type { ClaimStatement } from '#app/training/claim/claim.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addDays } from '#app/platform/time/day.ts';
import { setStage } from './cast.ts';
import type { PlannedUnit } from './city.ts';
import type { PeoplePlan, PlannedPerson } from './people.ts';

/** Accounts that act in the story; all of them are of the cast. */
export type StoryLogin = 'officer' | 'liaison' | 'liaison2' | 'leader' | 'bureau' | 'bureau2';

/** What is done with a filed claim, so many days before the seed day. */
export type ClaimStep =
  | {
      readonly act: 'approve';
      readonly by: StoryLogin;
      readonly daysAgo: number;
      readonly part?: { readonly seconds: number; readonly note: string };
    }
  | { readonly act: 'return'; readonly by: StoryLogin; readonly daysAgo: number; readonly reason: string }
  | { readonly act: 'withdraw'; readonly by: StoryLogin; readonly daysAgo: number };

export interface PlannedClaim {
  readonly key: string;
  readonly by: StoryLogin;
  /** Empty: the person behind the account. */
  readonly people: readonly PlannedPerson[];
  readonly statement: ClaimStatement;
  readonly daysAgo: number;
  readonly step: ClaimStep | null;
}

const HOURS = (hours: number) => ({ kind: 'hours', amount: hours * 100 }) as const;

/** People of a unit who were there all the time, beside the cast, in the order of the plan. */
function steadyPeople(plan: PeoplePlan, unit: PlannedUnit, most: number): PlannedPerson[] {
  const since = `${plan.calendar.firstYear}-01-01`;
  return plan.people
    .filter(
      (person) =>
        person.unit.key === unit.key &&
        person.cast === null &&
        person.category === 'holder' &&
        person.left === null &&
        person.moved === null &&
        person.joinedDay <= since,
    )
    .slice(0, most);
}

const COLLEAGUES = 6;

/** Those of the liaison's unit the story is about. */
export const storyPeople = (plan: PeoplePlan): PlannedPerson[] =>
  steadyPeople(plan, setStage(plan.plan).liaisonUnit, COLLEAGUES);

function officerClaims(seedDay: Day): PlannedClaim[] {
  const ago = (days: number): Day => addDays(seedDay, -days);
  const own = { by: 'officer', people: [] } as const;
  const base = { kind: 'external', place: null, result: null } as const;
  return [
    {
      ...own,
      key: 'province',
      daysAgo: 68,
      statement: {
        ...base,
        title: '全省市场监管执法骨干培训班',
        organiser: '演示省市场监督管理局',
        fromDay: ago(75),
        toDay: ago(73),
        form: 'class',
        category: 'specialised_law',
        place: '省委党校',
        stated: HOURS(24),
        result: '考核合格',
      },
      step: { act: 'approve', by: 'liaison', daysAgo: 66 },
    },
    {
      ...own,
      key: 'online',
      daysAgo: 30,
      statement: {
        ...base,
        title: '新修订行政处罚法网络专题',
        organiser: '演示省干部网络学院',
        fromDay: ago(41),
        toDay: ago(35),
        form: 'online',
        category: 'public_law',
        stated: { kind: 'minutes', amount: 270 },
      },
      step: { act: 'return', by: 'liaison', daysAgo: 28, reason: '请补充平台出具的学习记录' },
    },
    {
      ...own,
      key: 'party_school',
      daysAgo: 3,
      statement: {
        ...base,
        title: '依法行政专题培训班',
        organiser: '市委党校',
        fromDay: ago(10),
        toDay: ago(9),
        form: 'class',
        category: 'public_law',
        place: '市委党校',
        stated: HOURS(16),
        result: '结业',
      },
      step: null,
    },
    {
      ...own,
      key: 'lecture',
      daysAgo: 50,
      statement: {
        ...base,
        kind: 'lecture',
        title: '执法文书制作（授课）',
        organiser: '县市场监督管理局',
        fromDay: ago(52),
        toDay: ago(52),
        form: 'lecture',
        category: 'skill',
        stated: HOURS(2),
      },
      step: { act: 'withdraw', by: 'officer', daysAgo: 49 },
    },
  ];
}

function unitClaims(plan: PeoplePlan, seedDay: Day): PlannedClaim[] {
  const ago = (days: number): Day => addDays(seedDay, -days);
  const people = storyPeople(plan);
  const base = { place: null, result: null } as const;
  return [
    {
      key: 'drill',
      by: 'liaison',
      people: people.slice(0, 3),
      daysAgo: 44,
      statement: {
        ...base,
        kind: 'drill',
        title: '全市综合行政执法大练兵',
        organiser: '市综合行政执法指挥中心',
        fromDay: ago(48),
        toDay: ago(48),
        form: 'simulation',
        category: 'skill',
        stated: HOURS(8),
      },
      step: { act: 'approve', by: 'leader', daysAgo: 40 },
    },
    {
      key: 'contest',
      by: 'liaison',
      people: people.slice(3, 4),
      daysAgo: 36,
      statement: {
        ...base,
        kind: 'contest',
        title: '全市行政执法技能比武',
        organiser: '市司法局',
        fromDay: ago(39),
        toDay: ago(38),
        form: 'contest',
        category: 'skill',
        stated: HOURS(8),
        result: '优秀奖',
      },
      step: {
        act: 'approve',
        by: 'leader',
        daysAgo: 33,
        part: { seconds: 4 * 2700, note: '第二日未参加，按半数认定' },
      },
    },
    {
      key: 'shadowing',
      by: 'liaison',
      people: people.slice(0, 2),
      daysAgo: 6,
      statement: {
        ...base,
        kind: 'shadowing',
        title: '赴市局跟班学习',
        organiser: '市市场监督管理局',
        fromDay: ago(14),
        toDay: ago(10),
        form: 'shadowing',
        category: 'business',
        stated: HOURS(20),
      },
      step: null,
    },
    {
      key: 'transport',
      by: 'liaison2',
      people: steadyPeople(plan, setStage(plan.plan).otherUnit, 2),
      daysAgo: 25,
      statement: {
        ...base,
        kind: 'external',
        title: '公路治超执法专题培训',
        organiser: '演示省交通运输厅',
        fromDay: ago(32),
        toDay: ago(31),
        form: 'class',
        category: 'specialised_law',
        stated: HOURS(16),
      },
      step: { act: 'approve', by: 'bureau', daysAgo: 20 },
    },
  ];
}

/** 学时认定 in every state (domain.md §4.2 cases 9, 11, 12), before the years are closed. */
export function planClaims(plan: PeoplePlan): PlannedClaim[] {
  const { seedDay } = plan.calendar;
  return [...officerClaims(seedDay), ...unitClaims(plan, seedDay)].filter(
    ({ by, people }) => by === 'officer' || people.length > 0,
  );
}

/** Training of a closed year that is found afterwards: the bureau approves it, and it stands beside the seal. */
export function planLateClaim(plan: PeoplePlan, sealedYear: number): PlannedClaim | null {
  const people = storyPeople(plan).slice(0, 1);
  if (people.length === 0) return null;
  return {
    key: 'late',
    by: 'liaison',
    people,
    daysAgo: 16,
    statement: {
      kind: 'external',
      title: '市场监管综合执法轮训（补报）',
      organiser: '市市场监督管理局',
      fromDay: `${sealedYear}-11-12`,
      toDay: `${sealedYear}-11-12`,
      form: 'class',
      category: 'specialised_law',
      place: null,
      stated: HOURS(8),
      result: null,
    },
    step: { act: 'approve', by: 'bureau', daysAgo: 12 },
  };
}
