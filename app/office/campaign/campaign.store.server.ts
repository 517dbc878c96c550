import { z } from 'zod';
import type { JsonInput, Pool, Tx } from '#app/platform/db/db.server.ts';
import { dayToDb } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { CampaignEventKind, CampaignState, TargetState } from './campaign.ts';
import { CAMPAIGN_STATES, TARGET_STATES } from './campaign.ts';

const campaignRow = z.object({
  id: z.string(),
  kind: z.string(),
  regionId: z.string(),
  fieldCode: z.string().nullable(),
  year: z.number(),
  title: z.string(),
  body: z.string(),
  supplementsId: z.string().nullable(),
  state: z.enum(CAMPAIGN_STATES),
  issuedDay: z.string(),
  workdays: z.number(),
  dueDay: z.string(),
  version: z.number(),
  bulkRound: z.number(),
  issuedAt: z.date(),
  documentNo: z.string().nullable(),
  approvingOrgan: z.string().nullable(),
  effectiveDay: z.string().nullable(),
  announcedDay: z.string().nullable(),
  announcedIn: z.string().nullable(),
});
export type CampaignRecord = z.infer<typeof campaignRow>;

const CAMPAIGN = `c.id, c.kind, c.region_id as "regionId", c.field_code as "fieldCode", c.year, c.title, c.body,
  c.supplements_id as "supplementsId", c.state, c.issued_day as "issuedDay", c.workdays, c.due_day as "dueDay", c.version,
  c.bulk_round as "bulkRound",
  c.issued_at as "issuedAt", c.document_no as "documentNo", c.approving_organ as "approvingOrgan",
  c.effective_day as "effectiveDay", c.announced_day as "announcedDay", c.announced_in as "announcedIn"`;

export async function findCampaign(pool: Pool, campaignId: string): Promise<CampaignRecord | null> {
  const { rows } = await pool.query({
    name: 'office-campaign',
    text: `select ${CAMPAIGN} from campaign c where c.id = $1`,
    values: [campaignId],
  });
  return z.array(campaignRow).parse(rows)[0] ?? null;
}

/**
 * The campaign inside a transaction. `share` for what one unit does: many at once, none while the campaign itself takes a
 * step; `update` for that step.
 */
export async function lockCampaign(
  tx: Tx,
  campaignId: string,
  strength: 'share' | 'update',
): Promise<CampaignRecord | null> {
  const rows = await tx.$queryRawUnsafe(
    `select c.id::text, c.kind, c.region_id::text as "regionId", c.field_code as "fieldCode", c.year, c.title, c.body,
       c.supplements_id::text as "supplementsId", c.state, c.issued_day::text as "issuedDay", c.workdays,
       c.due_day::text as "dueDay", c.version, c.bulk_round as "bulkRound", c.issued_at as "issuedAt", c.document_no as "documentNo",
       c.approving_organ as "approvingOrgan", c.effective_day::text as "effectiveDay",
       c.announced_day::text as "announcedDay", c.announced_in as "announcedIn"
     from campaign c where c.id = $1::uuid for ${strength}`,
    campaignId,
  );
  return z.array(campaignRow).parse(rows)[0] ?? null;
}

export interface NewCampaign {
  readonly id: string;
  readonly kind: string;
  readonly regionId: string;
  readonly fieldCode: string | null;
  readonly year: number;
  readonly title: string;
  readonly body: string;
  readonly supplementsId: string | null;
  readonly issuedDay: Day;
  readonly workdays: number;
  readonly dueDay: Day;
  readonly issuedBy: string | null;
  readonly issuedAt: Date;
}

export async function insertCampaign(tx: Tx, campaign: NewCampaign): Promise<void> {
  await tx.campaign.create({
    data: {
      ...campaign,
      state: 'open' satisfies CampaignState,
      issuedDay: dayToDb(campaign.issuedDay),
      dueDay: dayToDb(campaign.dueDay),
    },
  });
}

export interface NewTarget {
  readonly id: string;
  readonly unitId: string;
  readonly regionId: string;
  readonly unitName: string;
  readonly unitNamePinyin: string;
  readonly fieldCodes: readonly string[];
}

/** One statement however many units are asked. */
export async function insertTargets(
  tx: Tx,
  campaign: Pick<NewCampaign, 'id' | 'dueDay'>,
  targets: readonly NewTarget[],
): Promise<void> {
  await tx.campaignTarget.createMany({
    data: targets.map((target) => ({
      ...target,
      fieldCodes: [...target.fieldCodes],
      campaignId: campaign.id,
      dueDay: dayToDb(campaign.dueDay),
      state: 'waiting' satisfies TargetState,
    })),
  });
}

