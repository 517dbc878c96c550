import { randomBytes } from 'node:crypto';
import { link, readFile, unlink, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { StartProblem, type StartLog } from '#app/platform/result/start-problem.ts';
import { errorCode } from '#app/platform/result/error-code.ts';
import { parseJson } from './parse-json.ts';
import { isAlive, ownMark } from './process-mark.server.ts';

/**
 * A lock that survives kill -9 of its holder. The file is created whole (written aside, then hard-linked, which fails
 * when the name exists: O_EXCL without a moment of emptiness) and names its holder.
 *
 * Breaking the lock of a dead holder is where such locks usually race: two waiters both see the dead holder, one
 * breaks and takes the lock, the other breaks the new one. Here whoever wants to break must hold a second lock
 * (`.break`) and look again under it: only its holder may remove a dead one's file, so what it saw is what it removes.
 * The second lock is the same kind of lock, broken the same way, down to MAX_DEPTH.
 */
const POLL_MS = 50;
const MAX_DEPTH = 4;
const WAIT_NOTICE_MS = 1_500;

const holderSchema = z.object({ pid: z.number().int(), startedAt: z.string(), token: z.string() });
type Holder = z.infer<typeof holderSchema>;

export interface LockOptions {
  /** How long to wait for another process, milliseconds */
  readonly timeoutMs: number;
  readonly log: StartLog;
  readonly signal?: AbortSignal | undefined;
}

async function readHolder(file: string): Promise<Holder | null> {
  let content: string;
  try {
    content = await readFile(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
  const holder = holderSchema.safeParse(parseJson(content));
  // Files appear whole, so an unreadable one was torn by a power cut: nobody holds it any more.
  return holder.success ? holder.data : { pid: 0, startedAt: '', token: `torn:${content}` };
}

async function tryCreate(file: string, token: string): Promise<boolean> {
  const aside = `${file}.${token}`;
  await writeFile(aside, JSON.stringify({ ...ownMark(), token } satisfies Holder), {
    flag: 'wx',
    mode: 0o644,
  });
  try {
    await link(aside, file);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await unlink(aside);
  }
}

async function breakDead(file: string, dead: Holder, depth: number, options: LockOptions): Promise<void> {
  if (depth >= MAX_DEPTH) {
    throw new StartProblem('LOCK_STUCK', {
      zh: `锁文件的持有者都已退出：${file}*。删除这些文件后重新启动。`,
      en: `All holders of these lock files are gone: ${file}*. Delete them and start again.`,
    });
  }
  await withLock(`${file}.break`, depth + 1, options, async () => {
    const current = await readHolder(file);
    if (current?.token === dead.token) await unlink(file);
  });
}

async function withLock<T>(
  file: string,
  depth: number,
  options: LockOptions,
  work: () => Promise<T>,
): Promise<T> {
  const token = randomBytes(8).toString('hex');
  const startedAt = performance.now();
  let noticed = false;
  while (!(await tryCreate(file, token))) {
    options.signal?.throwIfAborted();
    const holder = await readHolder(file);
    if (holder === null) continue;
    if (!isAlive(holder)) {
      await breakDead(file, holder, depth, options);
      continue;
    }
    const waitedMs = performance.now() - startedAt;
    if (waitedMs > options.timeoutMs) throw lockTimeout(file, holder.pid, waitedMs);
    if (!noticed && waitedMs > WAIT_NOTICE_MS) {
      noticed = true;
      options.log.info(`等待进程 ${holder.pid} 准备数据库 · waiting for process ${holder.pid}`);
    }
    await sleep(POLL_MS, undefined, { signal: options.signal });
  }
  try {
    return await work();
  } finally {
    await unlink(file);
  }
}

function lockTimeout(file: string, pid: number, waitedMs: number): StartProblem {
  const seconds = Math.round(waitedMs / 1000);
  return new StartProblem('LOCK_TIMEOUT', {
    zh: `进程 ${pid} 已占用数据库文件夹 ${seconds} 秒（${file}）。等它结束或将其停止后再启动。`,
    en: `Process ${pid} has held the database folder for ${seconds} s (${file}). Wait for it or stop it, then start again.`,
  });
}

/**
 * Runs `work` while no other process (nor another caller in this one) holds the lock `file`.
 * Throws StartProblem LOCK_TIMEOUT or LOCK_STUCK; rethrows what `work` throws.
 */
export function withFileLock<T>(file: string, options: LockOptions, work: () => Promise<T>): Promise<T> {
  return withLock(file, 0, options, work);
}
