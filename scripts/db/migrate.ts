import { parseArgs } from 'node:util';
import { migrateDatabase } from '#app/platform/db/migrate.server.ts';
import { consoleLog, runScript } from '../run/script.ts';
import { MIGRATIONS_DIR, withDatabase } from '../run/script-database.ts';

const HELP = `npm run db:migrate

Applies the migrations that are missing and gives the serving role its rights. Uses DATABASE_OWNER_URL (or
DATABASE_URL), else the embedded database. Refuses to touch a database whose history differs from prisma/migrations.
`;

await runScript(async () => {
  const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h', default: false } } });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  return withDatabase(async ({ ownerUrl, servingUrl }) => {
    const applied = await migrateDatabase({
      ownerUrl,
      servingUrl,
      migrationsDir: MIGRATIONS_DIR,
      log: consoleLog,
    });
    console.log(
      applied.length === 0 ? '数据库已是最新 · up to date' : `已应用 ${applied.length} 个迁移 · applied`,
    );
    return 0;
  });
});
