import type { ActorCtx } from '#app/accounts/actor.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import { figuresOf, listProgress } from '../study/progress.store.server.ts';
import type { StudyFigures } from '../study/study-year.ts';
import type { CourseCompletion } from './course-history.store.server.ts';
import { listCourseCompletions, listLastVisited } from './course-history.store.server.ts';
import type { Trainee } from './requirement.ts';
import type { Visited } from './resume.ts';
import { loadTrainees } from './load-trainees.server.ts';

/** What the course pages know of the person who looks at them. */
export interface OwnStudy {
  readonly trainee: Omit<Trainee, 'personId'>;
  /** By lesson version. */
  readonly progress: ReadonlyMap<string, StudyFigures>;
  readonly completions: readonly CourseCompletion[];
  readonly visited: readonly Visited[];
}

/** Accounts without a person look at courses without a place or a history of their own. */
function nobody(ctx: ActorCtx): OwnStudy {
  const trainee = {
    fieldCode: null,
    unitType: null,
    regionLevel: null,
    isEnforcementPost: false,
    holdsCard: false,
    isLegalReviewer: false,
    roles: ctx.actor.roles,
  };
  return { trainee, progress: new Map(), completions: [], visited: [] };
}

export async function loadOwnStudy(ctx: ActorCtx, today: Day): Promise<OwnStudy> {
  const { personId } = ctx.actor;
  if (personId === null) return nobody(ctx);
  const trainee = (await loadTrainees(ctx.pool, [personId], today)).get(personId);
  const progress = await listProgress(ctx.pool, personId);
  return {
    trainee: trainee ?? nobody(ctx).trainee,
    progress: new Map([...progress].map(([id, one]) => [id, figuresOf(one)])),
    completions: await listCourseCompletions(ctx.pool, personId),
    visited: await listLastVisited(ctx.pool, personId),
  };
}

export const completedSlugs = (own: Pick<OwnStudy, 'completions'>): ReadonlySet<string> =>
  new Set(own.completions.map((one) => one.slug));
