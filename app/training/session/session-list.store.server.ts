import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import { CATEGORIES } from '../ledger/hours.ts';
import type { Form, SessionStatus } from './session.ts';
import { FORMS } from './session.ts';

export const SESSION_SORTS = ['starts', 'title', 'people'] as const;
export type SessionSort = (typeof SESSION_SORTS)[number];

export interface SessionQuery {
  readonly page: number;
  readonly size: number;
  readonly sort: { readonly field: SessionSort; readonly direction: 'asc' | 'desc' };
  /** Part of title, place or lecturer; empty for all. */
  readonly text: string;
  readonly status?: SessionStatus | undefined;
  readonly form?: Form | undefined;
}

const rowSchema = z.object({
  id: z.string(),
  title: z.string(),
  category: z.enum(CATEGORIES),
  form: z.enum(FORMS),
  unitId: z.string(),
  place: z.string(),
  status: z.enum(['scheduled', 'closed', 'cancelled']),
  statedCreditSeconds: z.number().nullable(),
  startsAt: z.date(),
  endsAt: z.date(),
  blocks: z.number(),
  people: z.number(),
  capacity: z.number(),
});
export type SessionRow = z.infer<typeof rowSchema>;

const SORT_COLUMNS: Readonly<Record<SessionSort, string>> = {
  starts: '"startsAt"',
  title: 's.title',
  people: 'people',
};

const CONDITIONS = `s.unit_id = any($1::uuid[])
  and ($2 = '' or s.title like $2 or s.place like $2 or s.lecturer like $2)
  and ($3::text is null or s.status = $3) and ($4::text is null or s.form = $4)`;

/** `%` and `_` typed by a person are themselves. */
const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

const filterValues = (unitIds: readonly string[], query: SessionQuery): unknown[] => [
  [...unitIds],
  query.text === '' ? '' : `%${escapeLike(query.text)}%`,
  query.status ?? null,
  query.form ?? null,
];

/** Classes of the units, one page of them. */
export async function listSessions(
  pool: Pool,
  unitIds: readonly string[],
  query: SessionQuery,
): Promise<SessionRow[]> {
  const direction = query.sort.direction === 'desc' ? 'desc' : 'asc';
  const { rows } = await pool.query(
    `select s.id, s.title, s.category, s.form, s.unit_id as "unitId", s.place, s.status, s.capacity,
       s.stated_credit_seconds as "statedCreditSeconds", b.starts_at as "startsAt", b.ends_at as "endsAt", b.blocks,
       (select count(*)::int from session_enrolment e where e.session_id = s.id and e.status <> 'cancelled') as people
     from training_session s
       join lateral (select min(starts_at) as starts_at, max(ends_at) as ends_at, count(*)::int as blocks
         from session_block where session_id = s.id) b on true
     where ${CONDITIONS}
     order by ${SORT_COLUMNS[query.sort.field]} ${direction}, s.id limit $5 offset $6`,
    [...filterValues(unitIds, query), query.size, (query.page - 1) * query.size],
  );
  return z.array(rowSchema).parse(rows);
}

export async function countSessions(
  pool: Pool,
  unitIds: readonly string[],
  query: SessionQuery,
): Promise<number> {
  const { rows } = await pool.query(
    `select count(*)::int as total from training_session s where ${CONDITIONS}`,
    filterValues(unitIds, query),
  );
  return z.array(z.object({ total: z.number() })).parse(rows)[0]?.total ?? 0;
}

const ownRow = z.object({
  id: z.string(),
  title: z.string(),
  category: z.enum(CATEGORIES),
  form: z.enum(FORMS),
  place: z.string(),
  lecturer: z.string(),
  unitName: z.string(),
  statedCreditSeconds: z.number().nullable(),
  status: z.enum(['scheduled', 'closed', 'cancelled']),
  part: z.string(),
  creditSeconds: z.number(),
  blocks: z.array(z.object({ startsAt: z.coerce.date(), endsAt: z.coerce.date() })),
});
export type OwnSession = z.infer<typeof ownRow>;

/** Classes a person is or was in, the next first, then the past ones backwards. */
export async function listOwnSessions(pool: Pool, personId: string): Promise<OwnSession[]> {
  const { rows } = await pool.query({
    name: 'training-own-sessions',
    text: `select s.id, s.title, s.category, s.form, s.place, s.lecturer, u.name as "unitName",
        s.stated_credit_seconds as "statedCreditSeconds", s.status, e.status as part,
        (select coalesce(sum(h.credit_seconds), 0)::int from hour_entry h where h.source_kind = 'training_session'
          and h.source_id = s.id::text and h.person_id = e.person_id) as "creditSeconds",
        (select json_agg(json_build_object('startsAt', b.starts_at, 'endsAt', b.ends_at) order by b.position)
          from session_block b where b.session_id = s.id) as blocks
      from session_enrolment e join training_session s on s.id = e.session_id
        join lateral (select name from unit_version where unit_id = s.unit_id and superseded_at is null
          order by valid_from desc limit 1) u on true
      where e.person_id = $1 and e.status <> 'cancelled'
      order by (select max(ends_at) from session_block b where b.session_id = s.id) desc, s.id`,
    values: [personId],
  });
  return z.array(ownRow).parse(rows);
}
