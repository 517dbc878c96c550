import { stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { runScript } from './run/script.ts';
import type { Terminal } from './setup/ask-setup.ts';
import { askSetup, SETUP_HELP, SETUP_OPTIONS } from './setup/ask-setup.ts';
import { runRelink, runSetup } from './setup/run-setup.ts';

/** Asks on the terminal what the flags did not say; null without a terminal: there is nobody to ask. */
function personAtTerminal(): Terminal | null {
  if (!stdin.isTTY) return null;
  return {
    say: (text) => console.log(`  ${text}`),
    ask: async (question) => {
      const terminal = createInterface({ input: stdin, output: stdout });
      try {
        return (await terminal.question(`${question} `)).trim();
      } finally {
        terminal.close();
      }
    },
  };
}

await runScript(async () => {
  const { values } = parseArgs({ options: SETUP_OPTIONS });
  if (values.help === true) {
    console.log(SETUP_HELP);
    return 0;
  }
  if (values.relink !== undefined) return runRelink(values.relink);
  return runSetup(await askSetup(values, personAtTerminal()));
});
