import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { newFeaturesIn } from './baseline-rules.ts';

const CLIENT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../build/client');

async function listAssets(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && /\.(js|css)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

/** Reads what the build emitted, not what we wrote: libraries count as well. */
async function main(): Promise<number> {
  const files = await listAssets(CLIENT);
  let problems = 0;
  for (const file of files) {
    const kind = file.endsWith('.css') ? 'css' : 'js';
    for (const feature of await newFeaturesIn(await readFile(file, 'utf8'), kind)) {
      problems += 1;
      console.error(`${path.relative(CLIENT, file)} uses ${feature}, newer than Chromium 92`);
    }
  }
  console.log(`baseline: ${files.length} files, ${problems} problems`);
  return problems === 0 && files.length > 0 ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = await main();
