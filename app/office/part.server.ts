import type { Part, Services } from '#app/accounts/part.server.ts';
import { anyJob } from '#app/platform/jobs/jobs.server.ts';
import { startLoop } from '#app/platform/jobs/loop.server.ts';
import { CAMPAIGN_PAPERS } from './campaign/kinds/roster-papers.ts';
import type { CampaignWork } from './campaign/work.server.ts';
import { provideCampaignKinds } from './campaign/work.server.ts';
import { listOwnBatchWork } from './document/batch-work.server.ts';
import { provideDocumentDesk } from './document/desk.server.ts';
import { batchJob, purgeBatches, stopLostBatches } from './document/run-batch.server.ts';
import type { PaperKind } from './document/paper.ts';
import { OFFICE_PAPERS } from './document/papers/office-papers.ts';
import type { HandoverSource } from './handover/handover.ts';
import { provideHandoverSources } from './handover/handover-desk.server.ts';
import { provideWorkSources } from './task/background-work.server.ts';
import { taskConsumer } from './task/ask-task.server.ts';

const PURGE_EVERY_MS = 3_600_000;
const LOST_EVERY_MS = 300_000;

/** What the slices above contribute to the office. */
export interface GivenToOffice {
  readonly papers: readonly PaperKind[];
  readonly handovers: readonly HandoverSource[];
  /** Kinds of campaigns beside the office's own. */
  readonly campaigns?: readonly CampaignWork[] | undefined;
}

/** The office around the trade: tasks, papers, handovers. */
export function officePart(services: Services, given: GivenToOffice): Part {
  const { system, jobs } = services;
  provideDocumentDesk(system.pool, { papers: [...OFFICE_PAPERS, ...CAMPAIGN_PAPERS, ...given.papers], jobs });
  provideCampaignKinds(system.pool, given.campaigns ?? []);
  provideHandoverSources(system.pool, given.handovers);
  provideWorkSources(system.pool, [listOwnBatchWork]);
  return {
    consumers: [taskConsumer],
    jobs: [anyJob(batchJob(system))],
    loops: () => [
      startLoop({
        name: 'office: expired batches',
        everyMs: PURGE_EVERY_MS,
        log: system.log,
        work: () => purgeBatches(system),
      }),
      startLoop({
        name: 'office: lost batches',
        everyMs: LOST_EVERY_MS,
        log: system.log,
        work: () => stopLostBatches(system),
      }),
    ],
  };
}
