import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { ImportKind } from '#app/platform/import/kind.ts';
import type { ImportWork, RunTarget } from '#app/platform/import/run/work.server.ts';
import { openPhone } from '#app/organization/roster/person-secret.server.ts';
import { PLACE_KEYS, parsePlaceScope } from '#app/organization/register/import/place-scope.ts';
import { loadPlace } from '#app/organization/register/import/place.server.ts';
import type { WhoContext } from '#app/organization/register/import/who.ts';
import { loadWho } from '#app/organization/register/import/who.server.ts';
import { dayOf, yearOf } from '#app/platform/time/day.ts';
import { splitOverYears } from '../claim/claim.ts';
import { duplicateKey, importEntryKey } from '../claim/duplicate-key.ts';
import { findKnownTrainings, lockOutsideHours } from '../claim/known-training.store.server.ts';
import type { NewEntry } from '../ledger/entry.ts';
import { appendHourEntries } from '../ledger/hour-entry.store.server.ts';
import { OFF_POST, saysOffPost } from '../ledger/off-post.ts';
import { findClosedYears } from '../year/closed-year.store.server.ts';
import { academyKind } from './academy-kind.ts';
import type { HoursContext, RecordedTraining } from './decide-hours.ts';
import { hoursKind } from './hours-kind.ts';
import { listPhoneCiphers } from './phone.store.server.ts';
import type { TrainingFact, TrainingRow } from './training-row.ts';

type HoursWork = ImportWork<TrainingRow, TrainingFact, HoursContext>;

const workOf = (kind: ImportKind<TrainingRow, TrainingFact, HoursContext>): HoursWork => ({
  kind,
  placeKeys: PLACE_KEYS,
  loadContext: loadHoursContext,
  apply: applyHours,
});

/** 学时台账 and exports of online academies by file. Authority: the desk's. */
export const hoursWork = workOf(hoursKind);
export const academyWork = workOf(academyKind);

async function loadHoursContext(
  tx: Tx,
  ctx: Ctx,
  rows: readonly TrainingRow[],
  run: RunTarget,
): Promise<HoursContext> {
  // From here to the end of the transaction no claim is filed or approved and no year frozen: what is found stays true.
  await lockOutsideHours(tx, 'exclusive');
  const scope = parsePlaceScope(run.scope);
  const place = await loadPlace(ctx, { ...scope, asOfDay: dayOf(ctx.clock.now()) });
  const who = await loadWho(
    tx,
    ctx,
    place,
    rows.map(({ name, unitText, idNumber }) => ({ name, unitText: unitText ?? '', idNumber })),
  );
  const { unitIds } = place;
  return {
    who,
    unitIds,
    isOneUnit: scope.placeKind === 'unit',
    today: dayOf(ctx.clock.now()),
    phoneOf: await loadPhones(tx, ctx, who, rows),
    recorded: await loadRecorded(tx, who, rows),
    closed: await loadClosed(tx, who.personIds, rows),
  };
}

/** Phones of the people whom rows name by phone: they are sealed and can only be compared opened. */
async function loadPhones(
  tx: Tx,
  ctx: Ctx,
  who: WhoContext,
  rows: readonly TrainingRow[],
): Promise<Map<string, string>> {
  const names = new Set(rows.flatMap(({ name, phone }) => (phone === null ? [] : [name])));
  const personIds = [...names].flatMap((name) =>
    (who.byName.get(name) ?? []).map(({ personId }) => personId),
  );
  const ciphers = await listPhoneCiphers(tx, personIds);
  return new Map(
    [...ciphers].map(([personId, cipher]) => [personId, openPhone(ctx.secrets, personId, cipher)]),
  );
}

/** Every training of these rows, of whomever its name might mean, that is recorded already. */
async function loadRecorded(
  tx: Tx,
  who: WhoContext,
  rows: readonly TrainingRow[],
): Promise<ReadonlyMap<string, RecordedTraining>> {
  const keys = new Set<string>();
  for (const row of rows) {
    const numbered = row.idNumber === null ? undefined : who.byIdNumber.get(row.idNumber);
    const people = numbered === undefined ? (who.byName.get(row.name) ?? []) : [numbered];
    for (const { personId } of people) keys.add(duplicateKey({ ...row, personId, day: row.from }));
  }
  return findKnownTrainings(tx, [...keys]);
}

async function loadClosed(
  tx: Tx,
  personIds: readonly string[],
  rows: readonly TrainingRow[],
): Promise<Set<string>> {
  const years = new Set(rows.flatMap(({ from, to }) => [yearOf(from), yearOf(to)]));
  const closed = new Set<string>();
  for (const year of years)
    for (const personId of (await findClosedYears(tx, personIds, year)).keys())
      closed.add(`${personId}|${year}`);
  return closed;
}

async function applyHours(tx: Tx, ctx: Ctx, facts: readonly TrainingFact[], run: RunTarget): Promise<void> {
  await appendHourEntries(
    tx,
    facts.flatMap((fact) => entriesOf(fact, ctx.actorId, run.runId)),
    ctx.clock.now(),
  );
}

function entriesOf(fact: TrainingFact, actorId: string | null, runId: string): NewEntry[] {
  const unitOf = new Map(fact.units.map(({ day, unitId }) => [day, unitId]));
  return splitOverYears(fact.from, fact.to, fact.creditSeconds).map(({ day, creditSeconds }, at) => ({
    entryKey: importEntryKey(fact.key, at),
    personId: fact.personId,
    unitId: unitOf.get(day) ?? '',
    creditSeconds,
    category: fact.category,
    occurredDay: day,
    kind: fact.kind,
    sourceKind: 'import',
    sourceId: runId,
    title: fact.title,
    basis: {
      rule: 'import',
      text: basisText(fact),
      fromDay: fact.from,
      toDay: fact.to,
      organiser: fact.organiser,
      ...(saysOffPost(fact.mode, fact.title) ? OFF_POST : {}),
    },
    reversesEntryId: null,
    reasonCode: null,
    recordedBy: actorId,
    approvedBy: null,
  }));
}

function basisText({ organiser, mode, place }: TrainingFact): string {
  const parts = [organiser === '' ? null : `${organiser}主办`, mode, place].filter((part) => part !== null);
  return `按导入的学时台账记入${parts.length === 0 ? '' : `（${parts.join('，')}）`}`;
}
