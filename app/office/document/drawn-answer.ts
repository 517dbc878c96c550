import { answerFor } from '#app/platform/http/answer.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { batchPath, documentPath } from './paths.ts';
import type { DocumentRefusal } from './refusals.ts';
import { DOCUMENT_REFUSALS } from './refusals.ts';

/** Where to go after drawing, or why nothing was drawn. */
export type DrawnAnswer = { readonly to: string } | { readonly text: string; readonly status: number };

/** After drawing: to the document. */
export function drawnAnswer(outcome: Outcome<{ documentId: string }, DocumentRefusal>): DrawnAnswer {
  if (outcome.ok) return { to: `${documentPath(outcome.value.documentId)}?notice=created` };
  return answerFor(outcome, DOCUMENT_REFUSALS);
}

/** After starting a batch: to its progress. */
export function startedAnswer(outcome: Outcome<{ batchId: string }, DocumentRefusal>): DrawnAnswer {
  return outcome.ok ? { to: batchPath(outcome.value.batchId) } : answerFor(outcome, DOCUMENT_REFUSALS);
}
