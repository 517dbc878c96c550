import { type ChildProcess, spawn } from 'node:child_process';

/** A TypeScript file of ours as a process of its own. */
export function tsx(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', file, ...args], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}

/**
 * Resolves with the first match in what the process prints. What it prints later is thrown away unread: a server writes
 * a line for every request, and searching them would take the cores from what is measured.
 */
export function printed(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const look = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
      const found = pattern.exec(output)?.[1];
      if (found === undefined) return;
      child.stdout?.off('data', look);
      // A pipe that nobody empties would stop the process at its next line.
      child.stdout?.resume();
      resolve(found);
    };
    child.stdout?.on('data', look);
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}:\n${output}`)));
  });
}

/** Port of a process that says `listening PORT`. */
export const listening = (child: ChildProcess): Promise<string> => printed(child, /^listening (\d+)$/m);

export function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.removeAllListeners('exit');
    if (child.exitCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
