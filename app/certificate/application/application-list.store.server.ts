import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { ApplicationState } from './application.ts';
import { APPLICATION_STATES } from './application.ts';

export const APPLICATION_SORTS = ['filed', 'name', 'unit'] as const;
export type ApplicationSort = (typeof APPLICATION_SORTS)[number];

export interface ApplicationQuery {
  readonly regionIds: readonly string[];
  readonly unitIds: readonly string[];
  /** Part of a name, or beginning of its pinyin or initials; empty for all. */
  readonly text: string;
  readonly state: ApplicationState | null;
}

interface Where {
  readonly sql: string;
  readonly values: unknown[];
}

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

function baseWhere(query: ApplicationQuery): Where {
  const typed = escapeLike(query.text.replace(/\s+/g, ''));
  return {
    sql: `(a.region_id = any($1::uuid[]) or a.unit_id = any($2::uuid[]))
      and ($3 = '' or p.name like $3 or p.name_pinyin like $4 or p.name_initials like $4)`,
    values: [
      [...query.regionIds],
      [...query.unitIds],
      typed === '' ? '' : `%${typed}%`,
      `${typed.toLowerCase()}%`,
    ],
  };
}

const countRow = z.object({ state: z.enum(APPLICATION_STATES), count: z.number() });

/** Applications by state, over everything asked for but the state. */
export async function countByState(
  pool: Pool,
  query: ApplicationQuery,
): Promise<Partial<Record<ApplicationState, number>>> {
  const where = baseWhere(query);
  const { rows } = await pool.query({
    name: 'certificate-applications-counts',
    text: `select a.state, count(*)::int as count from certificate_application a
           join person p on p.id = a.person_id where ${where.sql} group by 1`,
    values: where.values,
  });
  return Object.fromEntries(
    z
      .array(countRow)
      .parse(rows)
      .map((row) => [row.state, row.count]),
  );
}

const lineRow = z.object({
  id: z.string(),
  personName: z.string(),
  unitName: z.string(),
  fieldCode: z.string(),
  state: z.enum(APPLICATION_STATES),
  filedByName: z.string(),
  filedAt: z.date(),
});
export type ApplicationLine = z.infer<typeof lineRow>;

const ORDER: Readonly<Record<ApplicationSort, string>> = {
  filed: 'a.filed_at',
  name: 'p.name_pinyin',
  unit: 'u.name',
};

export async function listApplications(
  pool: Pool,
  query: ApplicationQuery,
  slice: {
    readonly sort: { readonly field: ApplicationSort; readonly direction: 'asc' | 'desc' };
    readonly limit: number;
    readonly offset: number;
  },
): Promise<ApplicationLine[]> {
  const where = baseWhere(query);
  const direction = slice.sort.direction === 'desc' ? 'desc' : 'asc';
  const { rows } = await pool.query({
    text: `select a.id, p.name as "personName", coalesce(u.name, '') as "unitName", a.field_code as "fieldCode",
        a.state, f.display_name as "filedByName", a.filed_at as "filedAt"
      from certificate_application a join person p on p.id = a.person_id join account f on f.id = a.filed_by
        left join lateral (select name from unit_version where unit_id = a.unit_id and superseded_at is null
          order by valid_from desc limit 1) u on true
      where ${where.sql} and ($5::text is null or a.state = $5)
      order by ${ORDER[slice.sort.field]} ${direction}, a.id limit $6 offset $7`,
    values: [...where.values, query.state, slice.limit, slice.offset],
  });
  return z.array(lineRow).parse(rows);
}

const candidateRow = z.object({
  personId: z.string(),
  name: z.string(),
  unitName: z.string(),
  position: z.string().nullable(),
  fieldCode: z.string().nullable(),
  total: z.number(),
});
export type Candidate = Omit<z.infer<typeof candidateRow>, 'total'>;

export interface CandidateQuery {
  readonly unitIds: readonly string[];
  readonly day: Day;
  readonly text: string;
  /** Leaves out who has a card that has not ended in the field of the post. */
  readonly withoutCardOnly: boolean;
  readonly limit: number;
  readonly offset: number;
}

/** People in post in the units; who holds a qualification comes first. Their requirements are checked elsewhere. */
export async function listCandidates(
  pool: Pool,
  query: CandidateQuery,
): Promise<{ rows: Candidate[]; total: number }> {
  const typed = escapeLike(query.text.replace(/\s+/g, ''));
  const { rows } = await pool.query({
    name: 'certificate-candidates',
    text: `select p.id as "personId", p.name, v.name as "unitName", l.position, l.field_code as "fieldCode",
        (count(*) over ())::int as total
      from person_unit_link l join person p on p.id = l.person_id
        join unit_version v on v.unit_id = l.unit_id and v.superseded_at is null and v.valid_from <= $2::date
          and (v.valid_to is null or v.valid_to > $2::date)
      where l.kind = 'home' and l.unit_id = any($1::uuid[]) and l.superseded_at is null and l.valid_from <= $2::date
        and (l.valid_to is null or l.valid_to > $2::date)
        and ($3 = '' or p.name like $3 or p.name_pinyin like $4 or p.name_initials like $4)
        and (not $5 or not exists (select from certificate c where c.person_id = p.id
          and c.field_code = coalesce(l.field_code, c.field_code)
          and c.state in ('pending_print', 'active', 'suspended', 'recovered')))
      order by exists (select from qualification q where q.person_id = p.id and q.status = 'valid'
          and q.valid_until_day >= $2::date) desc, p.name_pinyin, p.id
      limit $6 offset $7`,
    values: [
      [...query.unitIds],
      query.day,
      typed === '' ? '' : `%${typed}%`,
      `${typed.toLowerCase()}%`,
      query.withoutCardOnly,
      query.limit,
      query.offset,
    ],
  });
  const parsed = z.array(candidateRow).parse(rows);
  return { rows: parsed.map(({ total: _, ...row }) => row), total: parsed[0]?.total ?? 0 };
}
