import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { reissueLink } from '../activation.server.ts';
import type { ActorCtx } from '../actor.server.ts';
import { mayDo } from '../actor.server.ts';
import { isListed } from './account-list.store.server.ts';
import { mayChange } from './account-rules.ts';
import type { IssuedLink } from './open-account.server.ts';
import type { LockedAccount } from './receiver.store.server.ts';
import { lockReceiver } from './receiver.store.server.ts';
import type { AdministrationCode } from './refusals.ts';
import type { AccountViewer } from './viewer.server.ts';
import { accountViewer } from './viewer.server.ts';

/** Runs `work` on an account this viewer may change, locked. Others' accounts are NOT_FOUND. */
export async function withAccount<T>(
  ctx: ActorCtx,
  name: string,
  accountId: string,
  work: (
    tx: Tx,
    given: { account: LockedAccount; viewer: AccountViewer; refuse: Refuse<AdministrationCode> },
  ) => Promise<T>,
): Promise<Outcome<T, AdministrationCode>> {
  const viewer = mayDo(ctx, 'account.open') ? await accountViewer(ctx) : null;
  if (viewer === null) return refused('FORBIDDEN');
  const today = dayOf(ctx.clock.now());
  if (!(await isListed(ctx.pool, viewer, today, accountId))) return refused('NOT_FOUND');
  return inTransaction<T, AdministrationCode>(ctx, name, async (tx, refuse) => {
    const account = await lockReceiver(tx, accountId);
    if (account === null) return refuse('NOT_FOUND');
    if (!mayChange(viewer, account, today)) return refuse('NOT_YOURS_TO_CHANGE');
    return work(tx, { account, viewer, refuse });
  });
}

/**
 * A new one-time link in place of those given before. Refusals: those of `withAccount`, ACCOUNT_DISABLED.
 * @returns the link, shown this once
 */
export function reissueAccountLink(
  ctx: ActorCtx,
  accountId: string,
): Promise<Outcome<IssuedLink, AdministrationCode>> {
  return withAccount(ctx, 'reissue-link', accountId, async (tx, { account, refuse }) => {
    if (!account.isActive) return refuse('ACCOUNT_DISABLED');
    const path = await reissueLink(tx, accountId, ctx.clock.now());
    await appendAudit(tx, ctx, { action: 'account.relink', subjectKind: 'account', subjectId: accountId });
    const { displayName } = await tx.account.findUniqueOrThrow({ where: { id: accountId } });
    return { accountId, login: account.login, displayName, path };
  });
}

/**
 * Takes an account out of use at once (its sessions and open links end) or puts it back. Rights stay as they are dated.
 * Refusals: those of `withAccount`, CHANGED_MEANWHILE when it stands so already.
 */
export function setAccountStatus(
  ctx: ActorCtx,
  accountId: string,
  input: { readonly status: 'active' | 'disabled'; readonly reason: string },
): Promise<Outcome<{ changed: true }, AdministrationCode>> {
  const { status, reason } = input;
  return withAccount(ctx, 'set-account-status', accountId, async (tx, { account, refuse }) => {
    if (account.isActive === (status === 'active')) return refuse('CHANGED_MEANWHILE');
    await tx.account.update({
      where: { id: accountId },
      data: { status, rightsVersion: { increment: 1 } },
    });
    if (status === 'disabled') {
      await tx.accountSession.deleteMany({ where: { accountId } });
      await tx.activationLink.updateMany({
        where: { accountId, usedAt: null },
        data: { expiresAt: ctx.clock.now() },
      });
    }
    await appendAudit(tx, ctx, {
      action: status === 'active' ? 'account.enable' : 'account.disable',
      subjectKind: 'account',
      subjectId: accountId,
      detail: { reason },
    });
    return { changed: true as const };
  });
}
