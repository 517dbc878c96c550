import type { Citation } from './course.schema.ts';

/** What two versions of a course are compared by; both the kept manifest and the served course have it. */
export interface VersionFacts {
  readonly statedHundredths: number | null;
  readonly lessons: readonly {
    readonly slug: string;
    readonly title: string;
    readonly contentHash: string;
    readonly citations: readonly Citation[];
  }[];
}

export type VersionChange =
  | { readonly kind: 'lesson_added' | 'lesson_removed' | 'lesson_changed'; readonly title: string }
  /** A law is cited in another version: the law was amended. */
  | { readonly kind: 'law_amended'; readonly law: string; readonly from: string; readonly to: string }
  | { readonly kind: 'stated_hours' };

/** Newest version in which each law is cited. */
function lawVersions(facts: VersionFacts): Map<string, string> {
  const versions = new Map<string, string>();
  for (const { law, version } of facts.lessons.flatMap((lesson) => lesson.citations))
    if (version > (versions.get(law) ?? '')) versions.set(law, version);
  return versions;
}

/**
 * What changed between the version somebody studied and the one served now: laws first, then lessons in their order
 * (domain.md §4.2 case 15). Empty when nothing a learner sees is different.
 */
export function changesBetween(studied: VersionFacts, current: VersionFacts): VersionChange[] {
  const before = new Map(studied.lessons.map((lesson) => [lesson.slug, lesson]));
  const after = new Set(current.lessons.map((lesson) => lesson.slug));
  const oldLaws = lawVersions(studied);
  const laws = [...lawVersions(current)].flatMap(([law, to]): VersionChange[] => {
    const from = oldLaws.get(law);
    return from === undefined || from === to ? [] : [{ kind: 'law_amended', law, from, to }];
  });
  const lessons = current.lessons.flatMap((lesson): VersionChange[] => {
    const old = before.get(lesson.slug);
    if (!old) return [{ kind: 'lesson_added', title: lesson.title }];
    return old.contentHash === lesson.contentHash ? [] : [{ kind: 'lesson_changed', title: lesson.title }];
  });
  const removed = studied.lessons
    .filter((lesson) => !after.has(lesson.slug))
    .map((lesson): VersionChange => ({ kind: 'lesson_removed', title: lesson.title }));
  const hours: VersionChange[] =
    studied.statedHundredths === current.statedHundredths ? [] : [{ kind: 'stated_hours' }];
  return [...laws, ...hours, ...lessons, ...removed];
}
