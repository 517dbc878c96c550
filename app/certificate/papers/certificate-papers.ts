import type { PaperKind } from '#app/office/document/paper.ts';
import {
  APPLICANT_ROSTER,
  APPLICATION_LETTER,
  REFUSAL_NOTICE,
  REVIEW_FORM,
  STATUS_PROOF,
} from './application-papers.ts';
import { DECISION_PAPER_KINDS } from './decision-papers.ts';

/** Every paper of this slice, for the office's paper counter. */
export const CERTIFICATE_PAPERS: readonly PaperKind[] = [
  APPLICATION_LETTER,
  APPLICANT_ROSTER,
  REVIEW_FORM,
  REFUSAL_NOTICE,
  ...DECISION_PAPER_KINDS,
  STATUS_PROOF,
];
