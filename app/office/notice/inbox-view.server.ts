import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { publicLink } from '#app/platform/http/public-address.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { pageBounds } from '#app/platform/ui/table/table-query.ts';
import { countOpenTasks } from '../task/tasks-view.server.ts';
import { composeGroupText } from './group-text.ts';
import type { DayGroup } from './inbox-days.ts';
import { groupByDay } from './inbox-days.ts';
import type { InboxRow, ReceivedNotice } from './inbox.store.server.ts';
import { countInbox, countUnread, findReceived, listInbox } from './inbox.store.server.ts';
import type { NoticeKind } from './notice-kinds.ts';
import { ACTION_KINDS, NOTICE_KINDS } from './notice-kinds.ts';

export interface InboxQuery {
  readonly kind: NoticeKind | null;
  readonly unreadOnly: boolean;
  readonly page: number;
  readonly size: number;
}

export interface InboxLine extends InboxRow {
  readonly kindLabel: string;
  /** Unread and of a kind that asks for something. */
  readonly waits: boolean;
}

export interface InboxPage {
  readonly days: readonly DayGroup<InboxLine>[];
  readonly total: number;
  readonly page: number;
  /** All and unread over all pages, within the chosen kind. */
  readonly counts: { readonly all: number; readonly unread: number };
  /** Kinds that are in this inbox at all, in the order of the kind list. */
  readonly kinds: readonly { readonly kind: NoticeKind; readonly label: string; readonly count: number }[];
  /** Tasks that wait beside the notices. */
  readonly openTasks: number;
  readonly today: Day;
  /** Moment of this page; `markAllRead` reaches no further. */
  readonly asOf: Date;
}

const lineOf = (row: InboxRow): InboxLine => ({
  ...row,
  kindLabel: NOTICE_KINDS[row.kind].label,
  waits: row.readAt === null && NOTICE_KINDS[row.kind].needsAction,
});

/** The actor's own inbox: the newest first, by day. */
export async function viewInbox(ctx: ActorCtx, query: InboxQuery): Promise<InboxPage> {
  const asOf = ctx.clock.now();
  const [found, openTasks] = await Promise.all([countInbox(ctx.pool, ctx.actorId), countOpenTasks(ctx)]);
  const chosen = found.filter((one) => query.kind === null || one.kind === query.kind);
  const counts = {
    all: chosen.reduce((sum, one) => sum + one.total, 0),
    unread: chosen.reduce((sum, one) => sum + one.unread, 0),
  };
  const total = query.unreadOnly ? counts.unread : counts.all;
  const { page, offset } = pageBounds(total, query.page, query.size);
  const rows = await listInbox(ctx.pool, ctx.actorId, { ...query, limit: query.size, offset });
  const order = Object.keys(NOTICE_KINDS);
  return {
    days: groupByDay(rows.map(lineOf)),
    total,
    page,
    counts,
    kinds: found
      .toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
      .map(({ kind, total: count }) => ({ kind, label: NOTICE_KINDS[kind].label, count })),
    openTasks,
    today: dayOf(asOf),
    asOf,
  };
}

/** One notice of the actor's own, with the text that passes it on. Refusal: NOT_FOUND for a notice of others. */
export async function viewNotice(
  ctx: ActorCtx,
  noticeId: string,
): Promise<Outcome<ReceivedNotice & { kindLabel: string; groupText: string }, 'NOT_FOUND'>> {
  const found = await findReceived(ctx.pool, ctx.actorId, noticeId);
  if (found === null) return refused('NOT_FOUND');
  const { title, body, path } = found;
  return done({
    ...found,
    kindLabel: NOTICE_KINDS[found.kind].label,
    groupText: composeGroupText({
      title,
      body,
      // The notice itself is its readers' alone; only the thing it tells of can be linked to.
      link: path === null ? null : publicLink(ctx, path),
      waiting: { label: '', names: [] },
    }),
  });
}

/** Unread notices that ask the actor for something; one statement over the unread ones only. */
export function countWaitingNotices(ctx: ActorCtx): Promise<number> {
  return countUnread(ctx.pool, ctx.actorId, ACTION_KINDS);
}
