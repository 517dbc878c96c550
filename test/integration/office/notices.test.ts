import { beforeEach, describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { countWaitingNotices, viewInbox, viewNotice } from '#app/office/notice/inbox-view.server.ts';
import { markAllRead, markRead } from '#app/office/notice/mark-read.server.ts';
import { messageScope } from '#app/office/notice/message-scope.server.ts';
import { askForNotices, noticeConsumer } from '#app/office/notice/send-notice.server.ts';
import { sendMessage } from '#app/office/notice/send-message.server.ts';
import { viewSent, viewSentNotice } from '#app/office/notice/sent-view.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { drainConsumer, registerConsumers } from '#app/platform/outbox/dispatcher.server.ts';
import { useWorld } from '#test/support/database.ts';
import { ORIGIN, noticeSteps } from '#test/support/notices.ts';
import { value } from '#test/support/office.ts';
import { aUnit, anActor } from '#test/support/world.ts';

const world = useWorld();
const { openDesk, aHouse, liaisonOf, bureauOf, aNotice, send } = noticeSteps(world);

/** A fact is handled once no older transaction of the server is open any more, which others may delay. */
const OUTBOX_WAIT_MS = 30_000;
const ALL = { kind: null, unreadOnly: false, page: 1, size: 20 } as const;
const inboxOf = async (actor: ActorCtx, unreadOnly = false) =>
  (await viewInbox(actor, { ...ALL, unreadOnly })).days.flatMap((day) => day.items);

beforeEach(() => {
  openDesk();
});

describe('a notice', () => {
  it('reaches whoever is responsible, once, though it is sent twice at the same time', async () => {
    const { unitId } = await aHouse();
    const [one, other] = await Promise.all([liaisonOf(unitId), liaisonOf(unitId)]);
    const stranger = await liaisonOf((await aHouse()).unitId);
    const notice = aNotice([{ role: 'unit_liaison', unitIds: [unitId] }, { accountIds: [one.actorId] }]);
    await Promise.all([send([notice]), send([notice])]);
    await send([notice]);
    for (const actor of [one, other])
      expect((await inboxOf(actor)).map((line) => line.title)).toEqual(['请填报主体资格']);
    expect(await inboxOf(stranger)).toEqual([]);
  });

  it('asked for by a slice above is sent once', async () => {
    const consumer = noticeConsumer(world.ctx);
    await registerConsumers(world.ctx, [consumer]);
    const liaison = await liaisonOf((await aHouse()).unitId);
    await inTransaction(world.ctx, 'test', (tx) =>
      askForNotices(tx, world.ctx, [aNotice([{ accountIds: [liaison.actorId] }])]),
    );
    await expect
      .poll(
        async () => {
          await drainConsumer(world.ctx, consumer);
          return (await inboxOf(liaison)).length;
        },
        { timeout: OUTBOX_WAIT_MS },
      )
      .toBe(1);
    await drainConsumer(world.ctx, consumer);
    expect(await inboxOf(liaison)).toHaveLength(1);
  });

  it('of others is not found, neither to read nor to mark', async () => {
    const { unitId } = await aHouse();
    const [mine, other] = await Promise.all([liaisonOf(unitId), liaisonOf(unitId)]);
    await send([aNotice([{ accountIds: [mine.actorId] }])]);
    const id = (await inboxOf(mine))[0]?.id ?? '';
    expect(await viewNotice(other, id)).toEqual({ ok: false, code: 'NOT_FOUND' });
    expect(await markRead(other, id)).toEqual({ ok: false, code: 'NOT_FOUND' });
    expect(value(await viewNotice(mine, id)).readAt).toBeNull();
    expect(value(await viewNotice(mine, id)).groupText).toContain(`链接：${ORIGIN}/`);
  });

  it('is not read by looking at it, and read once by saying so', async () => {
    const liaison = await liaisonOf((await aHouse()).unitId);
    await send([aNotice([{ accountIds: [liaison.actorId] }])]);
    const id = (await inboxOf(liaison))[0]?.id ?? '';
    expect(value(await viewNotice(liaison, id)).readAt).toBeNull();
    expect(await countWaitingNotices(liaison)).toBe(1);
    const first = world.clock.now();
    expect(value(await markRead(liaison, id))).toEqual({ path: '/tasks' });
    world.clock.advanceSeconds(60);
    await markRead(liaison, id);
    expect(value(await viewNotice(liaison, id)).readAt).toEqual(first);
    expect(await countWaitingNotices(liaison)).toBe(0);
  });

  it('cannot be unread, redirected or withdrawn behind the platform’s back', async () => {
    const liaison = await liaisonOf((await aHouse()).unitId);
    await send([aNotice([{ accountIds: [liaison.actorId] }])]);
    await markRead(liaison, (await inboxOf(liaison))[0]?.id ?? '');
    const { pool } = world.ctx;
    for (const text of [
      'update notice_receipt set read_at = null',
      'update notice_receipt set unit_id = account_id, read_at = now()',
      'delete from notice_receipt',
    ])
      await expect(pool.query(text), text).rejects.toMatchObject({ code: 'ZA003' });
    await expect(pool.query(`update notice set title = 'x'`)).rejects.toMatchObject({ code: 'ZA001' });
  });
});

describe('the inbox', () => {
  it('stands by day, the newest first, narrowed to the unread and to a kind', async () => {
    const liaison = await liaisonOf((await aHouse()).unitId);
    const to = [{ accountIds: [liaison.actorId] }];
    await send([aNotice(to, { title: '昨天的' })]);
    world.clock.advanceSeconds(86_400);
    await send([aNotice(to, { title: '今天的', kind: 'office.message', path: null })]);
    const page = await viewInbox(liaison, ALL);
    expect(page.days.map((day) => day.items.map((line) => line.title))).toEqual([['今天的'], ['昨天的']]);
    expect(page.counts).toEqual({ all: 2, unread: 2 });
    expect(page.kinds.map(({ kind, count }) => [kind, count])).toEqual([
      ['campaign.issued', 1],
      ['office.message', 1],
    ]);
    await markRead(liaison, page.days[0]?.items[0]?.id ?? '');
    expect((await inboxOf(liaison, true)).map((line) => line.title)).toEqual(['昨天的']);
    const messages = await viewInbox(liaison, { ...ALL, kind: 'office.message' });
    expect(messages.counts).toEqual({ all: 1, unread: 0 });
  });

  it('counts in its badge only what asks for something', async () => {
    const liaison = await liaisonOf((await aHouse()).unitId);
    const to = [{ accountIds: [liaison.actorId] }];
    await send([
      aNotice(to),
      aNotice(to, { kind: 'office.message' }),
      aNotice(to, { kind: 'change.effective' }),
    ]);
    expect(await countWaitingNotices(liaison)).toBe(1);
  });

  it('is marked as read up to the moment it was shown, and nobody else’s with it', async () => {
    const { unitId } = await aHouse();
    const [mine, other] = await Promise.all([liaisonOf(unitId), liaisonOf(unitId)]);
    const to = [{ role: 'unit_liaison' as const, unitIds: [unitId] }];
    await send([aNotice(to, { title: '看到的' })]);
    const { asOf } = await viewInbox(mine, ALL);
    world.clock.advanceSeconds(5);
    await send([aNotice(to, { title: '后到的' })]);
    expect(await markAllRead(mine, { kind: null, upTo: asOf })).toBe(1);
    expect((await inboxOf(mine, true)).map((line) => line.title)).toEqual(['后到的']);
    expect(await countWaitingNotices(other)).toBe(2);
  });
});

describe('a message to liaisons', () => {
  const text = { title: '周五开会', body: '下午三点，二楼会议室。' };
  const sendTo = (actor: ActorCtx, chosen: { units?: string[]; regions?: string[] }, commandId = newId()) =>
    sendMessage(actor, { ...text, units: [], regions: [], ...chosen, commandId });

  it('goes to the chosen units of one’s reach and shows who has read it', async () => {
    const { regionId, unitId } = await aHouse();
    const second = await aUnit(world.ctx, { regionId, name: '乙局' });
    forgetTree(world.ctx);
    const [bureau, one, two] = await Promise.all([bureauOf(regionId), liaisonOf(unitId), liaisonOf(second)]);
    const { noticeId } = value(await sendTo(bureau, { regions: [regionId] }));
    await markRead(one, noticeId);
    const sent = value(await viewSentNotice(bureau, noticeId, { page: 1, size: 20 }));
    expect([sent.read, sent.addressed]).toEqual([1, 2]);
    expect(sent.units.map((unit) => [unit.name, unit.waiting])).toEqual([
      ['乙局', [two.actor.displayName]],
      [expect.any(String), []],
    ]);
    expect(sent.groupText).toBe(
      `【周五开会】\n下午三点，二楼会议室。\n链接：${ORIGIN}/inbox/${noticeId}\n尚未阅读（1）：乙局`,
    );
    expect(value(await viewSent(bureau, { page: 1, size: 20 })).rows).toMatchObject([
      { read: 1, addressed: 2 },
    ]);
  });

  it('is sent once per command, whatever the hurry', async () => {
    const { regionId, unitId } = await aHouse();
    const [bureau, liaison] = await Promise.all([bureauOf(regionId), liaisonOf(unitId)]);
    const commandId = newId();
    const both = await Promise.all([1, 2].map(() => sendTo(bureau, { units: [unitId] }, commandId)));
    expect(new Set(both.map((outcome) => value(outcome).noticeId)).size).toBe(1);
    expect(await inboxOf(liaison)).toHaveLength(1);
    expect(
      await sendMessage(bureau, { ...text, title: '改了', units: [unitId], regions: [], commandId }),
    ).toEqual({ ok: false, code: 'COMMAND_REUSED' });
  });

  it('is refused to units out of reach, to none, and where nobody would read it', async () => {
    const [{ regionId, unitId }, elsewhere] = [await aHouse(), await aHouse()];
    const [bureau, liaison] = await Promise.all([bureauOf(regionId), liaisonOf(elsewhere.unitId)]);
    const codeOf = async (sending: ReturnType<typeof sendTo>) => {
      const outcome = await sending;
      return outcome.ok ? null : outcome.code;
    };
    expect(await codeOf(sendTo(bureau, { units: [elsewhere.unitId] }))).toBe('NOT_FOUND');
    expect(await codeOf(sendTo(bureau, { regions: [elsewhere.regionId] }))).toBe('NOT_FOUND');
    expect(await codeOf(sendTo(bureau, {}))).toBe('NO_UNIT_CHOSEN');
    expect(await codeOf(sendTo(bureau, { units: [unitId] }))).toBe('NOBODY_ADDRESSED');
    expect(await codeOf(sendTo(liaison, { units: [elsewhere.unitId] }))).toBe('FORBIDDEN');
    expect((await messageScope(bureau))[0]?.units).toMatchObject([{ id: unitId, hasLiaison: false }]);
  });

  it('of somebody else is not found on the sender’s side', async () => {
    const { regionId, unitId } = await aHouse();
    const [bureau, colleague] = await Promise.all([
      bureauOf(regionId),
      bureauOf(regionId),
      liaisonOf(unitId),
    ]);
    const { noticeId } = value(await sendTo(bureau, { units: [unitId] }));
    expect(await viewSentNotice(colleague, noticeId, { page: 1, size: 20 })).toEqual({
      ok: false,
      code: 'NOT_FOUND',
    });
    const officer = await anActor(world.ctx, { grants: [{ role: 'officer', scopeKind: 'self' }] });
    expect(await viewSent(officer, { page: 1, size: 20 })).toEqual({ ok: false, code: 'FORBIDDEN' });
  });
});
