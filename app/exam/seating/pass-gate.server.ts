import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { createRateLimit } from '#app/platform/http/rate-limit.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { EntryRow } from '../sitting/sitting.store.server.ts';
import { CODE_LIMIT, CODE_TRIES, CODE_TRIES_SECONDS } from './code-tries.ts';
import type { GateFacts, GateRefusal } from './gate.ts';
import { decideGate } from './gate.ts';
import { openCode } from './room-code.server.ts';

/** What the gate of a registration's room is asked with. */
export function gateFacts(
  ctx: Pick<Ctx, 'clock' | 'secrets'>,
  row: EntryRow,
  given: { readonly accessCode?: string | undefined; readonly clientAddress?: string | undefined },
): GateFacts {
  return {
    placeMode: row.placeMode,
    isSeated: row.seatNo !== null,
    needsAccessCode: row.needsAccessCode,
    roomCode: row.roomId === null ? null : openCode(ctx.secrets, row.roomId, row.codeCipher),
    givenCode: given.accessCode ?? null,
    codeBlockedSeconds: row.codeBlockedSeconds,
    admittedAt: row.admittedAt,
    ip: given.clientAddress ?? null,
    ranges: row.ipRanges,
    now: ctx.clock.now(),
    checkInFrom: row.checkInFrom,
  };
}

/** Until when no code is taken, in whole minutes. */
const usedUp = (seconds: number) =>
  refused('CODE_TRIES_USED_UP', { minutes: Math.max(1, Math.ceil(seconds / 60)) });

/**
 * The gate of the exam room, asked before the first start of a try. Refuses what `decideGate` refuses, with the `minutes`
 * that are left after ten wrong codes in five minutes, counted per registration over all processes. Only wrong codes are
 * counted, and that they were too many comes with the entry itself: a hall that begins with the bell asks the database
 * nothing more. (25^6 codes; who guesses must be signed in, on the room's network, within the half hour of entry.)
 */
export async function passGate(
  ctx: Pick<Ctx, 'pool' | 'clock' | 'secrets'>,
  row: EntryRow,
  given: { readonly accessCode?: string | undefined; readonly clientAddress?: string | undefined },
): Promise<Outcome<null, GateRefusal>> {
  const refusal = decideGate(gateFacts(ctx, row, given));
  if (refusal === null) return done(null);
  if (refusal === 'CODE_TRIES_USED_UP') return usedUp(row.codeBlockedSeconds ?? 0);
  if (refusal !== 'ACCESS_CODE_WRONG') return refused(refusal);
  const limit = createRateLimit({
    pool: ctx.pool,
    name: CODE_LIMIT,
    points: CODE_TRIES,
    seconds: CODE_TRIES_SECONDS,
  });
  const allowed = await limit.take(row.registrationId);
  return allowed.ok ? refused(refusal) : usedUp(Number(allowed.detail?.seconds ?? CODE_TRIES_SECONDS));
}
