/**
 * Who uses the embedded database, and what follows from that. Pure: the callers look at processes and files.
 * Words: a *lease* says "this process uses the server"; the *server* is the running PostgreSQL; the *cluster* is its
 * data folder. All decisions are taken while holding the lock file, so no two processes decide at once.
 */

/** A process that can be told apart from a later one with the same number. */
export interface ProcessMark {
  readonly pid: number;
  /** Opaque start mark of the operating system; '' where it gives none (then the number alone must do) */
  readonly startedAt: string;
}

export interface Lease extends ProcessMark {
  /** Random; a process may hold several leases */
  readonly token: string;
}

/** Whether the process that left `mark` still runs, given what runs under its number now (null = nothing). */
export function isSameProcess(mark: ProcessMark, current: ProcessMark | null): boolean {
  if (current === null || current.pid !== mark.pid) return false;
  // Without a start mark the careful answer is "alive": a server left running harms nobody, one stopped under a user does.
  if (mark.startedAt === '' || current.startedAt === '') return true;
  return mark.startedAt === current.startedAt;
}

export interface LeaseStanding {
  readonly live: readonly Lease[];
  readonly stale: readonly Lease[];
}

/** @param currentOf what runs under a process number now */
export function sortLeases(
  leases: readonly Lease[],
  currentOf: (pid: number) => ProcessMark | null,
): LeaseStanding {
  const live = leases.filter((lease) => isSameProcess(lease, currentOf(lease.pid)));
  return { live, stale: leases.filter((lease) => !live.includes(lease)) };
}

/** What a look at the data folder found. */
export interface ClusterFacts {
  readonly hasFolder: boolean;
  /** Content of PG_VERSION; null = no such file */
  readonly version: string | null;
  readonly hasControlFile: boolean;
  /** The file with the passwords and APP_SECRET beside the data folder */
  readonly keys: 'absent' | 'readable' | 'damaged';
}

export type ClusterRefusal = 'CLUSTER_DAMAGED' | 'CLUSTER_OTHER_VERSION' | 'KEYS_MISSING' | 'KEYS_DAMAGED';

/** Whether a data folder can be used, must be made, or must be left alone. */
export function judgeCluster(
  facts: ClusterFacts,
  majorVersion: string,
): 'absent' | 'usable' | ClusterRefusal {
  if (facts.keys === 'damaged') return 'KEYS_DAMAGED';
  if (!facts.hasFolder) return 'absent';
  if (facts.version === null || !/^\d+$/.test(facts.version)) return 'CLUSTER_DAMAGED';
  if (facts.version !== majorVersion) return 'CLUSTER_OTHER_VERSION';
  if (!facts.hasControlFile) return 'CLUSTER_DAMAGED';
  return facts.keys === 'absent' ? 'KEYS_MISSING' : 'usable';
}

/**
 * running: answers or is about to. stopping: on its way out. dead: left a pid file behind (killed, power cut).
 * stopped: no pid file.
 */
export type ServerState = 'running' | 'stopping' | 'dead' | 'stopped';

export type AttachStep = 'initialise' | 'start' | 'start_after_stop' | 'join';

export function decideAttach(cluster: 'absent' | 'usable', server: ServerState): AttachStep {
  if (cluster === 'absent') return 'initialise';
  if (server === 'running') return 'join';
  return server === 'stopping' ? 'start_after_stop' : 'start';
}

/** The last one out stops the server. @param ownToken the lease being given back */
export function decideDetach(live: readonly Lease[], ownToken: string): 'leave_running' | 'stop' {
  return live.some((lease) => lease.token !== ownToken) ? 'leave_running' : 'stop';
}

/** What a process that uses the server does when it looks after it. @param hasLease false after a forced stop */
export function decideWatch(server: ServerState, hasLease: boolean): 'nothing' | 'restart' | 'give_up' {
  if (!hasLease) return 'give_up';
  return server === 'dead' || server === 'stopped' ? 'restart' : 'nothing';
}
