import { z } from 'zod';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { publicLink, publicOrigin } from '#app/platform/http/public-address.server.ts';
import type { Job } from '#app/platform/jobs/jobs.server.ts';
import { noticeDesk } from '../desk.server.ts';
import { composeConfirmationMail } from '../delivery/mail-text.ts';
import { findContact, findOpenConfirmation, noteMailStatus } from './contact.store.server.ts';
import { confirmationToken, openMail } from './mail-secret.server.ts';

const payloadSchema = z.object({ confirmationId: z.uuid() });

export const CONFIRMATION_JOB = { name: 'office-mail-confirmation', schema: payloadSchema } as const;

const RUN_SECONDS = 120;

/** Sends the mail that asks whether an address is right. Fails, to be tried again, while the server is away. */
export async function sendConfirmation(
  ctx: Pick<Ctx, 'db' | 'pool' | 'clock' | 'secrets'>,
  confirmationId: string,
): Promise<void> {
  const { mailer } = noticeDesk(ctx);
  const asked = await findOpenConfirmation(ctx.db, confirmationId, ctx.clock.now());
  const contact = asked === null ? null : await findContact(ctx.db, asked.accountId);
  if (mailer === null || asked === null || contact?.version !== asked.version) return;
  const token = confirmationToken(ctx.secrets, confirmationId);
  const attempt = await mailer.send({
    ...composeConfirmationMail(token, publicOrigin(ctx)),
    id: confirmationId,
    to: openMail(ctx.secrets, asked.accountId, contact.mailCipher),
    unsubscribeUrl: publicLink(ctx, '/inbox/preferences'),
  });
  await noteMailStatus(ctx.db, asked, attempt.kind === 'delivered' ? 'sent' : attempt.status);
  if (attempt.kind === 'failed') throw new Error(`confirming mail not sent: ${attempt.status}`);
}

export function confirmationJob(system: Ctx): Job<z.infer<typeof payloadSchema>> {
  return {
    ...CONFIRMATION_JOB,
    expireSeconds: RUN_SECONDS,
    run: ({ confirmationId }) => sendConfirmation(system, confirmationId),
  };
}
