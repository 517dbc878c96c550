import { parseArgs } from 'node:util';
import { openDatabase } from '#app/platform/db/db.server.ts';
import { createLogger } from '#app/platform/log/logger.server.ts';
import {
  checkOfficerYears,
  rebuildOfficerYears,
} from '#app/reporting/completion/rebuild-officer-years.server.ts';
import { runScript } from '#scripts/run/script.ts';
import { withDatabase } from '#scripts/run/script-database.ts';

const HELP = `npm run figures:rebuild [-- --year YYYY] [--check]

Computes the officer-year figures from the hour ledger again (one year, or all) and compares them with it.
--check   only compares; changes nothing
Exit code 0 when figures and ledger agree, 1 with the first differences named, 2 for wrong arguments.
`;

async function run(year: number | null, isCheckOnly: boolean): Promise<number> {
  return withDatabase(async ({ servingUrl }) => {
    const log = createLogger({ level: 'warn' });
    const database = openDatabase({ url: servingUrl, maxConnections: 2, log, statementTimeoutMs: 0 });
    try {
      const written = isCheckOnly ? null : await rebuildOfficerYears(database.pool, year);
      const check = await checkOfficerYears(database.pool, year);
      console.log(JSON.stringify({ year, written, ...check }, null, 2));
      return check.differences === 0 ? 0 : 1;
    } finally {
      await database.close();
    }
  });
}

await runScript(async () => {
  const { values } = parseArgs({
    options: { year: { type: 'string' }, check: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help === true) {
    console.log(HELP);
    return 0;
  }
  if (values.year !== undefined && !/^\d{4}$/.test(values.year)) {
    console.error(`--year takes a year like 2026, not "${values.year}"`);
    return 2;
  }
  return run(values.year === undefined ? null : Number(values.year), values.check === true);
});
