import type { StartLog } from '#app/platform/result/start-problem.ts';
import { decideWatch, type Lease } from './lease.ts';
import { readLeases, withDataLock } from './lease.server.ts';
import { inspectServer, startServer, type Server } from './postmaster.server.ts';

/** Candidates wait while a killed server is away, so a look is cheap (two small reads) and frequent. */
const LOOK_EVERY_MS = 300;

async function restartIfDead(server: Server, lease: Lease, log: StartLog): Promise<'watch' | 'give_up'> {
  const { dataDir } = server.place;
  const { live } = await readLeases(dataDir);
  const hasLease = live.some((known) => known.token === lease.token);
  switch (decideWatch((await inspectServer(dataDir)).state, hasLease)) {
    case 'nothing':
      return 'watch';
    case 'give_up':
      return 'give_up';
    case 'restart': {
      log.warn('数据库进程意外结束，正在重新启动 · the database process died, restarting it');
      const port = await startServer(server, 'same_port');
      log.info(`数据库已恢复，端口 ${port} · the database is back on port ${port}`);
      return 'watch';
    }
  }
}

/**
 * Looks after the server on behalf of one lease: a killed server comes back on the port it had, so that connection
 * pools find it again. Several attached processes agree through the lock; the first one restarts.
 * @returns ends the watching and waits for a restart under way
 */
export function watchServer(server: Server, lease: Lease, log: StartLog): () => Promise<void> {
  const { dataDir } = server.place;
  let isWatching = true;
  let timer: NodeJS.Timeout | undefined;
  let look: Promise<void> = Promise.resolve();
  let lastComplaint = '';

  const lookOnce = async (): Promise<void> => {
    const { state } = await inspectServer(dataDir);
    if (state === 'running' || state === 'stopping') return;
    const next = await withDataLock(dataDir, { log }, () => restartIfDead(server, lease, log));
    if (next === 'give_up') isWatching = false;
    lastComplaint = '';
  };
  /** The server stays away (disk full, data folder gone): said once, tried again. */
  const complain = (error: unknown): void => {
    const text = error instanceof Error ? error.message : String(error);
    if (text !== lastComplaint) log.warn(text);
    lastComplaint = text;
  };
  const schedule = (): void => {
    if (!isWatching) return;
    timer = setTimeout(() => {
      look = lookOnce().catch(complain).finally(schedule);
    }, LOOK_EVERY_MS);
    timer.unref();
  };
  schedule();
  return async () => {
    isWatching = false;
    clearTimeout(timer);
    await look;
  };
}
