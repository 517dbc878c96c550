import { z } from 'zod';
import type { Reader } from '#app/organization/person/rows.store.server.ts';
import { readRows } from '#app/organization/person/rows.store.server.ts';
import type { JsonInput, Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Judgement, Verdict } from '../../eligibility/eligibility.ts';
import { VERDICTS } from '../../eligibility/eligibility.ts';
import { storedDeclaration, storedReasons } from '../../eligibility/reason.schema.ts';
import type { DeclaredSanction } from '../../eligibility/sanction.ts';
import type { RegistrationStatus } from '../../sitting/registration.ts';
import { REGISTRATION_STATUSES } from '../../sitting/registration.ts';
import type { RegistrationEventKind } from '../../sitting/registration-events.ts';

export const ASKED = ['defer', 'exempt'] as const;
export type Asked = (typeof ASKED)[number];

export const ROUTES = ['regular', 'late'] as const;
export type Route = (typeof ROUTES)[number];

const registrationRow = z.object({
  id: z.string(),
  batchId: z.string(),
  personId: z.string(),
  personName: z.string(),
  idNumberMasked: z.string(),
  unitId: z.string(),
  unitName: z.string(),
  status: z.enum(REGISTRATION_STATUSES),
  route: z.enum(ROUTES),
  verdict: z.enum(VERDICTS).nullable(),
  reasons: storedReasons,
  declared: storedDeclaration,
  asked: z.enum(ASKED).nullable(),
  askedNote: z.string().nullable(),
  answerNote: z.string().nullable(),
  sittingId: z.string().nullable(),
  ticketNo: z.string().nullable(),
  version: z.number(),
  registeredBy: z.string().nullable(),
  registeredAt: z.date(),
  /** Natural person who asked for the 缓考 or 免考 that waits or was granted. */
  askedPerson: z.string().nullable(),
});
export type Registration = z.infer<typeof registrationRow>;

/** Columns and joins of a registration for every list; a unit has the name it bears now. */
export const REGISTRATION_SELECT = `r.id::text, r.batch_id::text as "batchId", r.person_id::text as "personId",
    p.name as "personName", p.id_number_masked as "idNumberMasked", r.unit_id::text as "unitId", u.name as "unitName",
    r.status, r.route, r.verdict, r.reasons, r.declared, r.asked, r.asked_note as "askedNote",
    r.answer_note as "answerNote", r.sitting_id::text as "sittingId", r.ticket_no as "ticketNo", r.version,
    r.registered_by::text as "registeredBy", r.registered_at as "registeredAt",
    r.asked_person::text as "askedPerson"`;
export const REGISTRATION_FROM = `exam_registration r join person p on p.id = r.person_id
  join lateral (select name, name_pinyin from unit_version where unit_id = r.unit_id and superseded_at is null
    order by valid_from desc limit 1) u on true`;

export const readRegistrations = (rows: unknown): Registration[] => z.array(registrationRow).parse(rows);

export async function findRegistration(reader: Reader, registrationId: string): Promise<Registration | null> {
  const rows = await readRows(
    reader,
    `select ${REGISTRATION_SELECT} from ${REGISTRATION_FROM} where r.id = $1::uuid and r.batch_id is not null`,
    [registrationId],
  );
  return readRegistrations(rows)[0] ?? null;
}

/** Registrations of a batch by their ids, locked in the order of their ids: two acts on overlapping lists do not cross. */
export async function lockRegistrations(
  tx: Tx,
  batchId: string,
  registrationIds: readonly string[],
): Promise<Registration[]> {
  const rows = await readRows(
    tx,
    `select ${REGISTRATION_SELECT} from ${REGISTRATION_FROM}
     where r.batch_id = $1::uuid and r.id = any($2::uuid[]) order by r.id for update of r`,
    [batchId, [...registrationIds]],
  );
  return readRegistrations(rows);
}

/** What these persons are in the batch already, locked. */
export async function lockOfPersons(
  tx: Tx,
  batchId: string,
  personIds: readonly string[],
): Promise<Registration[]> {
  const rows = await readRows(
    tx,
    `select ${REGISTRATION_SELECT} from ${REGISTRATION_FROM}
     where r.batch_id = $1::uuid and r.person_id = any($2::uuid[]) order by r.id for update of r`,
    [batchId, [...personIds]],
  );
  return readRegistrations(rows);
}

