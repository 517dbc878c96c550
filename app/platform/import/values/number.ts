import type { CellReader, Parsed } from './reading.ts';
import { cellReader, quoted, read, unreadable } from './reading.ts';
import { compact } from './width.ts';

export interface NumberOptions {
  readonly min: number;
  readonly max: number;
  /** Words that may follow the number and are dropped: 学时, 小时, 分, 人. */
  readonly units?: readonly string[] | undefined;
}

export interface DecimalOptions extends NumberOptions {
  /** Decimals kept; the value comes back as a whole number of 10^-scale. */
  readonly scale: number;
}

/** Excel computes with 15 significant digits; what lies beyond them is noise (0.30000000000000004). */
const SIGNIFICANT_DIGITS = 15;
const DECIMAL = /^([+-]?)(\d{1,12})(?:\.(\d+))?$/;

function plainNumber(text: string, stored: number | undefined, units: readonly string[]): string {
  if (stored !== undefined && Number.isFinite(stored)) {
    const exact = String(Number(stored.toPrecision(SIGNIFICANT_DIGITS)));
    if (!/e/i.test(exact)) return exact;
  }
  const unit = units.find((word) => text.endsWith(word));
  const bare = compact(unit === undefined ? text : text.slice(0, -unit.length));
  return /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(bare) ? bare.replaceAll(',', '') : bare;
}

/** Exact decimal as an integer: `3.5` at scale 2 is 350. No float ever holds the value. */
function scaled(plain: string, scale: number): number | null {
  const match = DECIMAL.exec(plain);
  if (!match) return null;
  const fraction = (match[3] ?? '').replace(/0+$/, '');
  if (fraction.length > scale) return null;
  const whole = Number(`${match[2]}${fraction.padEnd(scale, '0')}`);
  if (!Number.isSafeInteger(whole)) return null;
  return match[1] === '-' ? -whole : whole;
}

function inBounds(value: number, options: DecimalOptions, given: string): Parsed<number> {
  const factor = 10 ** options.scale;
  if (value < options.min * factor || value > options.max * factor) {
    const reason = `${quoted(given)}不在 ${options.min}–${options.max} 之间`;
    return unreadable('NUMBER_OUT_OF_RANGE', reason, '请核对数值');
  }
  return read(value);
}

/** A decimal as an exact integer of 10^-scale: hours with scale 2 come back as hundredths of an hour. Thousands
 *  commas and unit words are allowed; more decimals than `scale` are refused, never rounded. */
export function decimalReader(options: DecimalOptions): CellReader<number> {
  return cellReader((text, cell) => {
    const plain = plainNumber(text, cell.kind === 'number' ? cell.value : undefined, options.units ?? []);
    const value = scaled(plain, options.scale);
    if (value !== null) return inBounds(value, options, text);
    return DECIMAL.test(plain)
      ? unreadable('NUMBER_TOO_PRECISE', `${quoted(text)}的小数超过 ${options.scale} 位`, '请核对数值')
      : unreadable('NUMBER_MALFORMED', `${quoted(text)}不是数字`, '只填数字，如 3.5');
  });
}

/** A whole number; refuses decimals. */
export function integerReader(options: NumberOptions): CellReader<number> {
  return cellReader((text, cell) => {
    const plain = plainNumber(text, cell.kind === 'number' ? cell.value : undefined, options.units ?? []);
    const value = scaled(plain, 0);
    return value === null
      ? unreadable('NUMBER_NOT_WHOLE', `${quoted(text)}不是整数`, '请填写整数')
      : inBounds(value, { ...options, scale: 0 }, text);
  });
}
