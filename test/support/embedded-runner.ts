import readline from 'node:readline';
import { attachEmbedded } from '#app/platform/db/embedded/embedded.server.ts';
import { StartProblem } from '#app/platform/result/start-problem.ts';

/**
 * A process of its own that uses the embedded database, for tests about several processes, users and kill -9.
 * Arguments: checkout folder, data folder or ''. Says one JSON object a line; leaves when told `detach` on stdin.
 */
const [checkoutDir = '', dataDir = ''] = process.argv.slice(2);
const say = (event: string, facts: Readonly<Record<string, unknown>>): void => {
  process.stdout.write(`${JSON.stringify({ event, ...facts })}\n`);
};
const log = {
  info: (text: string): void => say('info', { text }),
  warn: (text: string): void => say('warn', { text }),
};

async function main(): Promise<void> {
  const embedded = await attachEmbedded({ checkoutDir, dataDir: dataDir === '' ? null : dataDir, log });
  const { detach, ...facts } = embedded;
  say('attached', facts);
  const commands = readline.createInterface({ input: process.stdin });
  commands.on('line', () => commands.close());
  commands.on('close', () => {
    void detach().then(() => say('detached', {}));
  });
}

main().catch((error: unknown) => {
  const code = error instanceof StartProblem ? error.code : 'FAULT';
  say('refused', { code, message: error instanceof Error ? error.message : String(error) });
  process.exitCode = 1;
});
