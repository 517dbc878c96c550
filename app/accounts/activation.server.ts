import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { randomToken, sha256 } from '#app/platform/secret/keys.server.ts';
import { hashPassword } from './password.server.ts';
import type { PasswordProblem } from './password-rules.ts';
import { passwordProblem } from './password-rules.ts';

const LINK_DAYS = 7;
const tokenHash = (token: string): Uint8Array<ArrayBuffer> => new Uint8Array(sha256(`activation:${token}`));

export type ActivationRefusal = 'LINK_NOT_VALID' | PasswordProblem;

/** Makes a one-time link for the first password of an account. Only its hash is kept. @returns the token */
export async function createActivationLink(tx: Tx, accountId: string, now: Date): Promise<string> {
  const token = randomToken();
  await tx.activationLink.create({
    data: {
      tokenHash: tokenHash(token),
      accountId,
      expiresAt: new Date(now.getTime() + LINK_DAYS * 86_400_000),
    },
  });
  return token;
}

/**
 * A new one-time link for an account whose person lost the old one or the password. Links given before end; whoever is
 * signed in stays so until the new password is set. @returns the path of the link
 */
export async function reissueLink(tx: Tx, accountId: string, now: Date): Promise<string> {
  await tx.activationLink.updateMany({
    where: { accountId, usedAt: null, expiresAt: { gt: now } },
    data: { expiresAt: now },
  });
  return `/activate/${await createActivationLink(tx, accountId, now)}`;
}

/** Login behind a link that may still be used; null otherwise. */
export async function findActivation(ctx: Ctx, token: string): Promise<{ login: string } | null> {
  const link = await ctx.db.activationLink.findUnique({
    where: { tokenHash: tokenHash(token) },
    select: { usedAt: true, expiresAt: true, account: { select: { login: true, status: true } } },
  });
  if (!link || link.usedAt || link.expiresAt <= ctx.clock.now()) return null;
  return link.account.status === 'active' ? { login: link.account.login } : null;
}

/**
 * Sets the first password with a one-time link. Refusals: LINK_NOT_VALID (unknown, used, older than seven days — the
 * same answer for all), or what is wrong with the password. Of two people with one link, one wins.
 */
export async function activateAccount(
  ctx: Ctx,
  input: { token: string; password: string },
): Promise<Outcome<{ accountId: string }, ActivationRefusal>> {
  const activation = await findActivation(ctx, input.token);
  if (!activation) return refused('LINK_NOT_VALID');
  const problem = passwordProblem(input.password, activation.login);
  if (problem) return refused(problem);
  const passwordHash = await hashPassword(input.password);
  const now = ctx.clock.now();
  return inTransaction(ctx, 'activate-account', async (tx, refuse) => {
    const used = await tx.activationLink.updateMany({
      where: { tokenHash: tokenHash(input.token), usedAt: null, expiresAt: { gt: now } },
      data: { usedAt: now },
    });
    if (used.count !== 1) refuse('LINK_NOT_VALID');
    const link = await tx.activationLink.findUniqueOrThrow({ where: { tokenHash: tokenHash(input.token) } });
    // Whoever knew the old password, or had the device that was lost, is out with the new one.
    await tx.accountSession.deleteMany({ where: { accountId: link.accountId } });
    await tx.account.update({
      where: { id: link.accountId },
      data: {
        passwordHash,
        passwordChangedAt: now,
        mustChangePassword: false,
        failedCount: 0,
        lockedUntil: null,
      },
    });
    await appendAudit(
      tx,
      { ...ctx, actorId: link.accountId },
      {
        action: 'account.activate',
        subjectKind: 'account',
        subjectId: link.accountId,
      },
    );
    return { accountId: link.accountId };
  });
}
