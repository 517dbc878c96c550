import pg from 'pg';
import { StartProblem, type StartLog } from '#app/platform/result/start-problem.ts';
import { prepareBinaries } from './binaries.server.ts';
import { databaseUrl, OWNER_ROLE, SERVING_ROLE } from './cluster-config.ts';
import { startRefused } from './cluster-problem.ts';
import { clusterDir, initialiseCluster, inspectCluster } from './cluster.server.ts';
import { errorCode } from '#app/platform/result/error-code.ts';
import { makeFolder } from './folder.server.ts';
import { makeKeys, readKeys, type Keys } from './keys.server.ts';
import { decideAttach, decideDetach, type Lease } from './lease.ts';
import { dropLease, readLeases, takeLease, withDataLock } from './lease.server.ts';
import { choosePlace } from './place.server.ts';
import {
  awaitReady,
  awaitStopped,
  inspectServer,
  startServer,
  stopServer,
  type Server,
} from './postmaster.server.ts';
import { watchServer } from './watch.server.ts';

const SIGN_IN_TIMEOUT_MS = 15_000;

export interface AttachOptions {
  /** DATA_DIR as given, relative to the checkout; null or absent = chosen here */
  readonly dataDir?: string | null | undefined;
  /** Root of the checkout: the npm package with the programs is looked up from here */
  readonly checkoutDir: string;
  readonly log: StartLog;
  /** Ends the waiting for another process; a step under way is finished first */
  readonly signal?: AbortSignal | undefined;
}

/** The embedded database as one process uses it. */
export interface Embedded {
  /** Role that owns the database `zhifa`, migrates, and may make scratch databases */
  readonly ownerUrl: string;
  /** Role that serves: what it may do is granted after migrating */
  readonly servingUrl: string;
  /** APP_SECRET, made and kept on the first start */
  readonly secret: string;
  /** Folder with the cluster, the keys and the log (absolute) */
  readonly dataDir: string;
  readonly port: number;
  /** Gives the lease back; the last one out stops the server. Calling it again waits for the same end. */
  detach(): Promise<void>;
}

async function prepareServer(options: AttachOptions): Promise<Server> {
  const place = await choosePlace({
    dataDir: options.dataDir ?? null,
    checkoutDir: options.checkoutDir,
    log: options.log,
  });
  try {
    await makeFolder(place.dataDir);
    return { place, binaries: await prepareBinaries(options.checkoutDir, place) };
  } catch (error) {
    if (!['EACCES', 'EROFS', 'EPERM', 'ENOTDIR'].includes(errorCode(error))) throw error;
    throw notWritable(place.dataDir, error);
  }
}

function notWritable(dataDir: string, cause: unknown): StartProblem {
  return new StartProblem(
    'DATA_DIR_NOT_WRITABLE',
    {
      zh: `数据文件夹 ${dataDir} 不能写入。请检查权限，或用 DATA_DIR 指定其他文件夹。`,
      en: `The data folder ${dataDir} cannot be written to. Check its permissions, or name another folder in DATA_DIR.`,
    },
    { cause },
  );
}

async function existingKeys(dataDir: string): Promise<Keys> {
  const keys = await readKeys(dataDir);
  return typeof keys === 'string' ? makeKeys(dataDir) : keys;
}

/** Makes, starts or joins the server. @param isExpected others hold leases and expect it on the port it had */
async function bringUp(server: Server, keys: Keys, log: StartLog, isExpected: boolean): Promise<number> {
  const { place, binaries } = server;
  const cluster = await inspectCluster(place.dataDir, binaries.majorVersion);
  const state = cluster === 'absent' ? 'stopped' : (await inspectServer(place.dataDir)).state;
  const step = decideAttach(cluster, state);
  if (step === 'join') return awaitReady(place.dataDir);
  if (step === 'start_after_stop') await awaitStopped(place.dataDir);
  if (step === 'initialise') {
    log.info(`建立内置数据库 ${clusterDir(place.dataDir)} · making the embedded database`);
    await initialiseCluster(place, binaries, { owner: keys.ownerPassword, serving: keys.servingPassword });
  }
  if (state === 'dead') log.info('上次未正常停止，正在恢复数据库 · recovering after an unclean stop');
  return startServer(server, isExpected ? 'same_port' : 'any_port');
}

