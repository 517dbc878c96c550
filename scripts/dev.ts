import type { ServerBuild } from '@remix-run/node';
import { createServer } from 'vite';
import { migrateDatabase } from '#app/platform/db/migrate.server.ts';
import { loadEnv } from '#app/platform/env/env.server.ts';
import { createLogger } from '#app/platform/log/logger.server.ts';
import type { startApplication } from '#app/main.server.ts';
import { runNode, toolFile } from './run/run-node.ts';
import { MIGRATIONS_DIR, ROOT, withDatabase } from './run/script-database.ts';
import { consoleLog } from './run/script.ts';

/** The same Express code as `npm start`, with Vite serving the sources: a saved file is on the page at once. */
const generated = await runNode({
  rootDir: ROOT,
  args: [toolFile(ROOT, 'prisma', 'prisma'), 'generate'],
  env: process.env,
});
if (generated.exitCode !== 0) throw new Error(generated.output);
const vite = await createServer({ root: ROOT, server: { middlewareMode: true } });

async function loadBuild(): Promise<ServerBuild> {
  return (await vite.ssrLoadModule('virtual:remix/server-build')) as ServerBuild;
}

process.exitCode = await withDatabase(async ({ ownerUrl, servingUrl, secret }) => {
  await migrateDatabase({ ownerUrl, servingUrl, migrationsDir: MIGRATIONS_DIR, log: consoleLog });
  const build = await loadBuild();
  const entry = build.entry.module as typeof build.entry.module & {
    startApplication: typeof startApplication;
  };
  const application = await entry.startApplication({
    env: loadEnv(),
    servingUrl,
    ownerUrl: ownerUrl ?? servingUrl,
    secret,
    rootDir: ROOT,
    build,
    dev: { middleware: vite.middlewares, loadBuild },
    log: createLogger(),
    progress: consoleLog.info,
  });
  console.log(`\n${application.url}  (Ctrl-C)\n`);
  await new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve()).once('SIGTERM', () => resolve());
  });
  await application.close();
  await vite.close();
  return 0;
});
