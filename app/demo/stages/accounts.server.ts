import { hashPassword } from '#app/accounts/password.server.ts';
import { dayToDb } from '#app/platform/db/db.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Day } from '#app/platform/time/day.ts';
import { DEMO_PASSWORD } from '../demo-password.ts';
import { demoId } from '../demo-id.server.ts';
import type { PlannedGrant } from '../plan/cast.ts';
import { candidateLogin, planAccounts, setStage } from '../plan/cast.ts';
import type { PeoplePlan, PlannedPerson } from '../plan/people.ts';
import type { DemoSize } from '../size.ts';
import type { PersonIds, SeedRun } from '../seed-run.server.ts';
import { accountId, regionId, unitId } from '../seed-run.server.ts';

const GRANTED_SINCE: Day = '2020-01-01';

interface AccountToMake {
  readonly login: string;
  readonly displayName: string;
  readonly person: PlannedPerson | null;
  readonly hasPassword: boolean;
  readonly grants: readonly PlannedGrant[];
}

/** Candidates of the demo exam in the order of their logins. */
export function candidatesOf(plan: PeoplePlan, size: DemoSize): PlannedPerson[] {
  return plan.people
    .filter((person) => person.category === 'candidate' && person.cast === null)
    .slice(0, size.candidates);
}

function namedAccounts(plan: PeoplePlan): AccountToMake[] {
  return planAccounts(setStage(plan.plan)).map(({ login, cast, displayName, grants }) => {
    const person = cast === null ? null : (plan.byCast.get(cast) ?? null);
    const shown = displayName ?? person?.name;
    invariant(shown !== undefined, 'a named account is somebody');
    return { login, displayName: shown, person, hasPassword: true, grants };
  });
}

function candidateAccounts(plan: PeoplePlan, size: DemoSize): AccountToMake[] {
  return candidatesOf(plan, size).map((person, index) => ({
    login: candidateLogin(index),
    displayName: person.name,
    person,
    hasPassword: true,
    grants: [{ role: 'applicant', scopeKind: 'self' }],
  }));
}

/**
 * Holders of a 监督证 (YC10: 304 with the named one; their cards are in `registers`) as accounts that wait to be
 * activated. They are people of justice bureaus.
 */
function supervisorAccounts(plan: PeoplePlan, size: DemoSize): AccountToMake[] {
  return plan.people
    .filter(
      (person) =>
        (person.unit.unitType === 'justice' || person.unit.unitType === 'justice_office') &&
        person.cast === null &&
        person.left === null &&
        person.category !== 'candidate' &&
        person.category !== 'auxiliary',
    )
    .slice(0, size.supervisors * size.cities - 1)
    .map((person, index) => ({
      login: `supervisor${String(index + 1).padStart(4, '0')}`,
      displayName: person.name,
      person,
      hasPassword: false,
      grants: [{ role: 'supervisor', scopeKind: 'region', regionKey: person.unit.regionKey }],
    }));
}

/** Accounts and grants of the demo. Running again adds what is missing and changes nothing else. */
export async function seedAccounts(run: SeedRun, ids: PersonIds): Promise<void> {
  const { plan, size, ctx } = run;
  const accounts = [
    ...namedAccounts(plan),
    ...candidateAccounts(plan, size),
    ...supervisorAccounts(plan, size),
  ];
  // Hashed once for all: the password is public anyway, and two hundred slow hashes would cost seconds of the start.
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  const outcome = await inTransaction(ctx, 'demo-accounts', async (tx) => {
    await tx.account.createMany({
      data: accounts.map(({ login, displayName, person, hasPassword }) => ({
        id: accountId(login),
        login,
        displayName,
        personId: person === null ? null : ids(person),
        passwordHash: hasPassword ? passwordHash : null,
        passwordChangedAt: hasPassword ? ctx.clock.now() : null,
      })),
      skipDuplicates: true,
    });
    await tx.roleGrant.createMany({
      data: accounts.flatMap(({ login, grants }) =>
        grants.map((grant) => ({
          id: demoId(`grant:${login}:${grant.role}`),
          accountId: accountId(login),
          role: grant.role,
          scopeKind: grant.scopeKind,
          unitId: grant.unitKey === undefined ? null : unitId(grant.unitKey),
          regionId: grant.regionKey === undefined ? null : regionId(grant.regionKey),
          fieldCode: grant.fieldCode ?? null,
          validFrom: dayToDb(GRANTED_SINCE),
          recordedAt: ctx.clock.now(),
        })),
      ),
      skipDuplicates: true,
    });
  });
  invariant(outcome.ok, 'accounts are refused by no rule');
  run.progress(`账号：${accounts.length} 个`);
}
