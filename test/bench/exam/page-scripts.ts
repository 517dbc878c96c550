import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { round } from '../bench-figures.ts';

const CLIENT_DIR = path.join('build', 'client');
/** Registered by the exam page itself. */
const WORKER = '/exam-worker.js';
const GZIP_LEVEL = 9;

const found = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map((match) => match[1] ?? '');

/**
 * Kilobytes, gzipped, of every script an exam page loads up to the first save: those its HTML names, what these import
 * statically, and the service worker.
 */
export async function scriptKilobytes(html: string): Promise<number> {
  // Named by elements, and by the module script that starts the page; its list of routes also names what is not loaded.
  const waiting = [
    ...found(html, /(?:src|href)="(\/assets\/[^"]+\.js)"/g),
    ...found(html, /(?:from|import)\s*\(?"(\/assets\/[^"]+\.js)"/g),
  ];
  const sizes = new Map<string, number>();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (sizes.has(next)) continue;
    const code = await readFile(path.join(CLIENT_DIR, next));
    sizes.set(next, gzipSync(code, { level: GZIP_LEVEL }).length);
    const imports = found(code.toString('utf8'), /(?:from|import)\s*"\.\/([^"]+\.js)"/g);
    waiting.push(...imports.map((name) => `/assets/${name}`));
  }
  const worker = await readFile(path.join(CLIENT_DIR, WORKER));
  const bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  return round((bytes + gzipSync(worker, { level: GZIP_LEVEL }).length) / 1024, 1);
}
