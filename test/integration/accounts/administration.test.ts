import { beforeAll, describe, expect, it } from 'vitest';
import { activateAccount, findActivation } from '#app/accounts/activation.server.ts';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { viewAccount } from '#app/accounts/administration/account-view.server.ts';
import { viewAccounts } from '#app/accounts/administration/accounts-view.server.ts';
import { reissueAccountLink, setAccountStatus } from '#app/accounts/administration/change-account.server.ts';
import { endGrant, grantRole } from '#app/accounts/administration/grant-role.server.ts';
import { openAccount } from '#app/accounts/administration/open-account.server.ts';
import { loadActor } from '#app/accounts/load-actor.server.ts';
import { relinkAccount } from '#app/accounts/relink-account.server.ts';
import { createSessions } from '#app/accounts/session.server.ts';
import { signIn } from '#app/accounts/sign-in.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { useWorld } from '#test/support/database.ts';
import { aPerson, aRegion, aUnit, anActor } from '#test/support/world.ts';

const world = useWorld();
const PASSWORD = 'Right-Pass-2026';
const TODAY = '2026-11-23';
let security: ActorCtx;
let bureau: ActorCtx;
let unitId = '';
let farUnitId = '';
let regionId = '';

beforeAll(async () => {
  regionId = await aRegion(world.ctx);
  unitId = await aUnit(world.ctx, { regionId, name: '甲县城市管理局' });
  farUnitId = await aUnit(world.ctx, { regionId: await aRegion(world.ctx), name: '乙县城市管理局' });
  forgetTree(world.ctx);
  security = await anActor(world.ctx, { grants: [{ role: 'security_admin', scopeKind: 'platform' }] });
  bureau = await anActor(world.ctx, { grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId }] });
});

const tokenOf = (path: string): string => path.split('/').at(-1) ?? '';
const liaisonship = (unitText = '甲县城市管理局') => ({
  role: 'unit_liaison' as const,
  unitText,
  regionId: undefined,
  fieldCode: undefined,
  fromDay: TODAY,
  untilDay: null,
  reason: '单位申请表',
});
const LIST = {
  text: '',
  role: undefined,
  standing: undefined,
  sort: { field: 'login', direction: 'asc' },
  page: 1,
  size: 100,
} as const;

let serial = 0;
async function anOpenedAccount(by = bureau, at = unitId) {
  const personId = await aPerson(world.ctx, { unitId: at });
  const outcome = await openAccount(by, {
    login: `liaison${(serial += 1)}`,
    owner: { kind: 'person', personId },
  });
  if (!outcome.ok) throw new Error(outcome.code);
  return { ...outcome.value, personId };
}

