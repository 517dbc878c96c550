import { namePinyin } from '#app/organization/roster/name-pinyin.ts';
import { idNumberHash, sealIdNumber } from '#app/organization/roster/person-secret.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import { maskIdNumber } from '#app/platform/ui/text/format.ts';
import type { CopyValue } from '../bulk.server.ts';
import { copyRows, once } from '../bulk.server.ts';
import { demoId } from '../demo-id.server.ts';
import type { PlannedPerson } from '../plan/people.ts';
import type { PersonIds, SeedRun } from '../seed-run.server.ts';
import { withOwner } from '../seed-run.server.ts';
import { stretchesFor } from './careers.server.ts';

const personId: PersonIds = (person) => demoId<'Person'>(`person:${person.serial}`);
const SOURCE_KIND = 'history';

/** Everybody by COPY, for places too large for one workbook; homes are written as they were, from joining to leaving. */
export async function seedPeopleInBulk(run: SeedRun): Promise<PersonIds> {
  const { people } = run.plan;
  const [first] = people;
  invariant(first, 'a place has people');
  await withOwner(run, (client) =>
    once(client, { table: 'person', id: personId(first) }, async () => {
      await copyRows(client, 'person', PERSON_COLUMNS, personRows(run));
      await copyRows(client, 'person_secret', SECRET_COLUMNS, secretRows(run));
      await copyRows(client, 'person_revision', REVISION_COLUMNS, revisionRows(run));
      await copyRows(client, 'person_unit_link', LINK_COLUMNS, linkRows(run));
    }),
  );
  run.progress(`人员：${people.length} 人`);
  return personId;
}

const PERSON_COLUMNS = [
  'id',
  'name',
  'name_pinyin',
  'name_initials',
  'sex',
  'birth_month',
  'education',
  'legal_qualification',
  'id_number_hash',
  'id_number_masked',
] as const;

function* personRows({ plan, ctx }: SeedRun): Generator<CopyValue[]> {
  for (const person of plan.people) {
    const { full, initials } = namePinyin(person.name);
    yield [
      personId(person),
      person.name,
      full,
      initials,
      person.sex,
      person.birthDay.slice(0, 7),
      person.education,
      person.hasLegalQualification,
      Buffer.from(idNumberHash(ctx.secrets, person.idNumber), 'hex'),
      maskIdNumber(person.idNumber),
    ];
  }
}

const SECRET_COLUMNS = ['person_id', 'id_number_cipher', 'key_id'] as const;

function* secretRows({ plan, ctx }: SeedRun): Generator<CopyValue[]> {
  for (const person of plan.people) {
    const id = personId(person);
    yield [id, sealIdNumber(ctx.secrets, id, person.idNumber), ctx.secrets.keyId];
  }
}

const REVISION_COLUMNS = [
  'id',
  'person_id',
  'name',
  'sex',
  'education',
  'reason_code',
  'source_kind',
  'occurred_at',
] as const;

function* revisionRows({ plan, ctx }: SeedRun): Generator<CopyValue[]> {
  const now = ctx.clock.now();
  for (const person of plan.people) {
    const { serial, name, sex, education } = person;
    yield [demoId(`revision:${serial}`), personId(person), name, sex, education, 'roster', SOURCE_KIND, now];
  }
}

const LINK_COLUMNS = [
  'id',
  'person_id',
  'unit_id',
  'kind',
  'establishment',
  'position',
  'department',
  'is_enforcement_post',
  'field_code',
  'enforcement_area',
  'valid_from',
  'valid_to',
  'end_reason',
  'source_kind',
  'recorded_at',
] as const;

function* linkRows({ plan, ctx }: SeedRun): Generator<CopyValue[]> {
  const now = ctx.clock.now();
  for (const person of plan.people) yield* linksOf(person, now);
}

function linksOf(person: PlannedPerson, now: Date): CopyValue[][] {
  return stretchesFor(person).map((stretch) => [
    demoId(`home:${person.serial}`, stretch.validFrom),
    personId(person),
    stretch.unitId,
    'home',
    stretch.establishment,
    stretch.position,
    stretch.department,
    stretch.isEnforcementPost,
    stretch.fieldCode,
    stretch.enforcementArea,
    stretch.validFrom,
    stretch.validTo,
    stretch.endReason,
    stretch.sourceKind,
    now,
  ]);
}
