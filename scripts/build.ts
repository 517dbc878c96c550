import { parseArgs } from 'node:util';
import { buildIfNeeded } from './run/build-site.ts';
import { consoleLog, runScript } from './run/script.ts';
import { ROOT } from './run/script-database.ts';

const HELP = `npm run build [-- --force]

Builds client and server bundles into build/ unless nothing they are made from has changed. --force builds anyway.
`;

await runScript(async () => {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      force: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const result = await buildIfNeeded({ rootDir: ROOT, log: consoleLog, force: values.force });
  console.log(result === 'built' ? '编译完成 · built' : '无改动，无需编译 · nothing to build');
  return 0;
});