describe('opening an account', () => {
  it('leads from the bureau through the one-time link to a liaison with exactly the unit that was given', async () => {
    const { accountId, login, path } = await anOpenedAccount();
    expect(await grantRole(bureau, accountId, liaisonship())).toMatchObject({ ok: true });
    expect(await activateAccount(world.ctx, { token: tokenOf(path), password: PASSWORD })).toMatchObject({
      ok: true,
    });
    expect(await signIn({ ...world.ctx, actor: null }, { login, password: PASSWORD })).toMatchObject({
      ok: true,
    });
    const actor = await loadActor(world.ctx, accountId);
    expect(actor?.grants).toMatchObject([{ role: 'unit_liaison', scopeKind: 'unit', unitId }]);
    const actions = await world.ctx.db.auditEvent.findMany({
      where: { subjectKind: 'account', subjectId: accountId },
      orderBy: { recordedTx: 'asc' },
    });
    expect(actions.map(({ action }) => action)).toEqual([
      'account.open',
      'grants.give',
      'account.activate',
      'account.sign_in',
    ]);
  });

  it("refuses a login that is taken, one nobody can type, and a bureau's people of elsewhere or of nowhere", async () => {
    const { login } = await anOpenedAccount();
    const personId = await aPerson(world.ctx, { unitId });
    const open = (input: Parameters<typeof openAccount>[1], by = bureau) => openAccount(by, input);
    expect(await open({ login, owner: { kind: 'person', personId } })).toMatchObject({ code: 'LOGIN_TAKEN' });
    expect(await open({ login: '张三', owner: { kind: 'person', personId } })).toMatchObject({
      code: 'BAD_LOGIN',
    });
    const far = await aPerson(world.ctx, { unitId: farUnitId });
    expect(await open({ login: 'far', owner: { kind: 'person', personId: far } })).toMatchObject({
      code: 'PERSON_OUT_OF_REACH',
    });
    const technical = { login: 'tech', owner: { kind: 'technical', displayName: '某某' } } as const;
    expect(await open(technical)).toMatchObject({ code: 'TECHNICAL_NOT_YOURS' });
    expect(await open(technical, security)).toMatchObject({ ok: true });
  });

  it("is nobody else's business", async () => {
    const auditor = await anActor(world.ctx, { grants: [{ role: 'audit_admin', scopeKind: 'platform' }] });
    expect(await viewAccounts(auditor, LIST)).toMatchObject({ code: 'FORBIDDEN' });
    expect(
      await openAccount(auditor, { login: 'xx', owner: { kind: 'technical', displayName: '某某' } }),
    ).toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});

describe('the list of accounts', () => {
  it('shows a bureau its own people and never who holds more than a bureau gives', async () => {
    const { login } = await anOpenedAccount();
    const far = await anOpenedAccount(security, farUnitId);
    const page = await viewAccounts(bureau, LIST);
    if (!page.ok) throw new Error(page.code);
    const logins = page.value.rows.map((row) => row.login);
    expect(logins).toContain(login);
    expect(logins).not.toContain(far.login);
    expect(logins).not.toContain(bureau.actor.login);
    expect(await viewAccount(bureau, far.accountId, null)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await reissueAccountLink(bureau, far.accountId)).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is searched, filtered and paged', async () => {
    const { login } = await anOpenedAccount();
    const rowsOf = async (change: object) => {
      const page = await viewAccounts(security, { ...LIST, ...change });
      return page.ok ? page.value.rows.map((row) => row.login) : [];
    };
    expect(await rowsOf({ text: login })).toContain(login);
    expect(await rowsOf({ text: '%' })).toEqual([]);
    expect(await rowsOf({ role: 'security_admin' })).toEqual([security.actor.login]);
    expect(await rowsOf({ standing: 'disabled' })).toEqual([]);
    expect(await rowsOf({ page: 999, size: 1 })).toHaveLength(1);
  });
});

describe('a lost link', () => {
  it('is replaced; the old one ends, and a new password ends what was open', async () => {
    const { accountId, login, path } = await anOpenedAccount();
    const again = await reissueAccountLink(bureau, accountId);
    if (!again.ok) throw new Error(again.code);
    expect(await findActivation(world.ctx, tokenOf(path))).toBeNull();
    await activateAccount(world.ctx, { token: tokenOf(again.value.path), password: PASSWORD });
    const sessions = createSessions({ pool: world.ctx.pool, secure: false });
    const { setCookie } = await sessions.create(accountId);
    const third = await relinkAccount(world.ctx, ` ${login.toUpperCase()} `);
    if (!third.ok) throw new Error(third.code);
    expect((await sessions.read(setCookie)).accountId).toBe(accountId);
    await activateAccount(world.ctx, { token: tokenOf(third.value.path), password: `${PASSWORD}!` });
    expect((await sessions.read(setCookie)).accountId).toBeNull();
    expect(await relinkAccount(world.ctx, 'nobody')).toMatchObject({ code: 'NO_SUCH_ACCOUNT' });
  });
});

describe('an account out of use', () => {
  it('ends sessions and links at once, keeps its rights as dated, and comes back', async () => {
    const { accountId, path } = await anOpenedAccount();
    await grantRole(bureau, accountId, liaisonship());
    const sessions = createSessions({ pool: world.ctx.pool, secure: false });
    const { setCookie } = await sessions.create(accountId);
    expect(await setAccountStatus(bureau, accountId, { status: 'disabled', reason: '离岗' })).toMatchObject({
      ok: true,
    });
    expect((await sessions.read(setCookie)).accountId).toBeNull();
    expect(await findActivation(world.ctx, tokenOf(path))).toBeNull();
    expect(await reissueAccountLink(bureau, accountId)).toMatchObject({ code: 'ACCOUNT_DISABLED' });
    expect(await loadActor(world.ctx, accountId)).toBeNull();
    await setAccountStatus(bureau, accountId, { status: 'active', reason: '返岗' });
    expect((await loadActor(world.ctx, accountId))?.roles).toEqual(['unit_liaison']);
  });
});

describe('rights', () => {
  it('end with today as a new row over the old one, and cannot be ended twice', async () => {
    const { accountId } = await anOpenedAccount();
    const given = await grantRole(bureau, accountId, liaisonship());
    if (!given.ok) throw new Error(given.code);
    world.clock.set('2026-11-25T02:00:00.000Z');
    const end = () => endGrant(bureau, accountId, { grantId: given.value.grantId, reason: '调整分工' });
    expect(await end()).toMatchObject({ ok: true });
    expect((await loadActor(world.ctx, accountId))?.roles).toEqual([]);
    expect(await end()).toMatchObject({ code: 'NOT_FOUND' });
    const rows = await world.ctx.db.roleGrant.findMany({ where: { accountId } });
    expect(rows.map((row) => [row.supersededAt !== null, row.validTo !== null]).sort()).toEqual([
      [false, true],
      [true, false],
    ]);
    world.clock.set(`${TODAY}T01:00:00.000Z`);
  });

  it('name a unit that exists, once', async () => {
    const { accountId } = await anOpenedAccount();
    expect(await grantRole(bureau, accountId, liaisonship('丙局'))).toMatchObject({ code: 'UNIT_UNKNOWN' });
    expect(await grantRole(bureau, accountId, liaisonship('乙县城市管理局'))).toMatchObject({
      code: 'PLACE_OUT_OF_REACH',
    });
  });

  it('are never given to oneself, nor to an administrator of another kind, whatever the program does (constraint)', async () => {
    expect(await grantRole(security, security.actorId, { ...liaisonship() })).toMatchObject({
      code: 'NOT_YOURS_TO_CHANGE',
    });
    const insert = (role: string, accountId: string, grantedBy: string | null) =>
      world.ctx.db.roleGrant.create({
        data: {
          id: newId(),
          accountId,
          role,
          scopeKind: 'platform',
          validFrom: new Date(`${TODAY}T00:00:00Z`),
          grantedBy,
        },
      });
    await expect(insert('security_admin', security.actorId, security.actorId)).rejects.toThrow(
      /not_to_oneself/,
    );
    await expect(insert('audit_admin', security.actorId, null)).rejects.toThrow(/no other role/);
    const personId = await aPerson(world.ctx, { unitId });
    const first = await anActor(world.ctx, { personId, grants: [{ role: 'officer', scopeKind: 'self' }] });
    const second = await anActor(world.ctx, { personId, grants: [] });
    await expect(insert('system_admin', second.actorId, null)).rejects.toThrow(/no other role/);
    expect(await world.ctx.db.roleGrant.count({ where: { accountId: first.actorId } })).toBe(1);
  });

  it('of two that exclude each other and come at once, one wins', async () => {
    const personId = await aPerson(world.ctx, { unitId });
    const { actorId } = await anActor(world.ctx, { personId, grants: [] });
    const insert = (role: string) =>
      world.ctx.db.roleGrant.create({
        data: {
          id: newId(),
          accountId: actorId,
          role,
          scopeKind: 'platform',
          validFrom: new Date(`${TODAY}T00:00:00Z`),
        },
      });
    const results = await Promise.allSettled([insert('audit_admin'), insert('system_admin')]);
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});
