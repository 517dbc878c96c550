import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { dayToDb } from '#app/platform/db/db.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { createActivationLink } from './activation.server.ts';
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
}

export interface SetupLink {
  readonly role: AdminRole;
  readonly login: string;
  /** Path of the one-time link, to be opened below the platform's own address within seven days. */
  readonly path: string;
}

export type SetupRefusal =
  | 'DEMO_DATABASE'
  | 'ALREADY_SET_UP'
  | 'THREE_ADMINISTRATORS_NEEDED'
  | 'LOGINS_NOT_DIFFERENT'
  | 'BAD_REGION_CODE';

const REGION_CODE = /^\d{6}$/;
const VALID_SINCE: Day = '2000-01-01';

function inputProblem(input: SetupInput): SetupRefusal | null {
  if (!REGION_CODE.test(input.region.code)) return 'BAD_REGION_CODE';
  const roles = new Set(input.administrators.map((administrator) => administrator.role));
  if (roles.size !== 3 || input.administrators.length !== 3) return 'THREE_ADMINISTRATORS_NEEDED';
  const logins = new Set(
    input.administrators.map((administrator) => administrator.login.trim().toLowerCase()),
  );
  return logins.size === 3 ? null : 'LOGINS_NOT_DIFFERENT';
}

/**
 * Sets up a real installation: the top region and the three separate administrators (三员分立, domain.md §9.1), each by
 * a one-time link. Refusals: DEMO_DATABASE (demo and real data never mix), ALREADY_SET_UP (a region or account exists),
 * THREE_ADMINISTRATORS_NEEDED, LOGINS_NOT_DIFFERENT, BAD_REGION_CODE (GB/T 2260: six digits). All or nothing.
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
      const links: SetupLink[] = [];
      for (const administrator of input.administrators) {
        const accountId = newId<'Account'>();
        const login = administrator.login.trim().toLowerCase();
        await tx.account.create({
          data: { id: accountId, login, displayName: administrator.displayName.trim() },
        });
        await tx.roleGrant.create({
          data: {
            id: newId(),
            accountId,
            role: administrator.role,
            scopeKind: 'platform',
            validFrom: dayToDb(dayOf(now)),
          },
        });
        const token = await createActivationLink(tx, accountId, now);
        links.push({ role: administrator.role, login, path: `/activate/${token}` });
      }
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
