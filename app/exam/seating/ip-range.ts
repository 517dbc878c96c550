/** Networks of an exam room: single addresses, CIDR blocks or spans `first-last`, IPv4 or IPv6. */

interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

export interface IpRange {
  readonly bits: 32 | 128;
  readonly first: bigint;
  readonly last: bigint;
}

const V4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;
const MAPPED = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i;
const GROUPS = 8;

function parseV4(text: string): Address | null {
  const parts = V4.exec(text)?.slice(1).map(Number);
  if (!parts || parts.some((part) => part > 255)) return null;
  return { bits: 32, value: parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n) };
}

function parseV6(text: string): Address | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const groupsOf = (half: string | undefined): string[] => (half ? half.split(':') : []);
  const [head, tail] = [groupsOf(halves[0]), groupsOf(halves[1])];
  const missing = GROUPS - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (groups.some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) return null;
  return { bits: 128, value: groups.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n) };
}

/** An address as the platform gives it; IPv4 that came through an IPv6 socket counts as IPv4. */
function parseAddress(text: string): Address | null {
  const plain = text.trim();
  return parseV4(MAPPED.exec(plain)?.[1] ?? plain) ?? (plain.includes(':') ? parseV6(plain) : null);
}

function parseBlock(address: Address, prefix: string): IpRange | null {
  const length = /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN;
  if (!(length >= 0 && length <= address.bits)) return null;
  const size = 1n << BigInt(address.bits - length);
  const first = (address.value / size) * size;
  return { bits: address.bits, first, last: first + size - 1n };
}

/** `10.1.2.0/24`, `10.1.2.10-10.1.2.60`, `10.1.2.7`, the same in IPv6; null for anything else. */
export function parseIpRange(text: string): IpRange | null {
  const plain = text.trim();
  const block = /^([^/]+)\/([^/]+)$/.exec(plain);
  const span = /^([^-]+)-([^-]+)$/.exec(plain);
  const first = parseAddress(block?.[1] ?? span?.[1] ?? plain);
  if (!first) return null;
  if (block) return parseBlock(first, (block[2] ?? '').trim());
  const last = span ? parseAddress(span[2] ?? '') : first;
  if (!last || last.bits !== first.bits || last.value < first.value) return null;
  return { bits: first.bits, first: first.value, last: last.value };
}

/** Ranges as they are typed: by line, comma or blank; the first that cannot be read comes back as `wrong`. */
export function readIpRanges(text: string): {
  readonly ranges: readonly string[];
  readonly wrong: string | null;
} {
  const ranges = text
    .replace(/\s*[-–—]\s*/g, '-')
    .split(/[\s,，;；、]+/)
    .filter((part) => part !== '');
  return { ranges, wrong: ranges.find((range) => parseIpRange(range) === null) ?? null };
}

/**
 * Whether an address lies in one of the ranges. No range at all lets every address through; an unreadable address lies
 * in none.
 */
export function isInRanges(address: string | null, ranges: readonly string[]): boolean {
  if (ranges.length === 0) return true;
  const known = address === null ? null : parseAddress(address);
  if (known === null) return false;
  return ranges.some((text) => {
    const range = parseIpRange(text);
    return (
      range !== null && range.bits === known.bits && range.first <= known.value && known.value <= range.last
    );
  });
}