const targetRow = z.object({
  id: z.string(),
  campaignId: z.string(),
  unitId: z.string(),
  regionId: z.string(),
  unitName: z.string(),
  state: z.enum(TARGET_STATES),
  dueDay: z.string(),
  taskNo: z.number(),
  answerNo: z.number(),
  exceptionCount: z.number(),
  isLate: z.boolean(),
  version: z.number(),
});
export type TargetRecord = z.infer<typeof targetRow>;

const TARGET = `t.id::text, t.campaign_id::text as "campaignId", t.unit_id::text as "unitId",
  t.region_id::text as "regionId", t.unit_name as "unitName", t.state, t.due_day::text as "dueDay",
  t.task_no as "taskNo", t.answer_no as "answerNo", t.exception_count as "exceptionCount", t.is_late as "isLate", t.version`;

export async function findTarget(
  pool: Pool,
  campaignId: string,
  unitId: string,
): Promise<TargetRecord | null> {
  const { rows } = await pool.query({
    name: 'office-campaign-target',
    text: `select ${TARGET} from campaign_target t where t.campaign_id = $1 and t.unit_id = $2`,
    values: [campaignId, unitId],
  });
  return z.array(targetRow).parse(rows)[0] ?? null;
}

export async function lockTarget(tx: Tx, campaignId: string, unitId: string): Promise<TargetRecord | null> {
  const rows = await tx.$queryRawUnsafe(
    `select ${TARGET} from campaign_target t where t.campaign_id = $1::uuid and t.unit_id = $2::uuid for update`,
    campaignId,
    unitId,
  );
  return z.array(targetRow).parse(rows)[0] ?? null;
}

export interface TargetChoice {
  readonly states?: readonly TargetState[] | undefined;
  /** Only these units; all when left out. */
  readonly unitIds?: readonly string[] | undefined;
  /** Only answers without an exception. */
  readonly unchangedOnly?: boolean | undefined;
}

/** Locks the chosen targets of a campaign, in the order of their ids: two who lock several never wait for each other. */
export async function lockTargets(tx: Tx, campaignId: string, choice: TargetChoice): Promise<TargetRecord[]> {
  const rows = await tx.$queryRawUnsafe(
    `select ${TARGET} from campaign_target t
     where t.campaign_id = $1::uuid and ($2::text[] is null or t.state = any($2::text[]))
       and ($3::uuid[] is null or t.unit_id = any($3::uuid[])) and (not $4 or t.exception_count = 0)
     order by t.id for update`,
    campaignId,
    choice.states === undefined ? null : [...choice.states],
    choice.unitIds === undefined ? null : [...choice.unitIds],
    choice.unchangedOnly ?? false,
  );
  return z.array(targetRow).parse(rows);
}

export interface SubmittedTarget {
  readonly targetId: string;
  readonly answerNo: number;
  readonly exceptionCount: number;
  readonly isLate: boolean;
  readonly figures: JsonInput;
  readonly actorId: string;
  readonly at: Date;
}

export async function markSubmitted(tx: Tx, of: SubmittedTarget): Promise<void> {
  await tx.campaignTarget.update({
    where: { id: of.targetId },
    data: {
      state: 'submitted' satisfies TargetState,
      answerNo: of.answerNo,
      exceptionCount: of.exceptionCount,
      isLate: of.isLate,
      figures: of.figures,
      answeredAt: of.at,
      answeredBy: of.actorId,
      reviewedAt: null,
      reviewedBy: null,
      version: { increment: 1 },
    },
  });
}

/** A review's outcome; a return begins the next round of the unit's task. */
export async function markReviewed(
  tx: Tx,
  targetIds: readonly string[],
  review: { readonly state: 'accepted' | 'returned'; readonly actorId: string; readonly at: Date },
): Promise<void> {
  await tx.campaignTarget.updateMany({
    where: { id: { in: [...targetIds] } },
    data: {
      state: review.state,
      reviewedAt: review.at,
      reviewedBy: review.actorId,
      version: { increment: 1 },
      ...(review.state === 'returned' ? { taskNo: { increment: 1 } } : {}),
    },
  });
}

