import type { Part, Services } from '#app/accounts/part.server.ts';
import type { Env } from '#app/platform/env/env.server.ts';
import { anyJob } from '#app/platform/jobs/jobs.server.ts';
import { startLoop } from '#app/platform/jobs/loop.server.ts';
import { confirmationJob } from './contact/confirmation-job.server.ts';
import { channelsOf } from './delivery/channels.server.ts';
import { deliveryConsumer } from './delivery/delivery-consumer.server.ts';
import { createGateway } from './delivery/gateway.server.ts';
import { createMailer } from './delivery/mailer.server.ts';
import { purgeDelivered } from './delivery/purge-delivered.server.ts';
import { workOffDeliveries } from './delivery/work-off.server.ts';
import { provideNoticeDesk } from './desk.server.ts';
import { noticeConsumer } from './send-notice.server.ts';

const DELIVER_EVERY_MS = 2_000;
const PURGE_EVERY_MS = 3_600_000;

/** The ways out that the operator has configured. */
export type Outgoing = Pick<Env, 'smtp' | 'webhook'>;

/** Notices: the inbox, and what carries them beyond it. */
export function noticePart({ system, jobs }: Services, outgoing: Outgoing): Part {
  provideNoticeDesk(system.pool, {
    mailer: outgoing.smtp === null ? null : createMailer(outgoing.smtp),
    gateway: outgoing.webhook === null ? null : createGateway(outgoing.webhook, system.clock),
    jobs,
  });
  const channels = channelsOf(system);
  return {
    consumers: [noticeConsumer(system), deliveryConsumer(system)],
    jobs: [anyJob(confirmationJob(system))],
    loops: () => [
      startLoop({
        name: 'office: old deliveries',
        everyMs: PURGE_EVERY_MS,
        log: system.log,
        work: () => purgeDelivered(system),
      }),
      ...channels.map((channel) =>
        startLoop({
          name: `office: deliveries by ${channel.name}`,
          everyMs: DELIVER_EVERY_MS,
          log: system.log,
          work: (signal) => workOffDeliveries(system, channel, signal),
        }),
      ),
    ],
  };
}
