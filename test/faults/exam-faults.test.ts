import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BellPlan } from './bell-hall.ts';
import { runBellHall } from './bell-hall.ts';
import { COURSES } from './course.ts';
import type { HallPlan } from './hall.ts';
import { runHall } from './hall.ts';
import type { Verdict } from './oracle.ts';
import type { FaultyPlatform } from './platform.ts';
import { startPlatform } from './platform.ts';

/** `npm run test:faults -- --long`: thousands of candidates in many halls, with and without a bell, and ten minutes offline. */
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

const SHORT_BELL: readonly BellPlan[] = [
  { seed: `${seed}-bell`, candidates: 2 * COURSES.length, leadSeconds: 6, seconds: 15 },
];
const LONG_BELL: readonly BellPlan[] = Array.from({ length: 6 }, (_, n) => ({
  seed: `${seed}-bell-${n}`,
  candidates: 10 * COURSES.length,
  leadSeconds: 30,
  seconds: 90,
}));

let platform: FaultyPlatform;
beforeAll(async () => {
  // Three processes at once: a server with two, as on a machine with two cores, and a second one beside it.
  platform = await startPlatform({ workers: [2, 1] });
}, 240_000);
afterAll(async () => {
  await platform.close();
}, 60_000);

function print(plan: { readonly seed: string }, { wrongs, ...figures }: Verdict): void {
  console.log(`faults ${JSON.stringify({ seed: plan.seed, ...figures, wrongs: wrongs.length })}`);
}

const some: unknown = expect.any(Number);

describe('an exam under fire', () => {
  it.each(isLong ? LONG : SHORT)(
    'loses, doubles, misjudges and turns back nothing ($candidates candidates, seed $seed)',
    async (plan) => {
      const report = await runHall(platform, plan);
      print(plan, report);
      expect(report.wrongs).toEqual([]);
      expect(report.olderWins).toBe(0);
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

describe('an exam with papers ahead and a common bell under fire', () => {
  it.each(isLong ? LONG_BELL : SHORT_BELL)(
    'opens no paper early, loses, doubles, misjudges and turns back nothing ($candidates candidates, seed $seed)',
    async (plan) => {
      const report = await runBellHall(platform, plan);
      print(plan, report);
      expect(report.wrongs).toEqual([]);
      expect(report.olderWins).toBe(0);
      const { counts, byStanding } = report;
      expect(report.attempts).toBe(plan.candidates);
      expect(report.journal).toBeGreaterThan(plan.candidates * 4);
      // Each way to the paper and each way of the answers was gone: by code, in time, late, left, on a file.
      expect(counts.openedByCode).toBeGreaterThan(0);
      expect(counts.earlyKnocks).toBeGreaterThan(0);
      expect(counts.earlyCodes).toBeGreaterThan(0);
      expect(counts.wrongCodes).toBeGreaterThan(0);
      expect(counts.movedAway).toBeGreaterThan(0);
      expect(counts.unreleased).toBeGreaterThan(0);
      expect(counts.files).toBeGreaterThan(0);
      expect(byStanding).toMatchObject({ counted: some, foreign: some, late: some });
      expect(counts.brokenPages).toBe(0);
      expect(report.serverKills).toBe(3);
      expect(report.databaseKills).toBe(1);
    },
    isLong ? 3_600_000 : 600_000,
  );
});
