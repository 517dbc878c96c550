import { z } from 'zod';
import type { JsonInput, Pool, Tx } from '#app/platform/db/db.server.ts';
import type { EvidenceLink, IncidentCode, IncidentKind } from './incident.ts';
import { INCIDENT_CODES, INCIDENT_KINDS, MISCONDUCT_CODES } from './incident.ts';

const evidence = z.array(z.object({ eventId: z.string(), kind: z.string(), at: z.string() }));

const incidentRow = z.object({
  id: z.string(),
  roomId: z.string().nullable(),
  roomName: z.string().nullable(),
  registrationId: z.string().nullable(),
  attemptId: z.string().nullable(),
  personName: z.string().nullable(),
  ticketNo: z.string().nullable(),
  unitName: z.string().nullable(),
  idNumberMasked: z.string().nullable(),
  seatNo: z.number().nullable(),
  kind: z.enum(INCIDENT_KINDS),
  code: z.enum([...INCIDENT_CODES, ...MISCONDUCT_CODES]),
  happenedAt: z.date(),
  facts: z.string(),
  handling: z.string(),
  witnesses: z.string().nullable(),
  evidence,
  correctsId: z.string().nullable(),
  isCorrected: z.boolean(),
  /** The record that took its place. */
  correctedById: z.string().nullable(),
  actorName: z.string(),
  occurredAt: z.date(),
});
export type IncidentRow = z.infer<typeof incidentRow>;

const INCIDENT_SELECT = `
  select i.id, i.room_id as "roomId", m.name as "roomName", i.registration_id as "registrationId", i.attempt_id as "attemptId",
    p.name as "personName", r.ticket_no as "ticketNo", u.name as "unitName", p.id_number_masked as "idNumberMasked",
    r.seat_no as "seatNo", i.kind, i.code, i.happened_at as "happenedAt", i.facts, i.handling, i.witnesses,
    i.evidence, i.corrects_id as "correctsId",
    k.id is not null as "isCorrected", k.id as "correctedById", c.display_name as "actorName",
    i.occurred_at as "occurredAt"
  from exam_incident i join account c on c.id = i.actor_id
  left join exam_incident k on k.corrects_id = i.id
  left join exam_room m on m.id = i.room_id left join exam_registration r on r.id = i.registration_id
  left join person p on p.id = r.person_id
  left join lateral (select name from unit_version where unit_id = r.unit_id and superseded_at is null
    order by valid_from desc limit 1) u on true`;

const MAX_LISTED = 500;

/** Records of a sitting within these rooms (null = all), newest first; corrected ones stay in the list. */
export async function listIncidents(
  pool: Pool,
  input: {
    sittingId: string;
    roomIds: readonly string[] | null;
    registrationId?: string | null;
    incidentId?: string | null;
  },
): Promise<IncidentRow[]> {
  const { rows } = await pool.query({
    name: 'invigilation-incidents',
    text: `${INCIDENT_SELECT}
           where i.sitting_id = $1 and ($2::uuid[] is null or i.room_id = any($2))
             and ($3::uuid is null or i.registration_id = $3) and ($4::uuid is null or i.id = $4)
           order by i.happened_at desc, i.id desc limit ${MAX_LISTED}`,
    values: [input.sittingId, input.roomIds, input.registrationId ?? null, input.incidentId ?? null],
  });
  return z.array(incidentRow).parse(rows);
}

/** False when somebody else has corrected the same record meanwhile. */
export async function insertIncident(
  tx: Tx,
  record: {
    id: string;
    sittingId: string;
    roomId: string | null;
    registrationId: string | null;
    attemptId: string | null;
    kind: IncidentKind;
    code: IncidentCode;
    happenedAt: Date;
    facts: string;
    handling: string;
    witnesses: string | null;
    evidence: readonly EvidenceLink[];
    correctsId: string | null;
    actorId: string;
    occurredAt: Date;
  },
): Promise<boolean> {
  const links = record.evidence.map((link) => ({ ...link })) satisfies JsonInput;
  const data = [{ ...record, evidence: links }];
  const { count } = await tx.examIncident.createMany({ data, skipDuplicates: true });
  return count === 1;
}

const originalRow = z.object({
  roomId: z.string().nullable(),
  registrationId: z.string().nullable(),
  isCorrected: z.boolean(),
});

/** The record a correction names, if it lies in this sitting. */
export async function findOriginal(
  tx: Tx,
  id: string,
  sittingId: string,
): Promise<z.infer<typeof originalRow> | null> {
  const rows = await tx.$queryRaw`
    select i.room_id::text as "roomId", i.registration_id::text as "registrationId",
      exists (select 1 from exam_incident k where k.corrects_id = i.id) as "isCorrected"
    from exam_incident i where i.id = ${id}::uuid and i.sitting_id = ${sittingId}::uuid`;
  return z.array(originalRow).parse(rows)[0] ?? null;
}

const subjectRow = z.object({
  roomId: z.string().nullable(),
  attemptId: z.string().nullable(),
  personId: z.string(),
});

/** Room, latest attempt and person of a candidate of this sitting; null when there is no such candidate. */
export async function findSubject(
  tx: Tx,
  registrationId: string,
  sittingId: string,
): Promise<z.infer<typeof subjectRow> | null> {
  const rows = await tx.$queryRaw`
    select r.room_id::text as "roomId", r.person_id::text as "personId", (select a.id::text from attempt a where a.registration_id = r.id
      order by a.attempt_no desc limit 1) as "attemptId"
    from exam_registration r where r.id = ${registrationId}::uuid and r.sitting_id = ${sittingId}::uuid`;
  return z.array(subjectRow).parse(rows)[0] ?? null;
}

/** Those of these events that belong to the attempt, as links. */
export async function findEvidence(
  tx: Tx,
  attemptId: string,
  eventIds: readonly string[],
): Promise<EvidenceLink[]> {
  if (eventIds.length === 0) return [];
  const rows = await tx.attemptEvent.findMany({
    where: { attemptId, id: { in: [...eventIds] } },
    orderBy: { occurredAt: 'asc' },
  });
  return rows.map((row) => ({ eventId: row.id, kind: row.kind, at: row.occurredAt.toISOString() }));
}
