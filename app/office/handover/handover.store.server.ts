import { z } from 'zod';
import type { Pool, Tx } from '#app/platform/db/db.server.ts';
import { dayToDb } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { HandoverItem } from './handover.ts';

export interface NewHandover {
  readonly fromAccountId: string;
  readonly toAccountId: string;
  readonly unitId: string;
  readonly day: Day;
  readonly reason: string;
  readonly actorId: string;
  readonly at: Date;
  readonly items: readonly HandoverItem[];
}

export async function insertHandover(tx: Tx, row: NewHandover): Promise<string> {
  const id = newId<'Handover'>();
  const { items, day, at, ...rest } = row;
  await tx.handover.create({ data: { id, ...rest, day: dayToDb(day), occurredAt: at } });
  await tx.handoverItem.createMany({
    data: items.map((item, position) => ({
      id: newId<'HandoverItem'>(),
      handoverId: id,
      position,
      kind: item.kind,
      itemId: item.itemId,
      title: item.title,
      detail: item.detail,
    })),
  });
  return id;
}

/** Open tasks of the one account go to the other, each with its event. @returns how many */
export async function moveOwnTasks(
  tx: Tx,
  move: {
    readonly fromAccountId: string;
    readonly toAccountId: string;
    readonly actorId: string;
    readonly at: Date;
  },
): Promise<number> {
  const { fromAccountId, toAccountId, actorId, at } = move;
  const moved = await tx.task.updateManyAndReturn({
    where: { accountId: fromAccountId, state: 'open' },
    data: { accountId: toAccountId },
    select: { id: true },
  });
  await tx.taskEvent.createMany({
    data: moved.map(({ id }) => ({
      id: newId<'TaskEvent'>(),
      taskId: id,
      kind: 'handed_over',
      detail: { fromAccountId, toAccountId },
      actorId,
      occurredAt: at,
    })),
  });
  return moved.length;
}

const itemRow = z.object({ kind: z.string(), itemId: z.string() });

/** Things that were passed to the account and have not been passed on since, by kind. */
export async function listReceived(pool: Pool, accountId: string): Promise<ReadonlyMap<string, string[]>> {
  const { rows } = await pool.query({
    name: 'office-handover-received',
    text: `select kind, item_id as "itemId" from (
             select distinct on (i.kind, i.item_id) i.kind, i.item_id, h.to_account_id
             from handover_item i join handover h on h.id = i.handover_id
             where exists (select 1 from handover_item mine join handover hm on hm.id = mine.handover_id
               where mine.kind = i.kind and mine.item_id = i.item_id and hm.to_account_id = $1)
             order by i.kind, i.item_id, h.occurred_at desc, h.id desc) latest
           where to_account_id = $1`,
    values: [accountId],
  });
  const byKind = new Map<string, string[]>();
  for (const { kind, itemId } of z.array(itemRow).parse(rows))
    byKind.set(kind, [...(byKind.get(kind) ?? []), itemId]);
  return byKind;
}

/** Things the account made or received that somebody else handles by now, as `kind:id`. */
export async function listPassedOn(pool: Pool, accountId: string): Promise<ReadonlySet<string>> {
  const { rows } = await pool.query({
    name: 'office-handover-passed-on',
    text: `select kind, item_id as "itemId" from (
             select distinct on (i.kind, i.item_id) i.kind, i.item_id, h.to_account_id
             from handover_item i join handover h on h.id = i.handover_id
             where exists (select 1 from handover_item mine join handover hm on hm.id = mine.handover_id
               where mine.kind = i.kind and mine.item_id = i.item_id and hm.from_account_id = $1)
             order by i.kind, i.item_id, h.occurred_at desc, h.id desc) latest
           where to_account_id <> $1`,
    values: [accountId],
  });
  return new Set(
    z
      .array(itemRow)
      .parse(rows)
      .map(({ kind, itemId }) => `${kind}:${itemId}`),
  );
}

