import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { TransferState } from '#app/organization/change/transfer.ts';
import { TRANSFER_STATES } from '#app/organization/change/transfer.ts';
import { findTransfer } from '#app/organization/change/transfer.store.server.ts';
import type { HomeLink, PersonCard } from '#app/organization/person/person.ts';
import { findPersonCard, homeLinksOn } from '#app/organization/person/person.store.server.ts';
import { listFields } from '#app/organization/tree/tree.store.server.ts';
import { regionAncestors } from '#app/organization/tree/tree.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addDays } from '#app/platform/time/day.ts';
import type { TableQuery } from '#app/platform/ui/table/table-query.ts';
import { pageBounds } from '#app/platform/ui/table/table-query.ts';
import type { FactGroup } from './transfer-groups.server.ts';
import { transferGroups } from './transfer-groups.server.ts';

const lineRow = z.object({
  id: z.string(),
  name: z.string(),
  fromUnitId: z.string(),
  fromName: z.string(),
  toUnitId: z.string(),
  toName: z.string(),
  effectiveDay: z.string(),
  state: z.enum(TRANSFER_STATES),
  filedAt: z.date(),
  total: z.number(),
});
export type TransferLine = Omit<z.infer<typeof lineRow>, 'total'> & {
  /** 转入 when only the new unit is the viewer's own. */
  readonly direction: 'in' | 'out';
};

const ORDER = {
  filed: { asc: 't.filed_at', desc: 't.filed_at desc' },
  day: { asc: 't.effective_day', desc: 't.effective_day desc' },
} as const;

/** The newest name of a unit as known now, also of one that has ended. */
const nameOf = (unitColumn: string): string =>
  `(select v.name from unit_version v where v.unit_id = ${unitColumn} and v.superseded_at is null
     order by v.valid_from desc limit 1)`;

/** Transfers out of and into the actor's units. Refusal: FORBIDDEN. */
export async function viewTransfers(
  ctx: ActorCtx,
  table: TableQuery<'filed' | 'day', 'state' | 'direction'>,
): Promise<Outcome<{ rows: TransferLine[]; total: number; page: number }, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'transfer.manage')) return refused('FORBIDDEN');
  const { unitIds } = await reachFor(ctx, 'transfer.manage');
  const read = async (offset: number) => {
    const { rows } = await ctx.pool.query<Record<string, unknown>>(
      `select t.id, p.name, t.from_unit_id as "fromUnitId", ${nameOf('t.from_unit_id')} as "fromName",
         t.to_unit_id as "toUnitId", ${nameOf('t.to_unit_id')} as "toName", t.effective_day as "effectiveDay", t.state,
         t.filed_at as "filedAt", (count(*) over ())::int as total
       from person_transfer t join person p on p.id = t.person_id
       where ((t.from_unit_id = any($1::uuid[]) and $2 <> 'in') or (t.to_unit_id = any($1::uuid[]) and $2 <> 'out'))
         and ($3::text is null or t.state = $3) and ($4 = '' or position($4 in p.name) > 0)
       order by ${ORDER[table.sort.field][table.sort.direction]}, t.id limit $5 offset $6`,
      [[...unitIds], table.filters.direction ?? '', table.filters.state ?? null, table.q, table.size, offset],
    );
    return z.array(lineRow).parse(rows);
  };
  const first = await read((table.page - 1) * table.size);
  const beyond = first.length === 0 && table.page > 1;
  const lines = beyond ? await read(0) : first;
  const total = lines[0]?.total ?? 0;
  const { page } = pageBounds(total, beyond ? 1 : table.page, table.size);
  const rows = lines.map(({ total: _, ...line }) => ({
    ...line,
    direction: unitIds.has(line.fromUnitId) ? ('out' as const) : ('in' as const),
  }));
  return done({ rows, total, page });
}

export interface TransferPage {
  readonly id: string;
  readonly state: TransferState;
  readonly person: PersonCard;
  readonly home: HomeLink | null;
  readonly fromName: string;
  readonly toName: string;
  readonly effectiveDay: Day;
  readonly documentNo: string | null;
  readonly reason: string;
  readonly note: string | null;
  readonly decidedAt: Date | null;
  readonly groups: readonly FactGroup[];
  readonly fields: readonly { readonly code: string; readonly name: string }[];
  /** 转入单位 may accept or return, 转出单位 may withdraw. */
  readonly mayAnswer: boolean;
  readonly mayWithdraw: boolean;
}

const namesRow = z.object({ fromName: z.string(), toName: z.string() });

/** One transfer with everything that goes with the person. Refusals: FORBIDDEN; NOT_FOUND (neither unit in reach). */
export async function viewTransfer(
  ctx: ActorCtx,
  transferId: string,
): Promise<Outcome<TransferPage, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'transfer.manage')) return refused('FORBIDDEN');
  const { unitIds, tree } = await reachFor(ctx, 'transfer.manage');
  const transfer = await findTransfer(ctx.pool, transferId);
  if (transfer === null) return refused('NOT_FOUND');
  const { personId, fromUnitId, toUnitId } = transfer;
  if (!unitIds.has(fromUnitId) && !unitIds.has(toUnitId)) return refused('NOT_FOUND');
  const person = await findPersonCard(ctx.pool, personId);
  invariant(person, 'a transfer is of a person');
  const { rows } = await ctx.pool.query<Record<string, unknown>>(
    `select ${nameOf('$1::uuid')} as "fromName", ${nameOf('$2::uuid')} as "toName"`,
    [fromUnitId, toUnitId],
  );
  const lastDay = addDays(transfer.effectiveDay, -1);
  const home = (await homeLinksOn(ctx.pool, [personId], lastDay)).get(personId) ?? null;
  const groups = await transferGroups(ctx, tree, { personId, toUnitId });
  const isOpen = transfer.state === 'filed';
  const { id, state, effectiveDay, documentNo, reason, note, decidedAt } = transfer;
  return done({
    ...{ id, state, effectiveDay, documentNo, reason, note, decidedAt, person, home, groups },
    ...namesRow.parse(rows[0]),
    fields: await listFields(ctx.pool),
    mayAnswer: isOpen && unitIds.has(toUnitId),
    mayWithdraw: isOpen && unitIds.has(fromUnitId),
  });
}

export interface TargetChoice {
  readonly id: string;
  readonly name: string;
  readonly place: string;
}

const TARGETS_SHOWN = 30;

/** Units anywhere in the same top region whose name, pinyin or region matches; a transfer may lead out of the reach. */
export async function findTargets(ctx: ActorCtx, text: string): Promise<TargetChoice[]> {
  if (text === '') return [];
  const { tree } = await reachFor(ctx, 'transfer.manage');
  const wanted = text.toLowerCase();
  return [...tree.units.values()]
    .map((unit) => ({ unit, place: regionAncestors(tree, unit.regionId).map((one) => one.name) }))
    .filter(
      ({ unit, place }) =>
        unit.name.includes(text) || unit.namePinyin.startsWith(wanted) || place[0] === text,
    )
    .slice(0, TARGETS_SHOWN)
    .map(({ unit, place }) => ({
      id: unit.id,
      name: unit.name,
      place: place.slice(0, 2).reverse().join(' '),
    }));
}
