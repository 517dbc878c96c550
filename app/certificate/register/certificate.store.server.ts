import { z } from 'zod';
import type { Db, JsonInput, Tx } from '#app/platform/db/db.server.ts';
import { dayToDb, sql } from '#app/platform/db/db.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { CertificateState } from './certificate.ts';
import { CERTIFICATE_STATES } from './certificate.ts';
import type { CardNow } from './lifecycle.ts';
import type { StatusEvent } from './status-on.ts';
import { statusOn } from './status-on.ts';
import { EVENT_KINDS } from './transition-table.ts';
import type { EventKind } from './transition-table.ts';

const detailShape = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
export type EventDetail = z.infer<typeof detailShape>;

const eventRow = z.object({
  id: z.string(),
  certificateId: z.string(),
  seq: z.number(),
  kind: z.enum(EVENT_KINDS),
  fromState: z.enum(CERTIFICATE_STATES).nullable(),
  toState: z.enum(CERTIFICATE_STATES),
  reasonCode: z.string(),
  legalBasis: z.string(),
  documentNo: z.string().nullable(),
  decidingAuthority: z.string(),
  decisionDay: z.string(),
  effectiveFromDay: z.string(),
  effectiveToDay: z.string().nullable(),
  detail: detailShape,
  operatorId: z.string().nullable(),
  operatorName: z.string().nullable(),
  approverId: z.string().nullable(),
  approverName: z.string().nullable(),
  recordedAt: z.date(),
});

/** One line of a card's history, as it stands in the append-only table, with the names of who acted. */
export type CertificateEvent = z.infer<typeof eventRow> & StatusEvent;

/** The whole history of some cards, by card, in the order of entry. */
export async function listCertificateEvents(
  db: Db | Tx,
  certificateIds: readonly string[],
): Promise<Map<string, CertificateEvent[]>> {
  const rows = await db.$queryRaw`
    select e.id::text, e.certificate_id::text as "certificateId", e.seq, e.kind, e.from_state as "fromState",
      e.to_state as "toState", e.reason_code as "reasonCode", e.legal_basis as "legalBasis",
      e.document_no as "documentNo", e.deciding_authority as "decidingAuthority",
      e.decision_day::text as "decisionDay", e.effective_from_day::text as "effectiveFromDay",
      e.effective_to_day::text as "effectiveToDay", e.detail, e.recorded_at as "recordedAt",
      e.operator_id::text as "operatorId", o.display_name as "operatorName",
      e.approver_id::text as "approverId", a.display_name as "approverName"
    from certificate_event e
      left join account o on o.id = e.operator_id left join account a on a.id = e.approver_id
    where e.certificate_id = any(${[...certificateIds]}::uuid[]) order by e.certificate_id, e.seq`;
  const byCard = new Map<string, CertificateEvent[]>();
  for (const event of z.array(eventRow).parse(rows)) {
    const known = byCard.get(event.certificateId);
    if (known) known.push(event);
    else byCard.set(event.certificateId, [event]);
  }
  return byCard;
}

const cardRow = z.object({
  id: z.string(),
  personId: z.string(),
  personName: z.string(),
  unitId: z.string(),
  regionId: z.string(),
  applicationId: z.string().nullable(),
  certificateNo: z.string(),
  fieldCode: z.string(),
  area: z.string(),
  issuingAuthority: z.string(),
  state: z.enum(CERTIFICATE_STATES),
  isLost: z.boolean(),
  stateSinceDay: z.string(),
  issuedDay: z.string(),
  validFromDay: z.string(),
  validToDay: z.string(),
  checkToken: z.string(),
  version: z.number(),
});
export type CertificateRecord = z.infer<typeof cardRow>;

const CARD_COLUMNS = sql`
  select c.id::text, c.person_id::text as "personId", p.name as "personName", c.unit_id::text as "unitId",
    c.region_id::text as "regionId", c.application_id::text as "applicationId",
    c.certificate_no as "certificateNo", c.field_code as "fieldCode", c.area,
    c.issuing_authority as "issuingAuthority", c.state, c.is_lost as "isLost",
    c.state_since_day::text as "stateSinceDay", c.issued_day::text as "issuedDay",
    c.valid_from_day::text as "validFromDay", c.valid_to_day::text as "validToDay",
    c.check_token as "checkToken", c.version
  from certificate c join person p on p.id = c.person_id`;

