import type { Pool } from '#app/platform/db/db.server.ts';
import { createRateLimit } from '#app/platform/http/rate-limit.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import {
  ADDRESS_TRIES,
  DOOR_LIMIT,
  EVERYWHERE_SECONDS,
  TRIES_SECONDS,
  placeOf,
  triesFor,
} from './door-tries.ts';

export interface Knock {
  /** Null for what cannot be a ticket number. */
  readonly ticketNo: string | null;
  readonly clientAddress: string | null;
  /** The address lies in the networks the bureau has named for this ticket. */
  readonly isInNamedNetwork: boolean;
  /** This browser has signed in with this very ticket before; null for any other. */
  readonly knownDevice: string | null;
}

/** A try that was allowed; the caller says what it came to. */
export interface DoorTry {
  right(): Promise<void>;
  wrong(): Promise<void>;
}

/** Nothing is refused by it: the figure decides how many tries a place has. */
const UNLIMITED = 2_000_000_000;

/**
 * One try at the exam door, counted over all processes before the numbers are compared, so that tries at the same moment
 * are counted, too. Refuses TOO_MANY_REQUESTS by ticket and place (`triesFor`), and by address alone where no network was
 * named. A browser that has signed in with this ticket is counted for itself: nothing others do keeps it out. What
 * strangers try elsewhere changes nothing in a hall whose networks are named.
 */
export async function takeTry(
  pool: Pool,
  { ticketNo, clientAddress, isInNamedNetwork, knownDevice }: Knock,
): Promise<Outcome<DoorTry, 'TOO_MANY_REQUESTS'>> {
  const limit = (name: string, points: number, seconds: number) =>
    createRateLimit({ pool, name, points, seconds });
  const place = placeOf(clientAddress);
  const byAddress = limit('exam_door_address', ADDRESS_TRIES, TRIES_SECONDS);
  const everywhere = limit('exam_door_everywhere', UNLIMITED, EVERYWHERE_SECONDS);
  if (!isInNamedNetwork && knownDevice === null) {
    const { used, seconds } = await byAddress.standing(place);
    if (used >= ADDRESS_TRIES) return refused('TOO_MANY_REQUESTS', { seconds });
  }
  const wrongEverywhere =
    ticketNo === null || knownDevice !== null || isInNamedNetwork
      ? 0
      : (await everywhere.standing(ticketNo)).used;
  const byTicket = limit(DOOR_LIMIT, triesFor(wrongEverywhere), TRIES_SECONDS);
  const from = knownDevice === null ? place : `device:${knownDevice}`;
  const key = `${ticketNo ?? ''}:${sha256(from).toString('base64url').slice(0, 22)}`;
  if (ticketNo !== null) {
    const taken = await byTicket.take(key);
    if (!taken.ok) return taken;
  }
  return done({
    right: () => byTicket.forget(key),
    wrong: async () => {
      if (!isInNamedNetwork) await byAddress.take(place);
      if (ticketNo !== null) await everywhere.take(ticketNo);
    },
  });
}
