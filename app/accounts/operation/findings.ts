/** Something the system administrator should look at, with what to do. */
export interface Finding {
  readonly code: string;
  readonly text: string;
}

export interface HealthFacts {
  readonly now: Date;
  readonly isSetUp: boolean;
  readonly database: { readonly connections: number; readonly maxConnections: number };
  readonly disk: { readonly freeBytes: number; readonly totalBytes: number };
  readonly seal: { readonly sealedAt: Date } | null;
  readonly consumers: readonly {
    readonly consumer: string;
    readonly oldestAt: Date | null;
    readonly parked: number;
  }[];
  readonly queues: readonly {
    readonly name: string;
    readonly state: string;
    readonly count: number;
    readonly oldestAt: Date;
  }[];
}

/** Below this a year of a city's records or one import no longer fits. */
const MIN_FREE_BYTES = 2 * 1024 ** 3;
const MIN_FREE_SHARE = 0.05;
const MAX_CONNECTION_SHARE = 0.8;
/** The sealer runs every 30 s and seals nothing when there is nothing; an event of its own comes at least daily. */
const SEAL_LATE_MS = 86_400_000;
/** The dispatcher looks every second. */
const FACT_LATE_MS = 60_000;
const JOB_LATE_MS = 600_000;

/** What is out of order; empty when everything runs as it should. */
export function findingsOf(facts: HealthFacts): Finding[] {
  const { now, disk, database, seal, consumers, queues } = facts;
  const ageMs = (at: Date): number => now.getTime() - at.getTime();
  const findings: Finding[] = [];
  const find = (isSo: boolean, code: string, text: string): void => {
    if (isSo) findings.push({ code, text });
  };
  find(!facts.isSetUp, 'NOT_SET_UP', '平台尚未初始设置，请运行 npm run setup。');
  find(
    disk.freeBytes < MIN_FREE_BYTES || disk.freeBytes < disk.totalBytes * MIN_FREE_SHARE,
    'DISK_LOW',
    '磁盘剩余空间不足，请清理或扩容。',
  );
  find(
    database.connections > database.maxConnections * MAX_CONNECTION_SHARE,
    'CONNECTIONS_HIGH',
    '数据库连接接近上限，请检查是否有其他程序占用，或调高 max_connections。',
  );
  find(
    seal !== null && ageMs(seal.sealedAt) > SEAL_LATE_MS,
    'SEAL_LATE',
    '封存超过一天没有进行，请查看日志中 sealer 的报错。',
  );
  for (const { consumer, oldestAt, parked } of consumers) {
    find(
      oldestAt !== null && ageMs(oldestAt) > FACT_LATE_MS,
      'FACTS_WAIT',
      `事件处理“${consumer}”落后超过一分钟，请查看日志。`,
    );
    find(parked > 0, 'FACTS_PARKED', `事件处理“${consumer}”有 ${parked} 条多次失败、已搁置，需人工处理。`);
  }
  for (const { name, state, count, oldestAt } of queues) {
    find(state === 'failed', 'JOBS_FAILED', `后台任务“${name}”有 ${count} 个失败。`);
    find(
      state !== 'failed' && ageMs(oldestAt) > JOB_LATE_MS,
      'JOBS_WAIT',
      `后台任务“${name}”有 ${count} 个等待超过十分钟。`,
    );
  }
  return findings;
}
