import { z } from 'zod';
import type { Day } from '#app/platform/time/day.ts';
import { parseDay } from '#app/platform/time/day.ts';

const dayText = z.string().refine((text) => parseDay(text) !== null);

const schema = z.object({ regionId: z.uuid(), asOfDay: dayText });

/** Where and when a roster belongs: the region whose units it may name, and the day on which it is true. Homes it brings
 *  are valid from that day on. A type, not an interface: an import's scope is a record of texts. */
export type RosterScope = {
  readonly regionId: string;
  readonly asOfDay: Day;
};

export function parseRosterScope(scope: Readonly<Record<string, string>>): RosterScope {
  return schema.parse(scope);
}
