import pino from 'pino';
import type { GatheredOutput } from './gathered-output.ts';
import { gatherLines } from './gathered-output.ts';

export type Logger = pino.Logger;

let standardOutput: GatheredOutput | null = null;

/** One for all loggers of the process, so that their lines keep their order. */
function standard(): GatheredOutput {
  if (standardOutput !== null) return standardOutput;
  const written = pino.destination({ dest: 1, sync: true });
  const output = gatherLines((text) => written.write(text));
  process.once('exit', output.release);
  return (standardOutput = output);
}

/**
 * Structured logs, one JSON object a line. Ids only: no names, ID numbers, answers, tokens, bodies.
 * The redaction list is a second net for what must never be passed in the first place.
 */
export function createLogger(options: { level?: string; destination?: pino.DestinationStream } = {}): Logger {
  const settings: pino.LoggerOptions = {
    level: options.level ?? 'info',
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: [
        'password',
        'idNumber',
        'phone',
        'token',
        'cookie',
        'authorization',
        '*.password',
        '*.idNumber',
      ],
      censor: '[redacted]',
    },
  };
  return pino(settings, options.destination ?? standard());
}
