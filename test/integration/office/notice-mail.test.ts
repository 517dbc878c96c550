import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { channelsOf } from '#app/office/notice/delivery/channels.server.ts';
import { createMailer } from '#app/office/notice/delivery/mailer.server.ts';
import { workOffDeliveries } from '#app/office/notice/delivery/work-off.server.ts';
import { saveKinds } from '#app/office/notice/contact/save-kinds.server.ts';
import { removeMail } from '#app/office/notice/contact/change-mail.server.ts';
import { drainConsumer } from '#app/platform/outbox/dispatcher.server.ts';
import { deliveryConsumer } from '#app/office/notice/delivery/delivery-consumer.server.ts';
import { useWorld } from '#test/support/database.ts';
import type { MailServer } from '#test/support/mail-server.ts';
import { headerOf, partOf, startMailServer } from '#test/support/mail-server.ts';
import { ORIGIN, noticeSteps } from '#test/support/notices.ts';

const world = useWorld();
const { openDesk, aHouse, liaisonOf, aNotice, send, queueAll, confirmedMail, deliveries } =
  noticeSteps(world);

let server: MailServer;
beforeEach(async () => {
  server = await startMailServer();
  openDesk({ mailer: mailerTo(server.port) });
});
afterEach(async () => {
  await server.close();
  await world.ctx.pool.query('delete from notice_delivery');
});

const mailerTo = (port: number) =>
  createMailer({
    host: '127.0.0.1',
    port,
    security: 'none',
    login: null,
    from: '执法学堂 <zf@example.cn>',
  });

/** One run of the loop of one process. */
async function workOff(): Promise<number> {
  let tried = 0;
  for (const channel of channelsOf(world.ctx)) tried += await workOffDeliveries(world.ctx, channel);
  return tried;
}

async function aReader(mail = 'li@example.cn') {
  const { unitId } = await aHouse();
  const liaison = await liaisonOf(unitId);
  await confirmedMail(liaison, mail);
  return { liaison, unitId, to: [{ accountIds: [liaison.actorId] }] };
}

describe('a notice by mail', () => {
  it('arrives once, though consumer and workers run again and beside each other', async () => {
    const { to } = await aReader();
    await send([aNotice(to)]);
    await queueAll();
    await world.ctx.pool.query(
      `update outbox_cursor set position_tx = 0, position_id = '00000000-0000-0000-0000-000000000000'
       where consumer = 'office.notice_delivery'`,
    );
    await drainConsumer(world.ctx, deliveryConsumer(world.ctx));
    await Promise.all([workOff(), workOff(), workOff()]);
    await workOff();
    expect(server.received.map((mail) => mail.to)).toEqual([['li@example.cn']]);
    expect(await deliveries()).toMatchObject([{ state: 'delivered', tries: 1, lastStatus: '250' }]);
  });

  it('says title, text and links, and how to stop it', async () => {
    const { to } = await aReader();
    await send([aNotice(to)]);
    await queueAll();
    await workOff();
    const [mail] = server.received;
    if (mail === undefined) throw new Error('no mail came');
    const [delivery] = await deliveries();
    expect(headerOf(mail, 'Subject')).toBe('【执法学堂】请填报主体资格');
    expect(headerOf(mail, 'From')).toBe('执法学堂 <zf@example.cn>');
    expect(headerOf(mail, 'List-Unsubscribe')).toContain(`<${ORIGIN}/inbox/preferences>`);
    expect(headerOf(mail, 'Message-ID')).toBe(`<${delivery?.id}@zhifa-academy>`);
    expect(headerOf(mail, 'Auto-Submitted')).toBe('auto-generated');
    expect(partOf(mail, 'text/plain')).toContain(`前往办理：${ORIGIN}/tasks`);
    expect(partOf(mail, 'text/html')).toContain('<p>请于11月30日前完成。</p>');
  });

  it('goes to nobody without a confirmed address, and to nobody who said no', async () => {
    const { unitId, to, liaison } = await aReader();
    const silent = await liaisonOf(unitId);
    const unsure = await liaisonOf(unitId);
    await confirmedMail(unsure, 'unsure@example.cn');
    await world.ctx.db.accountContact.update({
      where: { accountId: unsure.actorId },
      data: { mailConfirmedAt: null },
    });
    await send([
      aNotice([...to, { accountIds: [silent.actorId, unsure.actorId] }]),
      aNotice(to, { kind: 'office.message' }),
    ]);
    await saveKinds(liaison, ['office.message']);
    await send([
      aNotice(to, { title: '不想要的' }),
      aNotice(to, { kind: 'office.message', title: '想要的' }),
    ]);
    await queueAll();
    await workOff();
    // What was sent before the choice is judged when it is queued: by the choice as it stands then.
    expect(server.received.map((mail) => headerOf(mail, 'Subject')).sort()).toEqual([
      '【执法学堂】想要的',
      '【执法学堂】请填报主体资格',
    ]);
  });

  it('is not sent any more once the address was deleted', async () => {
    const { to, liaison } = await aReader();
    await send([aNotice(to)]);
    await queueAll();
    await removeMail(liaison);
    await workOff();
    expect(server.received).toEqual([]);
    expect(await deliveries()).toMatchObject([{ state: 'failed', lastStatus: 'no_address' }]);
  });
});

