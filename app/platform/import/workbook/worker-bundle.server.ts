import { existsSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildOptions } from 'esbuild';
import { invariant } from '#app/platform/result/invariant.ts';

/** Relative to the project's root. `.cjs`, because the package is of type module and worker text runs as CommonJS. */
const BUILT_WORKER = join('build', 'worker', 'import-worker.cjs');
const WORKER_ENTRY = join('app', 'platform', 'import', 'workbook', 'import-worker.server.ts');

/** How to start the worker: the file of the build, or text bundled on the spot. */
export type WorkerCode = { readonly file: string } | { readonly text: string };

/** The folder of the nearest package.json above this module: the same whether this runs from `app/` or `build/`. */
function projectRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    invariant(parent !== folder, 'a package.json stands above the code');
    folder = parent;
  }
  return folder;
}

/**
 * The built server uses what `npm run build` made beside it; code run from its sources (tsx, vitest, the dev server)
 * bundles the worker in memory, so that it can never be older than the sources and nothing is written to disk.
 */
async function findWorkerCode(): Promise<WorkerCode> {
  const root = projectRoot();
  const runsFromBuild = fileURLToPath(import.meta.url).startsWith(join(root, 'build') + sep);
  if (!runsFromBuild) return { text: await bundleText(root) };
  const file = join(root, BUILT_WORKER);
  invariant(existsSync(file), `${BUILT_WORKER} is made by npm run build`);
  return { file };
}

let found: Promise<WorkerCode> | null = null;

/** Once per process. */
export function workerCode(): Promise<WorkerCode> {
  found ??= findWorkerCode();
  return found;
}

/** Build step: writes the worker with all its packages into one file and returns its path. */
export async function buildImportWorker(): Promise<string> {
  const root = projectRoot();
  const outfile = join(root, BUILT_WORKER);
  const { build } = await import('esbuild');
  await build({ ...bundleOptions(root), outfile });
  return outfile;
}

async function bundleText(root: string): Promise<string> {
  const { build } = await import('esbuild');
  const { outputFiles } = await build<BuildOptions & { write: false }>({
    ...bundleOptions(root),
    write: false,
  });
  const [file] = outputFiles;
  invariant(file !== undefined, 'esbuild gave the bundle back');
  return file.text;
}

function bundleOptions(root: string): BuildOptions {
  return {
    entryPoints: [join(root, WORKER_ENTRY)],
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'error',
  };
}
