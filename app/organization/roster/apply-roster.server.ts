import type { PersonPlacement } from '#app/organization/person/place-person.server.ts';
import { placePersons } from '#app/organization/person/place-person.server.ts';
import { unitsInRegion } from '#app/organization/tree/tree.ts';
import { loadTree } from '#app/organization/tree/tree.store.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { ImportWork, RunTarget } from '#app/platform/import/run/work.server.ts';
import { maskIdNumber } from '#app/platform/ui/text/format.ts';
import type { RosterContext } from './decide-roster.ts';
import { namePinyin } from './name-pinyin.ts';
import { idNumberHash, openPhone, sealIdNumber, sealPhone } from './person-secret.server.ts';
import { rosterKind } from './roster-kind.ts';
import type { KnownPerson, RosterFact, RosterRow } from './roster-row.ts';
import { parseRosterScope } from './roster-scope.ts';
import type { StoredPerson } from './roster.store.server.ts';
import {
  appendRevisions,
  insertPersons,
  listFieldNames,
  listPersonsByHash,
  updatePersonDetails,
  writePersonSecrets,
} from './roster.store.server.ts';
import type { UnitIndex } from './unit-index.ts';
import { buildUnitIndex } from './unit-index.ts';

/** How a row of the register says where it came from. */
const SOURCE_KIND = 'roster_import';

/** The roster's share in an import: what decisions need, and how facts are written. Authority: the desk's. */
export const rosterWork: ImportWork<RosterRow, RosterFact, RosterContext> = {
  kind: rosterKind,
  placeKeys: ['regionId'],
  loadContext: loadRosterContext,
  apply: applyRoster,
};

async function loadRosterContext(
  tx: Tx,
  ctx: Ctx,
  rows: readonly RosterRow[],
  run: RunTarget,
): Promise<RosterContext> {
  const { regionId, asOfDay } = parseRosterScope(run.scope);
  const hashes = new Map(rows.map(({ idNumber }) => [idNumberHash(ctx.secrets, idNumber), idNumber]));
  const stored = await listPersonsByHash(tx, [...hashes.keys()], asOfDay);
  const known = new Map<string, KnownPerson>();
  for (const person of stored) {
    const idNumber = hashes.get(person.idNumberHash);
    if (idNumber !== undefined) known.set(idNumber, knownPerson(ctx, person));
  }
  const units = await loadUnits(ctx, regionId, asOfDay);
  return { asOfDay, units, fields: await listFieldNames(tx), known };
}

function knownPerson(ctx: Ctx, { phoneCipher, ...person }: StoredPerson): KnownPerson {
  const { personId, name, education, hasLegalQualification, home } = person;
  const phone = phoneCipher === null ? null : openPhone(ctx.secrets, personId, phoneCipher);
  return { personId, name, education, hasLegalQualification, phone, home };
}

/** Units of the region and below it on the roster's day, as known now. */
async function loadUnits(ctx: Ctx, regionId: string, day: string): Promise<UnitIndex> {
  const tree = await loadTree(ctx.pool, day, ctx.clock.now());
  const units = [...unitsInRegion(tree, regionId)].flatMap((id) => {
    const unit = tree.units.get(id);
    return unit === undefined ? [] : [unit];
  });
  return buildUnitIndex(
    units.map(({ id, name, code, fieldCodes, regionId: region }) => ({
      id,
      name,
      code,
      fieldCodes,
      regionName: tree.regions.get(region)?.name ?? '',
    })),
  );
}

/** A fact with the id of its person: new ones get theirs here, once per transaction. */
interface IdentifiedFact extends RosterFact {
  readonly personId: string;
  readonly isNew: boolean;
}

async function applyRoster(tx: Tx, ctx: Ctx, facts: readonly RosterFact[], run: RunTarget): Promise<void> {
  const identified = facts.map((fact) => ({
    ...fact,
    isNew: fact.personId === null,
    personId: fact.personId ?? newId<'Person'>(),
  }));
  const now = ctx.clock.now();
  const added = identified.filter((fact) => fact.isNew);
  const changed = identified.filter((fact) => !fact.isNew && fact.hasNewDetails);
  await insertPersons(
    tx,
    added.map((fact) => newPerson(ctx, fact)),
    now,
  );
  await updatePersonDetails(
    tx,
    changed.map(({ personId, education, hasLegalQualification }) => ({
      id: personId,
      education,
      hasLegalQualification,
    })),
  );
  const revised = [...added, ...changed];
  await writePersonSecrets(
    tx,
    revised.map((fact) => secretRow(ctx, fact)),
    ctx.secrets.keyId,
  );
  await appendRevisions(
    tx,
    revised.map(({ personId, name, sex, education }) => ({ id: newId(), personId, name, sex, education })),
    {
      reasonCode: 'roster',
      sourceKind: SOURCE_KIND,
      sourceId: run.runId,
      actorId: ctx.actorId,
      occurredAt: now,
    },
  );
  await placePersons(
    tx,
    identified.map((fact) => placement(fact, run)),
    now,
  );
}

function newPerson(ctx: Ctx, fact: IdentifiedFact) {
  const { full, initials } = namePinyin(fact.name);
  return {
    id: fact.personId,
    name: fact.name,
    namePinyin: full,
    nameInitials: initials,
    sex: fact.sex,
    birthMonth: fact.birthMonth,
    education: fact.education,
    hasLegalQualification: fact.hasLegalQualification,
    idNumberHash: idNumberHash(ctx.secrets, fact.idNumber),
    idNumberMasked: maskIdNumber(fact.idNumber),
  };
}

function secretRow(ctx: Ctx, { personId, idNumber, phone }: IdentifiedFact) {
  return {
    personId,
    idNumberCipher: sealIdNumber(ctx.secrets, personId, idNumber).toString('hex'),
    phoneCipher: phone === null ? null : sealPhone(ctx.secrets, personId, phone).toString('hex'),
  };
}

function placement({ personId, place }: IdentifiedFact, run: RunTarget): PersonPlacement {
  const { asOfDay } = parseRosterScope(run.scope);
  return {
    personId,
    place,
    fromDay: asOfDay,
    source: { sourceKind: SOURCE_KIND, sourceId: run.runId },
  };
}
