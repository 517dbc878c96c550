import { createHmac } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { channelsOf } from '#app/office/notice/delivery/channels.server.ts';
import { viewDeliveries } from '#app/office/notice/delivery/deliveries-view.server.ts';
import { createGateway } from '#app/office/notice/delivery/gateway.server.ts';
import { DELIVERED_KEPT_DAYS, purgeDelivered } from '#app/office/notice/delivery/purge-delivered.server.ts';
import { resendDeliveries } from '#app/office/notice/delivery/resend-deliveries.server.ts';
import { workOffDeliveries } from '#app/office/notice/delivery/work-off.server.ts';
import { sealPhone } from '#app/organization/roster/person-secret.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { addDays, dayOf } from '#app/platform/time/day.ts';
import { useWorld } from '#test/support/database.ts';
import { ORIGIN, noticeSteps } from '#test/support/notices.ts';
import { value } from '#test/support/office.ts';
import { aPerson, anActor } from '#test/support/world.ts';

const SECRET = 'gateway-secret-gateway-secret-0001';
const world = useWorld();
const { openDesk, aHouse, liaisonOf, aNotice, send, queueAll, deliveries } = noticeSteps(world);

interface Request {
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

let server: http.Server;
const requests: Request[] = [];
/** Statuses of the next answers; 200 afterwards. */
const statuses: number[] = [];

beforeEach(async () => {
  requests.length = 0;
  statuses.length = 0;
  server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { url = '', headers } = request;
      requests.push({ url, headers, body: Buffer.concat(chunks).toString('utf8') });
      response.writeHead(statuses.shift() ?? 200, { Location: '/elsewhere' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const webhook = { url: `http://127.0.0.1:${port}/send`, secret: SECRET };
  openDesk({ gateway: createGateway(webhook, world.clock) });
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await world.ctx.pool.query('delete from notice_delivery');
});

async function workOff(): Promise<void> {
  for (const channel of channelsOf(world.ctx)) await workOffDeliveries(world.ctx, channel);
}

async function sentTo(accountIds: readonly string[]): Promise<void> {
  await send([aNotice([{ accountIds }])]);
  await queueAll();
}

describe('a notice to the gateway', () => {
  it('is one signed request for all its readers, with a phone only where the register holds one', async () => {
    const { unitId } = await aHouse();
    const personId = await aPerson(world.ctx, { unitId });
    await world.ctx.db.personSecret.create({
      data: {
        personId,
        idNumberCipher: new Uint8Array([1]),
        phoneCipher: new Uint8Array(sealPhone(world.ctx.secrets, personId, '13900000000')),
        keyId: world.ctx.secrets.keyId,
      },
    });
    const withPhone = await anActor(world.ctx, { personId, grants: [], login: 'a-with-phone' });
    const without = await liaisonOf(unitId);
    await sentTo([withPhone.actorId, without.actorId]);
    await workOff();
    const [request, ...more] = requests;
    if (request === undefined) throw new Error('nothing came');
    expect(more).toEqual([]);
    const [t = '', v1 = ''] = String(request.headers['zhifa-signature']).split(',');
    const seconds = t.replace('t=', '');
    expect(Number(seconds)).toBe(Math.floor(world.clock.now().getTime() / 1_000));
    const expected = createHmac('sha256', SECRET).update(`${seconds}.${request.body}`).digest('hex');
    expect(v1).toBe(`v1=${expected}`);
    expect(JSON.parse(request.body)).toMatchObject({
      kind: 'campaign.issued',
      title: '请填报主体资格',
      text: '请于11月30日前完成。\n材料见附件。',
      url: `${ORIGIN}/tasks`,
      needsAction: true,
      to: [{ login: 'a-with-phone', phone: '13900000000' }, { login: without.actor.login }],
    });
    expect(JSON.parse(request.body)).not.toHaveProperty('to.1.phone');
  });

  it('is repeated with the same idempotency key until it is taken', async () => {
    const liaison = await liaisonOf((await aHouse()).unitId);
    statuses.push(503, 429);
    await sentTo([liaison.actorId]);
    await workOff();
    expect(await deliveries()).toMatchObject([{ state: 'waiting', tries: 1, lastStatus: 'HTTP 503' }]);
    world.clock.advanceSeconds(60);
    await workOff();
    world.clock.advanceSeconds(300);
    await workOff();
    const [delivery] = await deliveries();
    expect(delivery).toMatchObject({ state: 'delivered', tries: 3, accountId: null, lastStatus: 'HTTP 200' });
    expect(requests.map((request) => request.headers['idempotency-key'])).toEqual(
      Array.from({ length: 3 }, () => delivery?.id),
    );
    expect(new Set(requests.map((request) => request.headers['zhifa-signature'])).size).toBe(3);
  });

  it.each([301, 307, 400, 401])(
    'that is answered with %s goes nowhere else and is not repeated',
    async (status) => {
      const liaison = await liaisonOf((await aHouse()).unitId);
      statuses.push(status);
      await sentTo([liaison.actorId]);
      await workOff();
      expect(requests.map((request) => request.url)).toEqual(['/send']);
      expect(await deliveries()).toMatchObject([{ state: 'failed', tries: 1, lastStatus: `HTTP ${status}` }]);
    },
  );

  it('waits while the gateway is away', async () => {
    const liaison = await liaisonOf((await aHouse()).unitId);
    await new Promise((resolve) => server.close(resolve));
    await sentTo([liaison.actorId]);
    await workOff();
    expect(await deliveries()).toMatchObject([{ state: 'waiting', tries: 1, lastStatus: 'ECONNREFUSED' }]);
  });

  it('is not sent after the event when it could not be sent in time', async () => {
    const liaison = await liaisonOf((await aHouse()).unitId);
    await send([aNotice([{ accountIds: [liaison.actorId] }])]);
    world.clock.advanceSeconds(2 * 86_400);
    await queueAll();
    expect(await deliveries()).toEqual([]);
  });
});

describe('the delivery log', () => {
  it('shows states, tries and answers to who operates the platform, never what was said', async () => {
    const liaison = await liaisonOf((await aHouse()).unitId);
    statuses.push(400);
    await sentTo([liaison.actorId]);
    await workOff();
    const operator = await anActor(world.ctx, { grants: [{ role: 'system_admin', scopeKind: 'platform' }] });
    const asked = { channel: null, state: 'failed' } as const;
    const page = value(await viewDeliveries(operator, asked, { page: 1, size: 20 }));
    expect(page.rows).toMatchObject([
      { channel: 'webhook', state: 'failed', tries: 1, lastStatus: 'HTTP 400', kindLabel: '下发通知' },
    ]);
    expect(JSON.stringify(page)).not.toContain('请填报');
    expect(page.channels).toMatchObject([
      { channel: 'mail', target: null },
      { channel: 'webhook', counts: { waiting: 0, delivered: 0, failed: 1 } },
    ]);
    const none = await viewDeliveries(operator, { channel: 'mail', state: null }, { page: 1, size: 20 });
    expect(value(none).total).toBe(0);
    expect(await viewDeliveries(liaison, asked, { page: 1, size: 20 })).toEqual({
      ok: false,
      code: 'FORBIDDEN',
    });
  });
});

describe('a delivery that was given up', () => {
  const operator = () => anActor(world.ctx, { grants: [{ role: 'system_admin', scopeKind: 'platform' }] });
  const logOf = async (actor: Awaited<ReturnType<typeof operator>>) =>
    value(await viewDeliveries(actor, { channel: null, state: null }, { page: 1, size: 20 })).rows;

  it('is sent again by hand under the same key; its log keeps every try and who sent it', async () => {
    const liaison = await liaisonOf((await aHouse()).unitId);
    statuses.push(400);
    await sentTo([liaison.actorId]);
    await workOff();
    const admin = await operator();
    const [failed] = await deliveries();
    const deliveryId = failed?.id ?? '';
    expect(await resendDeliveries(liaison, { deliveryId })).toMatchObject({ code: 'FORBIDDEN' });
    const both = await Promise.all([
      resendDeliveries(admin, { deliveryId }),
      resendDeliveries(admin, { deliveryId }),
    ]);
    expect(both.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(both.find((outcome) => !outcome.ok)).toMatchObject({ code: 'NOTHING_TO_RESEND' });
    world.clock.advanceSeconds(1);
    await workOff();
    expect(await deliveries()).toMatchObject([{ state: 'delivered', tries: 1 }]);
    expect(new Set(requests.map((request) => request.headers['idempotency-key']))).toEqual(
      new Set([deliveryId]),
    );
    const [row] = await logOf(admin);
    expect(row?.log.map(({ kind, status }) => [kind, status])).toEqual([
      ['failed', 'HTTP 400'],
      ['resent', null],
      ['delivered', 'HTTP 200'],
    ]);
    expect(row?.log[1]?.actorName).toBe(admin.actor.displayName);
    expect(await resendDeliveries(admin, { deliveryId })).toMatchObject({ code: 'NOTHING_TO_RESEND' });
  });

  it('is sent again with all that failed on its day, other days left alone', async () => {
    const { unitId } = await aHouse();
    statuses.push(400, 400);
    await sentTo([(await liaisonOf(unitId)).actorId]);
    await sentTo([(await liaisonOf(unitId)).actorId]);
    await workOff();
    const admin = await operator();
    const page = value(await viewDeliveries(admin, { channel: null, state: null }, { page: 1, size: 20 }));
    const today = dayOf(world.clock.now());
    expect(page.failedDays).toEqual([{ day: today, count: 2 }]);
    expect(await resendDeliveries(admin, { day: addDays(today, -1) })).toMatchObject({
      code: 'NOTHING_TO_RESEND',
    });
    expect(value(await resendDeliveries(admin, { day: today }))).toEqual({ count: 2 });
    await workOff();
    expect((await deliveries()).map((one) => one.state)).toEqual(['delivered', 'delivered']);
  });

  it('waits for a way out: without one nothing is queued again', async () => {
    openDesk();
    const deliveryId = newId();
    expect(await resendDeliveries(await operator(), { deliveryId })).toMatchObject({
      code: 'CHANNEL_NOT_CONFIGURED',
    });
  });
});

describe('an arrived delivery', () => {
  it('leaves the list after its period; its log, the notice and its receipts stay', async () => {
    const liaison = await liaisonOf((await aHouse()).unitId);
    await sentTo([liaison.actorId]);
    await workOff();
    const [arrived] = await deliveries();
    await purgeDelivered(world.ctx);
    expect(await deliveries()).toHaveLength(1);
    world.clock.advanceSeconds(DELIVERED_KEPT_DAYS * 86_400 + 1);
    expect(await purgeDelivered(world.ctx)).toBe(1);
    expect(await deliveries()).toEqual([]);
    const where = { deliveryId: arrived?.id ?? '' };
    expect(await world.ctx.db.deliveryEvent.findMany({ where })).toMatchObject([{ kind: 'delivered' }]);
    const receipts = { noticeId: arrived?.noticeId ?? '' };
    expect(await world.ctx.db.noticeReceipt.count({ where: receipts })).toBe(1);
  });

  it('stays as long as it failed or waits', async () => {
    const liaison = await liaisonOf((await aHouse()).unitId);
    statuses.push(400);
    await sentTo([liaison.actorId]);
    await workOff();
    world.clock.advanceSeconds(DELIVERED_KEPT_DAYS * 86_400 * 2);
    expect(await purgeDelivered(world.ctx)).toBe(0);
    expect(await deliveries()).toHaveLength(1);
  });
});
