import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { attachEmbedded } from '#app/platform/db/embedded/embedded.server.ts';

const quiet = { info: () => undefined, warn: () => undefined };

/** Browser tests that also look into the site's database are left out where its folder is unknown. */
export const hasSiteDatabase = (): boolean => inject('site').dataDir !== null;

/**
 * The owner's connection to the running site's database, for what no page does: let a sitting's time pass, read what was
 * kept. One for each test file.
 */
export function useSiteDatabase(): { query: pg.Client['query'] } {
  let owner: pg.Client | null = null;
  let detach: (() => Promise<void>) | null = null;
  beforeAll(async () => {
    const { dataDir } = inject('site');
    if (dataDir === null) return;
    const attached = await attachEmbedded({ dataDir, checkoutDir: process.cwd(), log: quiet });
    detach = attached.detach;
    owner = new pg.Client({ connectionString: attached.ownerUrl });
    await owner.connect();
  });
  afterAll(async () => {
    await owner?.end();
    await detach?.();
  });
  return {
    get query() {
      if (!owner) throw new Error('the site has a database of its own here');
      return owner.query.bind(owner);
    },
  };
}
