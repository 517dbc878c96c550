import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';

const APP = new URL('../../../app', import.meta.url).pathname;
const NAMED = /name: ['`]([^'`]+)['`],\s*text:/g;

/** A prepared statement has its name on every connection: a second one of that name fails wherever the first was used. */
it('every prepared statement has a name of its own', async () => {
  const files = (await readdir(APP, { recursive: true })).filter((name) => name.endsWith('.server.ts'));
  const texts = await Promise.all(files.map((name) => readFile(path.join(APP, name), 'utf8')));
  const names = texts.flatMap((text) => [...text.matchAll(NAMED)].map(([, name = '']) => name));
  expect(names.length).toBeGreaterThan(100);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});
