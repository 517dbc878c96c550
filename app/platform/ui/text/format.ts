/** How figures are written on every page, export and print. Pure: same input, same text, in every process. */

/** Written where a share or figure does not exist. */
export const NO_FIGURE = '–';

/** One 学时 in seconds (45 minutes). */
const CREDIT_HOUR_SECONDS = 2700;

const counts = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 0 });

/** `7748` → `7,748`. Whole numbers only. */
export function formatCount(count: number): string {
  return counts.format(count);
}

/** Share in tenths of a percent, rounded down, so that `100.0%` is only ever written for a complete whole. */
function shareFloorTenths(part: number, whole: number): string {
  const tenths = Math.floor((part * 1000) / whole);
  return `${Math.floor(tenths / 10)}.${Math.abs(tenths % 10)}%`;
}

/** `7748, 8854` → `87.5%`; `–` when the whole is 0. */
export function formatPercent(part: number, whole: number): string {
  return whole > 0 ? shareFloorTenths(part, whole) : NO_FIGURE;
}

/** `7748, 8854` → `87.5%（7,748/8,854）`; `–` when the whole is 0. The denominator is always told. */
export function formatShare(part: number, whole: number): string {
  if (whole <= 0) return NO_FIGURE;
  return `${shareFloorTenths(part, whole)}（${formatCount(part)}/${formatCount(whole)}）`;
}

/** Credit seconds as 学时 with two decimals, cut (not rounded) to 0.01: `33291` → `12.33`.
 *  A reversing entry reads like the entry it reverses, hence cutting towards zero. */
export function formatHoursFigure(creditSeconds: number): string {
  const hundredths = Math.floor((Math.abs(creditSeconds) * 100) / CREDIT_HOUR_SECONDS);
  const sign = creditSeconds < 0 && hundredths > 0 ? '−' : '';
  const whole = formatCount(Math.floor(hundredths / 100));
  return `${sign}${whole}.${String(hundredths % 100).padStart(2, '0')}`;
}

/** `33291` → `12.33 学时`; whole hours without decimals: `162000` → `60 学时`. */
export function formatHours(creditSeconds: number): string {
  return `${formatHoursFigure(creditSeconds).replace(/\.00$/, '')} 学时`;
}

/** What is missing, rounded up to 0.01, so that whoever earns the figure shown has enough: `53879` → `19.96 学时`. */
export function formatMissingHours(creditSeconds: number): string {
  const hundredthSeconds = CREDIT_HOUR_SECONDS / 100;
  return formatHours(Math.ceil(creditSeconds / hundredthSeconds) * hundredthSeconds);
}

/** Masks an ID number, keeping four characters at each end: `3301**********1234`. Shorter texts (below 10
 *  characters) are masked whole, since two ends of them would tell nearly everything. */
export function maskIdNumber(idNumber: string): string {
  const text = idNumber.trim();
  if (text.length < 10) return '*'.repeat(text.length);
  return `${text.slice(0, 4)}${'*'.repeat(text.length - 8)}${text.slice(-4)}`;
}

/** Certificate numbers are read in groups: `330106011234` → `3301 0601 1234`. */
export function groupDigits(text: string, groupLength = 4): string {
  return text.replace(new RegExp(`(.{${groupLength}})(?=.)`, 'gu'), '$1 ');
}

/** `1536` → `1.5 KB`; sizes are shown, never compared as text. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
