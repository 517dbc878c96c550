import { readFileSync } from 'node:fs';
import { isAlive, readProcess } from '#app/platform/db/embedded/process-mark.server.ts';
import type { ProcessMark } from '#app/platform/db/embedded/lease.ts';
import { errorCode } from '#app/platform/result/error-code.ts';

/** npm → shell → tsx → we; one more for wrappers. */
const MAX_GENERATIONS = 5;
const LOOK_EVERY_MS = 500;

function readProc(pid: number, name: 'stat' | 'cmdline'): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES'].includes(errorCode(error))) return '';
    throw error;
  }
}

/** Field 4 of /proc/PID/stat, the second behind the name in brackets (proc(5)); 0 when unknown. */
function parentOf(pid: number): number {
  const stat = readProc(pid, 'stat');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? 0);
}

/**
 * The npm that runs us, when there is one. Stopped by itself (`kill` of its number, a supervisor) it ends its shell,
 * and the shell passes nothing on: without a look at npm we would serve on for nobody. A Ctrl-C reaches us directly.
 * Linux only; elsewhere null.
 */
export function findLauncher(): ProcessMark | null {
  if (process.platform !== 'linux' || process.env['npm_lifecycle_event'] === undefined) return null;
  let pid = process.ppid;
  for (let generation = 0; generation < MAX_GENERATIONS && pid > 1; generation += 1) {
    if (/^(?:npm|pnpm|yarn)[ \0]|\/(?:npm-cli|pnpm|yarn)\.c?js\0/.test(readProc(pid, 'cmdline'))) {
      return readProcess(pid);
    }
    pid = parentOf(pid);
  }
  return null;
}

/** Calls `onGone` once when the launcher has ended. Does not keep the process running. */
export function watchLauncher(launcher: ProcessMark, onGone: () => void): void {
  const timer = setInterval(() => {
    if (isAlive(launcher)) return;
    clearInterval(timer);
    onGone();
  }, LOOK_EVERY_MS);
  timer.unref();
}
