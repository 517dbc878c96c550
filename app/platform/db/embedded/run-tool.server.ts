import { spawn } from 'node:child_process';
import { errorCode } from '#app/platform/result/error-code.ts';
import type { DatabaseUser } from './place.ts';

const TIMEOUT_MS = 180_000;
const MAX_OUTPUT = 20_000;

export interface ToolAnswer {
  /** null: could not be started, or was ended by a signal */
  readonly exitCode: number | null;
  /** What it printed, both streams, cut at MAX_OUTPUT characters; or why it could not be started */
  readonly output: string;
}

export interface ToolOptions {
  readonly user: DatabaseUser | null;
  /** Must be a folder the user may enter */
  readonly cwd: string;
  readonly input?: string | undefined;
}

/** PostgreSQL's own variables and locale settings of the caller must not leak in; Windows needs the rest of its own. */
function toolEnvironment(): NodeJS.ProcessEnv {
  const fixed = { LC_ALL: 'C', LANG: 'C', TZ: 'UTC', NODE_ENV: 'production' as const };
  if (process.platform !== 'win32') return { PATH: process.env['PATH'] ?? '/usr/bin:/bin', ...fixed };
  const inherited = Object.entries(process.env).filter(([name]) => !/^(PG|LC_)/i.test(name));
  return { ...Object.fromEntries(inherited), ...fixed };
}

/**
 * Runs one of PostgreSQL's programs to its end. In a process group of its own, so that a Ctrl-C in the terminal
 * reaches us alone and we decide what to stop. Never rejects: a program that cannot be started is an answer too.
 */
export function runTool(file: string, args: readonly string[], options: ToolOptions): Promise<ToolAnswer> {
  return new Promise((resolve) => {
    let output = '';
    const collect = (chunk: Buffer): void => {
      if (output.length < MAX_OUTPUT) output += chunk.toString('utf8');
    };
    const finish = (exitCode: number | null, extra = ''): void => {
      clearTimeout(timer);
      resolve({ exitCode, output: output + extra });
    };
    const child = spawn(file, [...args], {
      cwd: options.cwd,
      env: toolEnvironment(),
      detached: process.platform !== 'win32',
      windowsHide: true,
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(options.user === null ? {} : { uid: options.user.uid, gid: options.user.gid }),
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT_MS);
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (error) => finish(null, `${file}: ${error.message}`));
    // 'exit', not 'close': the server that pg_ctl starts may hold the pipes open.
    child.on('exit', (code, signal) => {
      setImmediate(() => finish(code, signal === null ? '' : `ended by ${signal}`));
    });
    // A program that refuses at once closes its input before we have written it.
    child.stdin.on('error', (error) => {
      if (errorCode(error) !== 'EPIPE') collect(Buffer.from(error.message));
    });
    child.stdin.end(options.input ?? '');
  });
}
