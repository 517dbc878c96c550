import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { drawDiagram } from './diagram-text.ts';

const HELP = `npm run db:diagram [-- --check]

Draws prisma/diagram.md (one Mermaid entity diagram per area) from prisma/schema.prisma.
  --check   writes nothing; exit code 1 when the file is out of date
`;
const SCHEMA = 'prisma/schema.prisma';
const TARGET = 'prisma/diagram.md';

const { values } = parseArgs({ options: { check: { type: 'boolean' }, help: { type: 'boolean' } } });
if (values.help) {
  console.log(HELP);
} else {
  const drawn = drawDiagram(await readFile(SCHEMA, 'utf8'));
  if (!values.check) await writeFile(TARGET, drawn);
  else if ((await readFile(TARGET, 'utf8')) !== drawn) {
    console.error(`${TARGET} is out of date: npm run db:diagram`);
    process.exitCode = 1;
  }
}
