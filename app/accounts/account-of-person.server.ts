import { z } from 'zod';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { dayToDb } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { dayOf } from '#app/platform/time/day.ts';

const accountRows = z.array(z.object({ id: z.string() }));

/** A login nobody types: the account has no password until the office sends a link for one. */
const silentLogin = (accountId: string): string => `candidate-${accountId.slice(-12)}`;

async function openSilently(
  tx: Tx,
  ctx: Pick<Ctx, 'clock' | 'actorId' | 'requestId'>,
  person: { readonly personId: string; readonly name: string },
): Promise<string> {
  const accountId = newId<'Account'>();
  const now = ctx.clock.now();
  const login = silentLogin(accountId);
  await tx.account.create({
    data: { id: accountId, login, displayName: person.name, personId: person.personId, createdAt: now },
  });
  await tx.roleGrant.create({
    data: {
      id: newId<'RoleGrant'>(),
      accountId,
      role: 'applicant',
      scopeKind: 'self',
      validFrom: dayToDb(dayOf(now)),
      recordedAt: now,
    },
  });
  await appendAudit(tx, ctx, {
    action: 'account.open',
    subjectKind: 'account',
    subjectId: accountId,
    detail: { login, kind: 'exam_door' },
  });
  return accountId;
}

/**
 * The account under which a person sits an exam: the oldest active one, else one made now, without a password and with
 * no right but to see what is the person's own. Two at once for one person make one (the person's row is locked).
 */
export async function accountOfPerson(
  tx: Tx,
  ctx: Pick<Ctx, 'clock' | 'actorId' | 'requestId'>,
  person: { readonly personId: string; readonly name: string },
): Promise<string> {
  await tx.$queryRaw`select 1 from person where id = ${person.personId}::uuid for update`;
  const rows = await tx.$queryRaw`
    select id::text from account where person_id = ${person.personId}::uuid and status = 'active'
    order by created_at, id limit 1`;
  return accountRows.parse(rows)[0]?.id ?? openSilently(tx, ctx, person);
}
