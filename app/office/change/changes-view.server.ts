import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { ChangeKind, ChangeState } from '#app/organization/change/change-kind.ts';
import { CHANGE_KINDS, CHANGE_STATES, PENDING_STATES } from '#app/organization/change/change-kind.ts';
import type { ChangeRecord } from '#app/organization/change/change.store.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { TableQuery } from '#app/platform/ui/table/table-query.ts';
import { pageBounds } from '#app/platform/ui/table/table-query.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import type { ApprovalScanRecord } from '../approval/scan.store.server.ts';
import { listScansOf } from '../approval/scan.store.server.ts';
import type { LoadedSecondPersons } from '../approval/load-second-persons.server.ts';
import { decideWay, openWays, tellWays } from '../approval/second-person.ts';
import { allowedActs, openChange } from './confirm-change.server.ts';
import type { ChangeAct } from './confirm-change.server.ts';
import type { ConsequenceSection } from './describe-change.ts';
import { judgePlan } from './file-change.server.ts';
import { previewJudged } from './preview.server.ts';
import { CHANGE_REFUSALS } from './refusals.ts';

const lineRow = z.object({
  id: z.string(),
  kind: z.enum(CHANGE_KINDS),
  title: z.string(),
  state: z.enum(CHANGE_STATES),
  effectiveDay: z.string(),
  documentNo: z.string(),
  filedByName: z.string().nullable(),
  filedAt: z.date(),
  total: z.number(),
});

export interface ChangeLine {
  readonly id: string;
  readonly kind: ChangeKind;
  readonly title: string;
  readonly state: ChangeState;
  readonly effectiveDay: Day;
  readonly documentNo: string;
  readonly filedByName: string | null;
  readonly filedAt: Date;
}

const ORDER = {
  day: { asc: 'c.effective_day, c.filed_at', desc: 'c.effective_day desc, c.filed_at desc' },
  filed: { asc: 'c.filed_at', desc: 'c.filed_at desc' },
} as const;

/** Acts of the regions the actor reaches, newest first. Refusal: FORBIDDEN. */
export async function viewChanges(
  ctx: ActorCtx,
  table: TableQuery<'day' | 'filed', 'state' | 'kind'>,
): Promise<Outcome<{ rows: ChangeLine[]; total: number; page: number }, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'organization.change')) return refused('FORBIDDEN');
  const { regionIds } = await reachFor(ctx, 'organization.change');
  const read = async (offset: number) => {
    const { rows } = await ctx.pool.query<Record<string, unknown>>(
      `select c.id, c.kind, c.title, c.state, c.effective_day as "effectiveDay", c.document_no as "documentNo",
         a.display_name as "filedByName", c.filed_at as "filedAt", (count(*) over ())::int as total
       from organisation_change c left join account a on a.id = c.filed_by
       where c.region_id = any($1::uuid[]) and ($2::text is null or c.state = $2) and ($3::text is null or c.kind = $3)
         and ($4 = '' or position($4 in c.title) > 0 or position($4 in c.document_no) > 0)
       order by ${ORDER[table.sort.field][table.sort.direction]}, c.id limit $5 offset $6`,
      [[...regionIds], table.filters.state ?? null, table.filters.kind ?? null, table.q, table.size, offset],
    );
    return z.array(lineRow).parse(rows);
  };
  const first = await read((table.page - 1) * table.size);
  const beyond = first.length === 0 && table.page > 1;
  const lines = beyond ? await read(0) : first;
  const total = lines[0]?.total ?? 0;
  const { page } = pageBounds(total, beyond ? 1 : table.page, table.size);
  return done({ rows: lines.map(({ total: _, ...line }) => line), total, page });
}

const eventRow = z.object({
  id: z.string(),
  kind: z.enum(['filed', 'confirmed', 'declined', 'cancelled', 'blocked', 'applied']),
  note: z.string().nullable(),
  actorName: z.string().nullable(),
  occurredAt: z.date(),
});
export type ChangeEventLine = z.infer<typeof eventRow>;

export interface ChangePage {
  readonly change: Omit<ChangeRecord, 'plan'>;
  readonly events: readonly ChangeEventLine[];
  /** What it would do as things stand now; null once it is over. */
  readonly sections: readonly ConsequenceSection[] | null;
  /** What stands in its way now. */
  readonly obstacle: string | null;
  readonly acts: readonly ChangeAct[];
  /** Who may answer while it waits, in one sentence; null for whoever may, and once it is answered. */
  readonly waitsFor: string | null;
  /** The viewer made it in a bureau of one person and may confirm it by the signed 审批单. */
  readonly mayUseSignedForm: boolean;
  readonly scans: readonly ApprovalScanRecord[];
  readonly mayAttach: boolean;
}

/** 复核同意 and 不同意 are the second person's, 撤销 and 重新生效 the bureau's; who is asked to decide is not offered 撤销. */
function actsOf(change: ChangeRecord, isSecond: boolean, isBureau: boolean): ChangeAct[] {
  const isAsked = isSecond && change.state === 'filed';
  return allowedActs(change.state).filter((act) =>
    act === 'confirm' || act === 'decline' ? isSecond : isBureau && !isAsked,
  );
}

const isSecondPerson = ({ scene, actorKey, standing }: LoadedSecondPersons): boolean =>
  actorKey !== scene.makerKey && decideWay(scene, { key: actorKey, standing, hasSignedForm: false }).ok;

async function lookAhead(
  ctx: ActorCtx,
  change: ChangeRecord,
): Promise<Pick<ChangePage, 'sections' | 'obstacle'>> {
  if (!PENDING_STATES.includes(change.state)) return { sections: null, obstacle: null };
  const { plan, effectiveDay: day, documentNo, id } = change;
  const judged = await judgePlan(ctx.pool, { plan, day, documentNo, exceptId: id });
  if (!judged.ok) return { sections: [], obstacle: answerFor(judged, CHANGE_REFUSALS).text };
  return { sections: await previewJudged(ctx, plan, judged.value, day), obstacle: null };
}

/** One act with what it does and who did what. Refusals: FORBIDDEN; NOT_FOUND (also for other regions). */
export async function viewChange(
  ctx: ActorCtx,
  changeId: string,
): Promise<Outcome<ChangePage, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'organization.decide_change')) return refused('FORBIDDEN');
  const opened = await openChange(ctx, changeId);
  if (opened === null) return refused('NOT_FOUND');
  const { change, people, isBureau } = opened;
  const { rows } = await ctx.pool.query<Record<string, unknown>>({
    name: 'office-change-events',
    text: `select e.id, e.kind, e.note, a.display_name as "actorName", e.occurred_at as "occurredAt"
           from organisation_change_event e left join account a on a.id = e.actor_id
           where e.change_id = $1 order by e.occurred_at, e.id`,
    values: [changeId],
  });
  const isSecond = isSecondPerson(people);
  const isWaiting = change.state === 'filed';
  const { plan: _, ...shown } = change;
  return done({
    change: shown,
    events: z.array(eventRow).parse(rows),
    ...(await lookAhead(ctx, change)),
    acts: actsOf(change, isSecond, isBureau),
    waitsFor: isWaiting && !isSecond ? tellWays(people.scene) : null,
    mayUseSignedForm:
      isWaiting &&
      people.actorKey === people.scene.makerKey &&
      openWays(people.scene).includes('signed_form'),
    scans: await listScansOf(ctx.pool, changeId),
    mayAttach: isBureau,
  });
}
