import { describe, expect, it } from 'vitest';
import { activateAccount, createActivationLink } from '#app/accounts/activation.server.ts';
import { hashPassword } from '#app/accounts/password.server.ts';
import { createSessions } from '#app/accounts/session.server.ts';
import { setupInstallation } from '#app/accounts/setup-installation.server.ts';
import { openSession } from '#app/accounts/sign-in-page.server.ts';
import { LOCK_AFTER_TRIES, LOCK_MINUTES, signIn } from '#app/accounts/sign-in.server.ts';
import { loadActor } from '#app/accounts/load-actor.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { useWorld } from '#test/support/database.ts';
import { anActor } from '#test/support/world.ts';

const world = useWorld();
const PASSWORD = 'Right-Pass-2026';
const requestCtx = () => ({ ...world.ctx, actor: null });

async function anAccount(login: string): Promise<string> {
  const id = newId();
  await world.ctx.db.account.create({
    data: { id, login, displayName: login, passwordHash: await hashPassword(PASSWORD) },
  });
  return id;
}

describe('signing in', () => {
  it('accepts the right password and leaves a trace', async () => {
    const id = await anAccount('zhang');
    const outcome = await signIn(requestCtx(), { login: ' Zhang ', password: PASSWORD });
    expect(outcome).toEqual({ ok: true, value: { accountId: id } });
    expect(await world.ctx.db.auditEvent.count({ where: { action: 'account.sign_in', subjectId: id } })).toBe(
      1,
    );
  });

  it('lets a shared desk sign in as often as it succeeds, and counts what does not', async () => {
    await anAccount('desk');
    const sessions = createSessions({ pool: world.ctx.pool, secure: false });
    const knock = async (login: string, password: string) => {
      const outcome = await openSession(requestCtx(), sessions, { login, password });
      return outcome.ok ? 'in' : outcome.code;
    };
    const times = Array.from({ length: 12 });
    for (const _ of times) expect(await knock('desk', PASSWORD)).toBe('in');
    const answers = [];
    for (const _ of times) answers.push(await knock('guessed', 'wrong'));
    expect(answers.at(-1)).toBe('TOO_MANY_REQUESTS');
  });

  it('gives the same answer for a wrong password, an unknown and a disabled account', async () => {
    const id = await anAccount('gone');
    await world.ctx.db.account.update({ where: { id }, data: { status: 'disabled' } });
    for (const [login, password] of [
      ['zhang', 'wrong'],
      ['nobody', PASSWORD],
      ['gone', PASSWORD],
    ] as const)
      expect(await signIn(requestCtx(), { login, password })).toEqual({
        ok: false,
        code: 'WRONG_LOGIN_OR_PASSWORD',
      });
  });

  it('locks after five wrong tries for thirty minutes, also against the right password, also when tried at once', async () => {
    await anAccount('locked');
    await Promise.all(
      Array.from({ length: LOCK_AFTER_TRIES }, () =>
        signIn(requestCtx(), { login: 'locked', password: 'wrong' }),
      ),
    );
    expect(await signIn(requestCtx(), { login: 'locked', password: PASSWORD })).toMatchObject({
      ok: false,
      code: 'ACCOUNT_LOCKED',
    });
    world.clock.advanceSeconds(LOCK_MINUTES * 60 + 1);
    expect((await signIn(requestCtx(), { login: 'locked', password: PASSWORD })).ok).toBe(true);
  });
});

describe('sessions', () => {
  it('keep only a hash of the id, end at sign-out, and never come back', async () => {
    const id = await anAccount('session');
    const sessions = createSessions({ pool: world.ctx.pool, secure: false });
    const { setCookie } = await sessions.create(id);
    const cookie = setCookie.split(';')[0] ?? '';
    const rawId = cookie.split('=')[1] ?? '';
    expect((await sessions.read(cookie)).accountId).toBe(id);
    const { rows } = await world.ctx.pool.query<{ id_hash: Buffer }>(`select id_hash from account_session`);
    expect(
      rows.some(
        (row) => row.id_hash.toString('utf8').includes(rawId) || row.id_hash.toString('hex').includes(rawId),
      ),
    ).toBe(false);
    await sessions.end(cookie);
    await sessions.end(cookie);
    expect((await sessions.read(cookie)).accountId).toBeNull();
  });

  it('end when their time is over', async () => {
    const id = await anAccount('expired');
    const sessions = createSessions({ pool: world.ctx.pool, secure: false });
    const { setCookie } = await sessions.create(id);
    await world.ctx.pool.query(
      `update account_session set expires_at = now() - interval '1 second' where account_id = $1`,
      [id],
    );
    expect((await sessions.read(setCookie.split(';')[0] ?? '')).accountId).toBeNull();
  });

  it('are Secure and bound to the host over TLS', async () => {
    const id = await anAccount('secure');
    const { setCookie } = await createSessions({ pool: world.ctx.pool, secure: true }).create(id);
    expect(setCookie).toMatch(/^__Host-zhifa=/);
    expect(setCookie).toMatch(/Secure/);
    expect(setCookie).toMatch(/HttpOnly/);
  });
});

describe('grants', () => {
  it('count only on their days and while nobody superseded them', async () => {
    const { ctx } = world;
    const actor = await anActor(ctx, { grants: [{ role: 'supervisor', scopeKind: 'platform' }] });
    expect((await loadActor(ctx, actor.actorId))?.roles).toEqual(['supervisor']);
    await ctx.pool.query(`update role_grant set superseded_at = now() where account_id = $1`, [
      actor.actorId,
    ]);
    expect((await loadActor(ctx, actor.actorId))?.roles).toEqual([]);
    await expect(
      ctx.pool.query(`update role_grant set role = 'justice_bureau' where account_id = $1`, [actor.actorId]),
    ).rejects.toThrow('DATED');
  });
});

describe('one-time links', () => {
  it('set the first password once; of two people one wins', async () => {
    const id = newId();
    await world.ctx.db.account.create({ data: { id, login: 'fresh', displayName: 'fresh' } });
    const created = await inTransaction(world.ctx, 'test', (tx) =>
      createActivationLink(tx, id, world.clock.now()),
    );
    const token = created.ok ? created.value : '';
    expect(await activateAccount(world.ctx, { token, password: 'short' })).toMatchObject({
      ok: false,
      code: 'TOO_SHORT',
    });
    const answers = await Promise.all(
      [1, 2].map((n) => activateAccount(world.ctx, { token, password: `First-Word-${n}x` })),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.find((answer) => !answer.ok)).toMatchObject({ code: 'LINK_NOT_VALID' });
  });
});

describe('setting up a real installation', () => {
  it('refuses a database that already holds accounts, and wrong input', async () => {
    const administrators = [
      { role: 'system_admin', login: 'sys', displayName: '系统管理员' },
      { role: 'security_admin', login: 'sec', displayName: '安全管理员' },
      { role: 'audit_admin', login: 'aud', displayName: '审计管理员' },
    ] as const;
    const region = { name: '某市', code: '990100', level: 'city' } as const;
    expect(await setupInstallation(world.ctx, { region, administrators })).toMatchObject({
      code: 'ALREADY_SET_UP',
    });
    expect(
      await setupInstallation(world.ctx, { region: { ...region, code: '12' }, administrators }),
    ).toMatchObject({ code: 'BAD_REGION_CODE' });
    expect(
      await setupInstallation(world.ctx, { region, administrators: administrators.slice(0, 2) }),
    ).toMatchObject({
      code: 'THREE_ADMINISTRATORS_NEEDED',
    });
  });
});
