import { readFile, readdir } from 'node:fs/promises';
import os from 'node:os';
import { round } from '../bench-figures.ts';

/** Clock ticks a second of /proc; 100 on every Linux this runs on. */
const TICKS = 100;
/** A process that computes for more than this share of one core has no more to give: JavaScript runs on one. */
const PROCESS_FULL = 0.85;
/** A machine that idles less than this has no core left. */
const LEAST_IDLE = 0.1;

interface Reading {
  /** CPU seconds of each process so far, by its id. */
  readonly seconds: ReadonlyMap<number, number>;
  readonly parents: ReadonlyMap<number, number>;
  readonly idleSeconds: number;
  readonly atMs: number;
}

async function readProcess(pid: number): Promise<{ parent: number; seconds: number } | null> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The name may hold spaces and brackets: what follows the last bracket is fixed.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [parent, user, system] = [1, 11, 12].map((index) => Number(fields[index]));
    return { parent: parent ?? 0, seconds: ((user ?? 0) + (system ?? 0)) / TICKS };
  } catch {
    // It ended between listing and reading, or there is no /proc: then nothing is said about it.
    return null;
  }
}

/** Null when there is no such process here. */
export async function parentOf(pid: number): Promise<number | null> {
  return (await readProcess(pid))?.parent ?? null;
}

async function read(): Promise<Reading> {
  const names = await readdir('/proc').catch(() => []);
  const seconds = new Map<number, number>();
  const parents = new Map<number, number>();
  for (const pid of names.map(Number).filter(Number.isInteger)) {
    const one = await readProcess(pid);
    if (!one) continue;
    seconds.set(pid, one.seconds);
    parents.set(pid, one.parent);
  }
  const idleMs = os.cpus().reduce((sum, cpu) => sum + cpu.times.idle, 0);
  return { seconds, parents, idleSeconds: idleMs / 1000, atMs: performance.now() };
}

/** The processes whose use of the machine is told apart. */
export interface Parties {
  /** Root process of the servers under test. */
  readonly server: number;
  /** Postmaster; null when the database runs on another machine. */
  readonly database: number | null;
  readonly generator: number;
}

/** Average number of cores each party used, and what was used up first. */
export interface Usage {
  readonly serverBusiest: number;
  readonly server: number;
  readonly database: number;
  readonly generator: number;
  readonly idle: number;
  readonly saturated: string;
}

function isBelow(pid: number, root: number, parents: ReadonlyMap<number, number>): boolean {
  for (let at: number | undefined = pid; at !== undefined && at > 1; at = parents.get(at))
    if (at === root) return true;
  return false;
}

function nameSaturated(usage: Omit<Usage, 'saturated'>): string {
  const { serverBusiest, server, database, generator, idle } = usage;
  if (serverBusiest >= PROCESS_FULL) return `one server process (${serverBusiest} of a core)`;
  if (generator >= PROCESS_FULL) return `the generator (${generator} of a core)`;
  if (idle < LEAST_IDLE * os.cpus().length)
    return `all cores (servers ${server}, database ${database}, generator ${generator})`;
  return `no core: waiting for the database's log to reach the disk (servers ${server}, database ${database})`;
}

/** Measures who used the machine while `work` ran. Without /proc every figure is 0 and the cause unknown. */
export async function watching<T>(
  parties: Parties,
  work: () => Promise<T>,
): Promise<{ value: T; usage: Usage }> {
  const before = await read();
  const value = await work();
  const after = await read();
  const elapsed = (after.atMs - before.atMs) / 1000;
  const used = (pid: number): number =>
    ((after.seconds.get(pid) ?? 0) - (before.seconds.get(pid) ?? 0)) / elapsed;
  const under = (root: number | null): number[] =>
    root === null ? [] : [...after.seconds.keys()].filter((pid) => isBelow(pid, root, after.parents));
  const sum = (pids: readonly number[]): number => round(pids.reduce((total, pid) => total + used(pid), 0));
  const servers = under(parties.server);
  const usage = {
    serverBusiest: round(Math.max(0, ...servers.map(used))),
    server: sum(servers),
    database: sum(under(parties.database)),
    generator: sum(under(parties.generator)),
    idle: round((after.idleSeconds - before.idleSeconds) / elapsed),
  };
  const saturated = after.seconds.size > 0 ? nameSaturated(usage) : 'unknown';
  return { value, usage: { ...usage, saturated } };
}
