import { parseIpRange } from './ip-range.ts';

/** Name of the limit of a ticket from one place; its keys begin with the ticket number. */
export const DOOR_LIMIT = 'exam_door';
/** Name of the limit of an address for whatever tickets. */
export const ADDRESS_LIMIT = 'exam_door_address';
/** Name of the count of a ticket from anywhere; its key is the ticket number. */
export const EVERYWHERE_LIMIT = 'exam_door_everywhere';

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
const IPV6_PLACE_BITS = 64n;
/** What one customer of a network may be given: 65,536 of the blocks above. */
const IPV6_SITE_BITS = 80n;
/** A site may be a whole campus: it has three times the tries of one place, not those of each place in it. */
const SITE_WIDTH = 3;

/** Where tries come from. */
export interface Place {
  readonly key: string;
  /** How many times the tries of a single place it has. */
  readonly width: number;
}

/**
 * The places an address stands for, each with a count of its own: an IPv4 address; the /64 and the /48 of an IPv6 one;
 * `unknown` for what is no address.
 */
export function placesOf(address: string | null): readonly Place[] {
  const known = address === null ? null : parseIpRange(address);
  if (known === null || known.first !== known.last) return [{ key: 'unknown', width: 1 }];
  if (known.bits === 32) return [{ key: `v4:${known.first}`, width: 1 }];
  return [
    { key: `v6:${known.first >> IPV6_PLACE_BITS}`, width: 1 },
    { key: `v6/48:${known.first >> IPV6_SITE_BITS}`, width: SITE_WIDTH },
  ];
}
