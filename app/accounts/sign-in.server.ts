import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { clearFailedSignIns, countFailedSignIn, findAccountByLogin } from './account.store.server.ts';
import type { RequestCtx } from './actor.server.ts';
import { passwordMatches } from './password.server.ts';

/** domain.md §9.1: five tries, then locked for thirty minutes. */
export const LOCK_AFTER_TRIES = 5;
export const LOCK_MINUTES = 30;

export type SignInRefusal = 'WRONG_LOGIN_OR_PASSWORD' | 'ACCOUNT_LOCKED';

/**
 * Checks login and password. Refusals: WRONG_LOGIN_OR_PASSWORD (also for unknown and disabled accounts, in the same
 * time, so that nobody learns which logins exist), ACCOUNT_LOCKED (after five wrong tries, thirty minutes).
 * @returns the account id; the caller opens a session for it
 */
export async function signIn(
  ctx: RequestCtx,
  input: { login: string; password: string },
): Promise<Outcome<{ accountId: string }, SignInRefusal>> {
  const now = ctx.clock.now();
  const account = await findAccountByLogin(ctx.pool, input.login.trim().toLowerCase());
  const matches = await passwordMatches(account?.passwordHash ?? null, input.password);
  if (account?.lockedUntil && account.lockedUntil > now) {
    return refused('ACCOUNT_LOCKED', {
      minutes: Math.ceil((account.lockedUntil.getTime() - now.getTime()) / 60_000),
    });
  }
  if (account && account.status === 'active' && matches) {
    await inTransaction(ctx, 'sign-in', async (tx) => {
      await clearFailedSignIns(tx, account.id);
      await appendAudit(
        tx,
        { ...ctx, actorId: account.id },
        { action: 'account.sign_in', subjectKind: 'account', subjectId: account.id },
      );
    });
    return done({ accountId: account.id });
  }
  if (!account) return refused('WRONG_LOGIN_OR_PASSWORD');
  const lockUntil = new Date(now.getTime() + LOCK_MINUTES * 60_000);
  const counted = await inTransaction(ctx, 'sign-in-failed', async (tx) => {
    const locked = await countFailedSignIn(tx, account.id, LOCK_AFTER_TRIES, lockUntil);
    await appendAudit(tx, ctx, {
      action: locked ? 'account.lock' : 'account.sign_in_failed',
      subjectKind: 'account',
      subjectId: account.id,
    });
    return locked;
  });
  return counted.ok && counted.value
    ? refused('ACCOUNT_LOCKED', { minutes: LOCK_MINUTES })
    : refused('WRONG_LOGIN_OR_PASSWORD');
}