/** One card; null when there is none. The caller checks that the viewer reaches its region. */
export async function findCertificate(db: Db | Tx, certificateId: string): Promise<CertificateRecord | null> {
  const rows = await db.$queryRaw(sql`${CARD_COLUMNS} where c.id = ${certificateId}::uuid`);
  return z.array(cardRow).parse(rows)[0] ?? null;
}

/** Every card of a person, newest first. */
export async function listCertificatesOf(db: Db | Tx, personId: string): Promise<CertificateRecord[]> {
  const rows = await db.$queryRaw(
    sql`${CARD_COLUMNS} where c.person_id = ${personId}::uuid order by c.issued_day desc, c.id desc`,
  );
  return z.array(cardRow).parse(rows);
}

/** Locks the card's row until the transaction ends: what is read of it afterwards stays true until then. */
export async function lockCertificate(tx: Tx, certificateId: string): Promise<void> {
  await tx.$queryRaw`select id::text from certificate where id = ${certificateId}::uuid for update`;
}

/** What the rules need of a card: its state folded from its events, not taken from the projection. */
export function cardNow(validToDay: Day, events: readonly StatusEvent[], today: Day): CardNow {
  const status = statusOn(events, validToDay, today);
  return {
    state: status?.state ?? null,
    isLost: status?.isLost ?? false,
    validToDay,
    lastEffectiveDay: status?.lastEffectiveDay ?? null,
    suspendedFromDay: status?.suspendedFromDay ?? null,
    suspendedUntilDay: status?.suspendedUntilDay ?? null,
  };
}

export interface NewCertificate {
  readonly id: string;
  readonly personId: string;
  readonly unitId: string;
  readonly regionId: string;
  readonly applicationId: string;
  readonly certificateNo: string;
  readonly fieldCode: string;
  readonly area: string;
  readonly issuingAuthority: string;
  readonly state: CertificateState;
  readonly issuedDay: Day;
  readonly validFromDay: Day;
  readonly validToDay: Day;
  readonly checkToken: string;
  readonly version: number;
}

export async function insertCertificate(tx: Tx, card: NewCertificate): Promise<void> {
  const { issuedDay, validFromDay, validToDay, ...rest } = card;
  await tx.certificate.create({
    data: {
      ...rest,
      stateSinceDay: dayToDb(issuedDay),
      issuedDay: dayToDb(issuedDay),
      validFromDay: dayToDb(validFromDay),
      validToDay: dayToDb(validToDay),
    },
  });
}

export interface NewCertificateEvent {
  readonly id: string;
  readonly certificateId: string;
  readonly seq: number;
  readonly kind: EventKind;
  readonly fromState: CertificateState | null;
  readonly toState: CertificateState;
  readonly reasonCode: string;
  readonly legalBasis: string;
  readonly documentNo: string | null;
  readonly decidingAuthority: string;
  readonly decisionDay: Day;
  readonly effectiveFromDay: Day;
  readonly effectiveToDay: Day | null;
  readonly detail: JsonInput;
  readonly operatorId: string | null;
  readonly approverId: string | null;
  readonly occurredAt: Date;
}

export async function appendCertificateEvents(tx: Tx, events: readonly NewCertificateEvent[]): Promise<void> {
  await tx.certificateEvent.createMany({
    data: events.map(({ decisionDay, effectiveFromDay, effectiveToDay, ...rest }) => ({
      ...rest,
      decisionDay: dayToDb(decisionDay),
      effectiveFromDay: dayToDb(effectiveFromDay),
      effectiveToDay: effectiveToDay === null ? null : dayToDb(effectiveToDay),
    })),
  });
}

/**
 * Moves the projection together with the event that was appended: only from the version the decision was made on.
 * @returns false when somebody else was faster; the caller refuses CHANGED_MEANWHILE and rolls its event back
 */
export async function moveCertificate(
  tx: Tx,
  move: {
    readonly certificateId: string;
    readonly expectedVersion: number;
    readonly state: CertificateState;
    readonly isLost: boolean;
    readonly stateSinceDay: Day;
  },
): Promise<boolean> {
  const moved = await tx.certificate.updateMany({
    where: { id: move.certificateId, version: move.expectedVersion },
    data: {
      state: move.state,
      isLost: move.isLost,
      stateSinceDay: dayToDb(move.stateSinceDay),
      version: move.expectedVersion + 1,
    },
  });
  return moved.count === 1;
}
