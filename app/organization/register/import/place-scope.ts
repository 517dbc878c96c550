import { z } from 'zod';
import type { Day } from '#app/platform/time/day.ts';
import { parseDay } from '#app/platform/time/day.ts';

const schema = z.object({
  placeKind: z.enum(['region', 'unit']),
  placeId: z.uuid(),
  asOfDay: z.string().refine((text) => parseDay(text) !== null),
});

/** Where and when a file of a register belongs: a bureau's region or one unit with its sub-units, and the day on which
 *  it is true. A type, not an interface: an import's scope is a record of texts. */
export type PlaceScope = {
  readonly placeKind: 'region' | 'unit';
  readonly placeId: string;
  readonly asOfDay: Day;
};

export const PLACE_KEYS = ['placeKind', 'placeId'] as const;

export function parsePlaceScope(scope: Readonly<Record<string, string>>): PlaceScope {
  return schema.parse(scope);
}
