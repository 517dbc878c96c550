import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { noticeDesk } from '../desk.server.ts';
import type { ChannelName } from './delivery.store.server.ts';
import type { ResendChoice } from './delivery-log.store.server.ts';
import { requeueFailed } from './delivery-log.store.server.ts';

export type ResendRefusal = 'FORBIDDEN' | 'NOTHING_TO_RESEND' | 'CHANNEL_NOT_CONFIGURED';

/**
 * Sends again by hand what was given up: one message, or all that failed of one day. The tries begin anew, Message-ID and
 * Idempotency-Key stay, so that a gateway that took it after all takes it once. Refusals: FORBIDDEN,
 * CHANNEL_NOT_CONFIGURED, NOTHING_TO_RESEND (also when somebody else was faster).
 */
export async function resendDeliveries(
  ctx: ActorCtx,
  choice: ResendChoice,
): Promise<Outcome<{ count: number }, ResendRefusal>> {
  if (!mayDo(ctx, 'delivery.resend')) return refused('FORBIDDEN');
  const { mailer, gateway } = noticeDesk(ctx);
  const channels: ChannelName[] = [
    ...(mailer === null ? [] : (['mail'] as const)),
    ...(gateway === null ? [] : (['webhook'] as const)),
  ];
  if (channels.length === 0) return refused('CHANNEL_NOT_CONFIGURED');
  return inTransaction<{ count: number }, ResendRefusal>(ctx, 'resend-deliveries', async (tx, refuse) => {
    const by = { actorId: ctx.actorId, at: ctx.clock.now(), channels };
    const count = await requeueFailed(tx, choice, by);
    if (count === 0) return refuse('NOTHING_TO_RESEND');
    await appendAudit(tx, ctx, {
      action: 'delivery.resend',
      subjectKind: 'notice_delivery',
      subjectId: 'deliveryId' in choice ? choice.deliveryId : choice.day,
      detail: { count },
    });
    return { count };
  });
}
