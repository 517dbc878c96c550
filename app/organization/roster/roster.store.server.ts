import { z } from 'zod';
import { END_REASONS } from '#app/organization/person/home-timeline.ts';
import type { HomePlace } from '#app/organization/person/home-timeline.ts';
import { ESTABLISHMENTS } from '#app/organization/person/person.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { Day } from '#app/platform/time/day.ts';

/** A person of the register found by the keyed hash of an ID number. */
export interface StoredPerson {
  readonly idNumberHash: string;
  readonly personId: string;
  readonly name: string;
  readonly education: string | null;
  readonly hasLegalQualification: boolean;
  readonly phoneCipher: Uint8Array | null;
  readonly home: HomePlace | null;
}

const storedRow = z.object({
  idNumberHash: z.string(),
  personId: z.string(),
  name: z.string(),
  education: z.string().nullable(),
  hasLegalQualification: z.boolean(),
  phoneCipher: z.instanceof(Uint8Array).nullable(),
  unitId: z.string().nullable(),
  establishment: z.enum(ESTABLISHMENTS).nullable(),
  position: z.string().nullable(),
  department: z.string().nullable(),
  isEnforcementPost: z.boolean().nullable(),
  fieldCode: z.string().nullable(),
  enforcementArea: z.string().nullable(),
  endReason: z.enum(END_REASONS).nullable(),
});

/** @param hashes hex of the keyed hashes @param day the day whose home counts */
export async function listPersonsByHash(
  tx: Tx,
  hashes: readonly string[],
  day: Day,
): Promise<readonly StoredPerson[]> {
  const rows = await tx.$queryRaw`
    select encode(p.id_number_hash, 'hex') as "idNumberHash", p.id::text as "personId", p.name, p.education,
      p.legal_qualification as "hasLegalQualification", s.phone_cipher as "phoneCipher", l.unit_id::text as "unitId",
      l.establishment, l.position, l.department, l.is_enforcement_post as "isEnforcementPost",
      l.field_code as "fieldCode", l.enforcement_area as "enforcementArea", l.end_reason as "endReason"
    from unnest(${[...hashes]}::text[]) as given(hash)
    join person p on p.id_number_hash = decode(given.hash, 'hex')
    left join person_secret s on s.person_id = p.id
    left join person_unit_link l on l.person_id = p.id and l.kind = 'home' and l.superseded_at is null
      and l.valid_from <= ${day}::date and (l.valid_to is null or l.valid_to > ${day}::date)`;
  return z
    .array(storedRow)
    .parse(rows)
    .map((row) => ({ ...row, home: homeOf(row) }));
}

function homeOf(row: z.infer<typeof storedRow>): HomePlace | null {
  const { unitId, establishment, isEnforcementPost } = row;
  if (unitId === null || establishment === null || isEnforcementPost === null) return null;
  const { position, department, fieldCode, enforcementArea } = row;
  return { unitId, establishment, position, department, isEnforcementPost, fieldCode, enforcementArea };
}

export async function listFieldNames(
  tx: Tx,
): Promise<readonly { readonly code: string; readonly name: string }[]> {
  return tx.field.findMany({ select: { code: true, name: true }, orderBy: { sortOrder: 'asc' } });
}

/** A person as written; bytes as hex, because the rows travel as one JSON value. */
export interface NewPerson {
  readonly id: string;
  readonly name: string;
  readonly namePinyin: string;
  readonly nameInitials: string;
  readonly sex: string;
  readonly birthMonth: string;
  readonly education: string | null;
  readonly hasLegalQualification: boolean;
  readonly idNumberHash: string;
  readonly idNumberMasked: string;
}

export async function insertPersons(tx: Tx, persons: readonly NewPerson[], now: Date): Promise<void> {
  if (persons.length === 0) return;
  await tx.$executeRaw`
    insert into person (id, name, name_pinyin, name_initials, sex, birth_month, education, legal_qualification,
      id_number_hash, id_number_masked, created_at)
    select r.id, r.name, r."namePinyin", r."nameInitials", r.sex, r."birthMonth", r.education,
      r."hasLegalQualification", decode(r."idNumberHash", 'hex'), r."idNumberMasked", ${now}
    from jsonb_to_recordset(${JSON.stringify(persons)}::jsonb) as r(id uuid, name text, "namePinyin" text,
      "nameInitials" text, sex text, "birthMonth" text, education text, "hasLegalQualification" boolean,
      "idNumberHash" text, "idNumberMasked" text)`;
}

export interface DetailUpdate {
  readonly id: string;
  readonly education: string | null;
  readonly hasLegalQualification: boolean;
}

export async function updatePersonDetails(tx: Tx, updates: readonly DetailUpdate[]): Promise<void> {
  if (updates.length === 0) return;
  await tx.$executeRaw`
    update person set education = r.education, legal_qualification = r."hasLegalQualification"
    from jsonb_to_recordset(${JSON.stringify(updates)}::jsonb) as r(id uuid, education text,
      "hasLegalQualification" boolean)
    where person.id = r.id`;
}

export interface SecretRow {
  readonly personId: string;
  readonly idNumberCipher: string;
  readonly phoneCipher: string | null;
}

/** Writes the sealed ID number once and the sealed phone whenever one is given. @param keyId which secret sealed them */
export async function writePersonSecrets(tx: Tx, rows: readonly SecretRow[], keyId: string): Promise<void> {
  if (rows.length === 0) return;
  await tx.$executeRaw`
    insert into person_secret (person_id, id_number_cipher, phone_cipher, key_id)
    select r."personId", decode(r."idNumberCipher", 'hex'), decode(r."phoneCipher", 'hex'), ${keyId}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r("personId" uuid, "idNumberCipher" text,
      "phoneCipher" text)
    on conflict (person_id) do update
      set phone_cipher = coalesce(excluded.phone_cipher, person_secret.phone_cipher)`;
}

export interface Revision {
  readonly id: string;
  readonly personId: string;
  readonly name: string;
  readonly sex: string;
  readonly education: string | null;
}

export interface RevisionSource {
  readonly reasonCode: string;
  readonly sourceKind: string;
  readonly sourceId: string;
  readonly actorId: string | null;
  readonly occurredAt: Date;
}

export async function appendRevisions(
  tx: Tx,
  revisions: readonly Revision[],
  source: RevisionSource,
): Promise<void> {
  if (revisions.length === 0) return;
  await tx.$executeRaw`
    insert into person_revision (id, person_id, name, sex, education, reason_code, source_kind, source_id, actor_id,
      occurred_at)
    select r.id, r."personId", r.name, r.sex, r.education, ${source.reasonCode}, ${source.sourceKind},
      ${source.sourceId}, ${source.actorId}::uuid, ${source.occurredAt}
    from jsonb_to_recordset(${JSON.stringify(revisions)}::jsonb) as r(id uuid, "personId" uuid, name text, sex text,
      education text)`;
}
