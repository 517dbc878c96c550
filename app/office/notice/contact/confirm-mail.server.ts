import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import type { NoticeCode } from '../refusals.ts';
import {
  findContact,
  findOpenConfirmation,
  noteConfirmed,
  takeConfirmation,
} from './contact.store.server.ts';
import { openMail, readConfirmationToken } from './mail-secret.server.ts';

/** The address a link would confirm for the actor; null when the link holds for nothing of theirs. */
export async function viewConfirmation(ctx: ActorCtx, token: string): Promise<{ mail: string } | null> {
  const id = readConfirmationToken(ctx.secrets, token);
  const asked = id === null ? null : await findOpenConfirmation(ctx.db, id, ctx.clock.now());
  if (asked === null || asked.accountId !== ctx.actorId) return null;
  const contact = await findContact(ctx.db, ctx.actorId);
  if (contact === null || contact.version !== asked.version) return null;
  return { mail: openMail(ctx.secrets, ctx.actorId, contact.mailCipher) };
}

/**
 * Confirms the actor's address with the mailed link. Only whoever wrote the address down may: the mail proves the box,
 * the session the person. Refusal: LINK_NOT_VALID (unknown, used, expired, of somebody else, or the address changed).
 */
export async function confirmMail(
  ctx: ActorCtx,
  token: string,
): Promise<Outcome<{ confirmed: true }, NoticeCode>> {
  const id = readConfirmationToken(ctx.secrets, token);
  if (id === null) return refused('LINK_NOT_VALID');
  const now = ctx.clock.now();
  return inTransaction<{ confirmed: true }, NoticeCode>(ctx, 'confirm-mail', async (tx, refuse) => {
    const asked = await findOpenConfirmation(tx, id, now);
    if (asked === null || asked.accountId !== ctx.actorId) return refuse('LINK_NOT_VALID');
    const confirmed = (await takeConfirmation(tx, id, now)) && (await noteConfirmed(tx, asked, now));
    if (!confirmed) refuse('LINK_NOT_VALID');
    await appendAudit(tx, ctx, {
      action: 'contact.confirm',
      subjectKind: 'account',
      subjectId: ctx.actorId,
    });
    return { confirmed: true };
  });
}
