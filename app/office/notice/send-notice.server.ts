import { z } from 'zod';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { OutboxConsumer } from '#app/platform/outbox/outbox.server.ts';
import { appendOutbox } from '#app/platform/outbox/outbox.server.ts';
import { resolveAudience } from './audience.server.ts';
import type { NewNotice } from './notice.ts';
import { newNoticeSchema } from './notice.schema.ts';
import { insertNotice } from './notice.store.server.ts';

/** A notice is there: channels beside the inbox (mail, gateway) pick it up from here. */
export const NOTICE_SENT = 'office.notice_sent';
const ASKED = 'office.notices_asked';

const asked = z.object({ actorId: z.uuid().nullable(), notices: z.array(newNoticeSchema) });

interface Sending {
  readonly actorId: string | null;
  /** When what the notices tell happened. */
  readonly at: Date;
}

async function send(
  tx: Tx,
  ctx: Pick<Ctx, 'pool' | 'clock'>,
  notices: readonly NewNotice[],
  { actorId, at }: Sending,
): Promise<void> {
  for (const notice of notices) {
    const to = await resolveAudience(ctx, notice.to);
    // Readers get it now, which is later than what it tells when another slice asked for it.
    const noticeId = await insertNotice(tx, notice, { to, actorId, at, sentAt: ctx.clock.now() });
    if (noticeId === null) continue;
    await appendOutbox(tx, [{ topic: NOTICE_SENT, key: noticeId, payload: { noticeId }, occurredAt: at }]);
  }
}

/**
 * Sends notices in the transaction of what they tell, for the rooms of this slice; slices above use `askForNotices`.
 * A notice known by kind and key is not sent again. Who is addressed is decided now: a later liaison finds it in the
 * history of the record, not in the inbox.
 */
export async function sendNotices(
  tx: Tx,
  ctx: Pick<Ctx, 'pool' | 'clock' | 'actorId'>,
  notices: readonly NewNotice[],
): Promise<void> {
  const checked = notices.map((notice) => newNoticeSchema.parse(notice));
  await send(tx, ctx, checked, { actorId: ctx.actorId, at: ctx.clock.now() });
}

/** How training, exam and certificate send notices: a fact in their own transaction, sent by this slice exactly once. */
export async function askForNotices(
  tx: Tx,
  ctx: Pick<Ctx, 'clock' | 'actorId'>,
  notices: readonly NewNotice[],
): Promise<void> {
  if (notices.length === 0) return;
  const payload = {
    actorId: ctx.actorId,
    notices: notices.map((notice) => newNoticeSchema.parse(notice)),
  };
  await appendOutbox(tx, [
    { topic: ASKED, key: newId<'NoticeRequest'>(), payload, occurredAt: ctx.clock.now() },
  ]);
}

/** Sends what the slices above have asked for. */
export function noticeConsumer(system: Pick<Ctx, 'pool' | 'clock'>): OutboxConsumer {
  return {
    name: 'office.notice',
    topics: [ASKED],
    handle: async (tx, { payload, occurredAt }) => {
      const { notices, actorId } = asked.parse(payload);
      await send(tx, system, notices, { actorId, at: occurredAt });
    },
  };
}
