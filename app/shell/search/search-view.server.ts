import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { Permission } from '#app/accounts/permission.ts';
import { REGISTER_TABLE } from '#app/certificate/register/register-table-spec.ts';
import { viewRegister } from '#app/certificate/register/register-view.server.ts';
import { SITTING_SORTS } from '#app/exam/sitting/sitting-list.ts';
import { viewSittings } from '#app/exam/sitting/sittings-view.server.ts';
import { listPeopleOfUnits } from '#app/organization/person/person.store.server.ts';
import { namePinyin } from '#app/organization/roster/name-pinyin.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { groupDigits } from '#app/platform/ui/text/format.ts';
import { currentLibrary } from '#app/training/course/library.server.ts';
import { findLessonHits, hitView } from '#app/training/course/search/lesson-search-view.server.ts';
import { sessionsView } from '#app/training/session/sessions-view.server.ts';
import { SHOWN_HITS, isNamedLike } from './asked.ts';

export interface Hit {
  readonly key: string;
  readonly title: string;
  readonly detail: string;
  readonly to: string;
}

export interface HitGroup {
  readonly kind: string;
  readonly label: string;
  readonly total: number;
  readonly hits: readonly Hit[];
  /** The list that has all of them; null where the hits are all there is. */
  readonly more: string | null;
}

type Finder = (ctx: ActorCtx, text: string) => Promise<HitGroup | null>;

const searchOf = (text: string): URLSearchParams => new URLSearchParams({ q: text });

const findPeople: Finder = async (ctx, text) => {
  const { unitIds } = await reachFor(ctx, 'organization.read');
  const { rows, total } = await listPeopleOfUnits(ctx.pool, [...unitIds], dayOf(ctx.clock.now()), {
    page: 1,
    size: SHOWN_HITS,
    sort: { field: 'name', direction: 'asc' },
    text,
  });
  return {
    kind: 'people',
    label: '人员',
    total,
    hits: rows.map((row) => ({
      key: row.id,
      title: row.name,
      detail: `${row.unitName} · ${row.idNumberMasked}`,
      to: `/coordinate/roster/${row.id}`,
    })),
    more: `/coordinate/roster?${searchOf(text)}`,
  };
};

const findUnits: Finder = async (ctx, text) => {
  const { unitIds, tree } = await reachFor(ctx, 'organization.read');
  const found = [...unitIds]
    .flatMap((id) => tree.units.get(id) ?? [])
    .filter(({ name, namePinyin: full }) =>
      isNamedLike({ name, pinyin: full, initials: namePinyin(name).initials }, text),
    )
    .sort((a, b) => a.name.length - b.name.length || (a.namePinyin < b.namePinyin ? -1 : 1));
  return {
    kind: 'units',
    label: '单位',
    total: found.length,
    hits: found.slice(0, SHOWN_HITS).map((unit) => ({
      key: unit.id,
      title: unit.name,
      detail: tree.regions.get(unit.regionId)?.name ?? '',
      to: `/coordinate/roster?${new URLSearchParams({ 'f.unit': unit.id })}`,
    })),
    more: null,
  };
};

const findCertificates: Finder = async (ctx, text) => {
  const page = await viewRegister(ctx, parseTableQuery(searchOf(text), REGISTER_TABLE));
  if (!page.ok) return null;
  return {
    kind: 'certificates',
    label: '执法证件',
    total: page.value.total,
    hits: page.value.rows.slice(0, SHOWN_HITS).map((row) => ({
      key: row.id,
      title: `${row.personName} ${groupDigits(row.certificateNo)}`,
      detail: row.unitName,
      to: `/bureau/certificates/${row.id}`,
    })),
    more: `/bureau/certificates?${searchOf(text)}`,
  };
};

const findCourses: Finder = (_ctx, text) => {
  const found = currentLibrary().courses.filter(({ title, summary, code }) => {
    const { full, initials } = namePinyin(title);
    return (
      isNamedLike({ name: title, pinyin: full, initials }, text) ||
      code.toLowerCase() === text.toLowerCase() ||
      summary.includes(text)
    );
  });
  return Promise.resolve({
    kind: 'courses',
    label: '课程',
    total: found.length,
    hits: found.slice(0, SHOWN_HITS).map((course) => ({
      key: course.slug,
      title: course.title,
      detail: `${course.lessons.length} 课`,
      to: `/courses/${course.slug}`,
    })),
    more: null,
  });
};

const findLessons: Finder = (_ctx, text) => {
  const found = findLessonHits(text);
  return Promise.resolve({
    kind: 'lessons',
    label: '课件',
    total: found.length,
    hits: found.slice(0, SHOWN_HITS).map((hit) => {
      const { key, title, course, number, sections } = hitView(hit);
      const [best] = sections;
      return {
        key,
        title,
        detail: `${course.title} 第 ${number} 课 · ${best?.snippet.map((part) => part.text).join('') ?? ''}`,
        to: best?.to ?? course.to,
      };
    }),
    more: `/courses/search?${searchOf(text)}`,
  });
};

const findSittings: Finder = async (ctx, text) => {
  const page = await viewSittings(
    ctx,
    parseTableQuery(searchOf(text), {
      sorts: SITTING_SORTS,
      defaultSort: { field: 'opensAt', direction: 'desc' },
      filters: ['phase'],
    }),
  );
  if (!page.ok) return null;
  return {
    kind: 'sittings',
    label: '考试场次',
    total: page.value.total,
    hits: page.value.rows.slice(0, SHOWN_HITS).map((row) => ({
      key: row.sittingId,
      title: row.title,
      detail: row.regionName,
      to: `/bureau/exams?${searchOf(row.title)}`,
    })),
    more: `/bureau/exams?${searchOf(text)}`,
  };
};

const findClasses: Finder = async (ctx, text) => {
  const page = await sessionsView(ctx, {
    page: 1,
    size: SHOWN_HITS,
    sort: { field: 'starts', direction: 'desc' },
    text,
  });
  if (!page.ok) return null;
  return {
    kind: 'classes',
    label: '培训班',
    total: page.value.total,
    hits: page.value.rows.map((row) => ({
      key: row.id,
      title: row.title,
      detail: `${row.unitName} · ${row.when}`,
      to: `/coordinate/sessions/${row.id}`,
    })),
    more: `/coordinate/sessions?${searchOf(text)}`,
  };
};

/** What is looked through, in the order of the answer, and the permission whose reach bounds it. */
const FINDERS: readonly { readonly permission: Permission; readonly find: Finder }[] = [
  { permission: 'organization.read', find: findPeople },
  { permission: 'organization.read', find: findUnits },
  { permission: 'certificate.read', find: findCertificates },
  { permission: 'session.read', find: findClasses },
  { permission: 'exam.manage', find: findSittings },
  { permission: 'course.read', find: findCourses },
  { permission: 'course.read', find: findLessons },
];

/**
 * Persons, units, certificates, classes, sittings, courses and lessons inside the actor's scope, each through the view of its own
 * list, so that nothing is found here that its list would not show.
 */
export async function searchEverything(ctx: ActorCtx, text: string): Promise<HitGroup[]> {
  const open = FINDERS.filter(({ permission }) => mayDo(ctx, permission));
  const groups = await Promise.all(open.map(({ find }) => find(ctx, text)));
  return groups.flatMap((group) => (group !== null && group.total > 0 ? [group] : []));
}
