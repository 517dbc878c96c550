import { z } from 'zod';
import type { Db, JsonInput, Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { ApplicationEventKind, ApplicationState } from './application.ts';
import { APPLICATION_EVENTS, APPLICATION_STATES } from './application.ts';

const applicationRow = z.object({
  id: z.string(),
  personId: z.string(),
  personName: z.string(),
  unitId: z.string(),
  regionId: z.string(),
  fieldCode: z.string(),
  area: z.string(),
  state: z.enum(APPLICATION_STATES),
  filedBy: z.string(),
  reviewedBy: z.string().nullable(),
  approvedBy: z.string().nullable(),
  version: z.number(),
  filedAt: z.date(),
  certificateId: z.string().nullable(),
});
export type ApplicationRecord = z.infer<typeof applicationRow>;

/** One application; null when there is none. The caller checks that the actor reaches its unit or region. */
export async function findApplication(db: Db | Tx, applicationId: string): Promise<ApplicationRecord | null> {
  const rows = await db.$queryRaw`
    select a.id::text, a.person_id::text as "personId", p.name as "personName", a.unit_id::text as "unitId",
      a.region_id::text as "regionId", a.field_code as "fieldCode", a.area, a.state,
      a.filed_by::text as "filedBy", a.reviewed_by::text as "reviewedBy", a.approved_by::text as "approvedBy",
      a.version, a.filed_at as "filedAt", c.id::text as "certificateId"
    from certificate_application a join person p on p.id = a.person_id
      left join certificate c on c.application_id = a.id
    where a.id = ${applicationId}::uuid`;
  return z.array(applicationRow).parse(rows)[0] ?? null;
}

const eventRow = z.object({
  id: z.string(),
  applicationId: z.string(),
  seq: z.number(),
  kind: z.enum(APPLICATION_EVENTS),
  toState: z.enum(APPLICATION_STATES),
  opinion: z.string().nullable(),
  actorId: z.string(),
  actorName: z.string(),
  /** The natural person behind the account. */
  actorPerson: z.string(),
  occurredAt: z.date(),
});
export type ApplicationEvent = z.infer<typeof eventRow>;

export async function listApplicationEvents(
  db: Db | Tx,
  applicationIds: readonly string[],
): Promise<ApplicationEvent[]> {
  const rows = await db.$queryRaw`
    select e.id::text, e.application_id::text as "applicationId", e.seq, e.kind, e.to_state as "toState", e.opinion,
      e.actor_id::text as "actorId", a.display_name as "actorName",
      coalesce(a.person_id, a.id)::text as "actorPerson", e.occurred_at as "occurredAt"
    from application_event e join account a on a.id = e.actor_id
    where e.application_id = any(${[...applicationIds]}::uuid[]) order by e.application_id, e.seq`;
  return z.array(eventRow).parse(rows);
}

export interface NewApplication {
  readonly id: string;
  readonly personId: string;
  readonly unitId: string;
  readonly regionId: string;
  readonly fieldCode: string;
  readonly area: string;
  readonly filedBy: string;
  /** The checks as they were answered at filing. */
  readonly checklist: JsonInput;
  readonly filedAt: Date;
}

export async function insertApplication(tx: Tx, application: NewApplication): Promise<void> {
  await tx.certificateApplication.create({
    data: { ...application, state: 'submitted', updatedAt: application.filedAt },
  });
}

export interface ApplicationMove {
  readonly applicationId: string;
  readonly expectedVersion: number;
  readonly fromState: ApplicationState;
  readonly toState: ApplicationState;
  readonly at: Date;
  readonly set: {
    readonly filedBy?: string;
    readonly reviewedBy?: string | null;
    readonly approvedBy?: string;
    readonly area?: string;
    readonly checklist?: JsonInput;
  };
}

/** Only from the version and state the decision was made on. @returns false when somebody else was faster */
export async function moveApplication(tx: Tx, move: ApplicationMove): Promise<boolean> {
  const moved = await tx.certificateApplication.updateMany({
    where: { id: move.applicationId, version: move.expectedVersion, state: move.fromState },
    data: { ...move.set, state: move.toState, version: move.expectedVersion + 1, updatedAt: move.at },
  });
  return moved.count === 1;
}

/** @param event.seq the application's version after the step: one event per step */
export async function appendApplicationEvent(
  tx: Tx,
  event: {
    readonly applicationId: string;
    readonly seq: number;
    readonly kind: ApplicationEventKind;
    readonly fromState: ApplicationState | null;
    readonly toState: ApplicationState;
    readonly opinion: string | null;
    readonly actorId: string;
    readonly occurredAt: Date;
  },
): Promise<void> {
  await tx.applicationEvent.create({ data: { id: newId(), ...event } });
}

const latestRow = z.object({ state: z.enum(APPLICATION_STATES), opinion: z.string().nullable() });

/** A person's newest application, with the opinion of its last step. */
export async function findLatestApplication(
  db: Db | Tx,
  personId: string,
): Promise<z.infer<typeof latestRow> | null> {
  const rows = await db.$queryRaw`
    select a.state, (select e.opinion from application_event e where e.application_id = a.id
      order by e.seq desc limit 1) as opinion
    from certificate_application a where a.person_id = ${personId}::uuid order by a.filed_at desc, a.id desc limit 1`;
  return z.array(latestRow).parse(rows)[0] ?? null;
}
