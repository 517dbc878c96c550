import { z } from 'zod';
import type { Db, JsonInput, Tx } from '#app/platform/db/db.server.ts';
import { dayToDb } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { QualificationStatus, QualificationSubject } from './qualification.ts';
import { QUALIFICATION_SUBJECTS } from './qualification.ts';

/** What a qualification rests on: a result of an exam, or a 免考 that stands for one. */
export const EXAM = 'exam';
export const EXEMPTION = 'exemption';

const statuses = z.enum(['valid', 'disqualified', 'void']);

const qualificationRow = z.object({
  id: z.string(),
  personId: z.string(),
  subject: z.enum(QUALIFICATION_SUBJECTS),
  status: statuses,
  obtainedDay: z.string(),
  validUntilDay: z.string(),
  exemptedFor: z.string().nullable(),
  endedDay: z.string().nullable(),
});
export type QualificationRecord = z.infer<typeof qualificationRow>;

/** All qualifications of some persons, newest first. */
export async function listQualifications(
  db: Db | Tx,
  personIds: readonly string[],
): Promise<QualificationRecord[]> {
  const rows = await db.$queryRaw`
    select q.id::text, q.person_id::text as "personId", q.subject, q.status, q.obtained_day::text as "obtainedDay",
      q.valid_until_day::text as "validUntilDay",
      case when q.source_kind = ${EXEMPTION} then coalesce((select e.detail->>'reason' from qualification_event e
        where e.qualification_id = q.id and e.kind = 'granted'), '') end as "exemptedFor",
      case when q.source_kind = ${EXEMPTION} then (select max(e.effective_day)::text from qualification_event e
        where e.qualification_id = q.id and e.kind = 'voided') end as "endedDay"
    from qualification q where q.person_id = any(${[...personIds]}::uuid[]) order by q.obtained_day desc, q.id desc`;
  return z.array(qualificationRow).parse(rows);
}

const eventDetail = z.object({
  resultVersion: z.number().optional(),
  scoreHundredths: z.number().optional(),
  /** Why a 免考 was granted, or taken back. */
  reason: z.string().optional(),
});
const eventRow = z.object({
  id: z.string(),
  qualificationId: z.string(),
  personId: z.string(),
  subject: z.enum(QUALIFICATION_SUBJECTS),
  seq: z.number(),
  kind: z.enum(['granted', 'voided', 'restored', 'disqualified']),
  legalBasis: z.string(),
  effectiveDay: z.string(),
  validUntilDay: z.string(),
  isExemption: z.boolean(),
  detail: eventDetail,
});
export type QualificationEvent = z.infer<typeof eventRow>;

export async function listQualificationEvents(
  db: Db | Tx,
  personIds: readonly string[],
): Promise<QualificationEvent[]> {
  const rows = await db.$queryRaw`
    select e.id::text, e.qualification_id::text as "qualificationId", q.person_id::text as "personId", q.subject,
      e.seq, e.kind, e.legal_basis as "legalBasis", e.effective_day::text as "effectiveDay",
      q.valid_until_day::text as "validUntilDay", q.source_kind = ${EXEMPTION} as "isExemption", e.detail
    from qualification q join qualification_event e on e.qualification_id = q.id
    where q.person_id = any(${[...personIds]}::uuid[]) order by e.effective_day, e.seq`;
  return z.array(eventRow).parse(rows);
}

const lockedRow = z.object({
  id: z.string(),
  personId: z.string(),
  status: statuses,
  lastSeq: z.number(),
  resultVersion: z.number(),
});

/** The qualification that a source (an attempt, a 免考) has made, its row locked until the transaction ends. */
export async function lockQualificationOf(
  tx: Tx,
  source: { readonly kind: string; readonly id: string; readonly subject: QualificationSubject },
): Promise<z.infer<typeof lockedRow> | null> {
  const rows = await tx.$queryRaw`
    select q.id::text, q.person_id::text as "personId", q.status, e.seq as "lastSeq",
      coalesce((e.detail->>'resultVersion')::int, 0) as "resultVersion"
    from qualification q
      join lateral (select seq, detail from qualification_event where qualification_id = q.id
        order by seq desc limit 1) e on true
    where q.source_kind = ${source.kind} and q.source_id = ${source.id} and q.subject = ${source.subject}
    for update of q`;
  return z.array(lockedRow).parse(rows)[0] ?? null;
}

export interface NewQualification {
  readonly personId: string;
  readonly subject: QualificationSubject;
  readonly obtainedDay: Day;
  readonly validUntilDay: Day;
  readonly sourceKind: string;
  readonly sourceId: string;
}

/** @returns the new id, or null when the source has already made one (natural key) */
export async function insertQualification(tx: Tx, qualification: NewQualification): Promise<string | null> {
  const id = newId<'Qualification'>();
  const { obtainedDay, validUntilDay, ...rest } = qualification;
  const made = await tx.qualification.createMany({
    data: [
      {
        id,
        ...rest,
        status: 'valid',
        obtainedDay: dayToDb(obtainedDay),
        validUntilDay: dayToDb(validUntilDay),
      },
    ],
    skipDuplicates: true,
  });
  return made.count === 1 ? id : null;
}

/** Appends an event and moves the projection with it. */
export async function appendQualificationEvent(
  tx: Tx,
  event: {
    readonly qualificationId: string;
    readonly seq: number;
    readonly kind: QualificationEvent['kind'];
    readonly status: QualificationStatus;
    readonly legalBasis: string;
    readonly detail: JsonInput;
    readonly actorId: string | null;
    readonly effectiveDay: Day;
    readonly occurredAt: Date;
  },
): Promise<void> {
  const { status, effectiveDay, ...row } = event;
  await tx.qualificationEvent.create({
    data: { id: newId(), ...row, effectiveDay: dayToDb(effectiveDay) },
  });
  await tx.qualification.update({
    where: { id: event.qualificationId },
    data: { status, version: event.seq },
  });
}
