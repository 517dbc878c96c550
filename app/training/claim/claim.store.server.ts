import { z } from 'zod';
import type { Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { CATEGORIES } from '../ledger/hours.ts';
import type { Reader } from '../rows.store.server.ts';
import { readRows } from '../rows.store.server.ts';
import type { ClaimState, ClaimStatement } from './claim.ts';
import { CLAIM_FORMS, CLAIM_KINDS, CLAIM_STATES } from './claim.ts';

const claimRow = z.object({
  id: z.string(),
  batchId: z.string(),
  personId: z.string(),
  personName: z.string(),
  unitId: z.string(),
  kind: z.enum(CLAIM_KINDS),
  title: z.string(),
  organiser: z.string(),
  fromDay: z.string(),
  toDay: z.string(),
  form: z.enum(CLAIM_FORMS),
  category: z.enum(CATEGORIES),
  place: z.string().nullable(),
  stated: z.object({ kind: z.enum(['hours', 'minutes']), amount: z.number() }),
  creditSeconds: z.number(),
  result: z.string().nullable(),
  duplicateKey: z.string(),
  state: z.enum(CLAIM_STATES),
  version: z.number(),
  filedAs: z.enum(['self', 'liaison']),
  filedBy: z.string(),
  filedAt: z.date(),
  decidedBy: z.string().nullable(),
  decidedAt: z.date().nullable(),
  approvedSeconds: z.number().nullable(),
  note: z.string().nullable(),
});
export type Claim = z.infer<typeof claimRow>;

/** Columns of a claim `c` with its person `p`. */
export const CLAIM_COLUMNS = `c.id::text, c.batch_id::text as "batchId", c.person_id::text as "personId", p.name as "personName",
  c.unit_id::text as "unitId", c.kind, c.title, c.organiser, c.from_day::text as "fromDay", c.to_day::text as "toDay",
  c.form, c.category, c.place, jsonb_build_object('kind', c.stated_kind, 'amount', c.stated_amount) as stated,
  c.credit_seconds as "creditSeconds", c.result, c.duplicate_key as "duplicateKey", c.state, c.version,
  c.filed_as as "filedAs", c.filed_by::text as "filedBy", c.filed_at as "filedAt", c.decided_by::text as "decidedBy",
  c.decided_at as "decidedAt", c.approved_seconds as "approvedSeconds", c.note`;

export const parseClaims = (rows: unknown): Claim[] => z.array(claimRow).parse(rows);

const FROM = 'from external_claim c join person p on p.id = c.person_id';

export async function findClaim(reader: Reader, claimId: string): Promise<Claim | null> {
  const rows = await readRows(reader, `select ${CLAIM_COLUMNS} ${FROM} where c.id = $1::uuid`, [claimId]);
  return parseClaims(rows)[0] ?? null;
}

/** Locks claims in the order of their ids; ids that do not exist are left out. */
export async function lockClaims(tx: Tx, claimIds: readonly string[]): Promise<Claim[]> {
  const rows = await readRows(
    tx,
    `select ${CLAIM_COLUMNS} ${FROM} where c.id = any($1::uuid[]) order by c.id for update of c`,
    [[...claimIds]],
  );
  return parseClaims(rows);
}

/** Claims of one person, the latest training first. */
export async function listClaimsOfPerson(reader: Reader, personId: string, limit: number): Promise<Claim[]> {
  const rows = await readRows(
    reader,
    `select ${CLAIM_COLUMNS} ${FROM} where c.person_id = $1::uuid order by c.from_day desc, c.id desc limit $2`,
    [personId, limit],
  );
  return parseClaims(rows);
}

export interface NewClaim extends ClaimStatement {
  readonly id: string;
  readonly batchId: string;
  readonly personId: string;
  readonly unitId: string;
  readonly creditSeconds: number;
  readonly duplicateKey: string;
  readonly filedAs: 'self' | 'liaison';
  readonly filedBy: string;
  readonly filedAt: Date;
}

/** Inserts filed claims. One whose training is claimed already is left out. @returns ids of what was written */
export async function insertClaims(tx: Tx, claims: readonly NewClaim[]): Promise<ReadonlySet<string>> {
  const flat = claims.map(({ stated, ...claim }) => ({
    ...claim,
    statedKind: stated.kind,
    statedAmount: stated.amount,
  }));
  const rows = await tx.$queryRaw`
    insert into external_claim (id, batch_id, person_id, unit_id, kind, title, organiser, from_day, to_day, form, category,
      place, stated_kind, stated_amount, credit_seconds, result, duplicate_key, state, filed_as, filed_by, filed_at)
    select r.id, r."batchId", r."personId", r."unitId", r.kind, r.title, r.organiser, r."fromDay", r."toDay", r.form,
      r.category, r.place, r."statedKind", r."statedAmount", r."creditSeconds", r.result, r."duplicateKey", 'filed',
      r."filedAs", r."filedBy", r."filedAt"
    from jsonb_to_recordset(${JSON.stringify(flat)}::jsonb) as r(id uuid, "batchId" uuid, "personId" uuid, "unitId" uuid,
      kind text, title text, organiser text, "fromDay" date, "toDay" date, form text, category text, place text,
      "statedKind" text, "statedAmount" int, "creditSeconds" int, result text, "duplicateKey" text, "filedAs" text,
      "filedBy" uuid, "filedAt" timestamptz)
    on conflict (duplicate_key) where state in ('filed', 'returned', 'approved') do nothing
    returning id::text`;
  const written = z.array(z.object({ id: z.string() })).parse(rows);
  return new Set(written.map(({ id }) => id));
}

/** Puts another statement in place of a returned claim's and files it again. @returns false when it moved meanwhile */
export async function refileClaim(
  tx: Tx,
  claim: { readonly id: string; readonly version: number },
  next: ClaimStatement & {
    readonly creditSeconds: number;
    readonly duplicateKey: string;
    readonly filedBy: string;
    readonly filedAt: Date;
  },
): Promise<boolean> {
  const count = await tx.$executeRaw`
    update external_claim set state = 'filed', version = version + 1, kind = ${next.kind}, title = ${next.title},
      organiser = ${next.organiser}, from_day = ${next.fromDay}::date, to_day = ${next.toDay}::date, form = ${next.form},
      category = ${next.category}, place = ${next.place}, stated_kind = ${next.stated.kind},
      stated_amount = ${next.stated.amount}, credit_seconds = ${next.creditSeconds}, result = ${next.result},
      duplicate_key = ${next.duplicateKey}, filed_by = ${next.filedBy}::uuid, filed_at = ${next.filedAt},
      decided_by = null, decided_person_id = null, decided_at = null, note = null
    where id = ${claim.id}::uuid and state = 'returned' and version = ${claim.version}`;
  return count === 1;
}

export interface ClaimMove {
  readonly to: Exclude<ClaimState, 'filed'>;
  readonly decidedBy: string | null;
  readonly decidedPersonId: string | null;
  readonly at: Date;
  readonly approvedSeconds: number | null;
  readonly note: string | null;
}

/** Moves a claim by condition: of two who decide at once one wins. @returns false when it moved meanwhile */
export async function moveClaim(
  tx: Tx,
  claim: { readonly id: string; readonly version: number; readonly state: ClaimState },
  move: ClaimMove,
): Promise<boolean> {
  const { to, at, ...rest } = move;
  const { count } = await tx.externalClaim.updateMany({
    where: { id: claim.id, state: claim.state, version: claim.version },
    data: { ...rest, state: to, decidedAt: at, version: { increment: 1 } },
  });
  return count === 1;
}

export type ClaimEventKind = 'filed' | 'resubmitted' | 'returned' | 'approved' | 'withdrawn' | 'moved';

export interface NewClaimEvent {
  readonly claimId: string;
  readonly kind: ClaimEventKind;
  readonly statement: ClaimStatement | null;
  readonly note: string | null;
}

export async function appendClaimEvents(
  tx: Tx,
  events: readonly NewClaimEvent[],
  { actorId, at }: { readonly actorId: string | null; readonly at: Date },
): Promise<void> {
  await tx.externalClaimEvent.createMany({
    data: events.map(({ statement, ...event }) => ({
      id: newId<'ExternalClaimEvent'>(),
      ...event,
      ...(statement === null ? {} : { statement: { ...statement, stated: { ...statement.stated } } }),
      actorId,
      occurredAt: at,
    })),
  });
}

const eventRow = z.object({
  id: z.string(),
  kind: z.enum(['filed', 'resubmitted', 'returned', 'approved', 'withdrawn', 'moved']),
  title: z.string().nullable(),
  note: z.string().nullable(),
  actorId: z.string().nullable(),
  actorName: z.string().nullable(),
  actorKey: z.string().nullable(),
  occurredAt: z.date(),
});
export type ClaimEvent = z.infer<typeof eventRow>;

/** What happened to a claim, oldest first, with who did it. */
export async function listClaimEvents(reader: Reader, claimId: string): Promise<ClaimEvent[]> {
  const rows = await readRows(
    reader,
    `select e.id::text, e.kind, e.statement ->> 'title' as title, e.note, e.actor_id::text as "actorId",
       a.display_name as "actorName", coalesce(a.person_id, a.id)::text as "actorKey", e.occurred_at as "occurredAt"
     from external_claim_event e left join account a on a.id = e.actor_id
     where e.claim_id = $1::uuid order by e.occurred_at, e.id`,
    [claimId],
  );
  return z.array(eventRow).parse(rows);
}

/** Natural persons who filed or completed each claim: none of them may decide it. */
export async function listMakerKeys(
  reader: Reader,
  claimIds: readonly string[],
): Promise<Map<string, string[]>> {
  const rows = await readRows(
    reader,
    `select e.claim_id::text as "claimId", array_agg(distinct coalesce(a.person_id, e.actor_id)::text) as keys
     from external_claim_event e left join account a on a.id = e.actor_id
     where e.claim_id = any($1::uuid[]) and e.kind in ('filed', 'resubmitted') group by e.claim_id`,
    [[...claimIds]],
  );
  const shape = z.array(z.object({ claimId: z.string(), keys: z.array(z.string()) }));
  return new Map(shape.parse(rows).map(({ claimId, keys }) => [claimId, keys]));
}
