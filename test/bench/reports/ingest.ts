import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { drainConsumer, registerConsumers } from '#app/platform/outbox/dispatcher.server.ts';
import { officerYearProjector } from '#app/reporting/completion/officer-year-projector.server.ts';
import {
  checkOfficerYears,
  rebuildOfficerYears,
} from '#app/reporting/completion/rebuild-officer-years.server.ts';
import { round } from '../bench-figures.ts';

/** New entries of so many officers, each with its fact, as the ledger writes them. */
async function recordHours({ pool }: Ctx, facts: number): Promise<void> {
  await pool.query(
    `with entries as (
       insert into hour_entry (id, entry_key, person_id, unit_id, credit_seconds, category, occurred_day, kind,
         source_kind, source_id, title, basis)
       select gen_random_uuid(), 'bench:' || l.person_id, l.person_id, l.unit_id, 2700, 'public_law', current_date,
         'session', 'bench', 'bench', '集中学习', '{}'
       from person_unit_link l where l.kind = 'home' and l.superseded_at is null and l.valid_to is null limit $1
       returning id, person_id, occurred_day)
     insert into outbox_event (id, topic, key, payload, occurred_at)
     select gen_random_uuid(), 'training.hours_recorded', 'bench:' || id,
       jsonb_build_object('personId', person_id, 'year', extract(year from occurred_day)::int), now() from entries`,
    [facts],
  );
}

/**
 * How many facts a second the projector takes in, and how long building the projection from the ledger takes. Both end
 * in a projection that is the ledger, or the figures would be of nothing.
 */
export async function timeProjection(
  system: Ctx,
  facts: number,
): Promise<{ ingest_per_s: number; rebuild_s: number; rebuild_rows: number }> {
  await registerConsumers(system, [officerYearProjector]);
  await recordHours(system, facts);
  const began = performance.now();
  while ((await drainConsumer(system, officerYearProjector)) > 0);
  const ingestMs = performance.now() - began;
  await expectWhole(system, 'after the facts');
  const rebuilding = performance.now();
  const rows = await rebuildOfficerYears(system.pool);
  const rebuildMs = performance.now() - rebuilding;
  await expectWhole(system, 'after rebuilding');
  return {
    ingest_per_s: Math.round((facts * 1000) / ingestMs),
    rebuild_s: round(rebuildMs / 1000, 1),
    rebuild_rows: rows,
  };
}

async function expectWhole({ pool }: Ctx, when: string): Promise<void> {
  const { differences } = await checkOfficerYears(pool);
  if (differences > 0) throw new Error(`${differences} officer years differ from the ledger ${when}`);
}