/** A later last day; the next round of the task carries it. */
export async function moveDueDays(tx: Tx, targetIds: readonly string[], dueDay: Day): Promise<void> {
  await tx.campaignTarget.updateMany({
    where: { id: { in: [...targetIds] } },
    data: { dueDay: dayToDb(dueDay), taskNo: { increment: 1 } },
  });
}

/** The next round of the task of each target, e.g. when filling goes on after it was closed. */
export async function beginTaskRounds(tx: Tx, targetIds: readonly string[]): Promise<void> {
  await tx.campaignTarget.updateMany({
    where: { id: { in: [...targetIds] } },
    data: { taskNo: { increment: 1 } },
  });
}

/** How many targets stand in each state. */
export async function countTargetStates(tx: Tx, campaignId: string): Promise<Record<TargetState, number>> {
  const groups = await tx.campaignTarget.groupBy({
    by: ['state'],
    where: { campaignId },
    _count: { _all: true },
  });
  const of = (state: TargetState): number => groups.find((group) => group.state === state)?._count._all ?? 0;
  return {
    waiting: of('waiting'),
    submitted: of('submitted'),
    returned: of('returned'),
    accepted: of('accepted'),
  };
}

/** Answers without an exception that wait for review. */
export async function countUnchangedWaiting(tx: Tx, campaignId: string): Promise<number> {
  return tx.campaignTarget.count({ where: { campaignId, state: 'submitted', exceptionCount: 0 } });
}

/** The task of reviewing in bulk is done; the next one has its own number. */
export async function beginBulkRound(tx: Tx, campaignId: string): Promise<void> {
  await tx.campaign.update({ where: { id: campaignId }, data: { bulkRound: { increment: 1 } } });
}

export async function setCampaignState(
  tx: Tx,
  campaignId: string,
  change: {
    readonly state: CampaignState;
    readonly dueDay?: Day | undefined;
    readonly closedAt?: Date | null | undefined;
    readonly approval?:
      | {
          readonly documentNo: string;
          readonly approvingOrgan: string;
          readonly effectiveDay: Day;
          readonly approvedBy: string;
          readonly approvedAt: Date;
          readonly effect: JsonInput;
          readonly approvedWay: string;
          readonly approvedScanId: string | null;
          readonly signerName: string | null;
        }
      | undefined;
    readonly announcement?: { readonly announcedDay: Day; readonly announcedIn: string | null } | undefined;
  },
): Promise<void> {
  const { state, dueDay, closedAt, approval, announcement } = change;
  await tx.campaign.update({
    where: { id: campaignId },
    data: {
      state,
      version: { increment: 1 },
      ...(dueDay === undefined ? {} : { dueDay: dayToDb(dueDay) }),
      ...(closedAt === undefined ? {} : { closedAt }),
      ...(approval === undefined ? {} : { ...approval, effectiveDay: dayToDb(approval.effectiveDay) }),
      ...(announcement === undefined
        ? {}
        : { announcedDay: dayToDb(announcement.announcedDay), announcedIn: announcement.announcedIn }),
    },
  });
}

export interface NewCampaignEvent {
  readonly campaignId: string;
  readonly targetId?: string | null | undefined;
  readonly kind: CampaignEventKind;
  readonly note?: string | null | undefined;
  readonly detail?: JsonInput | undefined;
}

export async function appendCampaignEvents(
  tx: Tx,
  events: readonly NewCampaignEvent[],
  deed: { readonly actorId: string | null; readonly at: Date },
): Promise<void> {
  if (events.length === 0) return;
  await tx.campaignEvent.createMany({
    data: events.map((event) => ({
      id: newId<'CampaignEvent'>(),
      campaignId: event.campaignId,
      targetId: event.targetId ?? null,
      kind: event.kind,
      note: event.note ?? null,
      detail: event.detail ?? {},
      actorId: deed.actorId,
      occurredAt: deed.at,
    })),
  });
}

export async function isTarget(tx: Tx, campaignId: string, unitId: string): Promise<boolean> {
  return (await tx.campaignTarget.count({ where: { campaignId, unitId } })) === 1;
}

/** The supplement of this unit that is still under way. */
export async function findOpenSupplement(tx: Tx, campaignId: string, unitId: string): Promise<string | null> {
  const open = await tx.campaign.findFirst({
    where: { supplementsId: campaignId, state: { in: ['open', 'closed'] }, targets: { some: { unitId } } },
    select: { id: true },
  });
  return open?.id ?? null;
}
