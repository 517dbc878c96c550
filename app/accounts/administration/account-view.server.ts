import { homeLinksOn } from '#app/organization/person/person.store.server.ts';
import { listFields } from '#app/organization/tree/tree.store.server.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { ActorCtx } from '../actor.server.ts';
import { mayDo } from '../actor.server.ts';
import type { GrantStretch } from '../grants/grant-moves.ts';
import { listGrantsOfAccount } from '../grants/grant.store.server.ts';
import type { Role, ScopeKind } from '../role.ts';
import type { AccountStanding } from './account-list.ts';
import { isListed } from './account-list.store.server.ts';
import { grantableBy, mayChange, scopeKindOf } from './account-rules.ts';
import type { AccountViewer } from './viewer.server.ts';
import { accountViewer } from './viewer.server.ts';

export interface GrantLine {
  readonly grantId: string;
  readonly role: Role;
  readonly place: string;
  readonly validFrom: Day;
  /** First day on which it no longer holds. */
  readonly validTo: Day | null;
  readonly standing: 'holds' | 'coming' | 'ended';
}

export interface AccountPage {
  readonly accountId: string;
  readonly login: string;
  readonly displayName: string;
  readonly unitName: string | null;
  readonly hasPerson: boolean;
  readonly standing: AccountStanding;
  readonly isLocked: boolean;
  readonly createdAt: Date;
  /** Whether this viewer may change it; if not, it is the own account or one beyond a bureau's competence. */
  readonly mayChange: boolean;
  readonly grants: readonly GrantLine[];
  readonly roles: readonly Role[];
  readonly today: Day;
}

/** What the form for one role asks for. */
export interface GrantForm {
  readonly role: Role;
  readonly scopeKind: ScopeKind;
  readonly unitName: string | null;
  readonly regions: readonly { readonly id: string; readonly name: string }[];
  readonly fields: readonly { readonly code: string; readonly name: string }[];
}

/** More regions than this are offered without townships, whose offices are found by their unit. */
const MAX_REGION_CHOICES = 400;

function placeOf(grant: GrantStretch, tree: OrgTree, fields: ReadonlyMap<string, string>): string {
  const unit = grant.unitId === null ? null : (tree.units.get(grant.unitId)?.name ?? '（已不存在的单位）');
  const region =
    grant.regionId === null ? null : (tree.regions.get(grant.regionId)?.name ?? '（已不存在的地区）');
  switch (grant.scopeKind) {
    case 'self':
      return '本人';
    case 'platform':
      return '平台';
    case 'unit':
      return `${unit}及下属单位`;
    case 'region':
      return `${region}及以下`;
    case 'field':
      return `${region}${fields.get(grant.fieldCode ?? '') ?? ''}系统`;
  }
}

function standingOf(grant: GrantStretch, today: Day): GrantLine['standing'] {
  if (grant.validTo !== null && grant.validTo <= today) return 'ended';
  return grant.validFrom > today ? 'coming' : 'holds';
}

function regionsFor(viewer: AccountViewer): GrantForm['regions'] {
  const { tree, kind, regionIds } = viewer;
  const reached = [...tree.regions.values()].filter(
    (region) => kind === 'security' || regionIds.has(region.id),
  );
  const shown =
    reached.length > MAX_REGION_CHOICES ? reached.filter((region) => region.level !== 'township') : reached;
  return shown.map(({ id, name, code }) => ({ id, name: `${name}（${code}）` }));
}

/** One account with its rights, and the form for `role` when one is named. Refusals: FORBIDDEN, NOT_FOUND. */
export async function viewAccount(
  ctx: ActorCtx,
  accountId: string,
  role: Role | null,
): Promise<Outcome<{ page: AccountPage; form: GrantForm | null }, 'FORBIDDEN' | 'NOT_FOUND'>> {
  const viewer = mayDo(ctx, 'account.open') ? await accountViewer(ctx) : null;
  if (viewer === null) return refused('FORBIDDEN');
  const now = ctx.clock.now();
  const today = dayOf(now);
  const account = await ctx.db.account.findUnique({ where: { id: accountId } });
  if (account === null || !(await isListed(ctx.pool, viewer, today, accountId))) return refused('NOT_FOUND');
  const { tree } = viewer;
  const home =
    account.personId === null
      ? undefined
      : (await homeLinksOn(ctx.pool, [account.personId], today)).get(account.personId);
  const unitName = home === undefined ? null : (tree.units.get(home.unitId)?.name ?? null);
  const fields = await listFields(ctx.pool);
  const fieldNames = new Map(fields.map((field) => [field.code, field.name]));
  const grants = await listGrantsOfAccount(ctx.pool, accountId);
  const isChangeable = mayChange(viewer, { personKey: account.personId ?? accountId, grants }, today);
  const page: AccountPage = {
    accountId,
    login: account.login,
    displayName: account.displayName,
    unitName,
    hasPerson: account.personId !== null,
    standing:
      account.status === 'disabled' ? 'disabled' : account.passwordHash === null ? 'waiting' : 'active',
    isLocked: account.lockedUntil !== null && account.lockedUntil > now,
    createdAt: account.createdAt,
    mayChange: isChangeable,
    grants: grants.map((grant) => ({
      grantId: grant.grantId,
      role: grant.role,
      place: placeOf(grant, tree, fieldNames),
      validFrom: grant.validFrom,
      validTo: grant.validTo,
      standing: standingOf(grant, today),
    })),
    roles: grantableBy(viewer.kind),
    today,
  };
  if (role === null || !isChangeable || !page.roles.includes(role)) return done({ page, form: null });
  return done({
    page,
    form: { role, scopeKind: scopeKindOf(role), unitName, regions: regionsFor(viewer), fields },
  });
}
