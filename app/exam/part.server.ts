import type { Part, Services } from '#app/accounts/part.server.ts';
import { startLoop } from '#app/platform/jobs/loop.server.ts';
import { readLawCalendar } from './bank/law-calendar.server.ts';
import { loadBank } from './bank/load-bank.server.ts';
import { followUnitsConsumer } from './organisation/follow-units-consumer.server.ts';
import { ensureBlueprints } from './paper/blueprint.store.server.ts';
import { provideExamPorts } from './ports.server.ts';
import { answersDoor, mountAnswers } from './sitting/answers-endpoint.server.ts';
import { SWEEP_EVERY_MS, countOverdue, sweepExpired } from './sitting/expiry-sweep.server.ts';
import { mountBell } from './ahead/bell-endpoint.server.ts';
import { mountRehearsal } from './device-check/rehearsal-endpoint.server.ts';
import { mountRoom } from './sitting/evidence/room-endpoints.server.ts';
import { mountOwnAnswers } from './sitting/own-answers.server.ts';
import { mountRoomPage } from './sitting/room-page.server.tsx';
import { mountRoomForms } from './sitting/room-forms.server.ts';
import type { CandidateRecords } from './eligibility/records.ts';
import type { CoursePrecondition } from './sitting/precondition.ts';

/** The exam slice: bank and blueprints loaded before serving, the save endpoint, and the sweep of expired attempts. */
export function examPart(
  services: Services,
  ports: { readonly precondition: CoursePrecondition; readonly records: CandidateRecords },
): Part {
  const { system } = services;
  return {
    prepare: async () => {
      const laws = await readLawCalendar(services.rootDir);
      provideExamPorts(system.pool, { ...ports, laws });
      const report = await loadBank(services);
      await ensureBlueprints(system);
      services.progress(`题库已就绪：${report.total} 道题`);
    },
    consumers: [followUnitsConsumer(system)],
    loops: () => [
      startLoop({
        name: 'exam sweep',
        everyMs: SWEEP_EVERY_MS,
        log: system.log,
        work: () => sweepExpired(system),
      }),
    ],
    findings: async () => {
      const overdue = await countOverdue(system);
      if (overdue === 0) return [];
      const text = `有 ${overdue} 场作答到时超过一分钟仍未交卷评分，请查看日志中 exam sweep 的报错。`;
      return [{ code: 'EXAMS_NOT_CLOSED', text }];
    },
    mount: (app) => {
      mountOwnAnswers(app);
      mountAnswers(app, services);
      mountRoomForms(app, services);
      mountRoomPage(app, services);
      mountRoom(app, services);
      mountBell(app, services);
      mountRehearsal(app, services);
    },
    hotDoors: () => ({ '/attempts/:id/answers': answersDoor(services) }),
  };
}
