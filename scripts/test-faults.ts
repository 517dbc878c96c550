import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { buildIfNeeded } from './run/build-site.ts';
import { consoleLog, runScript } from './run/script.ts';
import { ROOT } from './run/script-database.ts';

const HELP = `npm run test:faults [-- --long] [--seed TEXT]

Exams under fire: virtual candidates with the real client against two real servers and a real database, all of which
are killed meanwhile; then exams with a common bell, whose papers lie encrypted on the machines before it. Prints counts
and fails when the oracle finds anything. --long runs thousands of candidates and an exam with ten-minute outages (more
than an hour).
`;

await runScript(async () => {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      long: { type: 'boolean', default: false },
      seed: { type: 'string' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  await buildIfNeeded({ rootDir: ROOT, log: consoleLog });
  const child = spawn(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/vitest.config.ts', '--project', 'faults'],
    {
      stdio: 'inherit',
      env: {
        ...process.env,
        ...(values.long ? { FAULTS: 'long' } : {}),
        ...(values.seed === undefined ? {} : { FAULTS_SEED: values.seed }),
      },
    },
  );
  return new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
});
