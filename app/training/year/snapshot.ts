import { z } from 'zod';
import { canonicalJson } from '#app/platform/result/canonical.ts';
import type { Day } from '#app/platform/time/day.ts';

import { listRowSchema } from './year-list.ts';

/** What is signed when a year is closed: who, which figures, on which ground. Written once, read for ever. */
export const snapshotSchema = z.object({
  kind: z.literal('year_closing'),
  version: z.literal(1),
  sealNo: z.string(),
  closingId: z.string(),
  unit: z.object({ id: z.string(), code: z.string(), name: z.string() }),
  year: z.number().int(),
  /** The day as of which people and targets were taken: the last of the year. */
  asOfDay: z.string(),
  closedDay: z.string(),
  closedAt: z.string(),
  way: z.enum(['notice', 'signed_sheet']),
  publishedDay: z.string(),
  objectionsUntilDay: z.string().nullable(),
  /** Accounts of the two persons. */
  confirmedBy: z.string(),
  frozenBy: z.string(),
  people: z.array(
    listRowSchema.extend({
      entryCount: z.number().int(),
      /** SHA-256 (hex) over the ids of the entries, ascending, joined by line feeds. */
      entriesHash: z.string(),
    }),
  ),
});
export type Snapshot = z.infer<typeof snapshotSchema>;
export type SnapshotPerson = Snapshot['people'][number];

/** The one text of a snapshot that is hashed, signed and kept: keys in order, people in the order of their ids. */
export function snapshotText(snapshot: Snapshot): string {
  const people = [...snapshot.people].sort((a, b) => (a.personId < b.personId ? -1 : 1));
  return canonicalJson({ ...snapshot, people });
}

/** An entry of the year that came into the ledger after it was closed; it stands beside the sealed figure. */
export interface Adjustment {
  readonly entryId: string;
  readonly day: Day;
  readonly title: string;
  readonly kind: string;
  readonly creditSeconds: number;
  readonly reason: string | null;
  readonly recordedAt: Date;
  readonly recordedByName: string | null;
  readonly approvedByName: string | null;
}

/** Sum of what came after closing, signed. */
export const adjustedSeconds = (adjustments: readonly Pick<Adjustment, 'creditSeconds'>[]): number =>
  adjustments.reduce((sum, one) => sum + one.creditSeconds, 0);
