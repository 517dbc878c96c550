import { stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { generateClient } from './run/build-site.ts';
import { consoleLog, runScript } from './run/script.ts';
import { ROOT } from './run/script-database.ts';
import { askSetup, SETUP_HELP, SETUP_OPTIONS } from './setup/ask-setup.ts';

/** Asks on the terminal what the flags did not say; without a terminal there is nobody to ask. */
async function askPerson(question: string): Promise<string> {
  if (!stdin.isTTY) return '';
  const terminal = createInterface({ input: stdin, output: stdout });
  try {
    return (await terminal.question(`${question} `)).trim();
  } finally {
    terminal.close();
  }
}

await runScript(async () => {
  const { values } = parseArgs({ options: SETUP_OPTIONS });
  if (values.help === true) {
    console.log(SETUP_HELP);
    return 0;
  }
  const input = await askSetup(values, askPerson);
  // The use case stands on generated code, which a fresh checkout does not have: it is made, then loaded.
  await generateClient({ rootDir: ROOT, log: consoleLog });
  const { runSetup } = await import('./setup/run-setup.ts');
  return runSetup(input);
});
