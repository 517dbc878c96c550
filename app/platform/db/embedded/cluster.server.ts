import { appendFile, chmod, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { StartProblem } from '#app/platform/result/start-problem.ts';
import type { Binaries } from './binaries.server.ts';
import {
  ACCESS_RULES,
  LOCAL_SETTINGS_FILE,
  provisioningSql,
  serverSettings,
  SUPERUSER,
  type Passwords,
} from './cluster-config.ts';
import { clusterProblem } from './cluster-problem.ts';
import { errorCode } from '#app/platform/result/error-code.ts';
import { exists, syncFolder } from './folder.server.ts';
import { keysFile, readKeys } from './keys.server.ts';
import { judgeCluster } from './lease.ts';
import { CLUSTER_FOLDER, type Place } from './place.server.ts';
import { runTool } from './run-tool.server.ts';

const SETTINGS_FILE = 'zhifa.conf';

export const clusterDir = (dataDir: string): string => path.join(dataDir, CLUSTER_FOLDER);

async function readOrNull(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return null;
    throw error;
  }
}

/**
 * Looks at the data folder without changing anything.
 * Throws StartProblem CLUSTER_DAMAGED, CLUSTER_OTHER_VERSION, KEYS_MISSING or KEYS_DAMAGED.
 */
export async function inspectCluster(dataDir: string, majorVersion: string): Promise<'absent' | 'usable'> {
  const folder = clusterDir(dataDir);
  const keys = await readKeys(dataDir);
  const version = (await readOrNull(path.join(folder, 'PG_VERSION')))?.trim() ?? null;
  const facts = {
    hasFolder: await exists(folder),
    version,
    hasControlFile: await exists(path.join(folder, 'global', 'pg_control')),
    keys: typeof keys === 'string' ? keys : ('readable' as const),
  };
  const verdict = judgeCluster(facts, majorVersion);
  if (verdict === 'absent' || verdict === 'usable') return verdict;
  throw clusterProblem(verdict, {
    folder,
    keysFile: keysFile(dataDir),
    version: version ?? '',
    majorVersion,
  });
}

function toolFailure(step: string, output: string, secrets: Passwords): StartProblem {
  const said = output.replaceAll(secrets.owner, '***').replaceAll(secrets.serving, '***').trim();
  return new StartProblem('CLUSTER_NOT_MADE', {
    zh: `内置数据库初始化失败（${step}）：\n${said}`,
    en: `The embedded database could not be made (${step}), see the lines above.`,
  });
}

/**
 * Makes the cluster, its roles and its database aside and gives it its name at the very end: a start that is killed
 * in between leaves rubbish that the next one clears, never half a cluster. Call with the lock held.
 */
export async function initialiseCluster(
  place: Place,
  binaries: Binaries,
  passwords: Passwords,
): Promise<void> {
  const folder = clusterDir(place.dataDir);
  const aside = `${folder}.new`;
  await rm(aside, { recursive: true, force: true });
  await mkdir(aside, { mode: 0o700 });
  await chmod(aside, 0o700);
  if (place.user !== null) await chown(aside, place.user.uid, place.user.gid);

  const options = [
    '--encoding=UTF8',
    '--locale=C',
    '--auth=reject',
    '--no-instructions',
    `--username=${SUPERUSER}`,
  ];
  const tool = { user: place.user, cwd: place.dataDir };
  const initialised = await runTool(binaries.initdb, ['-D', aside, ...options], tool);
  if (initialised.exitCode !== 0) throw toolFailure('initdb', initialised.output, passwords);

  const provisioned = await runTool(binaries.postgres, ['--single', '-D', aside, SUPERUSER], {
    ...tool,
    input: provisioningSql(passwords),
  });
  // Single-user mode goes on after an error and ends with 0, so its words count.
  if (provisioned.exitCode !== 0 || /\b(ERROR|FATAL|PANIC):/.test(provisioned.output)) {
    throw toolFailure('postgres --single', provisioned.output, passwords);
  }
  await writeFile(path.join(aside, 'pg_hba.conf'), ACCESS_RULES);
  await appendFile(path.join(aside, 'postgresql.conf'), `\ninclude = '${SETTINGS_FILE}'\n`);
  await rename(aside, folder);
  await syncFolder(place.dataDir);
}

/** Refreshes the settings file when this version of the platform, or this machine, wants other ones. */
export async function writeSettings(place: Place): Promise<void> {
  const folder = clusterDir(place.dataDir);
  const file = path.join(folder, SETTINGS_FILE);
  const wanted = serverSettings(os.totalmem(), await exists(path.join(folder, LOCAL_SETTINGS_FILE)));
  if ((await readOrNull(file)) === wanted) return;
  await writeFile(file, wanted);
  if (place.user !== null) await chown(file, place.user.uid, place.user.gid);
}
