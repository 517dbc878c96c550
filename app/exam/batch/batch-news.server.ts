import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { askForNotices } from '#app/office/notice/send-notice.server.ts';
import { askToSettle, askToSettleSeries } from '#app/office/task/ask-task.server.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import { unitsInRegion } from '#app/organization/tree/tree.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { formatInstant } from '#app/platform/time/day.ts';
import { custodyTaskKeys } from '../release/custody-tasks.ts';
import { listUnconfirmed } from '../release/custody.store.server.ts';
import type { BatchWindows } from './batch.ts';
import { unitBatchPath } from './batch.ts';
import type { Batch } from './batch.store.server.ts';
import { returnedKey, settledFirstCheck, settledReview } from './registration/registration-messages.ts';
import type { Registration } from './registration/registration.store.server.ts';
import { listRegistrationsOf } from './registration/registration.store.server.ts';

const TITLE_LENGTH = 60;

/** Who would sit if the batch were held. */
const ON_THE_WAY: readonly Registration['status'][] = ['registered', 'first_checked', 'approved', 'returned'];

interface News {
  readonly batch: Batch;
  readonly reason: string;
  /** Of the command: told once. */
  readonly key: string;
}

const regionUnits = (tree: OrgTree, batch: Batch): string[] => [...unitsInRegion(tree, batch.regionId)];

/** What somebody was asked for in this batch is asked no more. */
async function settleAll(
  tx: Tx,
  ctx: ActorCtx,
  { batch, people }: { readonly batch: Batch; readonly people: readonly Registration[] },
): Promise<void> {
  const outcome = 'withdrawn';
  for (const series of [settledReview(batch), settledFirstCheck(batch, null)])
    await askToSettleSeries(tx, ctx, { ...series, outcome });
  const keys = people.filter(({ status }) => status === 'returned').map(returnedKey);
  const all = [
    { kind: 'registration.returned' as const, keys },
    { kind: 'exam.custody' as const, keys: (await listUnconfirmed(tx, batch.id)).flatMap(custodyTaskKeys) },
  ];
  for (const tasks of all) await askToSettle(tx, ctx, { ...tasks, outcome });
}

/**
 * 取消批次: everybody who is registered reads it with the reason, and so do the units, those that could still register
 * included; what was open on the desks is settled.
 */
export async function tellCancelled(tx: Tx, ctx: ActorCtx, tree: OrgTree, news: News): Promise<void> {
  const { batch, reason, key } = news;
  if (batch.status === 'draft') return;
  const people = (await listRegistrationsOf(tx, batch.id)).filter((one) => ON_THE_WAY.includes(one.status));
  await settleAll(tx, ctx, { batch, people });
  const units = new Set(people.map((one) => one.unitId));
  if (batch.status === 'open') for (const unitId of regionUnits(tree, batch)) units.add(unitId);
  const common = {
    kind: 'exam.batch_changed' as const,
    title: `考试取消：${batch.title}`.slice(0, TITLE_LENGTH),
  };
  const body = `${batch.title}已取消，各场考试不再举行，已发准考证作废。\n原因：${reason}`;
  const toPeople = {
    ...{ ...common, key: `${key}:people`, body, path: '/exams' },
    to: [{ personIds: [...new Set(people.map((one) => one.personId))] }],
  };
  const toUnits = {
    ...{ ...common, key: `${key}:units`, path: unitBatchPath(batch.id) },
    body: `${body}\n请通知本单位考生。`,
    to: [{ role: 'unit_liaison' as const, unitIds: [...units] }],
  };
  await askForNotices(tx, ctx, [
    ...(people.length === 0 ? [] : [toPeople]),
    ...(units.size === 0 ? [] : [toUnits]),
  ]);
}

/** New dates of an open batch: the units of its region read until when they register, register late and withdraw. */
export async function tellWindows(
  tx: Tx,
  ctx: ActorCtx,
  tree: OrgTree,
  { batch, reason, key, windows }: News & { readonly windows: BatchWindows },
): Promise<void> {
  const unitIds = regionUnits(tree, batch);
  if (unitIds.length === 0) return;
  const late = windows.lateUntil === null ? '' : `，补报至${formatInstant(windows.lateUntil)}`;
  await askForNotices(tx, ctx, [
    {
      kind: 'exam.batch_changed',
      key: `${key}:windows`,
      title: `报名时间调整：${batch.title}`.slice(0, TITLE_LENGTH),
      body:
        `${batch.title}报名时间：${formatInstant(windows.registerFrom)}至${formatInstant(windows.registerUntil)}${late}，` +
        `撤报至${formatInstant(windows.withdrawUntil)}。\n原因：${reason}`,
      path: unitBatchPath(batch.id),
      to: [{ role: 'unit_liaison', unitIds }],
    },
  ]);
}
