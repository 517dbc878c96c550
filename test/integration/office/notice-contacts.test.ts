import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { removeMail, resendConfirmation, saveMail } from '#app/office/notice/contact/change-mail.server.ts';
import { sendConfirmation } from '#app/office/notice/contact/confirmation-job.server.ts';
import { confirmMail, viewConfirmation } from '#app/office/notice/contact/confirm-mail.server.ts';
import { viewPreferences } from '#app/office/notice/contact/preferences-view.server.ts';
import { saveKinds } from '#app/office/notice/contact/save-kinds.server.ts';
import { createMailer } from '#app/office/notice/delivery/mailer.server.ts';
import { useWorld } from '#test/support/database.ts';
import type { MailServer } from '#test/support/mail-server.ts';
import { partOf, startMailServer } from '#test/support/mail-server.ts';
import type { AskedJob } from '#test/support/notices.ts';
import { ORIGIN, noticeSteps } from '#test/support/notices.ts';
import { value } from '#test/support/office.ts';

const world = useWorld();
const { openDesk, aHouse, liaisonOf } = noticeSteps(world);

let server: MailServer;
let jobs: AskedJob[];
beforeEach(async () => {
  server = await startMailServer();
  const smtp = {
    host: '127.0.0.1',
    port: server.port,
    security: 'none',
    login: null,
    from: 'zf@example.cn',
  } as const;
  jobs = openDesk({ mailer: createMailer(smtp) });
});
afterEach(() => server.close());

const aLiaison = async (): Promise<ActorCtx> => liaisonOf((await aHouse()).unitId);
const payload = z.object({ confirmationId: z.uuid() });

/** Runs what was queued and reads the link out of the last mail. */
async function linkMailed(): Promise<string> {
  for (const job of jobs.splice(0))
    await sendConfirmation(world.ctx, payload.parse(job.payload).confirmationId);
  const text = partOf(server.received.at(-1) ?? { from: '', to: [], raw: '' }, 'text/plain');
  return new RegExp(`${ORIGIN}/inbox/preferences/confirm/(\\S+)`).exec(text)?.[1] ?? '';
}
const stateOf = async (actor: ActorCtx) => (await viewPreferences(actor)).mail?.state;

