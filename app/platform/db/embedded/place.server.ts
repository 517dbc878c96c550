import { createHash } from 'node:crypto';
import { access, constants, readFile, realpath, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { StartProblem, type StartLog } from '#app/platform/result/start-problem.ts';
import { errorCode } from '#app/platform/result/error-code.ts';
import { exists, runsAsRoot } from './folder.server.ts';
import {
  checkoutName,
  firstBarrier,
  isUsablePath,
  serviceUsers,
  type DatabaseUser,
  type FolderFacts,
} from './place.ts';

/** Folders inside DATA_DIR. */
export const CLUSTER_FOLDER = 'postgres';

export interface Place {
  /** null: PostgreSQL runs as the user who started us */
  readonly user: DatabaseUser | null;
  readonly dataDir: string;
  /** Where a copy of the binaries may be kept when the package folder will not do, best first */
  readonly binaryHomes: readonly string[];
}

/** As root: homes that survive a restart come first; the last one may be emptied by the system. */
const rootHomes = (): readonly string[] => ['/var/lib', '/var/tmp', os.tmpdir()];
const HOME_FOLDER = 'zhifa-academy';

async function wayTo(folder: string): Promise<readonly FolderFacts[]> {
  let lowest = path.resolve(folder);
  while (!(await exists(lowest))) lowest = path.dirname(lowest);
  const way: FolderFacts[] = [];
  for (let step = await realpath(lowest); ; step = path.dirname(step)) {
    const facts = await stat(step);
    way.unshift({ path: step, mode: facts.mode, uid: facts.uid, gid: facts.gid });
    if (step === path.dirname(step)) return way;
  }
}

/** The first folder on the way to `folder` that `user` cannot walk through, or null. */
export async function barrierFor(folder: string, user: DatabaseUser | null): Promise<string | null> {
  return user === null ? null : firstBarrier(await wayTo(folder), user);
}

/** A folder of that name may have been put there by somebody else: only root's own (and unwritable by others) will do. */
async function isTrustworthy(home: string): Promise<boolean> {
  if (!(await exists(home))) return true;
  const facts = await stat(home);
  return facts.isDirectory() && facts.uid === 0 && (facts.mode & 0o022) === 0;
}

/** Makes nothing: whoever needs a home makes it. */
async function isUsableHome(home: string, user: DatabaseUser): Promise<boolean> {
  if (!(await isTrustworthy(path.dirname(home)))) return false;
  const way = await wayTo(home);
  if (firstBarrier(way, user) !== null) return false;
  try {
    await access(way.at(-1)?.path ?? path.sep, constants.W_OK);
    return true;
  } catch (error) {
    if (['EACCES', 'EROFS', 'EPERM'].includes(errorCode(error))) return false;
    throw error;
  }
}

async function usableHomes(checkoutDir: string, user: DatabaseUser): Promise<readonly string[]> {
  const real = await realpath(checkoutDir);
  const name = checkoutName(real, createHash('sha256').update(real).digest('hex'));
  const homes: string[] = [];
  for (const base of rootHomes()) {
    const home = path.join(base, HOME_FOLDER, name);
    if (await isUsableHome(home, user)) homes.push(home);
  }
  return homes;
}

/** The owner of data that is there already, else a service user of this system. */
async function databaseUser(clusterDirs: readonly string[]): Promise<DatabaseUser> {
  const users = serviceUsers(await readFile('/etc/passwd', 'utf8'));
  for (const folder of clusterDirs) {
    if (!(await exists(folder))) continue;
    const { uid, gid } = await stat(folder);
    if (uid !== 0) return users.find((user) => user.uid === uid) ?? { name: `uid ${uid}`, uid, gid };
  }
  const [user] = users;
  if (user !== undefined) return user;
  throw new StartProblem('NO_DATABASE_USER', {
    zh: '以 root 启动时 PostgreSQL 须以其他用户运行，但本机没有 postgres 或 nobody 用户。请改用普通用户启动，或设置 DATABASE_URL。',
    en: 'Started as root, PostgreSQL must run as another user, but there is no user postgres or nobody. Start as an ordinary user, or set DATABASE_URL.',
  });
}

function unreachable(dataDir: string, barrier: string, user: DatabaseUser): StartProblem {
  return new StartProblem('DATA_DIR_UNREACHABLE', {
    zh:
      `DATA_DIR ${dataDir} 不能使用：以 root 启动时 PostgreSQL 以用户 ${user.name} 运行，而该用户进不了 ${barrier}。` +
      `可任选：不设 DATA_DIR；换到其他用户可进入的文件夹；chmod o+x ${barrier}；以普通用户启动。`,
    en:
      `DATA_DIR ${dataDir} cannot be used: started as root, PostgreSQL runs as user ${user.name}, who cannot enter ${barrier}. ` +
      `Choose one: leave DATA_DIR unset; name a folder others may enter; chmod o+x ${barrier}; start as an ordinary user.`,
  });
}

async function placeForRoot(options: PlaceOptions): Promise<Place> {
  const { checkoutDir, log } = options;
  const asked = options.dataDir === null ? null : path.resolve(checkoutDir, options.dataDir);
  const local = path.join(checkoutDir, 'data');
  const localCluster = path.join(local, CLUSTER_FOLDER);
  const user = await databaseUser([path.join(asked ?? local, CLUSTER_FOLDER)]);
  const homes = await usableHomes(checkoutDir, user);
  if (asked !== null) {
    const barrier = await barrierFor(asked, user);
    if (barrier !== null) throw unreachable(asked, barrier, user);
    return { user, dataDir: asked, binaryHomes: homes };
  }
  if (await exists(localCluster)) {
    const barrier = await barrierFor(localCluster, user);
    if (barrier === null) return { user, dataDir: local, binaryHomes: homes };
    log.warn(
      `./data 中已有数据库，但用户 ${user.name} 进不了 ${barrier}，本次不使用 · the database in ./data is not used: ${user.name} cannot enter ${barrier}`,
    );
  }
  for (const home of homes) {
    const dataDir = path.join(home, 'data');
    if (await exists(path.join(dataDir, CLUSTER_FOLDER))) {
      return { user: await databaseUser([path.join(dataDir, CLUSTER_FOLDER)]), dataDir, binaryHomes: homes };
    }
  }
  const [home] = homes;
  if (home === undefined) {
    throw new StartProblem('NO_DATA_HOME', {
      zh: `以 root 启动，但 ${rootHomes().join('、')} 都不能存放数据库。请设置 DATA_DIR（其他用户可进入的文件夹）、以普通用户启动，或设置 DATABASE_URL。`,
      en: `Started as root, but none of ${rootHomes().join(', ')} can hold the database. Set DATA_DIR to a folder others may enter, start as an ordinary user, or set DATABASE_URL.`,
    });
  }
  return { user: await databaseUser([]), dataDir: path.join(home, 'data'), binaryHomes: homes };
}

export interface PlaceOptions {
  /** DATA_DIR as given (relative to the checkout), null = not given */
  readonly dataDir: string | null;
  readonly checkoutDir: string;
  readonly log: StartLog;
}

/**
 * Decides where data and binaries live and who runs PostgreSQL. An ordinary user: `./data`, himself. Root: another
 * user, and a folder that user may reach, because a checkout below a home folder of mode 700 is closed to him.
 * Throws StartProblem DATA_DIR_UNREACHABLE, NO_DATABASE_USER, NO_DATA_HOME or PATH_UNUSABLE.
 */
export async function choosePlace(options: PlaceOptions): Promise<Place> {
  const place = runsAsRoot() ? await placeForRoot(options) : placeForUser(options);
  if (isUsablePath(place.dataDir, process.platform)) return place;
  throw new StartProblem('PATH_UNUSABLE', {
    zh: `数据文件夹路径含有 PostgreSQL 启动程序不能处理的字符（" $ \` \\ 或换行）：${place.dataDir}。请用 DATA_DIR 指定其他文件夹。`,
    en: `The path of the data folder has characters the PostgreSQL starter cannot take (" $ \` \\ or a line break): ${place.dataDir}. Name another folder in DATA_DIR.`,
  });
}

function placeForUser(options: PlaceOptions): Place {
  const dataDir = path.resolve(options.checkoutDir, options.dataDir ?? 'data');
  return { user: null, dataDir, binaryHomes: [dataDir] };
}
