import { z } from 'zod';
import type { JsonInput, Tx } from '#app/platform/db/db.server.ts';
import { dayToDb } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { Reader } from '../person/rows.store.server.ts';
import { readRows } from '../person/rows.store.server.ts';
import type { ChangeState } from './change-kind.ts';
import { CHANGE_KINDS, CHANGE_STATES, PENDING_STATES } from './change-kind.ts';
import type { ChangePlan, PlanSubjects } from './change-plan.ts';
import { changePlanSchema } from './change-plan.ts';

const succession = z.object({ from: z.string(), to: z.string().nullable() });

/** What an act came to, kept with it: which units and regions ended in favour of which, and how many people moved. */
export const changeEffectSchema = z.object({
  closedUnits: z.array(succession),
  closedRegions: z.array(succession),
  peopleMoved: z.number().int(),
});
export type RecordedEffect = z.infer<typeof changeEffectSchema>;

const changeRow = z.object({
  id: z.string(),
  kind: z.enum(CHANGE_KINDS),
  regionId: z.string(),
  effectiveDay: z.string(),
  documentNo: z.string(),
  title: z.string(),
  plan: changePlanSchema,
  state: z.enum(CHANGE_STATES),
  blockedCode: z.string().nullable(),
  effect: changeEffectSchema.nullable(),
  version: z.number(),
  filedBy: z.string(),
  filedAt: z.date(),
  confirmedBy: z.string().nullable(),
  confirmedWay: z.string().nullable(),
  signerName: z.string().nullable(),
  appliedAt: z.date().nullable(),
});
export type ChangeRecord = z.infer<typeof changeRow>;

const COLUMNS = `c.id::text, c.kind, c.region_id::text as "regionId", c.effective_day::text as "effectiveDay",
  c.document_no as "documentNo", c.title, c.plan, c.state, c.blocked_code as "blockedCode", c.effect, c.version,
  c.filed_by::text as "filedBy", c.filed_at as "filedAt", c.confirmed_by::text as "confirmedBy",
  c.confirmed_way as "confirmedWay", c.signer_name as "signerName",
  c.applied_at as "appliedAt"`;

export async function findChange(reader: Reader, changeId: string): Promise<ChangeRecord | null> {
  const rows = await readRows(reader, `select ${COLUMNS} from organisation_change c where c.id = $1::uuid`, [
    changeId,
  ]);
  return z.array(changeRow).parse(rows)[0] ?? null;
}

/** The act, its row locked: two who decide on it come one after the other. */
export async function lockChange(tx: Tx, changeId: string): Promise<ChangeRecord | null> {
  await tx.$queryRaw`select id::text from organisation_change where id = ${changeId}::uuid for update`;
  return findChange(tx, changeId);
}

/** Acts whose day has come, oldest day first. */
export async function listDueChanges(reader: Reader, today: Day): Promise<string[]> {
  const rows = await readRows(
    reader,
    `select id::text from organisation_change where state = 'planned' and effective_day <= $1::date
     order by effective_day, filed_at`,
    [today],
  );
  return z
    .array(z.object({ id: z.string() }))
    .parse(rows)
    .map((row) => row.id);
}

const conflictRow = z.object({ id: z.string(), title: z.string(), effectiveDay: z.string() });
export type ConflictingChange = z.infer<typeof conflictRow>;

/** Another act that is still to come and changes what this one touches, or the other way round. */
export async function findConflict(
  reader: Reader,
  subjects: PlanSubjects,
  exceptId: string,
): Promise<ConflictingChange | null> {
  const rows = await readRows(
    reader,
    `select c.id::text, c.title, c.effective_day::text as "effectiveDay"
     from organisation_change c join organisation_change_subject s on s.change_id = c.id
     where c.state = any($1::text[]) and c.id <> $2::uuid
       and (s.subject_id = any($3::uuid[]) or (s.subject_id = any($4::uuid[]) and s.part = 'changed'))
     order by c.effective_day limit 1`,
    [[...PENDING_STATES], exceptId, [...subjects.changed], [...subjects.used]],
  );
  return z.array(conflictRow).parse(rows)[0] ?? null;
}

export interface NewChange {
  readonly id: string;
  readonly plan: ChangePlan;
  readonly regionId: string;
  readonly effectiveDay: Day;
  readonly documentNo: string;
  readonly title: string;
  readonly subjects: PlanSubjects;
  readonly filedBy: string;
  readonly filedAt: Date;
}

export async function insertChange(tx: Tx, change: NewChange): Promise<void> {
  const { subjects, plan, effectiveDay, ...rest } = change;
  await tx.organisationChange.create({
    data: {
      ...rest,
      kind: plan.kind,
      plan,
      effectiveDay: dayToDb(effectiveDay),
      state: 'filed',
      subjects: {
        create: [
          ...[...subjects.changed].map((subjectId) => ({ subjectId, part: 'changed' })),
          ...[...subjects.used].map((subjectId) => ({ subjectId, part: 'used' })),
        ],
      },
    },
  });
}

export type ChangeEventKind = 'filed' | 'confirmed' | 'declined' | 'cancelled' | 'blocked' | 'applied';

export async function appendChangeEvent(
  tx: Tx,
  event: {
    readonly changeId: string;
    readonly kind: ChangeEventKind;
    readonly note: string | null;
    readonly actorId: string | null;
    readonly occurredAt: Date;
  },
): Promise<void> {
  await tx.organisationChangeEvent.create({ data: { id: newId<'OrganisationChangeEvent'>(), ...event } });
}

/** Who confirmed, and which way the second person was found (design.md invariant 11); the slice above decides. */
export interface Confirmation {
  readonly by: string;
  readonly way: string;
  /** The signed 审批单 with its signer, where that is the second person. */
  readonly scanId: string | null;
  readonly signerName: string | null;
}

/** Moves the act on from the version that was decided on. @returns false when somebody else was faster */
export async function moveChange(
  tx: Tx,
  move: {
    readonly change: Pick<ChangeRecord, 'id' | 'version'>;
    readonly state: ChangeState;
    readonly confirmed?: Confirmation | undefined;
    readonly blockedCode?: string | null | undefined;
    readonly effect?: RecordedEffect | undefined;
    readonly appliedAt?: Date | undefined;
  },
): Promise<boolean> {
  const { change, effect, state, confirmed, blockedCode, appliedAt } = move;
  const moved = await tx.organisationChange.updateMany({
    where: { id: change.id, version: change.version },
    data: {
      state,
      version: change.version + 1,
      ...(confirmed === undefined
        ? {}
        : {
            confirmedBy: confirmed.by,
            confirmedWay: confirmed.way,
            confirmedScanId: confirmed.scanId,
            signerName: confirmed.signerName,
          }),
      ...(blockedCode === undefined ? {} : { blockedCode }),
      ...(appliedAt === undefined ? {} : { appliedAt }),
      ...(effect === undefined ? {} : { effect: effect satisfies JsonInput }),
    },
  });
  return moved.count === 1;
}
