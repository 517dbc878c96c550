import path from 'node:path';
import { parseArgs } from 'node:util';
import { errorCode } from '#app/platform/result/error-code.ts';
import { explain } from '../run/script.ts';
import { writeMigration } from './write-migration.ts';

const HELP = `npm run db:migration -- NAME [--dir prisma] [--empty]

Draws the SQL between the last recorded datamodel (prisma/migrations/schema.snapshot.prisma, absent at first) and
prisma/schema.prisma, writes it to prisma/migrations/<utc>_<name>/migration.sql and refreshes the snapshot.
Needs no database. Read the file and add by hand what Prisma cannot say (checks, triggers) before committing it.

  NAME      what the change does, e.g. add_exam_attempt (letters, digits, underscore)
  --empty   write an empty file for SQL of your own, even when the datamodel did not change
  --dir     folder with schema.prisma and migrations/ (default: prisma)
`;

const NAME_PATTERN = /^[a-z0-9][a-z0-9_]{0,79}$/;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      empty: { type: 'boolean', default: false },
      dir: { type: 'string', default: 'prisma' },
    },
  });
  const name = positionals[0]?.toLowerCase().replaceAll(/[\s-]+/g, '_');
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  if (name === undefined || !NAME_PATTERN.test(name)) {
    console.error(HELP);
    return 2;
  }
  const prismaDir = path.resolve(values.dir);
  const file = await writeMigration({ prismaDir, name, now: new Date(), allowEmpty: values.empty });
  if (file === null) {
    console.log(
      'The datamodel did not change since the last migration; nothing written (use --empty to force one).',
    );
    return 0;
  }
  console.log(`Wrote ${path.relative(process.cwd(), file)}. Read it before you commit it.`);
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  const isWrongCall = errorCode(error).startsWith('ERR_PARSE_ARGS');
  // The engine's message quotes the wrong lines of the datamodel; its WebAssembly stack helps nobody.
  if (isWrongCall || !(error instanceof Error)) process.exitCode = explain(error);
  else {
    console.error(error.message);
    process.exitCode = 1;
  }
}
