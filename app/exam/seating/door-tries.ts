import { parseIpRange } from './ip-range.ts';

/** Name of the limit of a ticket from one place; its keys begin with the ticket number. */
export const DOOR_LIMIT = 'exam_door';

/** The window in which wrong numbers are counted for a ticket from one place, and for an address. */
export const TRIES_SECONDS = 600;
/** The window in which all wrong numbers for a ticket are counted, wherever they come from. */
export const EVERYWHERE_SECONDS = 24 * 3600;

/** Wrong numbers of one address for whatever tickets; a hall whose networks are named is not counted so. */
export const ADDRESS_TRIES = 300;

/**
 * Tries for one ticket from one place in the window. Strangers elsewhere use up their own; the more wrong numbers the
 * ticket has seen in a day, the fewer any new place has: guessing costs an address a try, the holder always has one.
 * @param wrongEverywhere wrong numbers for this ticket in the last day
 */
export function triesFor(wrongEverywhere: number): number {
  if (wrongEverywhere < 50) return 10;
  return wrongEverywhere < 500 ? 3 : 1;
}

/** Whoever has one address of such an IPv6 block has all of them. */
const IPV6_PLACE = 64n;

/** The place an address stands for: an IPv4 address, or the /64 of an IPv6 one; `unknown` for what is no address. */
export function placeOf(address: string | null): string {
  const known = address === null ? null : parseIpRange(address);
  if (known === null || known.first !== known.last) return 'unknown';
  return known.bits === 32 ? `v4:${known.first}` : `v6:${known.first >> IPV6_PLACE}`;
}
