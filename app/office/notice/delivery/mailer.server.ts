import { createTransport } from 'nodemailer';
import { z } from 'zod';
import type { Env } from '#app/platform/env/env.server.ts';
import type { Attempt } from './attempt.ts';
import type { Mail } from './mail-text.ts';

const CONNECT_TIMEOUT_MS = 10_000;
const SILENCE_TIMEOUT_MS = 30_000;
/** 「Service not available, closing transmission channel」: it is the server that is away, not the one reader. */
const CLOSING = 421;

export interface OutgoingMail extends Mail {
  /** The same for every try, so that a mail that arrives twice is known as one. */
  readonly id: string;
  readonly to: string;
  /** Page where the reader turns mail off. */
  readonly unsubscribeUrl: string;
}

export interface Mailer {
  readonly from: string;
  send(mail: OutgoingMail): Promise<Attempt>;
}

const smtpError = z.object({ code: z.string().optional(), responseCode: z.number().optional() });

/** A 5xx reply stands for ever (RFC 5321 §4.2.1); except to our password, which the operator will correct. */
function attemptOf(error: unknown): Attempt {
  const { code, responseCode } = smtpError.catch({}).parse(error);
  const status = String(responseCode ?? code ?? 'unknown');
  if (code === 'EAUTH') return { kind: 'failed', status: `EAUTH ${responseCode ?? ''}`.trim(), isAway: true };
  if (responseCode !== undefined && responseCode >= 500) return { kind: 'refused', status };
  return { kind: 'failed', status, isAway: responseCode === undefined || responseCode === CLOSING };
}

/** Mail by SMTP. One connection a mail: nothing is left open, and a restarted server is met at the next try. */
export function createMailer(smtp: NonNullable<Env['smtp']>): Mailer {
  const transport = createTransport({
    host: smtp.host,
    port: smtp.port,
    secure: smtp.security === 'tls',
    requireTLS: smtp.security === 'starttls',
    ignoreTLS: smtp.security === 'none',
    ...(smtp.login === null ? {} : { auth: { user: smtp.login.user, pass: smtp.login.password } }),
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SILENCE_TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    from: smtp.from,
    send: async ({ id, to, subject, text, html, unsubscribeUrl }) => {
      try {
        const sent = await transport.sendMail({
          from: smtp.from,
          to: { name: '', address: to },
          subject,
          text,
          html,
          messageId: `<${id}@zhifa-academy>`,
          list: { unsubscribe: { url: unsubscribeUrl, comment: 'preferences' } },
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
        return { kind: 'delivered', status: sent.response.slice(0, 3) };
      } catch (error) {
        return attemptOf(error);
      }
    },
  };
}
