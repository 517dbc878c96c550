import { z } from 'zod';
import type { Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { Reader } from '../person/rows.store.server.ts';
import { readRows } from '../person/rows.store.server.ts';
import type { RegisterSource } from './reviewer.store.server.ts';
import type { CardTerm } from './supervision-card.ts';

const termRow = z.object({
  rowId: z.string(),
  personId: z.string(),
  unitId: z.string(),
  cardNo: z.string(),
  validFrom: z.string(),
  validTo: z.string(),
});
export type StoredCard = z.infer<typeof termRow>;

/** Supervision cards of these persons, and whoever holds these numbers, as known now. */
export async function listSupervisionCards(
  reader: Reader,
  personIds: readonly string[],
  cardNos: readonly string[],
): Promise<StoredCard[]> {
  const rows = await readRows(
    reader,
    `select id::text as "rowId", person_id::text as "personId", unit_id::text as "unitId", card_no as "cardNo",
       valid_from::text as "validFrom", valid_to::text as "validTo"
     from supervision_card where superseded_at is null and (person_id = any($1::uuid[]) or card_no = any($2::text[]))
     order by valid_from`,
    [[...personIds], [...cardNos]],
  );
  return z.array(termRow).parse(rows);
}

/** Writers of cards come one after the other: a number is free or taken for all of them. Held until commit. */
export async function lockSupervisionCards(tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('organization.supervision_card', 0))`;
}

export interface CardChange {
  readonly supersede: readonly string[];
  readonly insert: readonly (CardTerm & { readonly personId: string; readonly unitId: string })[];
}

export async function writeSupervisionCards(
  tx: Tx,
  changes: readonly CardChange[],
  source: RegisterSource,
): Promise<void> {
  const gone = changes.flatMap((change) => change.supersede);
  if (gone.length > 0)
    await tx.$executeRaw`update supervision_card set superseded_at = ${source.at} where id = any(${gone}::uuid[])`;
  const rows = changes.flatMap((change) =>
    change.insert.map((card) => ({ ...card, id: newId<'SupervisionCard'>() })),
  );
  if (rows.length === 0) return;
  await tx.$executeRaw`
    insert into supervision_card (id, person_id, unit_id, card_no, valid_from, valid_to, source_kind, source_id,
      recorded_by, recorded_at)
    select r.id, r."personId", r."unitId", r."cardNo", r."validFrom", r."validTo", ${source.sourceKind},
      ${source.sourceId}, ${source.actorId}::uuid, ${source.at}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, "personId" uuid, "unitId" uuid,
      "cardNo" text, "validFrom" date, "validTo" date)`;
}

const holderRow = termRow.extend({ personName: z.string(), unitName: z.string() });
export type SupervisionHolder = z.infer<typeof holderRow>;

export interface HolderQuery {
  readonly text: string;
  /** Cards that end within so many days from the day; null for all. */
  readonly endingBefore: Day | null;
  readonly sort: { readonly field: 'name' | 'number' | 'validTo'; readonly direction: 'asc' | 'desc' };
  readonly limit: number;
  readonly offset: number;
}

const ORDER = { name: 'p.name_pinyin', number: 'c.card_no', validTo: 'c.valid_to' } as const;
const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

/** Conditions of a valid card on `$2`: it runs, and its holder is still in post. */
const VALID = `c.superseded_at is null and c.valid_from <= $2::date and c.valid_to > $2::date
  and exists (select 1 from person_unit_link h where h.person_id = c.person_id and h.kind = 'home'
    and h.superseded_at is null and h.valid_from <= $2::date and (h.valid_to is null or h.valid_to > $2::date))`;

/** 监督人员 of these units with a valid card on a day (YC10, M20), one page of them. */
export async function listSupervisionHolders(
  reader: Reader,
  unitIds: readonly string[],
  day: Day,
  query: HolderQuery,
): Promise<{ readonly rows: SupervisionHolder[]; readonly total: number }> {
  const typed = escapeLike(query.text);
  const where = `c.unit_id = any($1::uuid[]) and ${VALID}
    and ($3 = '' or p.name like $3 or p.name_initials like $4 or p.name_pinyin like $4 or c.card_no like $4)
    and ($5::date is null or c.valid_to <= $5::date)`;
  const values = [
    [...unitIds],
    day,
    typed === '' ? '' : `%${typed}%`,
    `${typed.toLowerCase()}%`,
    query.endingBefore,
  ];
  const direction = query.sort.direction === 'desc' ? 'desc' : 'asc';
  const rows = await readRows(
    reader,
    `select c.id::text as "rowId", c.person_id::text as "personId", c.unit_id::text as "unitId", c.card_no as "cardNo",
       c.valid_from::text as "validFrom", c.valid_to::text as "validTo", p.name as "personName",
       coalesce(u.name, '') as "unitName"
     from supervision_card c join person p on p.id = c.person_id
       left join unit_version u on u.unit_id = c.unit_id and u.superseded_at is null and u.valid_from <= $2::date
         and (u.valid_to is null or u.valid_to > $2::date)
     where ${where} order by ${ORDER[query.sort.field]} ${direction}, c.id limit $6 offset $7`,
    [...values, query.limit, query.offset],
  );
  const counted = await readRows(
    reader,
    `select count(*)::int as total from supervision_card c join person p on p.id = c.person_id where ${where}`,
    values,
  );
  const total = z.array(z.object({ total: z.number() })).parse(counted)[0]?.total ?? 0;
  return { rows: z.array(holderRow).parse(rows), total };
}

const invitedRow = z.object({
  supervisorId: z.string(),
  regionId: z.string(),
  name: z.string(),
  affiliation: z.string(),
  documentNo: z.string().nullable(),
  validFrom: z.string(),
  validTo: z.string(),
});
export type InvitedRow = z.infer<typeof invitedRow>;

/** 特邀监督员 of these regions whose term has not ended before the day, as known now. */
export async function listInvited(
  reader: Reader,
  regionIds: readonly string[],
  day: Day,
): Promise<InvitedRow[]> {
  const rows = await readRows(
    reader,
    `select supervisor_id::text as "supervisorId", region_id::text as "regionId", name, affiliation,
       document_no as "documentNo", valid_from::text as "validFrom", valid_to::text as "validTo"
     from invited_supervisor where region_id = any($1::uuid[]) and superseded_at is null and valid_to > $2::date
     order by valid_from desc, name`,
    [[...regionIds], day],
  );
  return z.array(invitedRow).parse(rows);
}

export async function insertInvited(tx: Tx, invited: InvitedRow, source: RegisterSource): Promise<void> {
  const { supervisorId, regionId, name, affiliation, documentNo, validFrom, validTo } = invited;
  await tx.$executeRaw`
    insert into invited_supervisor (id, supervisor_id, region_id, name, affiliation, document_no, valid_from, valid_to,
      recorded_by, recorded_at)
    values (${newId<'InvitedSupervisor'>()}::uuid, ${supervisorId}::uuid, ${regionId}::uuid, ${name}, ${affiliation},
      ${documentNo}, ${validFrom}::date, ${validTo}::date, ${source.actorId}::uuid, ${source.at})`;
}

/** The row as known now, locked; null when there is none. */
export async function lockInvited(tx: Tx, supervisorId: string): Promise<InvitedRow | null> {
  const rows = await tx.$queryRaw`
    select supervisor_id::text as "supervisorId", region_id::text as "regionId", name, affiliation,
      document_no as "documentNo", valid_from::text as "validFrom", valid_to::text as "validTo"
    from invited_supervisor where supervisor_id = ${supervisorId}::uuid and superseded_at is null for update`;
  return z.array(invitedRow).parse(rows)[0] ?? null;
}

export async function supersedeInvited(tx: Tx, supervisorId: string, at: Date): Promise<void> {
  await tx.$executeRaw`
    update invited_supervisor set superseded_at = ${at}
    where supervisor_id = ${supervisorId}::uuid and superseded_at is null`;
}
