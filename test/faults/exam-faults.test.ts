import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HallPlan, HallReport } from './hall.ts';
import { runHall } from './hall.ts';
import type { FaultyPlatform } from './platform.ts';
import { startPlatform } from './platform.ts';

/** `npm run test:faults -- --long`: thousands of candidates in many halls, and one exam with a ten-minute outage. */
const isLong = process.env.FAULTS === 'long';
const seed = process.env.FAULTS_SEED ?? 'issue-5';

const SHORT: readonly HallPlan[] = [{ seed, candidates: 32, seconds: 32, handsInEvery: 4 }];
const LONG: readonly HallPlan[] = [
  ...Array.from({ length: 10 }, (_, n) => ({
    seed: `${seed}-${n}`,
    candidates: 250,
    seconds: 120,
    handsInEvery: 4,
  })),
  // In real time: ten minutes without network in an exam of fifteen.
  { seed: `${seed}-ten-minutes`, candidates: 100, seconds: 900, handsInEvery: 4, outageSeconds: 600 },
];

let platform: FaultyPlatform;
beforeAll(async () => {
  // Three processes at once: a server with two, as on a machine with two cores, and a second one beside it.
  platform = await startPlatform({ workers: [2, 1] });
}, 240_000);
afterAll(async () => {
  await platform.close();
}, 60_000);

function print(plan: HallPlan, report: HallReport): void {
  const { wrongs, ...figures } = report;
  console.log(`faults ${JSON.stringify({ seed: plan.seed, ...figures, wrongs: wrongs.length })}`);
}

describe('an exam under fire', () => {
  it.each(isLong ? LONG : SHORT)(
    'loses, doubles and misjudges nothing ($candidates candidates, seed $seed)',
    async (plan) => {
      const report = await runHall(platform, plan);
      print(plan, report);
      expect(report.wrongs).toEqual([]);
      // The run was one: people answered, things broke, and all of it is in the journal.
      expect(report.journal).toBeGreaterThan(plan.candidates * 5);
      expect(report.acknowledged).toBeGreaterThan(plan.candidates * 5);
      expect(report.attempts).toBe(plan.candidates);
      expect(report.serverKills).toBe(4);
      expect(report.databaseKills).toBe(1);
    },
    isLong ? 3_600_000 : 600_000,
  );
});
