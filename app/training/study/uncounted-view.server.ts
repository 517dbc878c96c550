import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, ownPersonId } from '#app/accounts/actor.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { dayOf, startOfDay, yearOf } from '#app/platform/time/day.ts';
import { secondOf } from '../ledger/interval.ts';
import { listOccupiedStretches } from '../session/attended.store.server.ts';
import type { OwnJudgement } from './finding.store.server.ts';
import { listOwnJudgements } from './finding.store.server.ts';
import type { StudySpan } from './uncounted.store.server.ts';
import { listLessonTitles, listUncountedStretches, listVerifiedOf } from './uncounted.store.server.ts';
import type { UncountedStretch, UncountedTotal } from './uncounted.ts';
import { joinStretches, overlapsOf, totalsOf } from './uncounted.ts';

/** Stretches shown one by one; older ones stand in the sums. */
const SHOWN = 50;

/** What of a lesson was not counted, and why. */
export interface LessonUncounted {
  readonly totals: readonly UncountedTotal[];
  /** The newest, newest first. */
  readonly stretches: readonly UncountedStretch[];
  readonly judgements: readonly OwnJudgement[];
}

export interface UncountedLesson extends LessonUncounted {
  readonly lessonVersionId: string;
  readonly title: string;
  readonly path: string;
}

export interface UncountedView {
  readonly year: number;
  readonly years: readonly number[];
  readonly lessons: readonly UncountedLesson[];
}

type Reading = Pick<Ctx, 'pool' | 'db'>;

/** By lesson, every uncounted stretch of a span. */
async function readUncounted(ctx: Reading, span: StudySpan): Promise<Map<string, LessonUncounted>> {
  const rows = await listUncountedStretches(ctx.pool, span);
  const verified = await listVerifiedOf(ctx.pool, span);
  const occupied = await listOccupiedStretches(ctx.db, span.personId, span);
  const judgements = await listOwnJudgements(ctx.pool, span);
  const lessons = new Map<string, UncountedStretch[]>();
  const add = (id: string, stretches: readonly UncountedStretch[]): void => {
    lessons.set(id, [...(lessons.get(id) ?? []), ...stretches]);
  };
  for (const row of rows)
    add(row.lessonVersionId, [{ reason: row.reason, from: secondOf(row.from), to: secondOf(row.to) }]);
  for (const part of verified) {
    const overlaps = overlapsOf([part], occupied);
    if (overlaps.length > 0) add(part.lessonVersionId, overlaps);
  }
  for (const one of judgements) add(one.lessonVersionId, []);
  return new Map(
    [...lessons].map(([id, stretches]) => {
      const joined = joinStretches(stretches);
      return [
        id,
        {
          totals: totalsOf(joined),
          stretches: joined.reverse().slice(0, SHOWN),
          judgements: judgements.filter((one) => one.lessonVersionId === id),
        },
      ];
    }),
  );
}

const NOTHING: LessonUncounted = { totals: [], stretches: [], judgements: [] };

/** This year's uncounted time of one lesson, as its page shows it. */
export async function uncountedOfLesson(
  ctx: Pick<Ctx, 'pool' | 'db' | 'clock'>,
  personId: string,
  lessonVersionId: string,
): Promise<LessonUncounted> {
  const year = yearOf(dayOf(ctx.clock.now()));
  const span = { personId, lessonVersionId, ...instantsOf(year) };
  return (await readUncounted(ctx, span)).get(lessonVersionId) ?? NOTHING;
}

const instantsOf = (year: number): { from: Date; to: Date } => ({
  from: startOfDay(`${year}-01-01`),
  to: startOfDay(`${year + 1}-01-01`),
});

/** Years that can be looked at: this one and the two before it. */
const YEARS_SHOWN = 3;

/** `/hours/uncounted`: every stretch of the person's own study that did not count in a year, and why. */
export async function uncountedView(
  ctx: ActorCtx,
  asked: number | null,
): Promise<Outcome<UncountedView, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'hours.read_own')) return refused('FORBIDDEN');
  const current = yearOf(dayOf(ctx.clock.now()));
  const years = Array.from({ length: YEARS_SHOWN }, (_, index) => current - index);
  const year = years.find((one) => one === asked) ?? current;
  const span = { personId: ownPersonId(ctx), lessonVersionId: null, ...instantsOf(year) };
  const found = await readUncounted(ctx, span);
  const titles = await listLessonTitles(ctx.pool, [...found.keys()]);
  const lessons = [...found].flatMap(([lessonVersionId, uncounted]): UncountedLesson[] => {
    const lesson = titles.get(lessonVersionId);
    if (!lesson) return [];
    const path = `/courses/${lesson.courseSlug}/${lesson.slug}`;
    return [{ lessonVersionId, title: lesson.title, path, ...uncounted }];
  });
  return done({ year, years, lessons });
}