interface Attached {
  readonly port: number;
  readonly keys: Keys;
  readonly lease: Lease;
}

/** Call with the lock held. The lease comes before the server, so that a server never runs on nobody's behalf. */
async function bringUpWithLease(server: Server, log: StartLog): Promise<Attached> {
  const { dataDir } = server.place;
  await inspectCluster(dataDir, server.binaries.majorVersion);
  const keys = await existingKeys(dataDir);
  const { live } = await readLeases(dataDir);
  const lease = await takeLease(dataDir);
  try {
    return { port: await bringUp(server, keys, log, live.length > 0), keys, lease };
  } catch (error) {
    await dropLease(dataDir, lease.token);
    throw error;
  }
}

/** What a start promises is a server that lets us in, not one that says it is ready. */
async function checkSignIn(url: string, folder: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: SIGN_IN_TIMEOUT_MS });
  try {
    await client.connect();
    await client.query('select 1');
  } catch (error) {
    throw startRefused(folder, error instanceof Error ? error.message : String(error));
  } finally {
    await client.end();
  }
}

async function leave(server: Server, lease: Lease, log: StartLog): Promise<void> {
  const { dataDir } = server.place;
  await withDataLock(dataDir, { log }, async () => {
    const { live } = await readLeases(dataDir);
    if (decideDetach(live, lease.token) === 'stop' && (await inspectServer(dataDir)).state === 'running') {
      await stopServer(server, log);
    }
    await dropLease(dataDir, lease.token);
  });
}

/**
 * Uses the embedded PostgreSQL of this data folder: makes it on the first call, starts it when it does not run, joins
 * it when another process started it, restarts it when it died. While attached, this process looks after the server
 * and restarts it on the same port should it be killed.
 * Throws StartProblem (unreachable or damaged folder, other version, missing platform package, no start); then
 * nothing started here is left running.
 */
export async function attachEmbedded(options: AttachOptions): Promise<Embedded> {
  const { log, signal } = options;
  const server = await prepareServer(options);
  const { dataDir } = server.place;
  const { port, keys, lease } = await withDataLock(dataDir, { log, signal }, () =>
    bringUpWithLease(server, log),
  );
  const ownerUrl = databaseUrl(OWNER_ROLE, keys.ownerPassword, port);
  const stopWatching = watchServer(server, lease, log);
  let left: Promise<void> | undefined;
  const detach = (): Promise<void> => {
    left ??= stopWatching().then(() => leave(server, lease, log));
    return left;
  };
  try {
    await checkSignIn(ownerUrl, clusterDir(dataDir));
  } catch (error) {
    await detach();
    throw error;
  }
  return {
    ownerUrl,
    servingUrl: databaseUrl(SERVING_ROLE, keys.servingPassword, port),
    secret: keys.secret,
    dataDir,
    port,
    detach,
  };
}

/**
 * Stops the server of a data folder from outside, whoever started it.
 * @param options.force also under the processes that use it; they stop looking after it
 * @returns 'stopped', 'not_running', or 'in_use' (nothing done) when living processes use it and force is not set
 */
export async function stopEmbedded(
  options: AttachOptions & { readonly force?: boolean | undefined },
): Promise<'stopped' | 'not_running' | 'in_use'> {
  const { log, signal } = options;
  const server = await prepareServer(options);
  const { dataDir } = server.place;
  return withDataLock(dataDir, { log, signal }, async () => {
    const { live } = await readLeases(dataDir);
    if ((await inspectServer(dataDir)).state !== 'running') return 'not_running';
    if (live.length > 0 && options.force !== true) return 'in_use';
    for (const lease of live) await dropLease(dataDir, lease.token);
    await stopServer(server, log);
    return 'stopped';
  });
}
