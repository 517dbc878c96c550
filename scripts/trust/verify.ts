import { parseArgs } from 'node:util';
import { openDatabase } from '#app/platform/db/db.server.ts';
import { createLogger } from '#app/platform/log/logger.server.ts';
import { verifySeals } from '#app/platform/seal/verify.server.ts';
import { withDatabase } from '#scripts/run/script-database.ts';

const HELP = `npm run ledger:verify [-- --only TABLE]

Walks every seal: rows against their hashes, windows against their roots, seals against the chain.
Exit code 0 when everything holds, 1 with the first broken row or seal named.
`;

const { values } = parseArgs({ options: { only: { type: 'string' }, help: { type: 'boolean' } } });
if (values.help) {
  console.log(HELP);
} else {
  process.exitCode = await withDatabase(async ({ servingUrl }) => {
    const log = createLogger({ level: 'warn' });
    const database = openDatabase({ url: servingUrl, maxConnections: 2, log, statementTimeoutMs: 0 });
    try {
      const report = await verifySeals({ db: database.db, log }, values.only ? [values.only] : undefined);
      console.log(JSON.stringify(report, null, 2));
      return report.finding === null ? 0 : 1;
    } finally {
      await database.close();
    }
  });
}
