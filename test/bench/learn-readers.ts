import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { newId } from '#app/platform/ids/id.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import { addDays, dayOf } from '#app/platform/time/day.ts';
import type { Reader } from './beat-load.ts';

const READERS_SQL = `
  with input as (select * from jsonb_to_recordset($1::jsonb) as r(person uuid, account uuid, grant_id uuid, link uuid,
      visit uuid, hash text, number int)),
  people as (
    insert into person (id, name, name_pinyin, name_initials, sex, id_number_hash, id_number_masked)
    select person, '读者' || number, 'duzhe', 'dz', 'male', decode(hash, 'hex'), '99**************00' from input
    returning id),
  links as (
    insert into person_unit_link (id, person_id, unit_id, kind, establishment, is_enforcement_post, valid_from,
      source_kind)
    select link, p.id, $2, 'home', 'admin', true, $4, 'bench' from input join people p on p.id = input.person),
  accounts as (
    insert into account (id, login, display_name, person_id)
    select account, 'reader' || account, '读者' || number, p.id from input join people p on p.id = input.person
    returning id),
  grants as (
    insert into role_grant (id, account_id, role, scope_kind, valid_from)
    select grant_id, a.id, 'officer', 'self', $4 from input join accounts a on a.id = input.account),
  sessions as (
    insert into account_session (id_hash, account_id, expires_at)
    select decode(hash, 'hex'), a.id, now() + interval '1 day' from input join accounts a on a.id = input.account)
  insert into study_visit (id, person_id, lesson_version_id, started_at, last_beat_at, prompt_due_at)
  select visit, p.id, $3, now(), now(), now() + interval '1 hour' from input join people p on p.id = input.person`;

const CHUNK = 5_000;

/** A region with one unit, the unit's people, each signed in and with an open page of one lesson. */
export async function makeReaders(
  databaseUrl: string,
  options: { regionCode: string; count: number; lesson: { course: string; slug: string } },
): Promise<Reader[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const since = addDays(dayOf(new Date()), -30);
  const unitId = await makeUnit(client, options.regionCode, since);
  const { rows } = await client.query<{ id: string }>(
    `select l.id from lesson_version l join course_version v on v.id = l.course_version_id
       join course c on c.id = v.course_id where c.slug = $1 and l.slug = $2`,
    [options.lesson.course, options.lesson.slug],
  );
  const readers: Reader[] = [];
  for (let first = 0; first < options.count; first += CHUNK) {
    const input = Array.from({ length: Math.min(CHUNK, options.count - first) }, (_, index) => {
      const session = randomBytes(20).toString('hex');
      const visit = newId();
      readers.push({ visitId: visit, cookie: `zhifa=${session}` });
      const hash = sha256(`session:${session}`).toString('hex');
      const ids = { person: newId(), account: newId(), grant_id: newId(), link: newId() };
      return { ...ids, visit, hash, number: first + index };
    });
    await client.query(READERS_SQL, [JSON.stringify(input), unitId, rows[0]?.id, since]);
  }
  await client.query('analyze');
  await client.end();
  return readers;
}

async function makeUnit(client: pg.Client, regionCode: string, since: string): Promise<string> {
  const [regionId, unitId] = [newId(), newId()];
  await client.query(`insert into region (id, code) values ($1, $2)`, [regionId, regionCode]);
  await client.query(
    `insert into region_version (id, region_id, name, level, kind, valid_from)
     values ($1, $2, '测试县', 'county', 'administrative', $3)`,
    [newId(), regionId, since],
  );
  await client.query(`insert into unit (id, code) values ($1, $2)`, [unitId, `BENCH-${regionCode}`]);
  await client.query(
    `insert into unit_version (id, unit_id, region_id, name, name_pinyin, unit_type, field_codes, valid_from)
     values ($1, $2, $3, '测试单位', 'ceshidanwei', 'department', '{}', $4)`,
    [newId(), unitId, regionId, since],
  );
  return unitId;
}
