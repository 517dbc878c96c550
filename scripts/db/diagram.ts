import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { runScript } from '../run/script.ts';
import { drawDiagram } from './diagram-text.ts';

const HELP = `npm run db:diagram [-- --check]

Draws prisma/diagram.md (one Mermaid entity diagram per area) from prisma/schema.prisma.
  --check   writes nothing; exit code 1 when the file is out of date
`;
const SCHEMA = 'prisma/schema.prisma';
const TARGET = 'prisma/diagram.md';

await runScript(async () => {
  const { values } = parseArgs({
    options: { check: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help === true) {
    console.log(HELP);
    return 0;
  }
  const drawn = drawDiagram(await readFile(SCHEMA, 'utf8'));
  if (values.check !== true) {
    await writeFile(TARGET, drawn);
    return 0;
  }
  if ((await readFile(TARGET, 'utf8')) === drawn) return 0;
  console.error(`${TARGET} is out of date: npm run db:diagram`);
  return 1;
});
