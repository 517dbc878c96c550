import { randomBytes } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { errorCode } from '#app/platform/result/error-code.ts';
import { syncFolder } from './folder.server.ts';
import { parseJson } from './parse-json.ts';

/** Beside the cluster, readable by the starter alone. Without it the database is worth nothing: back both up together. */
const KEYS_FILE = 'keys.json';

const keysSchema = z.object({
  format: z.literal(1),
  ownerPassword: z.string().min(20),
  servingPassword: z.string().min(20),
  /** APP_SECRET, made once: encrypted data cannot be read with another */
  secret: z.string().min(32),
});

export type Keys = z.infer<typeof keysSchema>;

export const keysFile = (dataDir: string): string => path.join(dataDir, KEYS_FILE);

export async function readKeys(dataDir: string): Promise<Keys | 'absent' | 'damaged'> {
  let content: string;
  try {
    content = await readFile(keysFile(dataDir), 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return 'absent';
    throw error;
  }
  const keys = keysSchema.safeParse(parseJson(content));
  return keys.success ? keys.data : 'damaged';
}

/** Makes and keeps passwords and secret; on the disk before anything is encrypted with them. */
export async function makeKeys(dataDir: string): Promise<Keys> {
  const random = (bytes: number): string => randomBytes(bytes).toString('base64url');
  const keys: Keys = {
    format: 1,
    ownerPassword: random(24),
    servingPassword: random(24),
    secret: random(48),
  };
  const aside = `${keysFile(dataDir)}.new`;
  const handle = await open(aside, 'w', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(keys, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(aside, keysFile(dataDir));
  await syncFolder(dataDir);
  return keys;
}
