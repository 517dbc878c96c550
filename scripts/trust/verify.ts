import { parseArgs } from 'node:util';
import { openDatabase } from '#app/platform/db/db.server.ts';
import { createLogger } from '#app/platform/log/logger.server.ts';
import { StartProblem } from '#app/platform/result/start-problem.ts';
import { listSealedTables } from '#app/platform/seal/sealer.server.ts';
import { verifySeals } from '#app/platform/seal/verify.server.ts';
import { runScript } from '#scripts/run/script.ts';
import { withDatabase } from '#scripts/run/script-database.ts';

const HELP = `npm run ledger:verify [-- --only TABLE]

Walks every seal: rows against their hashes, windows against their roots, seals against the chain.
Exit code 0 when everything holds, 1 with the first broken row or seal named, 2 called wrongly.
`;

/** A walk over no table would find everything in order. Throws StartProblem UNKNOWN_TABLE, NOT_SET_UP. */
function refuseUnknown(only: string | undefined, tables: readonly string[]): void {
  if (tables.length === 0) {
    throw new StartProblem('NOT_SET_UP', {
      zh: '此数据库还没有建立，没有可以核验的内容。',
      en: 'This database is nothing yet; there is nothing to verify.',
    });
  }
  if (only === undefined || tables.includes(only)) return;
  throw new StartProblem('UNKNOWN_TABLE', {
    zh: `没有名为 ${only} 的封存表。可用：${tables.join('、')}`,
    en: `${only} is not a sealed table. Allowed: ${tables.join(', ')}`,
  });
}

await runScript(async () => {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, help: { type: 'boolean', short: 'h', default: false } },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  return withDatabase(async ({ servingUrl }) => {
    const log = createLogger({ level: 'warn' });
    const database = openDatabase({ url: servingUrl, maxConnections: 2, log, statementTimeoutMs: 0 });
    try {
      refuseUnknown(values.only, await listSealedTables(database.db));
      const report = await verifySeals(
        { db: database.db, log },
        values.only === undefined ? undefined : [values.only],
      );
      console.log(JSON.stringify(report, null, 2));
      return report.finding === null ? 0 : 1;
    } finally {
      await database.close();
    }
  });
});
