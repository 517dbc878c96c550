import { randomInt } from 'node:crypto';
import { chown, open, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartProblem, type StartLog } from '#app/platform/result/start-problem.ts';
import type { Binaries } from './binaries.server.ts';
import { startRefused } from './cluster-problem.ts';
import { clusterDir, writeSettings } from './cluster.server.ts';
import { errorCode } from '#app/platform/result/error-code.ts';
import { exists } from './folder.server.ts';
import type { ServerState } from './lease.ts';
import type { Place } from './place.server.ts';
import { buryPostmaster, parsePostmasterFile, type PostmasterFile } from './postmaster-file.ts';
import { readProcess } from './process-mark.server.ts';
import { runTool, type ToolAnswer } from './run-tool.server.ts';

/** A server that recovers after a power cut on a slow disk takes its time. */
const START_SECONDS = 120;
const STOP_SECONDS = 60;
/** How long orphans of a killed server may take to notice and go. */
const ORPHANS_MS = 30_000;
const POLL_MS = 100;
const PORT_ATTEMPTS = 20;
const MAX_LOG_BYTES = 5 * 1024 * 1024;
const LOG_TAIL_LINES = 12;
/**
 * Below the ranges from which systems take the ports of outgoing connections: there, a client that keeps knocking at
 * a dead server's port may be given that very port and connect to itself, and the server could not come back.
 */
const FIRST_PORT = 20_000;
const LAST_PORT = 29_999;

export interface Server {
  readonly place: Place;
  readonly binaries: Binaries;
}

const pidFile = (dataDir: string): string => path.join(clusterDir(dataDir), 'postmaster.pid');
const logFile = (dataDir: string): string => path.join(dataDir, 'postgres.log');
const portFile = (dataDir: string): string => path.join(dataDir, 'port');

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return '';
    throw error;
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/**
 * Whether the process named in the file is the server of this data folder and not a later one with the same number.
 * Linux tells: a server works inside its data folder. Elsewhere a server that says it is ready must take connections.
 */
async function isServerOf(folder: string, file: PostmasterFile): Promise<boolean> {
  if (readProcess(file.pid) === null) return false;
  if (process.platform !== 'linux') {
    return file.status !== 'ready' || file.port === null || (await answers(file.port));
  }
  try {
    const [home, wanted] = await Promise.all([stat(`/proc/${file.pid}/cwd`), stat(folder)]);
    return home.dev === wanted.dev && home.ino === wanted.ino;
  } catch (error) {
    // Gone in between, or somebody else's process: in both cases not the server we (or our user) started.
    if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes(errorCode(error))) return false;
    throw error;
  }
}

export interface ServerFacts {
  readonly state: ServerState;
  readonly file: PostmasterFile | null;
}

/** How the server of this data folder stands now. Changes nothing. */
export async function inspectServer(dataDir: string): Promise<ServerFacts> {
  const content = await readText(pidFile(dataDir));
  if (content === '') return { state: (await exists(pidFile(dataDir))) ? 'dead' : 'stopped', file: null };
  const file = parsePostmasterFile(content);
  if (file === null || !(await isServerOf(clusterDir(dataDir), file))) return { state: 'dead', file };
  return { state: file.status === 'stopping' ? 'stopping' : 'running', file };
}

/** Waits for a running server that is still starting. @returns its port */
export async function awaitReady(dataDir: string): Promise<number> {
  const endsAt = performance.now() + START_SECONDS * 1000;
  while (performance.now() < endsAt) {
    const { state, file } = await inspectServer(dataDir);
    if (state !== 'running') break;
    if (file?.status === 'ready' && file.port !== null) return file.port;
    await sleep(POLL_MS);
  }
  throw startRefused(clusterDir(dataDir), await logTail(dataDir, 0));
}

