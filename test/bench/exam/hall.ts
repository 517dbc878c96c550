import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { hashPassword } from '#app/accounts/password.server.ts';
import { liveBank } from '#app/exam/bank/live-bank.server.ts';
import { findBlueprint } from '#app/exam/paper/blueprint.store.server.ts';
import { fullMarkHundredths } from '#app/exam/paper/blueprint.ts';
import { drawPaper } from '#app/exam/paper/draw-paper.ts';
import { paperHash } from '#app/exam/paper/frozen-paper.ts';
import { examPorts } from '#app/exam/ports.server.ts';
import { deviceCookie } from '#app/exam/sitting/device.server.ts';
import { registerCandidates } from '#app/exam/sitting/register-candidates.server.ts';
import { startAttempt } from '#app/exam/sitting/start-attempt.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { openDatabase } from '#app/platform/db/db.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { createLogger } from '#app/platform/log/logger.server.ts';
import { createSecrets, sha256 } from '#app/platform/secret/keys.server.ts';
import { systemClock } from '#app/platform/time/clock.ts';
import { addDays, dayOf } from '#app/platform/time/day.ts';
import { aSitting, prepareExam } from '#test/support/exam.ts';
import { aRegion, aUnit } from '#test/support/world.ts';

export const BENCH_SECRET = 'bench-secret-bench-secret-bench-secret-1';
export const BENCH_PASSWORD = 'Bench@2026hall';
const POOL_SIZE = 16;
const CHUNK = 2_000;
/** Different papers; what is measured does not depend on how many there are, drawing one costs 10 ms. */
const PAPERS = 40;
const STARTS_AT_ONCE = 16;

/** A candidate as the generator plays it. */
export interface Seat {
  readonly login: string;
  readonly registrationId: string;
  /** Empty until it has started. */
  readonly attemptId: string;
  /** Session, and the device's key once it has started. */
  readonly cookie: string;
}

/** How many candidates each part of the measurement takes. */
export interface HallSizes {
  readonly running: number;
  readonly waiting: number;
}

export interface BenchHall {
  /** In the exam, every position answered once. */
  readonly running: readonly Seat[];
  /** Registered, their paper sealed, not started. */
  readonly waiting: readonly Seat[];
}

const PEOPLE_SQL = `
  with input as (select * from jsonb_to_recordset($1::jsonb) as r(person uuid, account uuid, grant_id uuid, link uuid,
      login text, session text, number int)),
  people as (
    insert into person (id, name, name_pinyin, name_initials, sex, id_number_hash, id_number_masked)
    select person, '考生' || number, 'kaosheng', 'ks', 'male', decode(session, 'hex'), '99**************00' from input
    returning id),
  links as (
    insert into person_unit_link (id, person_id, unit_id, kind, establishment, is_enforcement_post, valid_from,
      source_kind)
    select link, p.id, $2, 'home', 'admin', true, $3, 'bench' from input join people p on p.id = input.person),
  accounts as (
    insert into account (id, login, display_name, person_id, password_hash, password_changed_at)
    select account, login, '考生' || number, p.id, $4, now() from input join people p on p.id = input.person
    returning id),
  grants as (
    insert into role_grant (id, account_id, role, scope_kind, valid_from)
    select grant_id, a.id, 'applicant', 'self', $3 from input join accounts a on a.id = input.account)
  insert into account_session (id_hash, account_id, expires_at)
  select decode(session, 'hex'), a.id, now() + interval '1 day' from input join accounts a on a.id = input.account`;

/** As sealing writes them before the bell (design.md §3): one paper per registration for its first try. */
const SEAL_SQL = `
  insert into paper (id, registration_id, attempt_no, seed, content, content_hash, item_count, full_mark_hundredths,
    pass_mark_hundredths, frozen_at)
  select s.id, s.registration_id, 1, 'bench', p.content::jsonb, p.hash, $5, $6, $7, now()
  from unnest($1::uuid[], $2::uuid[]) with ordinality as s(id, registration_id, n)
  join unnest($3::text[], $4::text[]) with ordinality as p(content, hash, n)
    on p.n = 1 + s.n % array_length($3::text[], 1)`;

/** Every position of these attempts answered once, received now. */
const ANSWERS_SQL = `
  with given as (
    select gen_random_uuid() as id, a.id as attempt_id, n from attempt a, generate_series(1, a.item_count) n
    where a.id = any($1::uuid[])
  ), stored as (
    insert into answer_event (id, attempt_id, epoch, seq, position, fingerprint, standing, received_at)
    select id, attempt_id, 1, n, n, sha256(id::text::bytea), 'counted', now() from given
  )
  insert into answer_payload (answer_event_id, choice, client_time)
  select id, 'A', '2026-11-23T01:00:00.000Z' from given`;

interface Person {
  readonly person: string;
  readonly account: string;
  readonly login: string;
  readonly cookie: string;
}

async function makePeople(ctx: Ctx, unitId: string, count: number): Promise<Person[]> {
  const since = addDays(dayOf(ctx.clock.now()), -30);
  const passwordHash = await hashPassword(BENCH_PASSWORD);
  const people: Person[] = [];
  for (let first = 0; first < count; first += CHUNK) {
    const input = Array.from({ length: Math.min(CHUNK, count - first) }, (_, index) => {
      const session = randomBytes(20).toString('hex');
      const one = { person: newId(), account: newId(), login: `bench${first + index}` };
      people.push({ ...one, cookie: `zhifa=${session}` });
      const hash = sha256(`session:${session}`).toString('hex');
      return { ...one, grant_id: newId(), link: newId(), session: hash, number: first + index };
    });
    await ctx.pool.query(PEOPLE_SQL, [JSON.stringify(input), unitId, since, passwordHash]);
  }
  return people;
}

