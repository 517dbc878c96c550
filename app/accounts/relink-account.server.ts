import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { reissueLink } from './activation.server.ts';
import { normaliseLogin } from './login-rules.ts';

/**
 * A new one-time link at the server's own keyboard, for administrators above all: whoever may run the command may read
 * the database anyway. Refusals: NO_SUCH_ACCOUNT, ACCOUNT_DISABLED. Audited without an actor.
 * @returns login and path of the link, which holds for seven days
 */
export async function relinkAccount(
  ctx: Ctx,
  loginTyped: string,
): Promise<Outcome<{ login: string; path: string }, 'NO_SUCH_ACCOUNT' | 'ACCOUNT_DISABLED'>> {
  const login = normaliseLogin(loginTyped);
  return inTransaction<{ login: string; path: string }, 'NO_SUCH_ACCOUNT' | 'ACCOUNT_DISABLED'>(
    ctx,
    'relink-account',
    async (tx, refuse) => {
      const account = await tx.account.findUnique({ where: { login } });
      if (account === null) return refuse('NO_SUCH_ACCOUNT');
      if (account.status !== 'active') return refuse('ACCOUNT_DISABLED');
      const path = await reissueLink(tx, account.id, ctx.clock.now());
      await appendAudit(tx, ctx, {
        action: 'account.relink',
        subjectKind: 'account',
        subjectId: account.id,
        detail: { at: 'command_line' },
      });
      return { login, path };
    },
  );
}
