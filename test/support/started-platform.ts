import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, chmod, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { hashInputs } from '#scripts/run/build-inputs.ts';
import { CHECKOUT } from './embedded-process.ts';

const RUNNER = fileURLToPath(new URL('./start-runner.ts', import.meta.url));

/** Bodies of `startApplication` in the small checkout: what the real one does, as far as start and stop can see it. */
export const APPLICATIONS = {
  serves: `
    const server = http.createServer((_request, response) => response.end('served'));
    await new Promise((resolve, reject) => server.once('error', reject).listen(env.port, env.host, resolve));
    return { url: 'http://' + env.host + ':' + server.address().port, kind: 'demo', isSetUp: true,
      close: () => new Promise((resolve) => server.close(resolve)) };`,
  /** Needs longer for its start than anybody waits after Ctrl-C */
  seedsForEver: `
    progress('seeding');
    await new Promise((resolve) => setTimeout(resolve, 600000));`,
  neverDrains: `
    await new Promise((resolve) => http.createServer().listen(0, resolve));
    return { url: 'http://127.0.0.1:1', kind: 'real', isSetUp: false, close: () => new Promise(() => undefined) };`,
  findsThePortTaken: `
    throw Object.assign(new Error('listen EADDRINUSE'), { code: 'EADDRINUSE', syscall: 'listen' });`,
} as const;

/** A checkout that counts as built, with one migration and a small application. Returns its folder. */
export async function makeCheckout(application: keyof typeof APPLICATIONS): Promise<string> {
  const root = await mkdtemp(path.join(os.tmpdir(), 'zhifa-checkout-'));
  await chmod(root, 0o755);
  const write = async (file: string, content: string): Promise<void> => {
    await mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await writeFile(path.join(root, file), content);
  };
  await write('package.json', '{"name":"small","type":"module"}');
  await write('prisma/migrations/20260101000000_first/migration.sql', 'create table first (n int);');
  await symlink(path.join(CHECKOUT, 'node_modules'), path.join(root, 'node_modules'));
  await write(
    'build/server/index.js',
    `import http from 'node:http';
     async function startApplication({ env, progress }) { ${APPLICATIONS[application]} }
     export const entry = { module: { startApplication } };`,
  );
  await write('build/stamp.txt', await hashInputs(root));
  return root;
}

export interface StartedPlatform {
  readonly child: ChildProcess;
  /** Everything printed so far */
  output(): string;
  /** Resolves once the text was printed; rejects when the process ends without it */
  printed(text: string | RegExp): Promise<string>;
  /** Exit code; null when a signal ended it */
  readonly ended: Promise<number | null>;
}

/** Starts the platform of a checkout as a process of its own. */
export function startPlatformProcess(
  root: string,
  env: Readonly<Record<string, string>> = {},
): StartedPlatform {
  const child = spawn(process.execPath, ['--import', 'tsx', RUNNER, root], {
    cwd: CHECKOUT,
    env: { ...process.env, NODE_ENV: 'production', PORT: '0', DATA_DIR: path.join(root, 'data'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const listeners = new Set<() => void>();
  const collect = (chunk: Buffer): void => {
    output += chunk.toString('utf8');
    for (const listener of listeners) listener();
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  return {
    child,
    ended,
    output: () => output,
    printed: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (typeof text === 'string' ? output.includes(text) : text.test(output)) resolve(output);
        };
        listeners.add(look);
        look();
        void ended.then((code) =>
          reject(new Error(`ended with ${code} without "${String(text)}":\n${output}`)),
        );
      }),
  };
}