describe('a mail address', () => {
  it('is used after its owner opened the mailed link and said so', async () => {
    const liaison = await aLiaison();
    value(await saveMail(liaison, { mail: 'li@example.cn' }));
    expect(await stateOf(liaison)).toBe('on_its_way');
    const token = await linkMailed();
    expect(server.received.at(-1)?.to).toEqual(['li@example.cn']);
    expect(await stateOf(liaison)).toBe('sent');
    expect(await viewConfirmation(liaison, token)).toEqual({ mail: 'li@example.cn' });
    expect(await stateOf(liaison)).toBe('sent');
    value(await confirmMail(liaison, token));
    expect(await stateOf(liaison)).toBe('confirmed');
    expect(await confirmMail(liaison, token)).toEqual({ ok: false, code: 'LINK_NOT_VALID' });
  });

  it('is kept as ciphertext', async () => {
    const liaison = await aLiaison();
    await saveMail(liaison, { mail: 'geheim@example.cn' });
    const { rows } = await world.ctx.pool.query<{ dump: string }>(
      `select (select json_agg(c) from account_contact c)::text || (select json_agg(a) from audit_payload a)::text
         || encode((select mail_cipher from account_contact where account_id = $1), 'escape') as dump`,
      [liaison.actorId],
    );
    expect(rows[0]?.dump).toBeTypeOf('string');
    expect(rows[0]?.dump).not.toContain('geheim');
  });

  it('is not confirmed by somebody else, by an old link, or by a link to the address before', async () => {
    const [liaison, other] = await Promise.all([aLiaison(), aLiaison()]);
    await saveMail(liaison, { mail: 'first@example.cn' });
    const first = await linkMailed();
    expect(await viewConfirmation(other, first)).toBeNull();
    expect(await confirmMail(other, first)).toEqual({ ok: false, code: 'LINK_NOT_VALID' });
    await saveMail(liaison, { mail: 'second@example.cn' });
    const second = await linkMailed();
    expect(await confirmMail(liaison, first)).toEqual({ ok: false, code: 'LINK_NOT_VALID' });
    world.clock.advanceSeconds(86_400);
    expect(await confirmMail(liaison, second)).toEqual({ ok: false, code: 'LINK_NOT_VALID' });
    expect(await stateOf(liaison)).toBe('sent');
  });

  it('deleted and written anew is not confirmed by the link to the deleted one', async () => {
    const liaison = await aLiaison();
    await saveMail(liaison, { mail: 'first@example.cn' });
    const first = await linkMailed();
    value(await removeMail(liaison));
    expect(await removeMail(liaison)).toEqual({ ok: false, code: 'NO_ADDRESS' });
    await saveMail(liaison, { mail: 'second@example.cn' });
    expect(await confirmMail(liaison, first)).toEqual({ ok: false, code: 'LINK_NOT_VALID' });
    expect(await stateOf(liaison)).toBe('on_its_way');
  });

  it('is asked about five times an hour at most, also from many tabs', async () => {
    const liaison = await aLiaison();
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, index) => saveMail(liaison, { mail: `m${index}@example.cn` })),
    );
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(5);
    expect(await resendConfirmation(liaison)).toEqual({
      ok: false,
      code: 'TOO_MANY_REQUESTS',
      detail: { seconds: 3_600 },
    });
    world.clock.advanceSeconds(3_600);
    expect((await resendConfirmation(liaison)).ok).toBe(true);
  });

  it('that the server refuses is told so; one it could not reach is tried again by the queue', async () => {
    const liaison = await aLiaison();
    server.replies.push({ code: 550, text: 'unknown' });
    await saveMail(liaison, { mail: 'wrong@example.cn' });
    await linkMailed();
    expect(await stateOf(liaison)).toBe('not_sent');
    server.replies.push({ code: 451, text: 'later' });
    value(await resendConfirmation(liaison));
    await expect(linkMailed()).rejects.toThrow('451');
  });

  it('cannot be set where no mail is configured, and is not asked about twice once confirmed', async () => {
    const liaison = await aLiaison();
    expect(await resendConfirmation(liaison)).toEqual({ ok: false, code: 'NO_ADDRESS' });
    await saveMail(liaison, { mail: 'li@example.cn' });
    value(await confirmMail(liaison, await linkMailed()));
    expect(value(await saveMail(liaison, { mail: 'li@example.cn' }))).toEqual({ asked: false });
    expect(await resendConfirmation(liaison)).toEqual({ ok: false, code: 'ALREADY_CONFIRMED' });
    openDesk();
    expect(await saveMail(liaison, { mail: 'x@example.cn' })).toEqual({
      ok: false,
      code: 'MAIL_NOT_CONFIGURED',
    });
  });
});

describe('the choice of kinds', () => {
  it('begins with those that ask for something, and keeps what was said', async () => {
    const liaison = await aLiaison();
    const ticked = async () =>
      (await viewPreferences(liaison)).kinds.filter((one) => one.byMail).map((one) => one.kind);
    expect(await ticked()).toEqual(expect.arrayContaining(['campaign.issued', 'transfer.asked']));
    expect(await ticked()).not.toContain('office.message');
    await saveKinds(liaison, ['office.message', 'exam.result']);
    expect(await ticked()).toEqual(['office.message']);
    await saveKinds(liaison, []);
    expect(await ticked()).toEqual([]);
    const rows = await world.ctx.db.noticePreference.findMany({ where: { accountId: liaison.actorId } });
    expect(rows.map((row) => row.kind)).not.toContain('exam.result');
  });
});
