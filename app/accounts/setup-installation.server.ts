import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { dayToDb } from '#app/platform/db/db.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { levelOfCode } from '#app/organization/tree/region-code.ts';
import { createActivationLink } from './activation.server.ts';
import { isLogin, normaliseLogin } from './login-rules.ts';
import type { Role } from './role.ts';

export type AdminRole = Extract<Role, 'system_admin' | 'security_admin' | 'audit_admin'>;

export interface SetupInput {
  readonly region: {
    readonly name: string;
    readonly code: string;
    readonly level: 'province' | 'city' | 'county';
  };
  /** Exactly one person for each of the three roles; three different logins. */
  readonly administrators: readonly {
    readonly role: AdminRole;
    readonly login: string;
    readonly displayName: string;
  }[];
  /** First account of the justice bureau, over the whole region; without it the security administrator opens one. */
  readonly bureau?: { readonly login: string; readonly displayName: string } | undefined;
}

export interface SetupLink {
  readonly role: AdminRole | 'justice_bureau';
  readonly login: string;
  /** Path of the one-time link, to be opened below the platform's own address within seven days. */
  readonly path: string;
}

export type SetupRefusal =
  | 'DEMO_DATABASE'
  | 'ALREADY_SET_UP'
  | 'THREE_ADMINISTRATORS_NEEDED'
  | 'LOGINS_NOT_DIFFERENT'
  | 'BAD_LOGIN'
  | 'BAD_REGION_CODE'
  | 'REGION_CODE_OF_OTHER_LEVEL';

const VALID_SINCE: Day = '2000-01-01';

function inputProblem(input: SetupInput): SetupRefusal | null {
  const { code, level } = input.region;
  const levelSaid = code.length === 6 ? levelOfCode(code) : null;
  if (levelSaid === null) return 'BAD_REGION_CODE';
  if (levelSaid !== level) return 'REGION_CODE_OF_OTHER_LEVEL';
  const roles = new Set(input.administrators.map((administrator) => administrator.role));
  if (roles.size !== 3 || input.administrators.length !== 3) return 'THREE_ADMINISTRATORS_NEEDED';
  const people = [...input.administrators, ...(input.bureau === undefined ? [] : [input.bureau])];
  const logins = people.map((person) => normaliseLogin(person.login));
  if (!logins.every(isLogin)) return 'BAD_LOGIN';
  return new Set(logins).size === people.length ? null : 'LOGINS_NOT_DIFFERENT';
}

interface FirstAccount {
  readonly role: SetupLink['role'];
  readonly login: string;
  readonly displayName: string;
}

async function makeAccount(
  tx: Tx,
  { role, ...person }: FirstAccount,
  regionId: string,
  now: Date,
): Promise<SetupLink> {
  const accountId = newId<'Account'>();
  const login = normaliseLogin(person.login);
  await tx.account.create({ data: { id: accountId, login, displayName: person.displayName.trim() } });
  const scope = role === 'justice_bureau' ? { scopeKind: 'region', regionId } : { scopeKind: 'platform' };
  await tx.roleGrant.create({
    data: { id: newId(), accountId, role, ...scope, validFrom: dayToDb(dayOf(now)) },
  });
  return { role, login, path: `/activate/${await createActivationLink(tx, accountId, now)}` };
}

/**
 * Sets up a real installation: the top region, the three separate administrators (三员分立, domain.md §9.1) and, when
 * named, the bureau's first account, each by a one-time link. Refusals: DEMO_DATABASE (demo and real data never mix),
 * ALREADY_SET_UP (a region or account exists), THREE_ADMINISTRATORS_NEEDED, BAD_LOGIN, LOGINS_NOT_DIFFERENT,
 * BAD_REGION_CODE (GB/T 2260: six digits), REGION_CODE_OF_OTHER_LEVEL. All or nothing.
 */
export async function setupInstallation(
  ctx: Ctx,
  input: SetupInput,
): Promise<Outcome<SetupLink[], SetupRefusal>> {
  const problem = inputProblem(input);
  if (problem) return refused(problem);
  const now = ctx.clock.now();
  return inTransaction(
    ctx,
    'setup-installation',
    async (tx, refuse) => {
      const installation = await tx.installation.findUnique({ where: { id: 1 } });
      if (installation?.kind === 'demo') refuse('DEMO_DATABASE');
      if ((await tx.region.count()) > 0 || (await tx.account.count()) > 0) refuse('ALREADY_SET_UP');
      const regionId = newId<'Region'>();
      await tx.region.create({ data: { id: regionId, code: input.region.code } });
      await tx.regionVersion.create({
        data: {
          id: newId(),
          regionId,
          name: input.region.name.trim(),
          level: input.region.level,
          kind: 'administrative',
          validFrom: dayToDb(VALID_SINCE),
        },
      });
      const people: FirstAccount[] = [...input.administrators];
      if (input.bureau !== undefined) people.push({ role: 'justice_bureau', ...input.bureau });
      const links: SetupLink[] = [];
      for (const person of people) links.push(await makeAccount(tx, person, regionId, now));
      await appendAudit(tx, ctx, {
        action: 'installation.set_up',
        subjectKind: 'region',
        subjectId: regionId,
        regionId,
      });
      return links;
    },
    { isolation: 'serializable' },
  );
}
