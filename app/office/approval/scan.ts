import { maskLongNumbers } from '#app/platform/import/values/reading.ts';

/** What a scan beside an act or an approval shows: the document of the approving organ, or the signed 审批单. */
export const SCAN_PURPOSES = ['approval_document', 'signed_form'] as const;
export type ScanPurpose = (typeof SCAN_PURPOSES)[number];

export const SCAN_PURPOSE_LABELS: Readonly<Record<ScanPurpose, string>> = {
  approval_document: '批文扫描件',
  signed_form: '签字的审批单',
};

export const SCAN_SUBJECTS = ['organisation_change', 'campaign', 'exam_custody'] as const;
export type ScanSubjectKind = (typeof SCAN_SUBJECTS)[number];

/** Most scans of one act or approval: the document, its annexes, one put right. */
export const MAX_SCANS = 10;

/** A proof beside a correction of a person's data, in bytes: a page or two. */
export const MAX_PROOF_BYTES = 5 * 1024 * 1024;

/** What page and form say before a file is chosen. */
export const SCAN_KINDS = 'PDF、JPG 或 PNG 文件';

export const scanPath = (scanId: string): string => `/office/scans/${scanId}`;

const LONGEST_NAME = 100;

/** A name to be shown and kept: no folders, no control signs, no long numbers (scans are often named after a person's). */
export function scanFileName(name: string, otherwise: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const plain = last
    .replace(/[\p{Cc}<>:"|?*]/gu, '')
    .trim()
    .slice(-LONGEST_NAME);
  return maskLongNumbers(plain) || otherwise;
}
