import { createHash } from 'node:crypto';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { withFileLock } from '#app/platform/db/embedded/file-lock.server.ts';
import { errorCode } from '#app/platform/result/error-code.ts';
import { StartProblem, type StartLog } from '#app/platform/result/start-problem.ts';
import { runNode, toolFile } from './run-node.ts';

/** Generating takes some seconds; an old PC with a cold disk gets two minutes. */
const LOCK_TIMEOUT_MS = 120_000;
const SHOWN_LINES = 40;
const GENERATED = path.join('app', 'platform', 'db', '.server', 'prisma');

export interface ClientOptions {
  readonly rootDir: string;
  readonly log: StartLog;
  readonly signal?: AbortSignal | undefined;
}

const stampFile = (rootDir: string): string => path.join(rootDir, path.dirname(GENERATED), 'client.stamp');

/** Hash over what the client is made from: the datamodel, the configuration and the version of the generator. */
async function clientInputs(rootDir: string): Promise<string> {
  const require = createRequire(path.join(rootDir, 'package.json'));
  const files = ['prisma/schema.prisma', 'prisma.config.ts', require.resolve('prisma/package.json')];
  const hash = createHash('sha256');
  for (const file of files) hash.update(`\0${file}\0`).update(await contentOf(path.resolve(rootDir, file)));
  return hash.digest('hex');
}

/** A file that is not there counts as empty: what is missing is for the generator to say. */
async function contentOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return '';
    throw error;
  }
}

async function isFresh(rootDir: string, inputs: string): Promise<boolean> {
  try {
    await stat(path.join(rootDir, GENERATED, 'client.ts'));
    return (await readFile(stampFile(rootDir), 'utf8')) === inputs;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

async function generate({ rootDir, signal }: ClientOptions, inputs: string): Promise<void> {
  // Nothing is asked of the outside: government networks are closed.
  const env = { ...process.env, CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' };
  const args = [toolFile(rootDir, 'prisma', 'prisma'), 'generate'];
  const { exitCode, output } = await runNode({ rootDir, args, env, signal });
  signal?.throwIfAborted();
  if (exitCode !== 0) {
    const tail = output.trimEnd().split('\n').slice(-SHOWN_LINES).join('\n');
    throw new StartProblem('BUILD_FAILED', {
      zh: `${tail}\n编译失败（prisma generate），原因见上。`,
      en: 'The build failed (prisma generate); the reason stands above.',
    });
  }
  await writeFile(stampFile(rootDir), inputs);
}

/**
 * Makes the Prisma client where it is missing or older than the datamodel (a fresh `npm ci`, an upgrade); costs a few
 * milliseconds where it is fresh. Several at once make it once. Needs no database.
 * Throws StartProblem BUILD_FAILED with the last lines of the tool.
 */
export async function ensureClient(options: ClientOptions): Promise<'made' | 'fresh'> {
  const { rootDir, log, signal } = options;
  if (await isFresh(rootDir, await clientInputs(rootDir))) return 'fresh';
  const cacheDir = path.join(rootDir, '.cache');
  const lock = { timeoutMs: LOCK_TIMEOUT_MS, log, signal };
  try {
    await mkdir(cacheDir, { recursive: true });
    return await withFileLock(path.join(cacheDir, 'client.lock'), lock, async () => {
      const inputs = await clientInputs(rootDir);
      if (await isFresh(rootDir, inputs)) return 'fresh';
      log.info('生成数据库客户端 · making the database client');
      await generate(options, inputs);
      return 'made';
    });
  } catch (error) {
    if (['EACCES', 'EROFS', 'EPERM'].includes(errorCode(error))) throw notWritable(rootDir, error);
    throw error;
  }
}

/** The checkout belongs to somebody else, who has to build once. */
export function notWritable(rootDir: string, cause: unknown): StartProblem {
  return new StartProblem(
    'BUILD_NOT_WRITABLE',
    {
      zh: `需要编译，但当前用户不能写入 ${rootDir}。请以该文件夹的所有者运行一次 npm run build，再重新启动。`,
      en: `A build is needed, but this user cannot write to ${rootDir}. Run npm run build once as the owner of that folder, then start again.`,
    },
    { cause },
  );
}
