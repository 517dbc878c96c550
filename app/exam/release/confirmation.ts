import type { SecondPersonWay } from '#app/office/approval/second-person.ts';

/** Both people behind a seal or a release, and how the second was found (design.md invariant 11); columns of both tables. */
export interface Confirmation {
  readonly requestId: string;
  readonly filedBy: string;
  readonly confirmedBy: string;
  /** Both as natural persons. */
  readonly filedPerson: string | null;
  readonly confirmedPerson: string;
  readonly confirmedWay: SecondPersonWay;
  readonly confirmedScanId: string | null;
  readonly signerName: string | null;
}

/** What two people do with the papers of a sitting: seal them, or release a sealed set for printing. */
export const CUSTODY_KINDS = ['seal', 'release'] as const;
export type CustodyKind = (typeof CUSTODY_KINDS)[number];

export const CUSTODY_LABELS: Readonly<Record<CustodyKind, string>> = { seal: '封卷', release: '启封印制' };

/** Characters of why a set is released once more; the table holds the same. */
export const RELEASE_REASON = { least: 4, most: 200 } as const;

export const sealPath = (sittingId: string): string => `/bureau/exams/sittings/${sittingId}/seal`;
/** The page on which one sheet is read; asked with `scan` it finds the sheet. */
export const sheetsPath = (sittingId: string): string => `/bureau/exams/sittings/${sittingId}/key-in/sheet`;
/** @param page of the sheet whose code was scanned; null where none was */
export const sheetPath = (sittingId: string, ticketNo: string, page: number | null = null): string =>
  `${sheetsPath(sittingId)}?ticket=${encodeURIComponent(ticketNo)}${page === null ? '' : `&page=${page}`}`;
/** Every printed sitting; and one of them. */
export const KEY_IN_PATH = '/bureau/exams/key-in';
export const keyInPath = (sittingId: string): string => `/bureau/exams/sittings/${sittingId}/key-in`;
