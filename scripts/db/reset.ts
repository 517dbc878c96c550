import { parseArgs } from 'node:util';
import pg from 'pg';
import { migrateDatabase } from '#app/platform/db/migrate.server.ts';
import { StartProblem } from '#app/platform/result/start-problem.ts';
import { consoleLog, runScript } from '../run/script.ts';
import { MIGRATIONS_DIR, withDatabase } from '../run/script-database.ts';

const HELP = `npm run db:reset -- --yes

Empties the database and migrates it anew. Everything in it is lost. Only for the demo city, and for databases used
with NODE_ENV=development or NODE_ENV=test; a real installation is refused. Stop the platform first.
`;

type Kind = 'empty' | 'demo' | 'real';

/** What the database holds: a real installation says so in its one row of "installation". */
async function kindOf(client: pg.Client): Promise<Kind> {
  const found = await client.query<{ known: string | null }>(
    `select to_regclass('public.installation')::text as known`,
  );
  if (found.rows[0]?.known === null) return 'empty';
  const { rows } = await client.query<{ kind: string }>('select kind from installation');
  const [row] = rows;
  if (row === undefined) return 'empty';
  return row.kind === 'demo' ? 'demo' : 'real';
}

async function refuseUnlessDisposable(client: pg.Client): Promise<void> {
  const isWorkshop = process.env['NODE_ENV'] === 'development' || process.env['NODE_ENV'] === 'test';
  if ((await kindOf(client)) === 'real' && !isWorkshop) {
    throw new StartProblem('REAL_DATABASE', {
      zh: '这是正式使用的数据库，不予清空。',
      en: 'This database holds a real installation; it is not emptied.',
    });
  }
  const { rows } = await client.query<{ others: number }>(
    `select count(*)::int as others from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`,
  );
  const others = rows[0]?.others ?? 0;
  if (others > 0) {
    throw new StartProblem('DATABASE_IN_USE', {
      zh: `还有 ${others} 个连接在使用此数据库。请先停止平台。`,
      en: `${others} connections use this database. Stop the platform first.`,
    });
  }
}

async function empty(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await refuseUnlessDisposable(client);
    await client.query(
      'drop schema if exists pgboss cascade; drop schema public cascade; create schema public',
    );
  } finally {
    await client.end();
  }
}

await runScript(async () => {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      yes: { type: 'boolean', default: false },
    },
  });
  if (values.help || !values.yes) {
    console.log(HELP);
    return values.help ? 0 : 2;
  }
  return withDatabase(async ({ ownerUrl, servingUrl }) => {
    await empty(ownerUrl ?? servingUrl);
    await migrateDatabase({ ownerUrl, servingUrl, migrationsDir: MIGRATIONS_DIR, log: consoleLog });
    console.log('数据库已清空并重新建立 · the database was emptied and made anew');
    return 0;
  });
});
