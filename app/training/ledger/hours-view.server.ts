import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, ownPersonId } from '#app/accounts/actor.server.ts';
import { homeLinksOn } from '#app/organization/person/person.store.server.ts';
import { DEFAULT_RULES, standingOf } from '#app/organization/rules/region-rules.ts';
import type { RegionRules } from '#app/organization/rules/region-rules.ts';
import { loadRules } from '#app/organization/rules/rules.store.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf, makeDay, yearOf } from '#app/platform/time/day.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { LibraryCourse } from '../course/library.server.ts';
import { courseOfLesson, currentLibrary } from '../course/library.server.ts';
import { isMeantFor, requirementOn } from '../course/requirement.ts';
import { targetPolicyOf } from '../policy.ts';
import { listCompletions } from '../study/completion.store.server.ts';
import type { HourEntry } from './entry.ts';
import { listEntriesOfYear, listEntryYears } from './hour-entry.store.server.ts';
import type { CategorySeconds } from './hours.ts';
import { sumByCategory, totalSeconds } from './hours.ts';
import type { Target } from './targets.ts';
import { yearTargets } from './targets.ts';

export interface EntryLine {
  readonly id: string;
  readonly day: Day;
  readonly title: string;
  readonly kind: HourEntry['kind'];
  readonly category: HourEntry['category'];
  readonly creditSeconds: number;
  readonly basis: HourEntry['basis'];
  readonly isReversed: boolean;
  /** The thing it comes from, where it has a page. */
  readonly href: string | null;
}

export interface TargetLine extends Target {
  /** The document behind it; said to have lapsed when it has. */
  readonly source: string;
  readonly isLapsed: boolean;
}

export interface RequiredCourse {
  readonly slug: string;
  readonly title: string;
  readonly isComplete: boolean;
  readonly isLapsed: boolean;
}

export interface HoursView {
  readonly year: number;
  readonly years: readonly number[];
  readonly isCurrentYear: boolean;
  readonly sums: CategorySeconds;
  readonly totalSeconds: number;
  readonly targets: readonly TargetLine[];
  readonly required: readonly RequiredCourse[];
  readonly entries: readonly EntryLine[];
}

/** The own ledger of one calendar year: targets, sums, required courses, every entry with its source. */
export async function hoursView(
  ctx: ActorCtx,
  askedYear: number | null,
): Promise<Outcome<HoursView, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'hours.read_own')) return refused('FORBIDDEN');
  const personId = ownPersonId(ctx);
  const today = dayOf(ctx.clock.now());
  const thisYear = yearOf(today);
  const years = [...new Set([thisYear, ...(await listEntryYears(ctx.pool, personId))])].sort((a, b) => b - a);
  const year = askedYear !== null && years.includes(askedYear) ? askedYear : thisYear;
  const entries = await listEntriesOfYear(ctx.pool, personId, year);
  const sums = sumByCategory(entries);
  const total = totalSeconds(sums);
  // Asserted at reading as at writing: what is shown in sum is what stands in the lines.
  invariant(
    total === entries.reduce((sum, entry) => sum + entry.creditSeconds, 0),
    'balance = sum of entries',
  );
  const keyDay = year === thisYear ? today : lastDayOf(year);
  return done({
    year,
    years,
    isCurrentYear: year === thisYear,
    sums,
    totalSeconds: total,
    targets: await targetLines(ctx, personId, sums, keyDay),
    required: await requiredCourses(ctx, personId, keyDay),
    entries: entries.map(lineOf),
  });
}

function lastDayOf(year: number): Day {
  const day = makeDay(year, 12, 31);
  invariant(day !== null, 'every year has its last day');
  return day;
}

/** Targets by the rules and the field of that day: the field on 31 December decides (domain.md §4.2 case 3). */
async function targetLines(
  ctx: ActorCtx,
  personId: string,
  sums: CategorySeconds,
  day: Day,
): Promise<TargetLine[]> {
  const home = (await homeLinksOn(ctx.pool, [personId], day)).get(personId);
  const rules = home ? await loadRules(ctx.pool, home.regionId, day) : DEFAULT_RULES;
  const isKeyField = home?.fieldCode != null && rules.keyFields.value.includes(home.fieldCode);
  return yearTargets(sums, isKeyField, targetPolicyOf(rules)).map((target) => {
    const rule = ruleOf(rules, target.kind);
    return { ...target, source: rule.source, isLapsed: standingOf(rule, day, day) === 'lapsed' };
  });
}

function ruleOf(rules: RegionRules, kind: Target['kind']) {
  return kind === 'yearly' ? rules.yearlyCreditSeconds : rules.keyFieldCreditSeconds;
}

async function requiredCourses(ctx: ActorCtx, personId: string, day: Day): Promise<RequiredCourse[]> {
  const done = new Set((await listCompletions(ctx.pool, personId)).map((one) => one.slug));
  return currentLibrary().courses.flatMap((course) => {
    const requirement = requirementOn(course.required, day);
    if (!requirement || !isMeantFor(course.targets, ctx.actor.roles)) return [];
    const { slug, title } = course;
    return [{ slug, title, isComplete: done.has(slug), isLapsed: requirement.isLapsed }];
  });
}

function lineOf(entry: HourEntry): EntryLine {
  return {
    id: entry.id,
    day: entry.occurredDay,
    title: entry.title,
    kind: entry.kind,
    category: entry.category,
    creditSeconds: entry.creditSeconds,
    basis: entry.basis,
    isReversed: entry.reversedById !== null,
    href: hrefOf(entry),
  };
}

function hrefOf(entry: HourEntry): string | null {
  const library = currentLibrary();
  if (entry.sourceKind === 'training_session') return `/sessions#session-${entry.sourceId}`;
  if (entry.sourceKind === 'course_version') {
    const course = library.courses.find((one) => one.courseVersionId === entry.sourceId);
    return course ? `/courses/${course.slug}` : null;
  }
  const course = courseOfLesson(library, entry.sourceId);
  return course ? lessonHref(course, entry.sourceId) : null;
}

function lessonHref(course: LibraryCourse, lessonVersionId: string): string {
  const lesson = course.lessons.find((one) => one.lessonVersionId === lessonVersionId);
  return `/courses/${course.slug}/${lesson?.slug ?? ''}`;
}
