import { z } from 'zod';
import type { Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { Reader } from '../person/rows.store.server.ts';
import { readRows } from '../person/rows.store.server.ts';

const honourRow = z.object({
  id: z.string(),
  personId: z.string().nullable(),
  personName: z.string().nullable(),
  unitId: z.string(),
  unitName: z.string(),
  title: z.string(),
  awardedBy: z.string(),
  awardedDay: z.string(),
  documentNo: z.string().nullable(),
});
export type HonourRow = z.infer<typeof honourRow>;

const COLUMNS = `h.id::text, h.person_id::text as "personId", p.name as "personName", h.unit_id::text as "unitId",
  coalesce((select v.name from unit_version v where v.unit_id = h.unit_id and v.superseded_at is null
    order by v.valid_from desc limit 1), '') as "unitName", h.title, h.awarded_by as "awardedBy",
  h.awarded_day::text as "awardedDay", h.document_no as "documentNo"`;
const STANDS = `h.state = 'stands' and not exists (select 1 from honour c where c.corrects_id = h.id)`;

export interface HonourQuery {
  readonly unitIds: readonly string[];
  readonly who: 'all' | 'units' | 'persons';
  readonly text: string;
  readonly limit: number;
  readonly offset: number;
}

/** Honours of these units and of their people at the time, newest first (ZY12). */
export async function listHonours(
  reader: Reader,
  query: HonourQuery,
): Promise<{ readonly rows: HonourRow[]; readonly total: number }> {
  const text = query.text === '' ? '' : `%${query.text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const where = `h.unit_id = any($1::uuid[]) and ${STANDS}
    and ($2 = 'all' or ($2 = 'units') = (h.person_id is null))
    and ($3 = '' or h.title like $3 or p.name like $3 or h.awarded_by like $3)`;
  const values = [[...query.unitIds], query.who, text];
  const from = `honour h left join person p on p.id = h.person_id where ${where}`;
  const rows = await readRows(
    reader,
    `select ${COLUMNS} from ${from} order by h.awarded_day desc, h.id limit $4 offset $5`,
    [...values, query.limit, query.offset],
  );
  const counted = await readRows(reader, `select count(*)::int as total from ${from}`, values);
  const total = z.array(z.object({ total: z.number() })).parse(counted)[0]?.total ?? 0;
  return { rows: z.array(honourRow).parse(rows), total };
}

export async function listHonoursOfPerson(reader: Reader, personId: string): Promise<HonourRow[]> {
  const rows = await readRows(
    reader,
    `select ${COLUMNS} from honour h left join person p on p.id = h.person_id
     where h.person_id = $1::uuid and ${STANDS} order by h.awarded_day desc, h.id`,
    [personId],
  );
  return z.array(honourRow).parse(rows);
}

/** The honour if it stands; for update, so that two withdrawals come one after the other. */
export async function findStandingHonour(tx: Tx, honourId: string): Promise<HonourRow | null> {
  const rows = await readRows(
    tx,
    `select ${COLUMNS} from honour h left join person p on p.id = h.person_id where h.id = $1::uuid and ${STANDS}`,
    [honourId],
  );
  return z.array(honourRow).parse(rows)[0] ?? null;
}

export interface NewHonour {
  readonly personId: string | null;
  readonly unitId: string;
  readonly title: string;
  readonly awardedBy: string;
  readonly awardedDay: Day;
  readonly documentNo: string | null;
  readonly state: 'stands' | 'withdrawn';
  readonly correctsId: string | null;
  readonly reason: string | null;
}

/** @returns the id; null when somebody has corrected the same row first */
export async function appendHonour(
  tx: Tx,
  honour: NewHonour,
  by: { readonly actorId: string | null; readonly at: Date },
): Promise<string | null> {
  const id = newId<'Honour'>();
  const written = await tx.$executeRaw`
    insert into honour (id, person_id, unit_id, title, awarded_by, awarded_day, document_no, state, corrects_id, reason,
      actor_id, occurred_at)
    values (${id}::uuid, ${honour.personId}::uuid, ${honour.unitId}::uuid, ${honour.title}, ${honour.awardedBy},
      ${honour.awardedDay}::date, ${honour.documentNo}, ${honour.state}, ${honour.correctsId}::uuid, ${honour.reason},
      ${by.actorId}::uuid, ${by.at})
    on conflict (corrects_id) do nothing`;
  return written === 1 ? id : null;
}
