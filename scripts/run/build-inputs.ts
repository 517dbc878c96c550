import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** Folders whose files end up in the build: Tailwind also reads the lessons for class names. */
const FOLDERS = ['app', 'content', 'prisma'];
/** Configuration in the root: Vite, Remix, Tailwind, PostCSS, TypeScript, the lock file. */
const ROOT_FILE = /\.(?:ts|js|mjs|cjs|json)$/;
const IGNORED = /(?:^|[/\\])(?:\.server|migrations)(?:[/\\]|$)|\.md$/;

async function listFiles(rootDir: string): Promise<readonly string[]> {
  const top = await readdir(rootDir, { withFileTypes: true });
  const files = top
    .filter((entry) => entry.isFile() && ROOT_FILE.test(entry.name))
    .map((entry) => entry.name);
  for (const folder of FOLDERS) {
    if (!top.some((entry) => entry.isDirectory() && entry.name === folder)) continue;
    const below = await readdir(path.join(rootDir, folder), { recursive: true, withFileTypes: true });
    for (const entry of below) {
      const file = path.relative(rootDir, path.join(entry.parentPath, entry.name));
      if (entry.isFile() && !IGNORED.test(file)) files.push(file);
    }
  }
  return files.map((file) => file.split(path.sep).join('/')).sort();
}

/**
 * Hash over names and contents of everything the build is made from (not over times: a fresh checkout of the same
 * commit is the same). Generated code, migrations and READMEs are left out.
 */
export async function hashInputs(rootDir: string): Promise<string> {
  const hash = createHash('sha256');
  for (const file of await listFiles(rootDir)) {
    const content = await readFile(path.join(rootDir, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}
