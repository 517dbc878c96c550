import { describe, expect, it } from 'vitest';
import {
  ensureInstallation,
  isSetUp,
  requireInstallation,
  seedOnce,
} from '#app/platform/db/installation.server.ts';
import { useWorld } from '#test/support/database.ts';

const world = useWorld();
const none = { seed: 'none', seedDay: null } as const;
const demo = { seed: 'demo', seedDay: null } as const;
const ready = async (readyAt: Date | null) => {
  await world.ctx.db.installation.update({ where: { id: 1 }, data: { readyAt } });
};

describe.sequential('what a database is', () => {
  it('is not decided by a command that only reads or imports', async () => {
    await expect(requireInstallation(world.ctx, demo)).rejects.toMatchObject({ code: 'NOT_SET_UP' });
    expect(await world.ctx.db.installation.count()).toBe(0);
  });

  it('stays what it is: a SEED that was named and says otherwise is refused, the default never', async () => {
    expect(await ensureInstallation(world.ctx, none)).toMatchObject({ kind: 'real', isReady: true });
    expect(await ensureInstallation(world.ctx, demo)).toMatchObject({ kind: 'real' });
    await expect(ensureInstallation(world.ctx, { ...demo, isSeedGiven: true })).rejects.toMatchObject({
      code: 'SEED_DIFFERS',
      zh: expect.stringContaining('正式'),
    });
    await world.ctx.db.installation.update({ where: { id: 1 }, data: { kind: 'demo' } });
    await expect(ensureInstallation(world.ctx, { ...none, isSeedGiven: true })).rejects.toMatchObject({
      code: 'SEED_DIFFERS',
      zh: expect.stringContaining('演示'),
    });
  });

  it('of a real installation is known to be set up once somebody could sign in', async () => {
    expect(await isSetUp(world.ctx)).toBe(false);
    await world.ctx.db.account.create({
      data: { id: crypto.randomUUID(), login: 'first', displayName: '甲' },
    });
    expect(await isSetUp(world.ctx)).toBe(true);
  });

  it('gets its first content once when two processes start together, again when the first was cut short', async () => {
    await ready(null);
    let runs = 0;
    let waits = 0;
    let otherWaits = (): void => undefined;
    const otherIsThere = new Promise<void>((resolve) => {
      otherWaits = resolve;
    });
    const start = (work: () => Promise<void>) =>
      seedOnce(world.ctx, work, () => {
        waits += 1;
        otherWaits();
      });
    const fill = async (): Promise<void> => {
      runs += 1;
      await otherIsThere;
      await ready(world.clock.now());
    };
    await Promise.all([start(fill), start(fill)]);
    expect([runs, waits]).toEqual([1, 1]);
    await ready(null);
    await expect(start(() => Promise.reject(new Error('cut short')))).rejects.toThrow('cut short');
    await start(fill);
    expect(runs).toBe(2);
  });
});
