import type { Pool } from '#app/platform/db/db.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { HandoverSource } from './handover.ts';

const desks = new WeakMap<Pool, readonly HandoverSource[]>();

/** The slices above say at composition what of theirs passes with an office. */
export function provideHandoverSources(pool: Pool, sources: readonly HandoverSource[]): void {
  const kinds = new Set(sources.map((source) => source.kind));
  invariant(kinds.size === sources.length, 'every kind of handed-over thing has one source');
  desks.set(pool, sources);
}

export function handoverSources(pool: Pool): readonly HandoverSource[] {
  const sources = desks.get(pool);
  invariant(sources, 'the office was composed before it is used');
  return sources;
}
