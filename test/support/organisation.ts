import { expect } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import type { ChangePlan, NewUnit } from '#app/organization/change/change-plan.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { actOnChange } from '#app/office/change/confirm-change.server.ts';
import { fileChange } from '#app/office/change/file-change.server.ts';
import { findChange } from '#app/organization/change/change.store.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { drainConsumer, registerConsumers } from '#app/platform/outbox/dispatcher.server.ts';
import type { OutboxConsumer } from '#app/platform/outbox/outbox.server.ts';
import type { Day } from '#app/platform/time/day.ts';

/** Builders and helpers for tests of organisation changes. */

export function aNewUnit(regionId: string, over: Partial<NewUnit> = {}): NewUnit {
  const id = newId<'Unit'>();
  return {
    id,
    code: `N${id.slice(-10)}`,
    name: '新设局',
    unitType: 'department',
    fieldCodes: ['URBAN'],
    parentId: null,
    regionId,
    ...over,
  };
}

/** What was filed and confirmed by two people; throws with the refusal when either is refused. */
export async function actFiledAndConfirmed(
  people: { readonly maker: ActorCtx; readonly checker: ActorCtx },
  act: { readonly plan: ChangePlan; readonly day: Day; readonly documentNo?: string },
): Promise<string> {
  const filed = await fileChange(people.maker, {
    plan: act.plan,
    effectiveDay: act.day,
    documentNo: act.documentNo ?? '甲编发〔2026〕1号',
    commandId: newId(),
  });
  if (!filed.ok) throw new Error(`filing refused: ${filed.code} ${JSON.stringify(filed.detail)}`);
  const { changeId } = filed.value;
  const known = await findChange(people.checker.pool, changeId);
  const confirmed = await actOnChange(people.checker, {
    changeId,
    act: 'confirm',
    note: null,
    expectedVersion: known?.version ?? 0,
    commandId: newId(),
  });
  if (!confirmed.ok) throw new Error(`confirmation refused: ${confirmed.code}`);
  return changeId;
}

/** Tests write units behind the tree's back. */
export function freshTree(ctx: Pick<Ctx, 'pool'>): void {
  forgetTree(ctx);
}

/** Units in which people are at home on a day, as known now, by person. */
export async function homesOn(
  ctx: Ctx,
  personIds: readonly string[],
  day: Day,
): Promise<Map<string, string[]>> {
  const { rows } = await ctx.pool.query<{ person_id: string; unit_id: string }>(
    `select person_id, unit_id from person_unit_link where person_id = any($1::uuid[]) and kind = 'home'
       and superseded_at is null and valid_from <= $2::date and (valid_to is null or valid_to > $2::date)`,
    [personIds, day],
  );
  const homes = new Map<string, string[]>(personIds.map((id) => [id, []]));
  for (const row of rows) homes.get(row.person_id)?.push(row.unit_id);
  return homes;
}

/**
 * Works off every fact of these consumers, in their order. Facts of transactions that are still open elsewhere on the
 * server hold the horizon for a moment, so this waits until each consumer has seen the last fact of its topics.
 */
export async function drainAll(ctx: Ctx, consumers: readonly OutboxConsumer[]): Promise<void> {
  await registerConsumers(ctx, consumers);
  for (const consumer of consumers) {
    await expect
      .poll(
        async () => {
          await drainConsumer(ctx, consumer);
          const { rows } = await ctx.pool.query<{ waiting: number }>(
            `select count(*)::int as waiting from outbox_event e join outbox_cursor c on c.consumer = $1
           where e.topic = any($2::text[]) and (e.recorded_tx, e.id) > (c.position_tx, c.position_id)`,
            [consumer.name, [...consumer.topics]],
          );
          return rows[0]?.waiting;
        },
        { timeout: 30_000 },
      )
      .toBe(0);
  }
  const failed = await ctx.pool.query(`select consumer, error from outbox_parked`);
  expect(failed.rows).toEqual([]);
}
