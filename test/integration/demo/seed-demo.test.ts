import { beforeAll, describe, expect, it } from 'vitest';
import { findAccountByLogin, findAccountWithGrants } from '#app/accounts/account.store.server.ts';
import { passwordMatches } from '#app/accounts/password.server.ts';
import { listCertificateEvents } from '#app/certificate/register/certificate.store.server.ts';
import { statusOn } from '#app/certificate/register/status-on.ts';
import { DEMO_PASSWORD } from '#app/demo/demo-password.ts';
import { seedDemoCity, seedLargeProvince } from '#app/demo/seed-demo.server.ts';
import { SMALL_SIZE } from '#app/demo/size.ts';
import { ensureBlueprints } from '#app/exam/paper/blueprint.store.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { isStartProblem } from '#app/platform/result/start-problem.ts';
import { checkOfficerYears } from '#app/reporting/completion/rebuild-officer-years.server.ts';
import { findSnapshot } from '#app/training/year/snapshot.store.server.ts';
import { verifySnapshot } from '#app/training/year/verify-snapshot.server.ts';
import type { TestDatabase } from '#test/support/database.ts';
import { cloneDatabase, useWorld } from '#test/support/database.ts';
import { aRegion } from '#test/support/world.ts';

const SEED_DAY = '2026-11-22';
const world = useWorld();

type Seed = typeof seedDemoCity;

async function seed(
  database: TestDatabase,
  options: { seed?: Seed; onProgress?: (text: string) => void } = {},
) {
  const ctx: Ctx = { ...world.ctx, db: database.db, pool: database.pool };
  await ensureBlueprints(ctx);
  const said: string[] = [];
  const progress = (text: string): void => {
    said.push(text);
    options.onProgress?.(text);
  };
  const run = options.seed ?? seedDemoCity;
  await run({ system: ctx, progress }, { ownerUrl: database.url, seedDay: SEED_DAY, size: SMALL_SIZE });
  return said;
}

