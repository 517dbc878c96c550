import { invariant } from '#app/platform/result/invariant.ts';

/** What a number is made of; `serial` comes from a locked counter row, so there are no gaps and no doubles. */
export interface NumberParts {
  /** Region code; its first six characters are used. */
  readonly regionCode: string;
  readonly year: number;
  /** From 1. */
  readonly serial: number;
}

/**
 * A register number by the region's `numberPattern`: `{region}{year}{serial:5}` → `990101202600042`.
 * A serial that has outgrown its digits is a fault of the pattern: it is never cut.
 */
export function formatRegisterNumber(pattern: string, parts: NumberParts): string {
  invariant(Number.isInteger(parts.serial) && parts.serial >= 1, 'a serial is a whole number from 1');
  return pattern
    .replace('{region}', parts.regionCode.slice(0, 6).padEnd(6, '0'))
    .replace('{year}', String(parts.year))
    .replace(/\{serial:([1-9])\}/, (_, digits: string) => {
      const serial = String(parts.serial);
      invariant(serial.length <= Number(digits), 'the number pattern has room for its serials');
      return serial.padStart(Number(digits), '0');
    });
}
