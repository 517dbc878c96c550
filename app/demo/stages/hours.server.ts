import type { Day } from '#app/platform/time/day.ts';
import type { CopyValue } from '../bulk.server.ts';
import { copyRows, once } from '../bulk.server.ts';
import { demoId } from '../demo-id.server.ts';
import type { PlannedEntry } from '../plan/hours.ts';
import { planHours } from '../plan/hours.ts';
import type { PeoplePlan } from '../plan/people.ts';
import type { PersonIds, SeedRun } from '../seed-run.server.ts';
import { PARALLEL_LOADS, accountId, unitId, withOwner } from '../seed-run.server.ts';

const COLUMNS = [
  'id',
  'entry_key',
  'person_id',
  'unit_id',
  'credit_seconds',
  'category',
  'occurred_day',
  'kind',
  'source_kind',
  'source_id',
  'title',
  'basis',
  'reverses_entry_id',
  'reason_code',
  'recorded_by',
  'approved_by',
] as const;

const entryId = (key: string, day: Day): string => demoId(key, day);

function rowOf(entry: PlannedEntry, ids: PersonIds): CopyValue[] {
  const isCorrected = entry.corrects !== null;
  return [
    entryId(entry.key, entry.day),
    entry.key,
    ids(entry.person),
    unitId(entry.unit.key),
    entry.creditSeconds,
    entry.category,
    entry.day,
    entry.kind,
    'history',
    entry.sourceId,
    entry.title,
    JSON.stringify(entry.basis),
    entry.kind === 'reversal' && entry.corrects !== null ? entryId(entry.corrects, entry.day) : null,
    isCorrected ? 'data_error' : null,
    isCorrected ? accountId('liaison') : null,
    isCorrected ? accountId('bureau') : null,
  ];
}

/** Neighbouring parts of the people, so that each load writes its own stretch of the index by person. */
function partsOf(plan: PeoplePlan, count: number): PeoplePlan[] {
  const size = Math.ceil(plan.people.length / count);
  return Array.from({ length: count }, (_, part) => ({
    ...plan,
    people: plan.people.slice(part * size, (part + 1) * size),
  }));
}

async function loadPart(run: SeedRun, ids: PersonIds, part: PeoplePlan): Promise<number> {
  let count = 0;
  const first = planHours(part).next();
  if (first.done) return count;
  const rows = function* (): Generator<CopyValue[]> {
    for (const entry of planHours(part)) {
      count += 1;
      yield rowOf(entry, ids);
    }
  };
  const mark = { table: 'hour_entry', id: entryId(first.value.key, first.value.day) };
  await withOwner(run, (client) => once(client, mark, () => copyRows(client, 'hour_entry', COLUMNS, rows())));
  return count;
}

/** People of one part: a transaction of some hundred thousand entries, also for a province. */
const PEOPLE_PER_PART = 25_000;

/** Years of hours by COPY, in parts side by side; each part whole or not at all. */
export async function seedHours(run: SeedRun, ids: PersonIds): Promise<void> {
  const parts = Math.max(PARALLEL_LOADS, Math.ceil(run.plan.people.length / PEOPLE_PER_PART));
  const counts = await Promise.all(partsOf(run.plan, parts).map((part) => loadPart(run, ids, part)));
  const count = counts.reduce((total, one) => total + one, 0);
  run.progress(count > 0 ? `学时：${count} 条` : '学时：已在库中');
}
