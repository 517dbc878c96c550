import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import { currentTree } from '#app/organization/tree/current-tree.server.ts';
import { publicLink } from '#app/platform/http/public-address.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { pageBounds } from '#app/platform/ui/table/table-query.ts';
import { composeGroupText } from './group-text.ts';
import { NOTICE_KINDS } from './notice-kinds.ts';
import type { SentNotice, SentRow, UnitReading } from './sent.store.server.ts';
import { countSent, findSent, listReadingByUnit, listSent } from './sent.store.server.ts';

/** Unread names told for one unit; a unit has a handful of liaisons, only notices to persons have more. */
const NAMES_AT_MOST = 100;

export interface SentLine extends SentRow {
  readonly kindLabel: string;
}

export interface SentPage {
  readonly rows: readonly SentLine[];
  readonly total: number;
  readonly page: number;
}

/** What the actor has sent, with how many have read it. Refusal: FORBIDDEN. */
export async function viewSent(
  ctx: ActorCtx,
  query: { readonly page: number; readonly size: number },
): Promise<Outcome<SentPage, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'notice.send')) return refused('FORBIDDEN');
  const total = await countSent(ctx.pool, ctx.actorId);
  const { page, offset } = pageBounds(total, query.page, query.size);
  const rows = await listSent(ctx.pool, ctx.actorId, { limit: query.size, offset });
  return done({
    rows: rows.map((row) => ({ ...row, kindLabel: NOTICE_KINDS[row.kind].label })),
    total,
    page,
  });
}

export interface UnitLine extends UnitReading {
  readonly name: string;
}

export interface SentNoticeView extends SentNotice {
  readonly kindLabel: string;
  /** The page's units; those with the most unread first. */
  readonly units: readonly UnitLine[];
  readonly unitTotal: number;
  readonly page: number;
  /** Text for the work group. */
  readonly groupText: string;
}

/** Who is still waited for, as the work group knows them: units by their names, persons by theirs. */
const waitingNames = (units: readonly UnitLine[]): string[] =>
  units.flatMap((unit) =>
    unit.unitId === null ? unit.waiting : unit.read < unit.addressed ? [unit.name] : [],
  );

/** One notice the actor sent: who has read it, by unit. Refusals: FORBIDDEN, NOT_FOUND (sent by somebody else). */
export async function viewSentNotice(
  ctx: ActorCtx,
  noticeId: string,
  query: { readonly page: number; readonly size: number },
): Promise<Outcome<SentNoticeView, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'notice.send')) return refused('FORBIDDEN');
  const notice = await findSent(ctx.pool, ctx.actorId, noticeId);
  if (notice === null) return refused('NOT_FOUND');
  const [tree, readings] = await Promise.all([
    currentTree(ctx),
    listReadingByUnit(ctx.pool, noticeId, NAMES_AT_MOST),
  ]);
  const units = readings.map((one) => ({
    ...one,
    name: one.unitId === null ? '个人' : (tree.units.get(one.unitId)?.name ?? '已撤销的单位'),
  }));
  const { page, offset } = pageBounds(units.length, query.page, query.size);
  return done({
    ...notice,
    kindLabel: NOTICE_KINDS[notice.kind].label,
    units: units.slice(offset, offset + query.size),
    unitTotal: units.length,
    page,
    groupText: composeGroupText({
      title: notice.title,
      body: notice.body,
      link: publicLink(ctx, notice.path ?? `/inbox/${notice.id}`),
      waiting: { label: '尚未阅读', names: waitingNames(units) },
    }),
  });
}
