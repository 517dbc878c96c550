import pino from 'pino';

export type Logger = pino.Logger;

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
  return options.destination ? pino(settings, options.destination) : pino(settings);
}
