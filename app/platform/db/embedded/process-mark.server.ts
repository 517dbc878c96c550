import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { errorCode } from '#app/platform/result/error-code.ts';
import { isSameProcess, type ProcessMark } from './lease.ts';

/** Fields of /proc/PID/stat after the name in brackets (proc(5)): state is the 3rd of all, starttime the 22nd. */
const STAT_STATE = 0;
const STAT_START_TIME = 19;

let bootId: string | undefined;

/** Clock ticks since boot mean something only together with the boot they count from. */
function readBootId(): string {
  bootId ??= readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return bootId;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

function readLinux(pid: number): ProcessMark | null {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' && errorCode(error) !== 'ESRCH') throw error;
    // Hardened systems hide other people's processes (hidepid): then only existence is known.
    return exists(pid) ? { pid, startedAt: '' } : null;
  }
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A zombie has ended; in a container whose first process does not collect its children it stays for ever.
  const state = fields[STAT_STATE];
  if (state === 'Z' || state === 'X') return null;
  return { pid, startedAt: `${readBootId()}/${fields[STAT_START_TIME] ?? ''}` };
}

function readByPs(pid: number): ProcessMark | null {
  if (!exists(pid)) return null;
  try {
    const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
    const [state = '', ...startedAt] = line.split(/\s+/);
    return state.startsWith('Z') ? null : { pid, startedAt: startedAt.join(' ') };
  } catch (error) {
    // ps ends with 1 when the process went away in between; a missing ps leaves only existence.
    return errorCode(error) === 'ENOENT' || exists(pid) ? { pid, startedAt: '' } : null;
  }
}

/** What runs under a process number now; null = nothing, or only a zombie. */
export function readProcess(pid: number): ProcessMark | null {
  if (!Number.isInteger(pid) || pid <= 0) return null;
  if (process.platform === 'linux') return readLinux(pid);
  if (process.platform === 'win32') return exists(pid) ? { pid, startedAt: '' } : null;
  return readByPs(pid);
}

let own: ProcessMark | undefined;

/** This process. */
export function ownMark(): ProcessMark {
  own ??= readProcess(process.pid) ?? { pid: process.pid, startedAt: '' };
  return own;
}

export function isAlive(mark: ProcessMark): boolean {
  return isSameProcess(mark, readProcess(mark.pid));
}
