import { chmod, mkdir, open, stat } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from '#app/platform/result/error-code.ts';

/** As root, PostgreSQL runs as another user and must be able to walk through our folders. */
const SHARED_MODE = 0o755;
const PRIVATE_MODE = 0o700;

export const runsAsRoot = (): boolean => process.getuid?.() === 0;

export async function exists(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return false;
    throw error;
  }
}

/** Makes a folder and its missing parents with the mode they need whatever the umask; existing ones stay as they are. */
export async function makeFolder(folder: string): Promise<void> {
  if (await exists(folder)) return;
  const mode = runsAsRoot() ? SHARED_MODE : PRIVATE_MODE;
  const firstMade = await mkdir(folder, { recursive: true, mode });
  if (firstMade === undefined) return;
  // umask may have taken bits away from every folder just made, from the first one down to the last.
  for (let made = path.resolve(folder); ; made = path.dirname(made)) {
    await chmod(made, mode);
    if (made === path.resolve(firstMade)) return;
  }
}

/** Makes a rename or a new file inside `folder` survive a power cut. Windows cannot and need not do this. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
