import type { ActorCtx } from '#app/accounts/actor.server.ts';
import type { Grant, Role, ScopeKind } from '#app/accounts/role.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { dayToDb } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { makeIdNumber } from './id-number.ts';

/**
 * Builders for tests: each makes what it needs and returns ids. Every name is invented. What they make holds and is
 * known since this day, so that a question as of any later moment sees it, whatever the machine's own clock says.
 */
const SINCE = dayToDb('2020-01-01');
let serial = 0;
const next = (): number => (serial += 1);

export async function aRegion(
  ctx: Ctx,
  options: { parentId?: string; name?: string; level?: string; code?: string } = {},
): Promise<string> {
  const id = newId<'Region'>();
  const n = next();
  await ctx.db.region.create({
    data: {
      id,
      code: options.code ?? `99${String(n).padStart(4, '0')}`,
      versions: {
        create: {
          id: newId(),
          parentId: options.parentId ?? null,
          name: options.name ?? `甲${n}县`,
          level: options.level ?? 'county',
          kind: 'administrative',
          validFrom: SINCE,
          recordedAt: SINCE,
        },
      },
    },
  });
  return id;
}

export async function aUnit(
  ctx: Ctx,
  options: { regionId: string; parentId?: string; name?: string; unitType?: string; fieldCodes?: string[] },
): Promise<string> {
  const id = newId<'Unit'>();
  const n = next();
  await ctx.db.unit.create({
    data: {
      id,
      code: `U${n}-${id.slice(-6)}`,
      versions: {
        create: {
          id: newId(),
          parentId: options.parentId ?? null,
          regionId: options.regionId,
          name: options.name ?? `某局${n}`,
          namePinyin: 'mouju',
          unitType: options.unitType ?? 'department',
          fieldCodes: options.fieldCodes ?? ['URBAN'],
          validFrom: SINCE,
          recordedAt: SINCE,
        },
      },
    },
  });
  return id;
}

export async function aPerson(
  ctx: Ctx,
  options: {
    unitId: string;
    name?: string;
    fieldCode?: string;
    establishment?: string;
    isEnforcementPost?: boolean;
    position?: string;
    /** One that a file can name; otherwise the next one. */
    idNumber?: string;
  },
): Promise<string> {
  const id = newId<'Person'>();
  const { idNumber = makeIdNumber(next()), position = null } = options;
  await ctx.db.person.create({
    data: {
      id,
      name: options.name ?? '张某',
      namePinyin: 'zhangmou',
      nameInitials: 'zm',
      sex: 'male',
      idNumberHash: new Uint8Array(ctx.secrets.lookupHash('id_number_lookup', idNumber)),
      idNumberMasked: `${idNumber.slice(0, 4)}**********${idNumber.slice(-4)}`,
      links: {
        create: {
          id: newId(),
          unitId: options.unitId,
          kind: 'home',
          establishment: options.establishment ?? 'admin',
          isEnforcementPost: options.isEnforcementPost ?? true,
          fieldCode: options.fieldCode ?? 'URBAN',
          position,
          validFrom: SINCE,
          recordedAt: SINCE,
          sourceKind: 'test',
        },
      },
    },
  });
  return id;
}

export interface GrantInput {
  readonly role: Role;
  readonly scopeKind: ScopeKind;
  readonly unitId?: string;
  readonly regionId?: string;
  readonly fieldCode?: string;
}

/** An account with its grants, and the context of a request it makes. */
export async function anActor(
  ctx: Ctx,
  options: { personId?: string | null; grants: readonly GrantInput[]; login?: string },
): Promise<ActorCtx> {
  const id = newId<'Account'>();
  const login = options.login ?? `user${next()}`;
  const grants: Grant[] = options.grants.map((grant) => ({
    role: grant.role,
    scopeKind: grant.scopeKind,
    unitId: grant.unitId ?? null,
    regionId: grant.regionId ?? null,
    fieldCode: grant.fieldCode ?? null,
  }));
  await ctx.db.account.create({
    data: {
      id,
      login,
      displayName: login,
      personId: options.personId ?? null,
      grants: {
        create: grants.map((grant) => ({ id: newId(), ...grant, validFrom: SINCE, recordedAt: SINCE })),
      },
    },
  });
  return {
    ...ctx,
    actorId: id,
    actor: {
      accountId: id,
      login,
      displayName: login,
      personId: options.personId ?? null,
      grants,
      roles: [...new Set(grants.map((grant) => grant.role))],
    },
  };
}
