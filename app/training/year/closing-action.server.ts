import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { MAX_FILE_BYTES } from '#app/office/campaign/campaign-file.ts';
import { receiveFile } from '#app/office/document/receive-file.server.ts';
import { DOCUMENT_REFUSALS } from '#app/office/document/refusals.ts';
import { documentPath } from '#app/office/document/paths.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import type { Refused } from '#app/platform/result/outcome.ts';
import { formatDay } from '#app/platform/time/day.ts';
import { firstErrors, typedTexts } from '#app/platform/ui/form/form-texts.ts';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import type { ClosingPost } from './closing.schema.ts';
import { closingSchema } from './closing.schema.ts';
import { unitYearPath } from './closing-messages.ts';
import type { UnitYear } from './closing-scope.server.ts';
import { confirmClosing, returnClosing } from './confirm-closing.server.ts';
import { drawNoticeList } from './draw-notice-list.server.ts';
import { freezeClosing } from './freeze-closing.server.ts';
import { answerObjection } from './objections.server.ts';
import type { Posted } from './posted.ts';
import { attachSheet, publishList } from './publish-list.server.ts';
import type { YearRefusal } from './year-refusals.ts';
import { YEAR_REFUSALS } from './year-refusals.ts';

export type ClosingAct = { readonly to: string } | { readonly posted: Posted; readonly status: number };

/** The sentence for a refusal; days in it as people write them. */
export function yearRefusalText(refusal: Refused<YearRefusal>): { text: string; status: number } {
  const until = refusal.detail?.until;
  const detail = typeof until === 'string' ? { ...refusal.detail, until: formatDay(until) } : refusal.detail;
  return answerFor({ ...refusal, ...(detail === undefined ? {} : { detail }) }, YEAR_REFUSALS);
}

interface Received {
  readonly form: FormData;
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

async function receive(request: Request): Promise<Received> {
  const isMultipart = request.headers.get('Content-Type')?.startsWith('multipart/') ?? false;
  if (isMultipart) return receiveFile(request, MAX_FILE_BYTES);
  return { form: await request.formData(), fileName: '', bytes: new Uint8Array() };
}

/** The command behind the button. */
async function run(
  ctx: ActorCtx,
  place: UnitYear,
  post: Exclude<ClosingPost, { intent: 'draw' }>,
  file: Received,
) {
  const { commandId } = post;
  switch (post.intent) {
    case 'publish':
      return publishList(ctx, { ...place, commandId });
    case 'sheet':
      return attachSheet(ctx, {
        ...place,
        fileName: file.fileName,
        bytes: new Uint8Array(file.bytes),
        commandId,
      });
    case 'confirm':
      return confirmClosing(ctx, { ...place, commandId });
    case 'answer': {
      const { objectionId, outcome, answer } = post;
      return answerObjection(ctx, { objectionId, outcome, answer, commandId });
    }
    case 'return':
      return returnClosing(ctx, { ...place, reason: post.reason, commandId });
    case 'freeze':
      return freezeClosing(ctx, place);
  }
}

/** One post of the page of a unit's year. */
export async function actOnClosing(ctx: ActorCtx, place: UnitYear, request: Request): Promise<ClosingAct> {
  const file = await receive(request);
  const values = typedTexts(file.form);
  const intent = values.intent ?? '';
  const again = (refusal: string | null, errors: Posted['errors'], status: number): ClosingAct => ({
    posted: {
      intent: intent === 'answer' ? `answer:${values.objectionId ?? ''}` : intent,
      errors,
      values,
      refusal,
    },
    status,
  });
  const submission = parseForm(file.form, closingSchema);
  if (submission.status !== 'success') return again(null, firstErrors(submission.error), 422);
  const post = submission.value;
  if (post.intent === 'draw') {
    const drawn = await drawNoticeList(ctx, { ...place, commandId: post.commandId });
    if (drawn.ok) return { to: `${documentPath(drawn.value.documentId)}?notice=created` };
    const { text, status } = answerFor(drawn, DOCUMENT_REFUSALS);
    return again(text, {}, status);
  }
  const outcome = await run(ctx, place, post, file);
  if (outcome.ok)
    return { to: `${unitYearPath(place)}&notice=${post.intent === 'return' ? 'returned' : 'submitted'}` };
  const { text, status } = yearRefusalText(outcome);
  const isFile = outcome.code.startsWith('FILE_') || outcome.code === 'TOO_MANY_FILES';
  return isFile ? again(null, { file: text }, status) : again(text, {}, status);
}