export async function awaitStopped(dataDir: string): Promise<void> {
  const endsAt = performance.now() + STOP_SECONDS * 1000;
  while (performance.now() < endsAt) {
    const { state } = await inspectServer(dataDir);
    if (state === 'stopped' || state === 'dead') return;
    await sleep(POLL_MS);
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

async function choosePort(): Promise<number> {
  for (let attempt = 0; attempt < PORT_ATTEMPTS; attempt += 1) {
    const port = randomInt(FIRST_PORT, LAST_PORT + 1);
    if (await isFree(port)) return port;
  }
  throw new StartProblem('NO_FREE_PORT', {
    zh: `本机 ${FIRST_PORT}–${LAST_PORT} 之间找不到空闲端口供内置数据库使用。`,
    en: `No free port between ${FIRST_PORT} and ${LAST_PORT} was found for the embedded database.`,
  });
}

/** The port of the last run, so that addresses people noted stay valid. */
async function lastPort(dataDir: string): Promise<number | null> {
  const port = Number(await readText(portFile(dataDir)));
  return Number.isInteger(port) && port >= FIRST_PORT && port <= LAST_PORT ? port : null;
}

async function prepareLog(place: Place): Promise<number> {
  const file = logFile(place.dataDir);
  const handle = await open(file, 'a', 0o600);
  await handle.close();
  if (place.user !== null) await chown(file, place.user.uid, place.user.gid);
  const { size } = await stat(file);
  if (size <= MAX_LOG_BYTES) return size;
  await truncate(file, 0);
  return 0;
}

async function logTail(dataDir: string, fromByte: number): Promise<string> {
  const content = (await readFile(logFile(dataDir))).subarray(fromByte).toString('utf8');
  return content.trim().split('\n').slice(-LOG_TAIL_LINES).join('\n');
}

async function buryDead(dataDir: string): Promise<void> {
  const { state, file } = await inspectServer(dataDir);
  if (state !== 'dead') return;
  // Without a number in it (torn by a power cut) PostgreSQL would ask for the file to be removed by hand.
  if (file === null) await rm(pidFile(dataDir));
  else await writeFile(pidFile(dataDir), buryPostmaster(await readText(pidFile(dataDir))));
}

function stopWith({ place, binaries }: Server, mode: 'fast' | 'immediate'): Promise<ToolAnswer> {
  return runTool(
    binaries.pgCtl,
    ['stop', '-D', clusterDir(place.dataDir), '-m', mode, '-w', '-s', '-t', String(STOP_SECONDS)],
    { user: place.user, cwd: place.dataDir },
  );
}

async function tryStart(server: Server, port: number): Promise<'started' | { readonly said: string }> {
  const { place, binaries } = server;
  await buryDead(place.dataDir);
  const logStart = await prepareLog(place);
  const answer = await runTool(
    binaries.pgCtl,
    [
      'start',
      ...['-D', clusterDir(place.dataDir)],
      ...['-l', logFile(place.dataDir)],
      ...['-o', `-p ${port}`],
      ...['-w', '-s', '-t', String(START_SECONDS)],
    ],
    { user: place.user, cwd: place.dataDir },
  );
  if (answer.exitCode === 0) return 'started';
  const said = await logTail(place.dataDir, logStart);
  // Given up waiting for it: it must not come up later on nobody's behalf.
  if ((await inspectServer(place.dataDir)).state === 'running') await stopWith(server, 'immediate');
  return { said: said === '' ? answer.output.trim() : said };
}

/**
 * Starts the server; call with the lock held and no server running.
 * @param where 'same_port' when attached processes expect it where it was
 * @returns the port it listens on. Throws StartProblem DATABASE_NOT_STARTED with PostgreSQL's own words.
 */
export async function startServer(server: Server, where: 'same_port' | 'any_port'): Promise<number> {
  const { dataDir } = server.place;
  await writeSettings(server.place);
  const endsAt = performance.now() + ORPHANS_MS;
  const last = await lastPort(dataDir);
  const keepsPort = last !== null && (where === 'same_port' || (await isFree(last)));
  let port = keepsPort ? last : await choosePort();
  for (;;) {
    const result = await tryStart(server, port);
    if (result === 'started') {
      await writeFile(portFile(dataDir), String(port));
      return port;
    }
    const isPortTaken = /could not bind IPv4 address/.test(result.said);
    const hasOrphans = /pre-existing shared memory block|lock file "postmaster\.pid" already exists/.test(
      result.said,
    );
    if ((!isPortTaken && !hasOrphans) || performance.now() > endsAt) {
      throw startRefused(clusterDir(dataDir), result.said);
    }
    if (isPortTaken && where === 'any_port') port = await choosePort();
    else await sleep(POLL_MS * 2);
  }
}

/** Stops the server; call with the lock held. One that does not end in time is ended the hard way (it recovers). */
export async function stopServer(server: Server, log: StartLog): Promise<void> {
  const answer = await stopWith(server, 'fast');
  if (answer.exitCode === 0 || (await inspectServer(server.place.dataDir)).state !== 'running') return;
  log.warn(`数据库未按时停止，强制停止 · the database did not stop in time: ${answer.output.trim()}`);
  await stopWith(server, 'immediate');
}
