import { z } from 'zod';
import type { Reader } from '#app/organization/person/rows.store.server.ts';
import { readRows } from '#app/organization/person/rows.store.server.ts';
import type { Pool } from '#app/platform/db/db.server.ts';
import { REGISTRATION_EVENT_KINDS } from '../../sitting/registration-events.ts';
import { isThrough } from './exam-standing.store.server.ts';
import type { Registration } from './registration.store.server.ts';
import type { REGISTRATIONS_TABLE } from './registrations-table-spec.ts';
import { REGISTRATION_FROM, REGISTRATION_SELECT, readRegistrations } from './registration.store.server.ts';

export type RegistrationSort = (typeof REGISTRATIONS_TABLE)['sorts'][number];

/** Closed list from column names to SQL; what a person asks for never becomes SQL. */
const SORT_SQL: Readonly<Record<RegistrationSort, string>> = {
  unit: 'u.name_pinyin',
  name: 'p.name_pinyin',
  status: 'r.status',
  registeredAt: 'r.registered_at',
};

export interface RegistrationQuery {
  readonly batchId: string;
  /** Null for all units of the batch. */
  readonly unitIds: readonly string[] | null;
  /** Part of the name of person or unit; empty = all. */
  readonly text: string;
  /** Part of the name of the unit alone; null = all. */
  readonly unitText: string | null;
  readonly status: string | null;
  readonly verdict: string | null;
  readonly route: string | null;
  /** `any`: whatever is asked for. */
  readonly asked: string | null;
  readonly sort: { readonly field: RegistrationSort; readonly direction: 'asc' | 'desc' };
  /** Null for all rows. */
  readonly limit: number | null;
  readonly offset: number;
}

const totalRow = z.object({ total: z.number() });

/** What of a batch a list shows, on whichever page. */
export type RegistrationFilters = Omit<RegistrationQuery, 'sort' | 'limit' | 'offset'>;

const FILTER_SQL = `r.batch_id = $1::uuid and ($2::uuid[] is null or r.unit_id = any($2::uuid[]))
    and ($3::text = '' or strpos(p.name, $3::text) > 0 or strpos(u.name, $3::text) > 0)
    and ($4::text is null or r.status = $4::text) and ($5::text is null or r.verdict = $5::text)
    and ($6::text is null or r.route = $6::text)
    and ($7::text is null or r.asked = $7::text or ($7::text = 'any' and r.asked is not null))
    and ($8::text is null or strpos(u.name, $8::text) > 0)`;

const filterValues = ({
  batchId,
  unitIds,
  text,
  status,
  verdict,
  route,
  asked,
  unitText,
}: RegistrationFilters) => [
  batchId,
  unitIds === null ? null : [...unitIds],
  ...[text, status, verdict, route, asked, unitText],
];

/** Registrations of a batch as lists show them; `total` is the number that match, also for a page beyond the end. */
export async function queryRegistrations(
  pool: Pool,
  query: RegistrationQuery,
): Promise<{ rows: Registration[]; total: number }> {
  const { field, direction } = query.sort;
  const values = filterValues(query);
  const counted = await pool.query(
    `select count(*)::int as total from ${REGISTRATION_FROM} where ${FILTER_SQL}`,
    values,
  );
  const { rows } = await pool.query(
    `select ${REGISTRATION_SELECT} from ${REGISTRATION_FROM} where ${FILTER_SQL}
     order by ${SORT_SQL[field]} ${direction === 'desc' ? 'desc' : 'asc'}, u.name, p.name, r.id limit $9 offset $10`,
    [...values, query.limit, query.offset],
  );
  return { rows: readRegistrations(rows), total: z.array(totalRow).parse(counted.rows)[0]?.total ?? 0 };
}

/** Whom of a list the bulk approval is offered for. */
export interface ForBulk {
  readonly filters: RegistrationFilters;
  /** Units whose people the 司法所 checks first. */
  readonly townshipUnitIds: readonly string[];
  /** Natural person who approves. */
  readonly checker: string;
  readonly now: Date;
}

