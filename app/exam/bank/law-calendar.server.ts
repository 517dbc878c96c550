import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import type { Law, LawCalendar } from './law-calendar.ts';
import { lawsInFile } from './question.schema.ts';

/** Reads `content/laws.yaml`. Throws when it is missing or malformed: without it no citation can be checked. */
export async function readLawCalendar(rootDir: string): Promise<LawCalendar> {
  const file = path.join(rootDir, 'content', 'laws.yaml');
  const laws = lawsInFile.parse(parse(await readFile(file, 'utf8')));
  return new Map(
    laws.map((law): [string, Law] => [
      law.name,
      {
        name: law.name,
        articleCount: law.articles,
        versions: law.versions.map(({ version, inForce }) => ({ version, inForceFrom: inForce ?? null })),
      },
    ]),
  );
}
