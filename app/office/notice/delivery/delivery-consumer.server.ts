import { z } from 'zod';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { OutboxConsumer } from '#app/platform/outbox/outbox.server.ts';
import { noticeDesk } from '../desk.server.ts';
import { mailsByDefault } from '../notice-kinds.ts';
import { NOTICE_SENT } from '../send-notice.server.ts';
import { queueDeliveries } from './delivery.store.server.ts';
import { findKind, listMailReaders } from './outgoing.store.server.ts';

const sent = z.object({ noticeId: z.uuid() });

/** A notice older than this is not carried out of the house any more: a consumer may start late or stand still. */
const FRESH_MS = 86_400_000;

/**
 * Queues what a sent notice goes out through: a mail for each reader who wants one, one request for the gateway. What
 * is not configured when a notice is sent does not carry it later: old news helps nobody.
 */
export function deliveryConsumer(system: Pick<Ctx, 'pool' | 'clock'>): OutboxConsumer {
  return {
    name: 'office.notice_delivery',
    topics: [NOTICE_SENT],
    handle: async (tx, { payload, occurredAt }) => {
      const { noticeId } = sent.parse(payload);
      const { mailer, gateway } = noticeDesk(system);
      const at = system.clock.now();
      if (at.getTime() - occurredAt.getTime() > FRESH_MS) return;
      const kind = mailer === null ? null : await findKind(tx, noticeId);
      if (kind !== null) {
        const readers = await listMailReaders(tx, noticeId, mailsByDefault(kind));
        await queueDeliveries(tx, { noticeId, channel: 'mail', at }, readers);
      }
      if (gateway !== null) await queueDeliveries(tx, { noticeId, channel: 'webhook', at }, [null]);
    },
  };
}
