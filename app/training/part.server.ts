import type { Part, Services } from '#app/accounts/part.server.ts';
import { startLoop } from '#app/platform/jobs/loop.server.ts';
import { followUnitsConsumer } from './organisation/follow-units-consumer.server.ts';
import { loadCourses } from './course/load-courses.server.ts';
import type { TrainingPorts } from './ports.server.ts';
import { provideTrainingPorts } from './ports.server.ts';
import { askToCloseDue } from './session/due-sessions.server.ts';
import { examineStudy } from './study/examine-study.server.ts';
import { beatDoor, mountStudy } from './study/study-handlers.server.ts';
import { sweepUnsettled } from './study/sweep-unsettled.server.ts';
import { warnBeforeYearEnd } from './target/warn-due.server.ts';

const SWEEP_EVERY_MS = 60_000;

/** Training as a part of the running application: content at start, study time before Remix, settling in between. */
export function trainingPart(services: Services, ports: TrainingPorts): Part {
  provideTrainingPorts(ports);
  return {
    prepare: () => loadCourses(services),
    consumers: [followUnitsConsumer(services.system)],
    mount: (app) => mountStudy(app, services),
    hotDoors: () => ({ '/study/beat': beatDoor(services) }),
    loops: () => [
      startLoop({
        name: 'training: settle study time',
        everyMs: SWEEP_EVERY_MS,
        log: services.system.log,
        work: () => sweepUnsettled(services.system),
      }),
      startLoop({
        name: 'training: examine study',
        everyMs: SWEEP_EVERY_MS,
        log: services.system.log,
        work: () => examineStudy(services.system),
      }),
      startLoop({
        name: 'training: classes to close',
        everyMs: SWEEP_EVERY_MS,
        log: services.system.log,
        work: () => askToCloseDue(services.system),
      }),
      startLoop({
        name: 'training: warnings before the end of the year',
        everyMs: SWEEP_EVERY_MS,
        log: services.system.log,
        work: () => warnBeforeYearEnd(services.system),
      }),
    ],
  };
}