const taskRow = z.object({ id: z.string(), title: z.string(), originLabel: z.string() });

export async function listOwnTasks(pool: Pool, accountId: string): Promise<HandoverItem[]> {
  const { rows } = await pool.query({
    name: 'office-handover-tasks',
    text: `select id, title, origin_label as "originLabel" from task where account_id = $1 and state = 'open' order by opened_at, id`,
    values: [accountId],
  });
  return z
    .array(taskRow)
    .parse(rows)
    .map((row) => ({ kind: 'task', itemId: row.id, title: row.title, detail: row.originLabel }));
}

const personRow = z.object({
  accountId: z.string(),
  displayName: z.string(),
  unitId: z.string(),
});
export type HandoverPerson = z.infer<typeof personRow>;

/** Active accounts of persons at home in these units on `day`, by name; with `isHolder` only those with an office. */
export async function listPersons(
  pool: Pool,
  asked: {
    readonly unitIds: readonly string[];
    readonly day: Day;
    readonly roles: readonly string[];
    readonly onlyHolders: boolean;
    readonly limit: number;
  },
): Promise<HandoverPerson[]> {
  const { rows } = await pool.query({
    name: 'office-handover-persons',
    text: `select a.id as "accountId", p.name as "displayName", l.unit_id as "unitId"
           from account a join person p on p.id = a.person_id
           join person_unit_link l on l.person_id = p.id and l.kind = 'home' and l.superseded_at is null
             and l.valid_from <= $2::date and (l.valid_to is null or l.valid_to > $2::date)
           where l.unit_id = any($1::uuid[]) and a.status = 'active'
             and (not $4 or exists (select 1 from role_grant g where g.account_id = a.id and g.role = any($3::text[])
               and g.superseded_at is null and g.valid_from <= $2::date and (g.valid_to is null or g.valid_to > $2::date)))
           order by p.name_pinyin, a.id limit $5`,
    values: [asked.unitIds, asked.day, asked.roles, asked.onlyHolders, asked.limit],
  });
  return z.array(personRow).parse(rows);
}

const handoverRow = z.object({
  id: z.string(),
  fromName: z.string(),
  toName: z.string(),
  actorName: z.string(),
  unitId: z.string(),
  day: z.string(),
  reason: z.string(),
  occurredAt: z.date(),
  itemCount: z.number(),
});
export type HandoverRow = z.infer<typeof handoverRow>;

/** Handovers of these units, or in which the account took part; the latest first. */
export async function listHandovers(
  pool: Pool,
  asked: {
    readonly unitIds: readonly string[];
    readonly accountId: string;
    readonly id: string | null;
    readonly limit: number;
  },
): Promise<HandoverRow[]> {
  const { rows } = await pool.query({
    name: 'office-handover-list',
    text: `select h.id, f.display_name as "fromName", t.display_name as "toName", b.display_name as "actorName",
             h.unit_id as "unitId", h.day, h.reason, h.occurred_at as "occurredAt",
             (select count(*)::int from handover_item i where i.handover_id = h.id) as "itemCount"
           from handover h join account f on f.id = h.from_account_id join account t on t.id = h.to_account_id
           join account b on b.id = h.actor_id
           where (h.unit_id = any($1::uuid[]) or h.from_account_id = $2 or h.to_account_id = $2)
             and ($3::uuid is null or h.id = $3)
           order by h.occurred_at desc, h.id desc limit $4`,
    values: [asked.unitIds, asked.accountId, asked.id, asked.limit],
  });
  return z.array(handoverRow).parse(rows);
}

export async function listItems(pool: Pool, handoverId: string): Promise<HandoverItem[]> {
  const { rows } = await pool.query({
    name: 'office-handover-items',
    text: `select kind, item_id as "itemId", title, detail from handover_item where handover_id = $1 order by position`,
    values: [handoverId],
  });
  return z
    .array(z.object({ kind: z.string(), itemId: z.string(), title: z.string(), detail: z.string() }))
    .parse(rows);
}
