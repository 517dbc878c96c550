import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { noticeDesk } from '../desk.server.ts';
import type { NoticeCode } from '../refusals.ts';
import { CONFIRMATION_JOB } from './confirmation-job.server.ts';
import {
  deleteContact,
  findContact,
  insertConfirmation,
  listConfirmationTimes,
  lockContactOf,
  replaceMail,
} from './contact.store.server.ts';
import { openMail, sealMail } from './mail-secret.server.ts';

const LINK_MS = 86_400_000;
/** Confirming mails of one account in one hour: nobody is made to flood a stranger's address. */
const MAILS_AT_MOST = 5;
const MAILS_WINDOW_MS = 3_600_000;

export type MailSaved = { readonly asked: boolean };

async function askForConfirmation(
  tx: Tx,
  ctx: ActorCtx,
  refuse: Refuse<NoticeCode>,
  version: number,
): Promise<void> {
  const now = ctx.clock.now();
  const times = await listConfirmationTimes(tx, ctx.actorId, new Date(now.getTime() - MAILS_WINDOW_MS));
  const [first] = times;
  if (first !== undefined && times.length >= MAILS_AT_MOST) {
    const seconds = Math.ceil((first.getTime() + MAILS_WINDOW_MS - now.getTime()) / 1_000);
    refuse('TOO_MANY_REQUESTS', { seconds });
  }
  const confirmationId = await insertConfirmation(tx, {
    accountId: ctx.actorId,
    version,
    at: now,
    expiresAt: new Date(now.getTime() + LINK_MS),
  });
  await noticeDesk(ctx).jobs.enqueue(tx, CONFIRMATION_JOB, { confirmationId });
}

/**
 * Keeps an address as ciphertext and mails a link to it; until that is opened nothing else is sent there. The address
 * that is already confirmed is left as it is. Refusals: MAIL_NOT_CONFIGURED, TOO_MANY_REQUESTS.
 */
export async function saveMail(
  ctx: ActorCtx,
  input: { readonly mail: string },
): Promise<Outcome<MailSaved, NoticeCode>> {
  if (noticeDesk(ctx).mailer === null) return refused('MAIL_NOT_CONFIGURED');
  return inTransaction<MailSaved, NoticeCode>(ctx, 'save-mail', async (tx, refuse) => {
    await lockContactOf(tx, ctx.actorId);
    const known = await findContact(tx, ctx.actorId);
    const isSame = known !== null && openMail(ctx.secrets, ctx.actorId, known.mailCipher) === input.mail;
    if (isSame && known.mailConfirmedAt !== null) return { asked: false };
    const { secrets, actorId, clock } = ctx;
    const version = isSame
      ? known.version
      : await replaceMail(tx, actorId, {
          cipher: sealMail(secrets, actorId, input.mail),
          keyId: secrets.keyId,
          at: clock.now(),
        });
    await askForConfirmation(tx, ctx, refuse, version);
    await appendAudit(tx, ctx, { action: 'contact.save', subjectKind: 'account', subjectId: actorId });
    return { asked: true };
  });
}

/** Mails the link once more. Refusals: MAIL_NOT_CONFIGURED, NO_ADDRESS, ALREADY_CONFIRMED, TOO_MANY_REQUESTS. */
export async function resendConfirmation(ctx: ActorCtx): Promise<Outcome<MailSaved, NoticeCode>> {
  if (noticeDesk(ctx).mailer === null) return refused('MAIL_NOT_CONFIGURED');
  return inTransaction<MailSaved, NoticeCode>(ctx, 'resend-confirmation', async (tx, refuse) => {
    await lockContactOf(tx, ctx.actorId);
    const known = await findContact(tx, ctx.actorId);
    if (known === null) return refuse('NO_ADDRESS');
    if (known.mailConfirmedAt !== null) return refuse('ALREADY_CONFIRMED');
    await askForConfirmation(tx, ctx, refuse, known.version);
    return { asked: true };
  });
}

/** Forgets the address: nothing is mailed any more, also what is queued. Refusal: NO_ADDRESS. */
export async function removeMail(ctx: ActorCtx): Promise<Outcome<{ removed: true }, NoticeCode>> {
  return inTransaction<{ removed: true }, NoticeCode>(ctx, 'remove-mail', async (tx, refuse) => {
    await lockContactOf(tx, ctx.actorId);
    if (!(await deleteContact(tx, ctx.actorId, ctx.clock.now()))) return refuse('NO_ADDRESS');
    await appendAudit(tx, ctx, {
      action: 'contact.remove',
      subjectKind: 'account',
      subjectId: ctx.actorId,
    });
    return { removed: true };
  });
}