/** `isClean` (`decision.ts`) as far as it is on record, of an exam yet to be sat: the rows for which the list has a tick. */
const FOR_BULK_SQL = `${REGISTRATION_FROM} left join exam_sitting s on s.id = r.sitting_id
  where ${FILTER_SQL} and r.verdict = 'eligible' and r.asked is null and not ${isThrough('$9')}
    and (r.status = 'first_checked' or (r.status = 'registered' and r.unit_id <> all($10::uuid[])))
    and r.person_id <> $11::uuid and not exists (select from account a
      where a.id = r.registered_by and coalesce(a.person_id, a.id) = $11::uuid)`;

const bulkValues = ({ filters, townshipUnitIds, checker, now }: ForBulk) => [
  ...filterValues(filters),
  ...[now.toISOString(), [...townshipUnitIds], checker],
];

export async function countForBulk(reader: Reader, asked: ForBulk): Promise<number> {
  const text = `select count(*)::int as total from ${FOR_BULK_SQL}`;
  const rows = await readRows(reader, text, bulkValues(asked));
  return z.array(totalRow).parse(rows)[0]?.total ?? 0;
}

/** In the order in which registrations are locked. */
export async function listForBulk(reader: Reader, asked: ForBulk): Promise<string[]> {
  const text = `select r.id::text as id from ${FOR_BULK_SQL} order by r.id`;
  const rows = await readRows(reader, text, bulkValues(asked));
  return z
    .array(z.object({ id: z.string() }))
    .parse(rows)
    .map((row) => row.id);
}

const figureRow = z.object({
  registered: z.number(),
  waiting: z.number(),
  unchecked: z.number(),
  asked: z.number(),
  approved: z.number(),
  returned: z.number(),
  refused: z.number(),
  deferred: z.number(),
  exempt: z.number(),
  withdrawn: z.number(),
});
export type BatchFigures = z.infer<typeof figureRow>;

/** Registered = all but withdrawn. */
export async function countRegistrations(pool: Pool, batchId: string): Promise<BatchFigures> {
  const count = (condition: string): string => `count(*) filter (where ${condition})::int`;
  const { rows } = await pool.query({
    name: 'exam-batch-figures',
    text: `select ${count(`status <> 'withdrawn'`)} as registered,
        ${count(`status in ('registered', 'first_checked')`)} as waiting, ${count(`status = 'registered'`)} as unchecked,
        ${count(`asked is not null`)} as asked, ${count(`status = 'approved'`)} as approved,
        ${count(`status = 'returned'`)} as returned, ${count(`status = 'refused'`)} as refused,
        ${count(`status = 'deferred'`)} as deferred, ${count(`status = 'exempt'`)} as exempt,
        ${count(`status = 'withdrawn'`)} as withdrawn
      from exam_registration where batch_id = $1`,
    values: [batchId],
  });
  return figureRow.parse(rows[0]);
}

const eventRow = z.object({
  id: z.string(),
  kind: z.enum(REGISTRATION_EVENT_KINDS),
  note: z.string().nullable(),
  detail: z.unknown(),
  byName: z.string().nullable(),
  at: z.date(),
});
export type RegistrationEvent = z.infer<typeof eventRow>;

/** What happened to a registration, the newest first. */
export async function listRegistrationEvents(
  pool: Pool,
  registrationId: string,
): Promise<RegistrationEvent[]> {
  const { rows } = await pool.query({
    name: 'exam-registration-events',
    text: `select e.id, e.kind, e.note, e.detail, a.display_name as "byName", e.occurred_at as at
           from registration_event e left join account a on a.id = e.actor_id
           where e.registration_id = $1 order by e.occurred_at desc, e.id desc`,
    values: [registrationId],
  });
  return z.array(eventRow).parse(rows);
}
