import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';

const MAX_OUTPUT = 200_000;
/** A tool that ignores the request to stop is ended after this time. */
const STOP_MS = 3_000;

const packageSchema = z.object({ bin: z.union([z.string(), z.record(z.string(), z.string())]) });

/**
 * The script behind a package's command. Run with the same Node as we are: `node_modules/.bin` holds shell scripts,
 * which differ between systems.
 */
export function toolFile(rootDir: string, packageName: string, command: string): string {
  const require = createRequire(path.join(rootDir, 'package.json'));
  const manifest = require.resolve(`${packageName}/package.json`);
  const { bin } = packageSchema.parse(require(manifest));
  const file = typeof bin === 'string' ? bin : bin[command];
  if (file === undefined) throw new Error(`${packageName} has no command ${command}`);
  return path.join(path.dirname(manifest), file);
}

export interface NodeRun {
  readonly rootDir: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Ends the tool */
  readonly signal?: AbortSignal | undefined;
}

/** Runs a Node script to its end. @returns exit code (null: ended by a signal) and what it printed */
export function runNode(
  run: NodeRun,
): Promise<{ readonly exitCode: number | null; readonly output: string }> {
  return new Promise((resolve, reject) => {
    let output = '';
    const collect = (chunk: Buffer): void => {
      output = (output + chunk.toString('utf8')).slice(-MAX_OUTPUT);
    };
    const child = spawn(process.execPath, [...run.args], {
      cwd: run.rootDir,
      env: run.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const stop = (): void => {
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), STOP_MS).unref();
    };
    run.signal?.addEventListener('abort', stop, { once: true });
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', reject);
    child.once('close', (exitCode) => {
      run.signal?.removeEventListener('abort', stop);
      resolve({ exitCode, output });
    });
  });
}
