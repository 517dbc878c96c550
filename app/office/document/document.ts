import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { formatDay, yearOf } from '#app/platform/time/day.ts';
import type { PaperData, PaperRow } from './paper.ts';
import { NUMBER_FIELD, SIGNED_DAY_FIELD } from './paper.ts';

export const DOCUMENT_EVENTS = ['numbered', 'number_corrected', 'scan_attached', 'withdrawn'] as const;
export type DocumentEventKind = (typeof DOCUMENT_EVENTS)[number];

export const DOCUMENT_EVENT_LABELS: Readonly<Record<DocumentEventKind, string>> = {
  numbered: '登记文号',
  number_corrected: '更正文号',
  scan_attached: '附盖章扫描件',
  withdrawn: '撤回',
};

/** Number of a signed paper with the day it was signed. */
export interface DocumentNumber {
  readonly documentNo: string;
  readonly signedDay: Day;
}

interface NumberEvent {
  readonly seq: number;
  readonly kind: DocumentEventKind;
  readonly documentNo: string | null;
  readonly signedDay: Day | null;
}

/** The number that holds: the last one entered. */
export function numberOf(events: readonly NumberEvent[]): DocumentNumber | null {
  const last = [...events].sort((a, b) => b.seq - a.seq).find((event) => event.documentNo !== null);
  return last?.documentNo && last.signedDay
    ? { documentNo: last.documentNo, signedDay: last.signedDay }
    : null;
}

/** Taken back for good: it gets no number and no scan any more. */
export const isWithdrawn = (events: readonly { readonly kind: DocumentEventKind }[]): boolean =>
  events.some((event) => event.kind === 'withdrawn');

export const lastSeq = (events: readonly { readonly seq: number }[]): number =>
  Math.max(0, ...events.map((event) => event.seq));

const LONGEST_NUMBER = 60;

/** 「[2026]」 and the like become 「〔2026〕」, blanks go: one spelling, so that a number is found again. */
export function tidyNumber(text: string): string {
  return text.replace(/[\s　]+/gu, '').replace(/[[［【(（](\d{4})[\]］】)）]/gu, '〔$1〕');
}

export type NumberRefusal =
  | 'WITHDRAWN'
  | 'NUMBER_REQUIRED'
  | 'NUMBER_TOO_LONG'
  | 'NUMBER_UNCHANGED'
  | 'REASON_REQUIRED'
  | 'SIGNED_IN_FUTURE';

/** 文号 is entered once; entering it again is a correction and says why. */
export function decideNumber(
  events: readonly NumberEvent[],
  asked: DocumentNumber & { readonly reason: string | null },
  today: Day,
): Outcome<
  DocumentNumber & { readonly kind: DocumentEventKind; readonly reason: string | null },
  NumberRefusal
> {
  if (isWithdrawn(events)) return refused('WITHDRAWN');
  const documentNo = tidyNumber(asked.documentNo);
  const { signedDay } = asked;
  const reason = asked.reason?.trim() ? asked.reason.trim() : null;
  if (documentNo === '') return refused('NUMBER_REQUIRED');
  if (documentNo.length > LONGEST_NUMBER) return refused('NUMBER_TOO_LONG', { most: LONGEST_NUMBER });
  if (signedDay > today) return refused('SIGNED_IN_FUTURE');
  const before = numberOf(events);
  if (before === null) return done({ kind: 'numbered', documentNo, signedDay, reason });
  if (before.documentNo === documentNo && before.signedDay === signedDay) return refused('NUMBER_UNCHANGED');
  return reason === null
    ? refused('REASON_REQUIRED')
    : done({ kind: 'number_corrected', documentNo, signedDay, reason });
}

/** The values a file is filled with: those of the subject, and number and day as far as they are known. */
export function withNumber(data: PaperData, number: DocumentNumber | null, drawnDay: Day): PaperData {
  const standing: PaperRow = {
    [NUMBER_FIELD]: number?.documentNo ?? `　　　　〔${yearOf(drawnDay)}〕　　号`,
    [SIGNED_DAY_FIELD]: formatDay(number?.signedDay ?? drawnDay),
  };
  return { ...data, values: { ...data.values, ...standing } };
}

const LONGEST_VALUE = 20_000;
// Control characters other than line breaks and tabs do not exist in XML.
// U+FFFC stands for a picture (`picture-marks.ts`) and is nobody's text.
const NOT_IN_XML =
  /[^\P{Cc}\n\t]|[\uFFFC\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/gu;

const clean = (row: PaperRow): PaperRow =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, value.slice(0, LONGEST_VALUE).replace(NOT_IN_XML, '')]),
  );

/** Values as a file can hold them. */
export function cleanData(data: PaperData): PaperData {
  const rows = Object.entries(data.rows ?? {}).map(([list, of]) => [list, of.map(clean)] as const);
  return { values: clean(data.values), rows: Object.fromEntries(rows) };
}

/** A file name every system takes: no path signs, no blanks at the ends, at most 80 characters. */
export function fileNameOf(title: string, ending: string): string {
  const plain = title
    .replace(/[\\/:*?"<>|\p{Cc}]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, 80);
  return `${plain === '' ? '文书' : plain}.${ending}`;
}

export const SCAN_TYPES = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
} as const;
export type ScanType = keyof typeof SCAN_TYPES;

const SCAN_MAGIC: readonly { readonly type: ScanType; readonly bytes: readonly number[] }[] = [
  { type: 'application/pdf', bytes: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { type: 'image/jpeg', bytes: [0xff, 0xd8, 0xff] },
  { type: 'image/png', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
];

/** What the first bytes say a scan is; its name is never believed. Null for anything else. */
export function sniffScan(bytes: Uint8Array): ScanType | null {
  return SCAN_MAGIC.find((known) => known.bytes.every((byte, at) => bytes[at] === byte))?.type ?? null;
}
