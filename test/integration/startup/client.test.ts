import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureClient } from '#scripts/run/client.ts';
import { CHECKOUT } from '#test/support/embedded-process.ts';

const log = { info: () => undefined, warn: () => undefined };
const GENERATED = 'app/platform/db/.server/prisma/client.ts';

describe.sequential('the database client of a checkout', () => {
  let rootDir = '';

  beforeAll(async () => {
    rootDir = await mkdtemp(path.join(os.tmpdir(), 'zhifa-client-'));
    await mkdir(path.join(rootDir, 'prisma'));
    for (const file of ['package.json', 'prisma.config.ts', 'prisma/schema.prisma'])
      await cp(path.join(CHECKOUT, file), path.join(rootDir, file));
    await symlink(path.join(CHECKOUT, 'node_modules'), path.join(rootDir, 'node_modules'));
  });
  afterAll(() => rm(rootDir, { recursive: true, force: true }));

  it('is made where a fresh npm ci has left none, once for several commands at a time', async () => {
    const made = await Promise.all([ensureClient({ rootDir, log }), ensureClient({ rootDir, log })]);
    expect(made.sort()).toEqual(['fresh', 'made']);
    expect(await readFile(path.join(rootDir, GENERATED), 'utf8')).toContain('PrismaClient');
  });

  it('is left alone while it is fresh, and made again after an upgrade of the datamodel', async () => {
    expect(await ensureClient({ rootDir, log })).toBe('fresh');
    const schema = path.join(rootDir, 'prisma/schema.prisma');
    await writeFile(schema, `${await readFile(schema, 'utf8')}\n// changed\n`);
    expect(await ensureClient({ rootDir, log })).toBe('made');
    expect(await ensureClient({ rootDir, log })).toBe('fresh');
  });
});