/** What these persons are in the batch already, registered by whichever unit. */
export async function listOfPersons(
  reader: Reader,
  batchId: string,
  personIds: readonly string[],
): Promise<Registration[]> {
  const rows = await readRows(
    reader,
    `select ${REGISTRATION_SELECT} from ${REGISTRATION_FROM}
     where r.batch_id = $1::uuid and r.person_id = any($2::uuid[])`,
    [batchId, [...personIds]],
  );
  return readRegistrations(rows);
}

/** Registrations of units in a batch; all units when left out. Withdrawn ones are there, too. */
export async function listRegistrationsOf(
  reader: Reader,
  batchId: string,
  unitIds?: readonly string[],
): Promise<Registration[]> {
  const rows = await readRows(
    reader,
    `select ${REGISTRATION_SELECT} from ${REGISTRATION_FROM}
     where r.batch_id = $1::uuid and ($2::uuid[] is null or r.unit_id = any($2::uuid[]))
     order by u.name_pinyin, u.name, p.name_pinyin, r.id`,
    [batchId, unitIds === undefined ? null : [...unitIds]],
  );
  return readRegistrations(rows);
}

export interface Deed {
  readonly actorId: string | null;
  readonly at: Date;
}

export interface NewRegistration {
  readonly id: string;
  readonly batchId: string;
  readonly personId: string;
  readonly unitId: string;
  readonly route: Route;
  readonly judgement: Judgement;
  readonly sanction: DeclaredSanction | null;
}

const toJson = (judgement: Judgement): JsonInput => judgement.reasons.map((one) => ({ ...one }));
const declaredJson = (sanction: DeclaredSanction | null): JsonInput => ({
  sanction: sanction === null ? null : { ...sanction },
});

export async function insertRegistrations(
  tx: Tx,
  fresh: readonly NewRegistration[],
  { actorId, at }: Deed,
): Promise<void> {
  await tx.examRegistration.createMany({
    data: fresh.map(({ judgement, sanction, ...row }) => ({
      ...row,
      status: 'registered',
      verdict: judgement.verdict,
      reasons: toJson(judgement),
      declared: declaredJson(sanction),
      registeredBy: actorId,
      registeredAt: at,
    })),
  });
}

/** Somebody who was returned or had withdrawn is registered again, by whom and as judged now. */
export async function registerAgain(
  tx: Tx,
  again: NewRegistration & { readonly id: string },
  { actorId, at }: Deed,
): Promise<void> {
  const { id, unitId, route, judgement, sanction } = again;
  await tx.examRegistration.update({
    where: { id },
    data: {
      unitId,
      route,
      status: 'registered',
      verdict: judgement.verdict,
      reasons: toJson(judgement),
      declared: declaredJson(sanction),
      asked: null,
      askedNote: null,
      askedPerson: null,
      decidedPerson: null,
      answerNote: null,
      registeredBy: actorId,
      registeredAt: at,
      version: { increment: 1 },
    },
  });
}

export interface NewStanding {
  readonly status: RegistrationStatus;
  /** Why; the unit and the person read it. */
  readonly note: string | null;
  /** Natural person who decides; null: nobody decides here. */
  readonly by: string | null;
  /** The exam was held: seat, sitting and ticket stay, so that its list still names the person. */
  readonly staysOnList?: boolean | undefined;
}

/**
 * Writes one status for registrations that are locked (`moveRegistrations`). Whoever leaves the exam leaves seat, sitting and
 * ticket (`exam_ticket` keeps the number), so that another sitting of the batch is open after a new approval. Who has a paper
 * or an attempt keeps the sitting they belong to, without the seat; an exam that was held keeps all. What was asked for is answered by it; beside what was
 * granted stays who had asked.
 */