async function inFreshDatabase<T>(work: (database: TestDatabase) => Promise<T>): Promise<T> {
  const database = await cloneDatabase();
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** What a seed wrote, without the ids that imports and commands give and without times of writing. */
async function fingerprint(database: TestDatabase): Promise<Record<string, string>> {
  const { rows } = await database.pool.query<{ part: string; print: string }>(
    `select 'people' as part, count(*) || ' ' || md5(string_agg(concat_ws('|', encode(id_number_hash, 'hex'), name, name_pinyin, birth_month,
         education, legal_qualification), ',' order by id_number_hash)) as print from person
     union all select 'homes', count(*) || ' ' || md5(string_agg(concat_ws('|', p.id_number_hash, l.unit_id, l.kind, l.valid_from,
         l.valid_to, l.end_reason), ',' order by p.id_number_hash, l.kind, l.valid_from))
       from person_unit_link l join person p on p.id = l.person_id where l.superseded_at is null
     union all select 'hours', count(*) || ' ' || md5(string_agg(concat_ws('|', entry_key, unit_id, credit_seconds, category,
         occurred_day, kind), ',' order by entry_key)) from hour_entry where source_kind <> 'claim'
     union all select 'claims', count(*) || ' ' || md5(string_agg(concat_ws('|', p.id_number_hash, c.unit_id, c.title, c.from_day, c.state,
         c.credit_seconds, c.approved_seconds, c.filed_at, c.decided_at, c.note), ',' order by c.title, p.id_number_hash))
       from external_claim c join person p on p.id = c.person_id
     union all select 'exemptions', count(*) || ' ' || md5(string_agg(concat_ws('|', p.id_number_hash, r.year, r.effect, r.reason, r.state,
         r.months), ',' order by r.reason)) from exemption_request r join person p on p.id = r.person_id
     union all select 'requests', count(*) || ' ' || md5(string_agg(concat_ws('|', p.id_number_hash, entry_id, state, wanted_seconds),
         ',' order by entry_id)) from hour_correction c join person p on p.id = c.person_id
     union all select 'closings', count(*) || ' ' || md5(string_agg(concat_ws('|', id, unit_id, year, state, published_day, frozen_at),
         ',' order by id)) from year_closing
     union all select 'seals', count(*) || ' ' || md5(string_agg(concat_ws('|', s.seal_no, s.closed_day, p.id_number_hash, r.total_seconds,
         r.conclusion), ',' order by s.seal_no, p.id_number_hash))
       from year_snapshot s join year_snapshot_row r on r.closing_id = s.closing_id join person p on p.id = r.person_id
     union all select 'cards', count(*) || ' ' || md5(string_agg(concat_ws('|', id, certificate_no, state, valid_to_day, check_token),
         ',' order by id)) from certificate
     union all select 'events', count(*) || ' ' || md5(string_agg(concat_ws('|', id, kind, to_state, effective_from_day, detail), ',' order by id))
       from certificate_event
     union all select 'units', count(*) || ' ' || md5(string_agg(concat_ws('|', unit_id, name, unit_type), ',' order by unit_id))
       from unit_version
     union all select 'grants', count(*) || ' ' || md5(string_agg(concat_ws('|', account_id, role, unit_id, region_id), ',' order by id))
       from role_grant
     union all select 'exam', count(*)::text from exam_registration
     union all select 'counters', md5(string_agg(series || next, ',' order by series)) from number_counter`,
  );
  return Object.fromEntries(rows.map((row) => [row.part, row.print]));
}

describe('the demo city', () => {
  beforeAll(async () => {
    await seed(world.database);
  });

  it('seeded again changes nothing', async () => {
    const before = await fingerprint(world.database);
    await seed(world.database);
    expect(await fingerprint(world.database)).toEqual(before);
  });

  it('is the same for the same seed day', async () => {
    const other = await inFreshDatabase(async (database) => {
      await seed(database);
      return fingerprint(database);
    });
    expect(other).toEqual(await fingerprint(world.database));
  });

  it.each(['机构', '花名册', '履历', '证件', '学时办理', '学时封账', '年度学时'])(
    'cut short after %s is completed by the next start',
    async (part) => {
      await inFreshDatabase(async (database) => {
        await database.db.installation.create({ data: { id: 1, kind: 'demo', keyCheck: 'x' } });
        const cut = seed(database, {
          onProgress: (text) => {
            if (text.includes(part)) throw new Error('power cut');
          },
        });
        await expect(cut).rejects.toThrow('power cut');
        expect((await database.db.installation.findUniqueOrThrow({ where: { id: 1 } })).readyAt).toBeNull();
        await seed(database);
        expect(
          (await database.db.installation.findUniqueOrThrow({ where: { id: 1 } })).readyAt,
        ).not.toBeNull();
        expect(await fingerprint(database)).toEqual(await fingerprint(world.database));
      });
    },
  );

  it('is not loaded over somebody else’s data', async () => {
    await inFreshDatabase(async (database) => {
      await aRegion({ ...world.ctx, db: database.db, pool: database.pool });
      const refusal = await seed(database).then(
        () => null,
        (error: unknown) => error,
      );
      expect(isStartProblem(refusal) && refusal.code).toBe('DATABASE_NOT_EMPTY');
      expect(await database.db.person.count()).toBe(0);
    });
  });

  it('in bulk gives the same people, cards and hours as through the import', async () => {
    await inFreshDatabase(async (database) => {
      await seed(database, { seed: seedLargeProvince });
      const { people, homes, hours, cards, events } = await fingerprint(world.database);
      expect(await fingerprint(database)).toMatchObject({ people, homes, hours, cards, events });
    });
  });

  it('has nobody with two homes on one day', async () => {
    const { rows } = await world.ctx.pool.query(
      `select a.person_id from person_unit_link a join person_unit_link b
         on b.person_id = a.person_id and b.id > a.id and b.kind = 'home' and b.superseded_at is null
         and b.valid_from < coalesce(a.valid_to, 'infinity') and a.valid_from < coalesce(b.valid_to, 'infinity')
       where a.kind = 'home' and a.superseded_at is null`,
    );
    expect(rows).toEqual([]);
  });

  it('keeps each card as the fold of its events says', async () => {
    const cards = await world.ctx.db.certificate.findMany();
    const events = await listCertificateEvents(
      world.ctx.db,
      cards.map((card) => card.id),
    );
    const wrong = cards.filter((card) => {
      const validTo = card.validToDay.toISOString().slice(0, 10);
      const status = statusOn(events.get(card.id) ?? [], validTo, SEED_DAY);
      const since = card.stateSinceDay.toISOString().slice(0, 10);
      return (
        status?.state !== card.state ||
        status.isLost !== card.isLost ||
        status.stateSinceDay !== since ||
        card.version !== (events.get(card.id) ?? []).length
      );
    });
    expect(cards.length).toBeGreaterThan(SMALL_SIZE.holders);
    expect(wrong).toEqual([]);
  });

  it('has claims in every state and the officer’s own objection', async () => {
    const { rows } = await world.ctx.pool.query<{ what: string }>(
      `select 'claim ' || state as what from external_claim union select 'correction ' || state from hour_correction order by 1`,
    );
    const told = rows.map(({ what }) => what);
    for (const state of ['approved', 'filed', 'returned', 'withdrawn'])
      expect(told).toContain(`claim ${state}`);
    expect(told).toContain('correction objected');
  });

  it('has closed years whose seals hold, but for the liaison’s last one, and adjustments beside them', async () => {
    const { pool } = world.ctx;
    const { rows } = await pool.query<{ seal_no: string; year: number }>(
      `select seal_no, year from year_snapshot order by seal_no`,
    );
    expect(rows.length).toBeGreaterThan(5);
    for (const { seal_no: sealNo } of rows) {
      const record = await findSnapshot(pool, sealNo);
      if (record === null) throw new Error('a seal that was listed is there');
      const { findings } = await verifySnapshot(world.ctx, record);
      expect(findings.filter((finding) => !finding.isSound)).toEqual([]);
    }
    const open = await pool.query(
      `select 1 from year_closing c join role_grant g on g.unit_id = c.unit_id
         join account a on a.id = g.account_id and a.login = 'liaison' where c.year = 2025`,
    );
    expect(open.rows).toEqual([]);
  });

  it('keeps the yearly figures as the ledger says, corrections included', async () => {
    expect(await checkOfficerYears(world.ctx.pool)).toMatchObject({ differences: 0 });
  });

  it('lets its accounts sign in with the printed password and gives each the right reach', async () => {
    const account = await findAccountByLogin(world.ctx.pool, 'applicant');
    expect(await passwordMatches(account?.passwordHash ?? null, DEMO_PASSWORD)).toBe(true);
    const { rows } = await world.ctx.pool.query<{ login: string; roles: string }>(
      `select a.login, string_agg(g.role || ' ' || g.scope_kind, ',') as roles from account a
       join role_grant g on g.account_id = a.id where a.login !~ '\\d{4}$' group by a.login order by a.login`,
    );
    expect(Object.fromEntries(rows.map((row) => [row.login, row.roles]))).toEqual({
      applicant: 'applicant self',
      auditor: 'audit_admin platform',
      bureau: 'justice_bureau region',
      bureau2: 'justice_bureau region',
      department: 'system_department field',
      editor: 'question_editor region',
      invigilator: 'invigilator region',
      invited: 'invited_supervisor region',
      leader: 'unit_leader unit',
      liaison: 'unit_liaison unit',
      liaison2: 'unit_liaison unit',
      office: 'justice_office region',
      officer: 'officer self',
      reviewer: 'question_reviewer region',
      secadmin: 'security_admin platform',
      supervisor: 'supervisor region',
      sysadmin: 'system_admin platform',
    });
    const bureau = await findAccountByLogin(world.ctx.pool, 'bureau');
    expect((await findAccountWithGrants(world.ctx.pool, bureau?.id ?? '', SEED_DAY))?.grants).toHaveLength(1);
  });

  it('has the applicant in an enforcement post of the liaison’s unit, without qualification, registered for the exam', async () => {
    const { rows } = await world.ctx.pool.query(
      `select l.is_enforcement_post as post, l.establishment,
         l.unit_id = (select g.unit_id from role_grant g join account la on la.id = g.account_id where la.login = 'liaison') as same_unit,
         (select count(*)::int from qualification q where q.person_id = a.person_id) as qualifications,
         (select count(*)::int from certificate c where c.person_id = a.person_id) as cards,
         (select string_agg(r.status, ',') from exam_registration r where r.person_id = a.person_id) as registration
       from account a join person_unit_link l on l.person_id = a.person_id and l.kind = 'home' and l.superseded_at is null
       where a.login = 'applicant'`,
    );
    expect(rows).toEqual([
      {
        post: true,
        establishment: 'admin',
        same_unit: true,
        qualifications: 0,
        cards: 0,
        registration: 'approved',
      },
    ]);
  });
});
