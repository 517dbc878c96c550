import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { attachEmbedded } from '#app/platform/db/embedded/embedded.server.ts';
import { loadEnv } from '#app/platform/env/env.server.ts';
import { consoleLog } from './script.ts';

/** Root of the checkout. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const MIGRATIONS_DIR = path.join(ROOT, 'prisma', 'migrations');

/** Exit code of a program ended by Ctrl-C, as shells expect it. */
const INTERRUPTED = 130;

export interface ScriptDatabase {
  /** null: one address only (DATABASE_URL without DATABASE_OWNER_URL) */
  readonly ownerUrl: string | null;
  readonly servingUrl: string;
  readonly isEmbedded: boolean;
  /** APP_SECRET of this database */
  readonly secret: string;
}

/**
 * Runs `work` with the database the environment names, or with the embedded one, which is given back afterwards
 * (also on Ctrl-C).
 */
export async function withDatabase(work: (database: ScriptDatabase) => Promise<number>): Promise<number> {
  const env = loadEnv();
  if (env.database.kind === 'own') {
    const { ownerUrl, servingUrl } = env.database;
    return work({ ownerUrl, servingUrl, isEmbedded: false, secret: env.appSecret ?? '' });
  }
  const embedded = await attachEmbedded({ dataDir: env.dataDir, checkoutDir: ROOT, log: consoleLog });
  const leave = (signal: NodeJS.Signals): void => {
    // Work that listens to signals itself ends by itself, and then the database is given back below.
    if (process.listenerCount(signal) > 1) return;
    void embedded.detach().then(() => process.exit(INTERRUPTED));
  };
  process.on('SIGINT', leave).on('SIGTERM', leave);
  try {
    const { ownerUrl, servingUrl } = embedded;
    return await work({ ownerUrl, servingUrl, isEmbedded: true, secret: env.appSecret ?? embedded.secret });
  } finally {
    process.off('SIGINT', leave).off('SIGTERM', leave);
    await embedded.detach();
  }
}
