import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { sealMail } from '#app/office/notice/contact/mail-secret.server.ts';
import { deliveryConsumer } from '#app/office/notice/delivery/delivery-consumer.server.ts';
import type { NoticeDesk } from '#app/office/notice/desk.server.ts';
import { provideNoticeDesk } from '#app/office/notice/desk.server.ts';
import type { NewNotice } from '#app/office/notice/notice.ts';
import { sendNotices } from '#app/office/notice/send-notice.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { providePublicAddress } from '#app/platform/http/public-address.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { drainConsumer, registerConsumers } from '#app/platform/outbox/dispatcher.server.ts';
import type { TestWorld } from './database.ts';
import { aRegion, aUnit, anActor } from './world.ts';

export const ORIGIN = 'https://zf.example.cn';

/** Jobs asked for, instead of a queue: tests run them by hand. */
export interface AskedJob {
  readonly name: string;
  readonly payload: unknown;
}

/** Builders and steps for tests of notices. */
export function noticeSteps(world: TestWorld) {
  const asked: AskedJob[] = [];

  /** Sets the ways out of this world. @returns the jobs that are asked for from now on */
  function openDesk(ways: Partial<Pick<NoticeDesk, 'mailer' | 'gateway'>> = {}): AskedJob[] {
    asked.length = 0;
    providePublicAddress(world.ctx.pool, () => ORIGIN);
    provideNoticeDesk(world.ctx.pool, {
      mailer: ways.mailer ?? null,
      gateway: ways.gateway ?? null,
      jobs: {
        enqueue: (_tx, job, payload) => {
          asked.push({ name: job.name, payload });
          return Promise.resolve();
        },
      },
    });
    return asked;
  }

  async function aHouse() {
    const regionId = await aRegion(world.ctx);
    const unitId = await aUnit(world.ctx, { regionId });
    forgetTree(world.ctx);
    return { regionId, unitId };
  }

  const liaisonOf = (unitId: string): Promise<ActorCtx> =>
    anActor(world.ctx, { grants: [{ role: 'unit_liaison', scopeKind: 'unit', unitId }] });

  const bureauOf = (regionId: string): Promise<ActorCtx> =>
    anActor(world.ctx, { grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId }] });

  const aNotice = (to: NewNotice['to'], change: Partial<NewNotice> = {}): NewNotice => ({
    kind: 'campaign.issued',
    key: newId(),
    title: '请填报主体资格',
    body: '请于11月30日前完成。\n材料见附件。',
    path: '/tasks',
    to,
    ...change,
  });

  const send = (notices: readonly NewNotice[], sender: Pick<Ctx, 'actorId'> = world.ctx) =>
    inTransaction(world.ctx, 'test', (tx) =>
      sendNotices(tx, { ...world.ctx, actorId: sender.actorId }, notices),
    );

  /** Runs the consumer that queues deliveries until it has met every fact there is. */
  async function queueAll(): Promise<void> {
    const consumer = deliveryConsumer(world.ctx);
    await registerConsumers(world.ctx, [consumer]);
    const { rows } = await world.ctx.pool.query<{ sent: number }>(
      `select count(*)::int as sent from outbox_event where topic = 'office.notice_sent'`,
    );
    let handled = await handledSoFar();
    while (handled < (rows[0]?.sent ?? 0)) {
      await drainConsumer(world.ctx, consumer);
      handled = await handledSoFar();
    }
  }

  async function handledSoFar(): Promise<number> {
    const { rows } = await world.ctx.pool.query<{ handled: number }>(
      `select count(*)::int as handled from outbox_event e join outbox_cursor c on c.consumer = 'office.notice_delivery'
       where e.topic = 'office.notice_sent' and (e.recorded_tx, e.id) <= (c.position_tx, c.position_id)`,
    );
    return rows[0]?.handled ?? 0;
  }

  /** Gives an account an address it has confirmed. */
  async function confirmedMail(actor: ActorCtx, mail: string): Promise<void> {
    const now = world.clock.now();
    await world.ctx.db.accountContact.create({
      data: {
        accountId: actor.actorId,
        mailCipher: new Uint8Array(sealMail(world.ctx.secrets, actor.actorId, mail)),
        keyId: world.ctx.secrets.keyId,
        mailConfirmedAt: now,
        updatedAt: now,
      },
    });
  }

  const deliveries = () => world.ctx.db.noticeDelivery.findMany({ orderBy: { createdAt: 'asc' } });

  return { openDesk, aHouse, liaisonOf, bureauOf, aNotice, send, queueAll, confirmedMail, deliveries };
}