export async function putStanding(
  tx: Tx,
  registrationIds: readonly string[],
  { status, note, by, staysOnList = false }: NewStanding,
): Promise<void> {
  const keepsSeat = status === 'approved' || staysOnList;
  await tx.$executeRaw`
    with leaving as (select r.id from exam_registration r
      where r.id = any(${[...registrationIds]}::uuid[]) and not ${keepsSeat} and r.batch_id is not null
        and not exists (select from paper p where p.registration_id = r.id)
        and not exists (select from attempt a where a.registration_id = r.id))
    update exam_registration set status = ${status}, answer_note = ${note}, asked = null, asked_note = null,
      asked_person = case when ${status} in ('deferred', 'exempt') then asked_person end, decided_person = ${by}::uuid,
      room_id = case when ${keepsSeat} then room_id end, seat_no = case when ${keepsSeat} then seat_no end,
      sitting_id = case when id not in (select id from leaving) then sitting_id end,
      ticket_no = case when id not in (select id from leaving) then ticket_no end,
      version = version + 1
    where id = any(${[...registrationIds]}::uuid[])`;
}

/** What the rules say now, beside the registrations. */
export async function putJudgements(tx: Tx, judged: ReadonlyMap<string, Judgement>): Promise<void> {
  if (judged.size === 0) return;
  const ids = [...judged.keys()];
  const verdicts: Verdict[] = [...judged.values()].map((one) => one.verdict);
  const reasons = [...judged.values()].map((one) => JSON.stringify(toJson(one)));
  await tx.$executeRaw`
    update exam_registration r set verdict = n.verdict, reasons = n.reasons::jsonb
    from unnest(${ids}::uuid[], ${verdicts}::text[], ${reasons}::text[]) as n(id, verdict, reasons)
    where r.id = n.id`;
}

/** @param asked.by natural person who asks */
export async function putAsked(
  tx: Tx,
  registrationId: string,
  asked: { readonly what: Asked; readonly note: string; readonly by: string },
): Promise<void> {
  await tx.examRegistration.update({
    where: { id: registrationId },
    data: {
      asked: asked.what,
      askedNote: asked.note,
      askedPerson: asked.by,
      version: { increment: 1 },
    },
  });
}

/** The request is answered with no. @param by natural person who answers */
export async function declineAsked(
  tx: Tx,
  registrationId: string,
  answer: { readonly note: string; readonly by: string },
): Promise<void> {
  await tx.examRegistration.update({
    where: { id: registrationId },
    data: {
      asked: null,
      askedNote: null,
      askedPerson: null,
      answerNote: answer.note,
      decidedPerson: answer.by,
      version: { increment: 1 },
    },
  });
}

export async function appendRegistrationEvents(
  tx: Tx,
  events: readonly {
    /** Where the caller names the event elsewhere, too. */
    readonly id?: string | undefined;
    readonly registrationId: string;
    readonly kind: RegistrationEventKind;
    readonly note?: string | null;
    readonly detail?: JsonInput;
  }[],
  { actorId, at }: Deed,
): Promise<void> {
  await tx.registrationEvent.createMany({
    data: events.map(
      ({ id = newId<'RegistrationEvent'>(), registrationId, kind, note = null, detail = {} }) => ({
        id,
        registrationId,
        kind,
        note,
        detail,
        actorId,
        occurredAt: at,
      }),
    ),
  });
}

const countRow = z.object({ unitId: z.string(), waiting: z.number() });

/** Per unit what somebody must still decide: not decided yet, or asked for and not answered. */
export async function countWaiting(reader: Reader, batchId: string): Promise<Map<string, number>> {
  const rows = await readRows(
    reader,
    `select unit_id::text as "unitId", count(*)::int as waiting from exam_registration
     where batch_id = $1::uuid and (status in ('registered', 'first_checked') or asked is not null) group by unit_id`,
    [batchId],
  );
  return new Map(
    z
      .array(countRow)
      .parse(rows)
      .map((row) => [row.unitId, row.waiting]),
  );
}

/** Units with people that wait for the first check. */
export async function listUnchecked(reader: Reader, batchId: string): Promise<Set<string>> {
  const rows = await readRows(
    reader,
    `select distinct unit_id::text as "unitId", 0 as waiting from exam_registration
     where batch_id = $1::uuid and status = 'registered'`,
    [batchId],
  );
  return new Set(
    z
      .array(countRow)
      .parse(rows)
      .map((row) => row.unitId),
  );
}
