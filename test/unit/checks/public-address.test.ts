import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { providePublicAddress, publicLink } from '#app/platform/http/public-address.server.ts';
import type { Pool } from '#app/platform/db/db.server.ts';

const APP = new URL('../../../app', import.meta.url).pathname;
/** Ways to take a link's beginning from the request: its Host header is the caller's own word. */
const FROM_REQUEST = /request\.url\)\.origin|\burl\.origin\b|new URL\([^()]*,\s*request\.url\)/;

describe('links that leave the platform', () => {
  it('never begin with the address of the request', async () => {
    const files = (await readdir(APP, { recursive: true })).filter(
      (name) => /\.tsx?$/.test(name) && !name.includes('/client/'),
    );
    const found: string[] = [];
    for (const name of files)
      if (FROM_REQUEST.test(await readFile(path.join(APP, name), 'utf8'))) found.push(name);
    expect(found).toEqual([]);
  });

  it('begin with the public address and stay on this site', () => {
    // The pool is only the key under which the composition root keeps the address.
    const pool = {} as Pool;
    expect(() => publicLink({ pool }, '/tasks')).toThrow('public address');
    providePublicAddress(pool, () => 'https://zf.example.cn');
    expect(publicLink({ pool }, '/tasks')).toBe('https://zf.example.cn/tasks');
    expect(() => publicLink({ pool }, '//evil.example')).toThrow('page of ours');
  });
});
