import path from 'node:path';
import { build } from 'esbuild';

const ENTRY = path.join('app', 'exam', 'sitting', 'client', 'exam-worker.ts');
/** A fixed address in the root of the site, so that its scope may reach the exam pages. */
const OUTPUT = path.join('build', 'client', 'exam-worker.js');

/** Builds the exam room's service worker beside the pages, for the same browsers. @param rootDir the checkout */
export async function buildExamWorker(rootDir: string): Promise<void> {
  await build({
    entryPoints: [path.join(rootDir, ENTRY)],
    absWorkingDir: rootDir,
    outfile: path.join(rootDir, OUTPUT),
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'iife',
    target: 'chrome92',
    logLevel: 'error',
  });
}
