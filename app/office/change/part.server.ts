import { grantsConsumer } from '#app/accounts/grants/grants-consumer.server.ts';
import type { Part, Services } from '#app/accounts/part.server.ts';
import { startLoop } from '#app/platform/jobs/loop.server.ts';
import { remindOfReturns } from './absences.server.ts';
import { applyDueChanges } from './apply-due.server.ts';
import type { ChangePorts } from './facts.server.ts';
import { provideChangePorts } from './facts.server.ts';
import { followUnitsConsumer } from './follow-units-consumer.server.ts';

const DUE_EVERY_MS = 60_000;
const REMIND_EVERY_MS = 3_600_000;

/** Organisation changes as a part of the application: acts on their day, reminders, rights that follow. */
export function changePart(services: Services, ports: ChangePorts): Part {
  const { system } = services;
  provideChangePorts(system.pool, ports);
  return {
    consumers: [grantsConsumer(system), followUnitsConsumer(system)],
    loops: () => [
      startLoop({
        name: 'organisation changes due',
        everyMs: DUE_EVERY_MS,
        log: system.log,
        work: (signal) => applyDueChanges(system, signal),
      }),
      startLoop({
        name: 'returns overdue',
        everyMs: REMIND_EVERY_MS,
        log: system.log,
        work: () => remindOfReturns(system),
      }),
    ],
  };
}
