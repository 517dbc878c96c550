import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import type { Refused } from '#app/platform/result/outcome.ts';
import { parseDateText } from '#app/platform/ui/text/date-text.ts';
import { attachScan } from './attach-scan.server.ts';
import { MAX_SCAN_BYTES } from './limits.ts';
import { numberDocument } from './number-document.server.ts';
import { receiveFile } from './receive-file.server.ts';
import type { DocumentRefusal } from './refusals.ts';
import { DOCUMENT_REFUSALS } from './refusals.ts';
import { withdrawDocument } from './withdraw-document.server.ts';

export interface DocumentAnswer {
  readonly intent: 'number' | 'scan' | 'withdraw' | '';
  readonly status: number;
  readonly text: string;
  readonly typed: { readonly documentNo: string; readonly signedDay: string; readonly reason: string };
}

export type DocumentActed = { readonly notice: string } | DocumentAnswer;

const NOTHING_TYPED = { documentNo: '', signedDay: '', reason: '' };

function no(
  intent: DocumentAnswer['intent'],
  refusal: Refused<DocumentRefusal>,
  typed = NOTHING_TYPED,
): DocumentAnswer {
  const { status, text } = answerFor(refusal, DOCUMENT_REFUSALS);
  return { intent, status, text, typed };
}

/** The forms of a document's page: number, scan, withdrawal. */
export async function actOnDocument(
  ctx: ActorCtx,
  documentId: string,
  request: Request,
): Promise<DocumentActed> {
  const isMultipart = (request.headers.get('Content-Type') ?? '').startsWith('multipart/form-data');
  if (isMultipart) {
    const { fileName, bytes } = await receiveFile(request, MAX_SCAN_BYTES);
    if (fileName === '') return no('scan', { ok: false, code: 'NO_FILE' });
    const outcome = await attachScan(ctx, { documentId, bytes });
    return outcome.ok ? { notice: 'saved' } : no('scan', outcome);
  }
  const form = await request.formData();
  const text = (name: string): string => {
    const value = form.get(name);
    return typeof value === 'string' ? value.slice(0, 400) : '';
  };
  if (text('intent') === 'scan') return no('scan', { ok: false, code: 'NO_FILE' });
  if (text('intent') === 'withdraw') {
    const seen = { documentId, expectedSeq: Number(text('expectedSeq')) };
    const outcome = await withdrawDocument(ctx, { ...seen, reason: text('reason') });
    return outcome.ok ? { notice: 'withdrawn' } : no('withdraw', outcome);
  }
  const typed = { documentNo: text('documentNo'), signedDay: text('signedDay'), reason: text('reason') };
  const signedDay = parseDateText(typed.signedDay);
  if (signedDay === null)
    return { intent: 'number', status: 422, text: '签发日期不对，请按 2026-11-21 的格式填写', typed };
  const outcome = await numberDocument(ctx, {
    documentId,
    expectedSeq: Number(text('expectedSeq')),
    documentNo: typed.documentNo,
    signedDay,
    reason: typed.reason,
  });
  return outcome.ok ? { notice: 'saved' } : no('number', outcome, typed);
}
