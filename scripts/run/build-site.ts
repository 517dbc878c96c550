import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from '#app/platform/result/error-code.ts';
import { withFileLock } from '#app/platform/db/embedded/file-lock.server.ts';
import { buildImportWorker } from '#app/platform/import/workbook/worker-bundle.server.ts';
import { StartProblem, type StartLog } from '#app/platform/result/start-problem.ts';
import { buildExamWorker } from './build-exam-worker.ts';
import { hashInputs } from './build-inputs.ts';
import { ensureClient, notWritable } from './client.ts';
import { runNode, toolFile } from './run-node.ts';

/** A build takes half a minute; an old PC with a cold disk gets ten. */
const LOCK_TIMEOUT_MS = 600_000;
const SHOWN_LINES = 40;

export interface BuildOptions {
  readonly rootDir: string;
  readonly log: StartLog;
  readonly signal?: AbortSignal | undefined;
  /** Build even when nothing has changed */
  readonly force?: boolean | undefined;
}

const stampFile = (rootDir: string): string => path.join(rootDir, 'build', 'stamp.txt');
export const serverBuildFile = (rootDir: string): string => path.join(rootDir, 'build', 'server', 'index.js');

async function isFresh(rootDir: string, inputs: string): Promise<boolean> {
  try {
    await stat(serverBuildFile(rootDir));
    return (await readFile(stampFile(rootDir), 'utf8')) === inputs;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

async function runTool(options: BuildOptions, name: string, args: readonly string[]): Promise<void> {
  const { rootDir, signal } = options;
  const env = {
    ...process.env,
    NODE_ENV: 'production' as const,
    // Nothing is asked of the outside: government networks are closed.
    CHECKPOINT_DISABLE: '1',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
  };
  const { exitCode, output } = await runNode({ rootDir, args, env, signal });
  signal?.throwIfAborted();
  if (exitCode === 0) return;
  const tail = output.trimEnd().split('\n').slice(-SHOWN_LINES).join('\n');
  throw new StartProblem('BUILD_FAILED', {
    zh: `${tail}\n编译失败（${name}），原因见上。`,
    en: `The build failed (${name}); the reason stands above.`,
  });
}

/**
 * Builds client and server bundles into `build/`. The stamp is written last, so that a build that was cut short is
 * built again. Throws StartProblem BUILD_FAILED with the last lines of the tool.
 */
async function build(options: BuildOptions, inputs: string): Promise<void> {
  await rm(stampFile(options.rootDir), { force: true });
  await ensureClient(options);
  await runTool(options, 'remix vite:build', [
    toolFile(options.rootDir, '@remix-run/dev', 'remix'),
    'vite:build',
  ]);
  await buildImportWorker();
  await buildExamWorker(options.rootDir);
  await writeFile(stampFile(options.rootDir), inputs);
}

/**
 * Builds when something the build is made from has changed. Several starts at once build once.
 * Throws StartProblem BUILD_FAILED or BUILD_NOT_WRITABLE.
 */
export async function buildIfNeeded(options: BuildOptions): Promise<'built' | 'fresh'> {
  const { rootDir, log, signal, force } = options;
  const mayStay = force !== true;
  if (mayStay && (await isFresh(rootDir, await hashInputs(rootDir)))) return 'fresh';
  const cacheDir = path.join(rootDir, '.cache');
  const lock = { timeoutMs: LOCK_TIMEOUT_MS, log, signal };
  try {
    await mkdir(cacheDir, { recursive: true });
    return await withFileLock(path.join(cacheDir, 'build.lock'), lock, async () => {
      const inputs = await hashInputs(rootDir);
      if (mayStay && (await isFresh(rootDir, inputs))) return 'fresh';
      await build(options, inputs);
      return 'built';
    });
  } catch (error) {
    if (['EACCES', 'EROFS', 'EPERM'].includes(errorCode(error))) throw notWritable(rootDir, error);
    throw error;
  }
}
