import type { Pool } from '#app/platform/db/db.server.ts';
import { createRateLimit } from '#app/platform/http/rate-limit.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import {
  ADDRESS_LIMIT,
  ADDRESS_TRIES,
  DOOR_LIMIT,
  EVERYWHERE_LIMIT,
  EVERYWHERE_SECONDS,
  TRIES_SECONDS,
  placesOf,
  triesFor,
} from './door-tries.ts';

export interface Knock {
  /** Null for what cannot be a ticket number. */
  readonly ticketNo: string | null;
  readonly clientAddress: string | null;
  /** The address lies in the networks the bureau has named for this ticket. */
  readonly isInNamedNetwork: boolean;
  /** The invigilator has admitted the holder of this ticket. */
  readonly isAdmitted: boolean;
  /** This browser has signed in with this very ticket before; null for any other. */
  readonly knownDevice: string | null;
}

/** A try that was allowed and stays counted, unless the caller says that the numbers were right. */
export interface DoorTry {
  right(): Promise<void>;
}

/** Nothing is refused by it: the figure decides how many tries a place has. */
const UNLIMITED = 2_000_000_000;

/** The counts one try has been added to, so that it can be taken back from all of them. */
function openCounts(pool: Pool) {
  const limitOf = (name: string, points: number, seconds: number) =>
    createRateLimit({ pool, name, points, seconds });
  const takings: { name: string; giveBack: () => Promise<void>; forget: () => Promise<void> }[] = [];
  return {
    take: async (name: string, key: string, points: number, seconds = TRIES_SECONDS) => {
      const limit = limitOf(name, points, seconds);
      const taken = await limit.take(key);
      takings.push({ name, giveBack: () => limit.giveBack(key), forget: () => limit.forget(key) });
      return taken;
    },
    /** Wrong numbers, and tries under way, for a ticket from anywhere. */
    everywhere: async (ticketNo: string) =>
      (await limitOf(EVERYWHERE_LIMIT, UNLIMITED, EVERYWHERE_SECONDS).standing(ticketNo)).used,
    giveBackAll: async () => {
      for (const { giveBack } of takings) await giveBack();
    },
    /** Whoever was right starts anew with the ticket in this place; everywhere else only this try falls away. */
    settleRight: async () => {
      for (const { name, giveBack, forget } of takings) await (name === DOOR_LIMIT ? forget() : giveBack());
    },
  };
}

type Counts = ReturnType<typeof openCounts>;
type Allowed = Outcome<null, 'TOO_MANY_REQUESTS'>;

/** By address, for whatever tickets; not where networks are named. */
async function takeByAddress(counts: Counts, knock: Knock): Promise<Allowed> {
  if (knock.isInNamedNetwork) return done(null);
  const isKnown = knock.knownDevice !== null || knock.isAdmitted;
  for (const { key, width } of placesOf(knock.clientAddress)) {
    const taken = await counts.take(ADDRESS_LIMIT, key, ADDRESS_TRIES * width);
    if (!taken.ok && !isKnown) return taken;
  }
  return done(null);
}

/** By ticket and place, the fewer the more wrong numbers the ticket has seen. */
async function takeByTicket(
  counts: Counts,
  ticketNo: string,
  { clientAddress, knownDevice, isInNamedNetwork }: Knock,
): Promise<Allowed> {
  await counts.take(EVERYWHERE_LIMIT, ticketNo, UNLIMITED, EVERYWHERE_SECONDS);
  const isTrusted = knownDevice !== null || isInNamedNetwork;
  const tries = triesFor(isTrusted ? 0 : (await counts.everywhere(ticketNo)) - 1);
  const places =
    knownDevice === null ? placesOf(clientAddress) : [{ key: `device:${knownDevice}`, width: 1 }];
  for (const place of places) {
    const key = `${ticketNo}:${sha256(place.key).toString('base64url').slice(0, 22)}`;
    const taken = await counts.take(DOOR_LIMIT, key, tries * place.width);
    if (!taken.ok) return taken;
  }
  return done(null);
}

/**
 * One try at the exam door, counted everywhere over all processes before the numbers are compared and taken back when
 * they were right, so that tries at the same moment are counted, too. Refuses TOO_MANY_REQUESTS by ticket and place
 * (`triesFor`), and by address alone where no network was named; what is refused counts nowhere. A browser that has signed
 * in with this ticket is counted for itself: nothing others do keeps it out. What strangers try elsewhere changes nothing
 * in a hall whose networks are named, and what an address has tried keeps nobody out whom the invigilator has admitted.
 */
export async function takeTry(pool: Pool, knock: Knock): Promise<Outcome<DoorTry, 'TOO_MANY_REQUESTS'>> {
  const counts = openCounts(pool);
  const byAddress = await takeByAddress(counts, knock);
  const taken =
    byAddress.ok && knock.ticketNo !== null ? await takeByTicket(counts, knock.ticketNo, knock) : byAddress;
  if (taken.ok) return done({ right: counts.settleRight });
  await counts.giveBackAll();
  return refused(taken.code, taken.detail);
}
