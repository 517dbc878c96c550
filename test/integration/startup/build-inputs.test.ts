import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashInputs } from '#scripts/run/build-inputs.ts';

describe('what the build is made from', () => {
  let root: string;
  const write = async (file: string, content: string): Promise<void> => {
    await mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await writeFile(path.join(root, file), content);
  };

  beforeEach(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'zhifa-inputs-'));
    await write('package-lock.json', '{}');
    await write('app/root.tsx', 'a');
    await write('app/exam/sitting/attempt.ts', 'b');
  });

  afterEach(() => rm(root, { recursive: true }));

  it('is the same for the same files, whenever they were written', async () => {
    const before = await hashInputs(root);
    await utimes(path.join(root, 'app/root.tsx'), 1, 1);
    expect(await hashInputs(root)).toBe(before);
  });

  it.each([
    ['a changed file', 'app/root.tsx', 'A'],
    ['a new file', 'app/exam/new.ts', ''],
    ['another lock file', 'package-lock.json', '{ }'],
    ['a changed lesson', 'content/courses/x/01.mdx', '#'],
    ['a changed datamodel', 'prisma/schema.prisma', 'model A {}'],
    ['a changed configuration', 'tailwind.config.ts', 'export default {}'],
  ])('differs after %s', async (_what, file, content) => {
    const before = await hashInputs(root);
    await write(file, content);
    expect(await hashInputs(root)).not.toBe(before);
  });

  it('differs when a file moves its content to another name', async () => {
    const before = await hashInputs(root);
    await rm(path.join(root, 'app/root.tsx'));
    await write('app/roots.tsx', 'a');
    expect(await hashInputs(root)).not.toBe(before);
  });

  it.each([
    'app/platform/db/.server/prisma/client.ts',
    'app/exam/README.md',
    'prisma/migrations/1_a/migration.sql',
    'test/a.ts',
  ])('leaves out %s', async (file) => {
    const before = await hashInputs(root);
    await write(file, 'x');
    expect(await hashInputs(root)).toBe(before);
  });
});
