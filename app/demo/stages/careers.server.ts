import type { HomeStretch, NewStretch, TimelineChange } from '#app/organization/person/home-timeline.ts';
import { orderedTimeline } from '#app/organization/person/home-timeline.ts';
import {
  loadHomeTimelines,
  lockPersons,
  writeTimelineChanges,
} from '#app/organization/person/home-timeline.store.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import { copyRows, once } from '../bulk.server.ts';
import { demoId } from '../demo-id.server.ts';
import { homeStretchesOf, planPostings } from '../plan/careers.ts';
import type { PlannedPerson } from '../plan/people.ts';
import type { PersonIds, SeedRun } from '../seed-run.server.ts';
import { unitId, withOwner } from '../seed-run.server.ts';

const SOURCE = { sourceKind: 'history', sourceId: null };
const TIMEOUT_MS = 120_000;

/** The home stretches of a person as the register keeps them. */
export function stretchesFor(person: PlannedPerson): NewStretch[] {
  const { establishment, position, department, isEnforcementPost } = person;
  return homeStretchesOf(person).map(({ unit, validFrom, validTo, endReason }) => ({
    unitId: unitId(unit.key),
    establishment,
    position,
    department,
    isEnforcementPost,
    fieldCode: isEnforcementPost ? unit.field : null,
    enforcementArea: isEnforcementPost ? unit.areaName : null,
    validFrom,
    validTo,
    endReason,
    ...SOURCE,
  }));
}

const shapeOf = (stretches: readonly NewStretch[]): string =>
  stretches
    .map((one) => `${one.unitId} ${one.validFrom} ${one.validTo ?? ''} ${one.endReason ?? ''}`)
    .join('|');

function changeTo(known: readonly HomeStretch[], wanted: readonly NewStretch[]): TimelineChange | null {
  if (shapeOf(orderedTimeline(known)) === shapeOf(wanted)) return null;
  return { supersede: known.map((stretch) => stretch.linkId), insert: orderedTimeline(wanted) };
}

/** Who joined later, came from another unit or has left: the roster's open-ended home becomes the true career. */
export async function seedCareers(run: SeedRun, ids: PersonIds): Promise<void> {
  const { plan, ctx } = run;
  const { rosterDay } = plan.calendar;
  const special = plan.people.filter(
    (person) => person.joinedDay > rosterDay || person.moved !== null || person.left !== null,
  );
  const outcome = await inTransaction(
    ctx,
    'demo-careers',
    async (tx) => {
      const personIds = special.map(ids);
      await lockPersons(tx, personIds);
      const known = await loadHomeTimelines(tx, personIds);
      const changes = new Map<string, TimelineChange>();
      for (const person of special) {
        const change = changeTo(known.get(ids(person)) ?? [], stretchesFor(person));
        if (change !== null) changes.set(ids(person), change);
      }
      await writeTimelineChanges(tx, changes, ctx.clock.now());
    },
    { timeoutMs: TIMEOUT_MS },
  );
  invariant(outcome.ok, 'careers are refused by no rule');
  await seedPostings(run, ids);
  run.progress(`履历：${special.length} 人有入职、调动或离岗记录`);
}

async function seedPostings(run: SeedRun, ids: PersonIds): Promise<void> {
  const postings = planPostings(run.plan);
  const [first] = postings;
  if (first === undefined) return;
  const known = run.ctx.clock.now();
  await withOwner(run, (client) =>
    once(client, { table: 'person_unit_link', id: demoId(first.key, first.validFrom) }, () =>
      copyRows(
        client,
        'person_unit_link',
        [
          'id',
          'person_id',
          'unit_id',
          'kind',
          'establishment',
          'position',
          'is_enforcement_post',
          'field_code',
          'enforcement_area',
          'valid_from',
          'source_kind',
          'recorded_at',
        ],
        postings.map(({ key, person, unit, validFrom }) => [
          demoId(key, validFrom),
          ids(person),
          unitId(unit.key),
          'posted',
          person.establishment,
          person.position,
          true,
          person.unit.field,
          unit.areaName,
          validFrom,
          SOURCE.sourceKind,
          known,
        ]),
      ),
    ),
  );
}
