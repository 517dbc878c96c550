import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type ImportEdge, findCycles, violationsOf } from './architecture-rules.ts';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const SOURCES = ['app', 'scripts'];
const IMPORT =
  /(?:^|\n)\s*(import|export)\s+(type\s+)?([^'";]*?from\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g;

async function listFiles(dir: string): Promise<string[]> {
  const entries = await readdir(path.join(ROOT, dir), { withFileTypes: true });
  const files = entries.filter((entry) => /\.(ts|tsx|js)$/.test(entry.name) && !entry.isDirectory());
  const folders = entries.filter((entry) => entry.isDirectory() && entry.name !== '.server');
  const nested = await Promise.all(folders.map((entry) => listFiles(`${dir}/${entry.name}`)));
  return [...files.map((entry) => `${dir}/${entry.name}`), ...nested.flat()];
}

/** Path of a project file from the root, or the package name. */
function resolveTarget(from: string, specifier: string): string {
  if (specifier.startsWith('#app/')) return specifier.replace('#app/', 'app/');
  if (specifier.startsWith('#scripts/')) return specifier.replace('#scripts/', 'scripts/');
  if (specifier.startsWith('#test/')) return specifier.replace('#test/', 'test/');
  if (specifier.startsWith('.'))
    return path.posix.normalize(path.posix.join(path.posix.dirname(from), specifier));
  return specifier;
}

/** Every import of one source text; `type` is true when nothing of it remains at run time. */
export function importsOf(file: string, text: string): ImportEdge[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/[^\n]*/g, '$1');
  return [...code.matchAll(IMPORT)].map((match) => ({
    from: file,
    to: resolveTarget(file, match[4] ?? match[5] ?? ''),
    isType: match[2] !== undefined,
    isReexport: match[1] === 'export',
  }));
}

async function main(): Promise<number> {
  const files = (await Promise.all(SOURCES.map(listFiles))).flat();
  const edges = (
    await Promise.all(
      files.map(async (file) => importsOf(file, await readFile(path.join(ROOT, file), 'utf8'))),
    )
  ).flat();
  const problems = [...edges.flatMap(violationsOf), ...findCycles(edges)];
  for (const problem of problems) console.error(problem);
  console.log(`architecture: ${files.length} files, ${edges.length} imports, ${problems.length} problems`);
  return problems.length === 0 ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = await main();