describe('a mail server', () => {
  it('that says 451 is asked again after a minute, and has the mail then', async () => {
    const { to } = await aReader();
    server.replies.push({ code: 451, text: 'greylisted' });
    await send([aNotice(to)]);
    await queueAll();
    await workOff();
    expect(await deliveries()).toMatchObject([{ state: 'waiting', tries: 1, lastStatus: '451' }]);
    expect(await workOff()).toBe(0);
    world.clock.advanceSeconds(60);
    await workOff();
    expect(server.received).toHaveLength(1);
    expect(await deliveries()).toMatchObject([{ state: 'delivered', tries: 2 }]);
  });

  it('that says 550 is believed at once', async () => {
    const { to } = await aReader();
    server.replies.push({ code: 550, text: 'no such mailbox li@example.cn' });
    await send([aNotice(to)]);
    await queueAll();
    await workOff();
    expect(await deliveries()).toMatchObject([
      { state: 'failed', tries: 1, nextTryAt: null, lastStatus: '550' },
    ]);
    world.clock.advanceSeconds(86_400);
    expect(await workOff()).toBe(0);
  });

  it('that is down is met again when it is up, and the other mails keep their tries', async () => {
    const readers = await Promise.all([aReader('a@example.cn'), aReader('b@example.cn')]);
    const { port } = server;
    await server.close();
    await send([aNotice(readers.flatMap((reader) => reader.to))]);
    await queueAll();
    expect(await workOff()).toBeGreaterThanOrEqual(1);
    expect((await deliveries()).every((row) => row.state === 'waiting')).toBe(true);
    server = await startMailServer(port);
    world.clock.advanceSeconds(300);
    await workOff();
    expect(server.received.flatMap((mail) => mail.to).sort()).toEqual(['a@example.cn', 'b@example.cn']);
  });

  it('that never comes back is given up after eight tries', async () => {
    const { to } = await aReader();
    await send([aNotice(to)]);
    await queueAll();
    for (let round = 0; round < 12; round += 1) {
      server.replies.push({ code: 452, text: 'full' });
      await workOff();
      world.clock.advanceSeconds(43_200);
    }
    expect(await deliveries()).toMatchObject([{ state: 'failed', tries: 8, lastStatus: '452' }]);
    expect(server.received).toEqual([]);
  });
});

describe('a process that dies while sending', () => {
  it('leaves the mail to another one, after its lease', async () => {
    const { to } = await aReader();
    await send([aNotice(to)]);
    await queueAll();
    const now = world.clock.now();
    await world.ctx.pool.query(
      `update notice_delivery set tries = 1, next_try_at = $1::timestamptz + interval '300 seconds'`,
      [now],
    );
    expect(await workOff()).toBe(0);
    world.clock.advanceSeconds(301);
    await workOff();
    expect(server.received).toHaveLength(1);
    expect(await deliveries()).toMatchObject([{ state: 'delivered', tries: 2 }]);
  });

  it('on its last try leaves it as failed, not waiting for ever', async () => {
    const { to } = await aReader();
    await send([aNotice(to)]);
    await queueAll();
    await world.ctx.pool.query('update notice_delivery set tries = 8');
    await workOff();
    expect(await deliveries()).toMatchObject([{ state: 'failed', lastStatus: 'interrupted' }]);
    expect(server.received).toEqual([]);
  });
});