/** Registers everybody; registration ids in the order of the people. */
async function registerAll(
  ctx: Ctx,
  sittingId: string,
  unitId: string,
  people: readonly Person[],
): Promise<string[]> {
  for (let first = 0; first < people.length; first += CHUNK) {
    const candidates = people.slice(first, first + CHUNK).map(({ person }) => ({ personId: person, unitId }));
    await inTransaction(
      ctx,
      'bench-register',
      (tx) => registerCandidates(tx, ctx, { sittingId, candidates, isApproved: true }),
      { timeoutMs: 60_000 },
    );
  }
  const { rows } = await ctx.pool.query<{ id: string; person: string }>(
    'select id, person_id as person from exam_registration where sitting_id = $1',
    [sittingId],
  );
  const byPerson = new Map(rows.map((row) => [row.person, row.id]));
  return people.map(({ person }) => byPerson.get(person) ?? '');
}

async function seal(ctx: Ctx, registrationIds: readonly string[]): Promise<void> {
  const blueprint = await findBlueprint(ctx.db, 'P1');
  if (!blueprint) throw new Error('blueprint P1 is there');
  const { spec } = blueprint;
  const bank = {
    questions: await liveBank(ctx),
    laws: examPorts(ctx.pool).laws,
    day: dayOf(ctx.clock.now()),
  };
  const papers = Array.from({ length: PAPERS }, (_, n) => {
    const paper = drawPaper(bank, blueprint, `bench-${n}`);
    if (!paper.ok) throw new Error(paper.code);
    return paper.value;
  });
  for (let first = 0; first < registrationIds.length; first += CHUNK) {
    const some = registrationIds.slice(first, first + CHUNK);
    await ctx.pool.query(SEAL_SQL, [
      some.map(() => newId()),
      some,
      papers.map((paper) => JSON.stringify(paper)),
      papers.map(paperHash),
      papers[0]?.items.length ?? 0,
      fullMarkHundredths(spec),
      spec.passMarkHundredths,
    ]);
  }
}

/** The context of a candidate's own request. */
function asCandidate(ctx: Ctx, person: Person): ActorCtx {
  return {
    ...ctx,
    actorId: person.account,
    actor: {
      accountId: person.account,
      login: person.login,
      displayName: person.login,
      personId: person.person,
      grants: [{ role: 'applicant', scopeKind: 'self', unitId: null, regionId: null, fieldCode: null }],
      roles: ['applicant'],
    },
  };
}

async function startAll(ctx: Ctx, people: readonly Person[], seats: readonly Seat[]): Promise<Seat[]> {
  const started: Seat[] = [];
  const queue = people.entries();
  const loop = async (): Promise<void> => {
    for (const [index, person] of queue) {
      const seat = seats[index];
      if (!seat) throw new Error('every person has a seat');
      const { registrationId } = seat;
      const outcome = await startAttempt(asCandidate(ctx, person), { registrationId, commandId: newId() });
      if (!outcome.ok) throw new Error(outcome.code);
      const { attemptId, deviceKey } = outcome.value;
      const device = deviceCookie(attemptId, deviceKey ?? '', false).split(';')[0] ?? '';
      started[index] = { ...seat, attemptId, cookie: `${seat.cookie}; ${device}` };
    }
  };
  await Promise.all(Array.from({ length: STARTS_AT_ONCE }, loop));
  for (let first = 0; first < started.length; first += CHUNK / 4)
    await ctx.pool.query(ANSWERS_SQL, [
      started.slice(first, first + CHUNK / 4).map((seat) => seat.attemptId),
    ]);
  return started;
}

async function fill(ctx: Ctx, sizes: HallSizes): Promise<BenchHall> {
  await prepareExam(ctx);
  const regionId = await aRegion(ctx);
  const unitId = await aUnit(ctx, { regionId });
  const sittingId = await aSitting(ctx, { regionId });
  const people = await makePeople(ctx, unitId, sizes.running + sizes.waiting);
  const registrationIds = await registerAll(ctx, sittingId, unitId, people);
  await seal(ctx, registrationIds);
  await ctx.pool.query('analyze');
  const seats = people.map(({ login, cookie }, index) => ({
    login,
    cookie,
    registrationId: registrationIds[index] ?? '',
    attemptId: '',
  }));
  return {
    running: await startAll(ctx, people.slice(0, sizes.running), seats),
    waiting: seats.slice(sizes.running),
  };
}

/** A hall of candidates on a migrated, empty database. */
export async function makeHall(databaseUrl: string, sizes: HallSizes): Promise<BenchHall> {
  const log = createLogger({ level: 'fatal' });
  const database = openDatabase({ url: databaseUrl, maxConnections: POOL_SIZE, log });
  const secrets = createSecrets(BENCH_SECRET);
  try {
    return await fill(
      { ...database, clock: systemClock, secrets, log, actorId: null, requestId: 'bench' },
      sizes,
    );
  } finally {
    await database.close();
  }
}

/** Lets these attempts end at once: what is measured is how soon the platform closes them with nobody there. */
export async function endSoon(
  databaseUrl: string,
  attemptIds: readonly string[],
  seconds: number,
): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(
    `update attempt set deadline_at = now() + make_interval(secs => $2), close_at = now() + make_interval(secs => $2)
     where id = any($1::uuid[])`,
    [attemptIds, seconds],
  );
  await client.end();
}
