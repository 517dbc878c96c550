import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { Env } from '#app/platform/env/env.server.ts';
import type { Clock } from '#app/platform/time/clock.ts';
import type { Attempt } from './attempt.ts';
import type { GatewayMessage } from './gateway-message.ts';

const TIMEOUT_MS = 15_000;
/** Answers that ask for another try: too early, too many, and a timeout on the way. */
const TRY_AGAIN = new Set([408, 425, 429]);

export interface Gateway {
  /** Host name alone: the path of an address may hold a key. */
  readonly host: string;
  /** @param key the same for every try of one delivery */
  post(message: GatewayMessage, key: string): Promise<Attempt>;
}

/** `t=<seconds>,v1=<hex>`: HMAC-SHA-256 over `<seconds>.<body>`, so that neither an old nor an altered request passes. */
export function signatureOf(secret: string, body: string, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1_000);
  const mac = createHmac('sha256', secret).update(`${seconds}.${body}`, 'utf8').digest('hex');
  return `t=${seconds},v1=${mac}`;
}

function attemptOf(status: number): Attempt {
  const code = `HTTP ${status}`;
  if (status >= 200 && status < 300) return { kind: 'delivered', status: code };
  if (status >= 500 || TRY_AGAIN.has(status)) return { kind: 'failed', status: code, isAway: status >= 500 };
  return { kind: 'refused', status: code };
}

const networkError = z.object({
  name: z.string().optional(),
  cause: z.object({ code: z.string().optional() }).optional(),
});

function awayAttempt(error: unknown): Attempt {
  const { name, cause } = networkError.catch({}).parse(error);
  return { kind: 'failed', status: cause?.code ?? name ?? 'unknown', isAway: true };
}

/**
 * Outgoing requests to a 短信 or 政务微信 gateway. A redirect is not followed: it would carry names and phone numbers to
 * a host that nobody configured.
 */
export function createGateway(webhook: NonNullable<Env['webhook']>, clock: Clock): Gateway {
  return {
    host: new URL(webhook.url).host,
    post: async (message, key) => {
      const body = JSON.stringify(message);
      try {
        const response = await fetch(webhook.url, {
          method: 'POST',
          redirect: 'manual',
          signal: AbortSignal.timeout(TIMEOUT_MS),
          headers: {
            'Content-Type': 'application/json; charset=utf-8',
            'User-Agent': 'zhifa-academy',
            'Idempotency-Key': key,
            'Zhifa-Signature': signatureOf(webhook.secret, body, clock.now()),
          },
          body,
        });
        await response.body?.cancel();
        return attemptOf(response.status);
      } catch (error) {
        return awayAttempt(error);
      }
    },
  };
}
