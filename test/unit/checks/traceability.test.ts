import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

/** The rows marked MUST in the requirement list: a duty stated by one of the five source documents. */
const MUST = [
  ...[1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 13, 16].map((n) => `ZY${n}`),
  ...[1, 2, 4, 5, 6, 9].map((n) => `RA${n}`),
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16].map((n) => `YC${n}`),
  ...[1, 2, 3, 4, 6, 7, 8, 9].map((n) => `AJ${n}`),
  ...[1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 16].map((n) => `HY${n}`),
];

const row = z.discriminatedUnion('status', [
  z.strictObject({
    id: z.string(),
    rule: z.string(),
    page: z.string().startsWith('/'),
    status: z.literal('covered'),
    test: z.strictObject({ file: z.string(), name: z.string().min(5) }),
  }),
  z.strictObject({
    id: z.string(),
    rule: z.string(),
    page: z.string().startsWith('/'),
    status: z.literal('open'),
    owner: z.string().regex(/^[2-9] /),
  }),
]);

describe('traceability', () => {
  it('has each MUST row once, covered by a named test or open with its owner', async () => {
    const rows = z.array(row).parse(parse(await readFile('test/traceability/requirements.yaml', 'utf8')));
    expect(rows.map((entry) => entry.id).sort()).toEqual([...MUST].sort());
  });

  it('names tests that exist', async () => {
    const rows = z.array(row).parse(parse(await readFile('test/traceability/requirements.yaml', 'utf8')));
    for (const entry of rows) {
      if (entry.status !== 'covered') continue;
      const text = await readFile(entry.test.file, 'utf8');
      expect(text.includes(entry.test.name), `${entry.id}: "${entry.test.name}" in ${entry.test.file}`).toBe(
        true,
      );
    }
  });
});
