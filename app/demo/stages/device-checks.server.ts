import { judgeDevice, verdictOf } from '#app/exam/device-check/judge-device.ts';
import type { Measurements } from '#app/exam/device-check/measurement.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { demoId } from '../demo-id.server.ts';
import { candidateLogin } from '../plan/cast.ts';
import { accountId } from '../seed-run.server.ts';

const MINUTE_MS = 60_000;
/** Every so many machines has a wrong clock; every so many has no network worth the name. */
const EVERY_WRONG_CLOCK = 7;
const EVERY_BAD_NETWORK = 13;
/** Two of three who have checked have rehearsed, too. */
const REHEARSED_OF = 3;

const HEALTHY: Measurements = {
  browser: { name: 'Chromium', version: 120, missing: [] },
  storage: { keptMs: 12, freeBytes: 40 * 1024 ** 3 },
  isPageKept: true,
  clockOffsetMs: 180,
  network: { roundTripsMs: [11, 9, 14, 10, 12, 9, 13, 10], failures: 0 },
  screen: { width: 1366, height: 768, pixelRatio: 1 },
  keyboard: 'works',
};

function measured(index: number): Measurements {
  if (index % EVERY_BAD_NETWORK === EVERY_BAD_NETWORK - 1)
    return { ...HEALTHY, clockOffsetMs: null, network: { roundTripsMs: [], failures: 8 } };
  if (index % EVERY_WRONG_CLOCK === EVERY_WRONG_CLOCK - 1)
    return { ...HEALTHY, clockOffsetMs: 11 * MINUTE_MS };
  return HEALTHY;
}

export interface CheckedCandidate {
  readonly registrationId: string;
  readonly personId: string;
  /** Number of the candidate among the demo's logins, from 0. */
  readonly loginIndex: number;
}

/** Machines looked at by their candidates the day before: most are fit, a few are not, some were rehearsed on. */
export async function writeDeviceChecks(
  tx: Tx,
  candidates: readonly CheckedCandidate[],
  from: Date,
): Promise<void> {
  await tx.examDeviceCheck.createMany({
    data: candidates.flatMap(({ registrationId, personId, loginIndex }, index) => {
      const measurements = measured(index);
      const verdict = verdictOf(judgeDevice(measurements));
      const common = { registrationId, personId, accountId: accountId(candidateLogin(loginIndex)) };
      const at = (minutes: number): Date => new Date(from.getTime() + (3 * index + minutes) * MINUTE_MS);
      const check = {
        ...common,
        id: demoId(`device-check:${registrationId}`),
        kind: 'check',
        verdict,
        measurements,
        seatLabel: `${index + 1} 号`,
        deviceMark: demoId(`device:${registrationId}`),
        occurredAt: at(0),
      };
      if (verdict === 'not_ready' || index % REHEARSED_OF === 0) return [check];
      const rehearsal = {
        ...common,
        id: demoId(`device-rehearsal:${registrationId}`),
        kind: 'rehearsal',
        verdict: 'ready',
        measurements: {},
        occurredAt: at(12),
      };
      return [check, rehearsal];
    }),
    skipDuplicates: true,
  });
}
