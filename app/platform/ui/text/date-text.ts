import { parseDay } from '#app/platform/time/day.ts';
import type { Day } from '#app/platform/time/day.ts';

const FULL_WIDTH_ZERO = '０'.charCodeAt(0);

/** `２０２６` → `2026`: input methods leave full-width digits behind. */
function halfWidth(text: string): string {
  return text.replace(/[０-９]/g, (digit) => String(digit.charCodeAt(0) - FULL_WIDTH_ZERO));
}

const SHAPES = [
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/,
  /^(\d{4})年(\d{1,2})月(\d{1,2})日?$/,
  /^(\d{4})(\d{2})(\d{2})$/,
] as const;

/** Day in the forms people type: `2026-11-21`, `2026/11/21`, `2026.11.21`, `2026年11月21日`, `20261121`;
 *  blanks and full-width digits are allowed. Null for anything else and for days that do not exist. */
export function parseDateText(text: string): Day | null {
  const plain = halfWidth(text).replace(/\s+/g, '');
  for (const shape of SHAPES) {
    const parts = shape.exec(plain);
    if (!parts) continue;
    const [, year = '', month = '', day = ''] = parts;
    return parseDay(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
  }
  return null;
}
