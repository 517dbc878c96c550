import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureClient } from './client.ts';
import { consoleLog, explain } from './script.ts';

/**
 * Loaded before a script (`tsx --import …`): what a script imports stands on generated code, which a fresh checkout does
 * not have and an upgrade makes stale, and imports are resolved before a script's first line runs.
 */
try {
  const rootDir = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
  await ensureClient({ rootDir, log: { ...consoleLog, info: consoleLog.warn } });
} catch (error) {
  process.exit(explain(error));
}
