/** Lines wait for others this long, or until together they would be more bytes. */
const GATHER_MS = 200;
/** As much as a pipe takes in one piece: several processes write to one, and no line may be torn by another's. */
const GATHERED_BYTES = 4_096;
/** pino's number for warnings; what needs a person's look, and everything worse, is written at once. */
const WARN = 40;

/** A destination as pino knows it; with the mark, pino says the level of a line before it writes it. */
export interface GatheredOutput {
  lastLevel: number;
  write(line: string): void;
  /** Writes what waits, at the latest when the process ends. */
  release(): void;
}

/**
 * Writes log lines many at a time: one system call per answered save cost more than judging the save. What is lost with a
 * process that is killed outright are notes of a fifth of a second, never a warning or an error.
 */
export function gatherLines(write: (text: string) => void): GatheredOutput {
  let held = '';
  let heldBytes = 0;
  let due: NodeJS.Timeout | null = null;
  const release = (): void => {
    if (due !== null) clearTimeout(due);
    due = null;
    const text = held;
    held = '';
    heldBytes = 0;
    if (text !== '') write(text);
  };
  const output: GatheredOutput = {
    lastLevel: 0,
    write: (line) => {
      const bytes = Buffer.byteLength(line);
      if (heldBytes + bytes > GATHERED_BYTES) release();
      held += line;
      heldBytes += bytes;
      if (output.lastLevel >= WARN || heldBytes >= GATHERED_BYTES) release();
      else due ??= setTimeout(release, GATHER_MS).unref();
    },
    release,
  };
  return Object.assign(output, { [Symbol.for('pino.metadata')]: true });
}
