import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done } from '#app/platform/result/outcome.ts';
import { isId } from '#app/platform/ids/id.ts';
import { documentPath } from '../document/paths.ts';
import { DOCUMENT_REFUSALS } from '../document/refusals.ts';
import { saveDraft, submitAnswer } from './answer-target.server.ts';
import type { AnswerPlace } from './answer-target.server.ts';
import { answerPath } from './campaign.ts';
import type { FilePurpose } from './campaign-file.ts';
import { FILE_PURPOSES } from './campaign-file.ts';
import type { KeepFileRefusal } from './keep-files.server.ts';
import { attachFile, detachFile } from './keep-files.server.ts';
import { formValuesOf } from './kinds/form-values.ts';
import type { Posted } from './posted.ts';
import { drawUnitForm } from './draw-unit-form.server.ts';
import { CAMPAIGN_REFUSALS } from './refusals.ts';
import { openSupplement } from './supplement-campaign.server.ts';

export type AnswerAct = { readonly to: string } | { readonly posted: Posted; readonly status: number };

/** Files chosen in the form, kept before anything else: a mistake elsewhere must not cost the upload. */
async function keepFiles(
  ctx: ActorCtx,
  place: AnswerPlace,
  formData: FormData,
): Promise<Outcome<number, KeepFileRefusal>> {
  let kept = 0;
  for (const purpose of FILE_PURPOSES) {
    for (const file of filesOf(formData, purpose)) {
      const bytes = new Uint8Array(await file.arrayBuffer());
      const outcome = await attachFile(ctx, { ...place, purpose, fileName: file.name, bytes });
      if (!outcome.ok) return outcome;
      kept += 1;
    }
  }
  return done(kept);
}

function filesOf(formData: FormData, purpose: FilePurpose): File[] {
  return formData.getAll(purpose).filter((file): file is File => file instanceof File && file.size > 0);
}

/** A whole number the form carried along; what is none fits no version and is refused as outdated. */
const versionOf = (formData: FormData): number => {
  const text = String(formData.get('expectedVersion') ?? '');
  return /^\d{1,9}$/.test(text) ? Number(text) : -1;
};

/** The form to be stamped, drawn from what is filled in; the draft is saved already. */
async function printForm(
  ctx: ActorCtx,
  place: AnswerPlace,
  form: {
    readonly values: Posted['values'];
    readonly commandId: string;
    readonly again: (refusal: string | null, errors: Posted['errors'], status: number) => AnswerAct;
  },
): Promise<AnswerAct> {
  const drawn = await drawUnitForm(ctx, { ...place, values: form.values, commandId: form.commandId });
  if (drawn.ok) return { to: documentPath(drawn.value.documentId) };
  const { text, status } = answerFor(drawn, DOCUMENT_REFUSALS);
  return form.again(text, {}, status);
}

/** One post of the answer page: draft, 「一致」, submission, removal of a file, change during the year. */
export async function actOnAnswer(ctx: ActorCtx, place: AnswerPlace, formData: FormData): Promise<AnswerAct> {
  const posted = String(formData.get('intent') ?? '');
  const values = formValuesOf(formData);
  const again = (refusal: string | null, errors: Posted['errors'], status: number): AnswerAct => ({
    posted: { intent: posted, values, errors, refusal },
    status,
  });
  const commandId = formData.get('commandId');
  if (!isId(commandId)) return again('请刷新页面后再提交。', {}, 422);
  const back = (notice: string): AnswerAct => ({
    to: `${answerPath(place.campaignId, place.unitId)}&notice=${notice}`,
  });
  const refuse = (outcome: Parameters<typeof answerFor<keyof typeof CAMPAIGN_REFUSALS>>[0]): AnswerAct => {
    const { text, status } = answerFor(outcome, CAMPAIGN_REFUSALS);
    return again(text, {}, status);
  };

  if (posted === 'supplement') {
    const opened = await openSupplement(ctx, { ...place, commandId });
    return opened.ok ? { to: answerPath(opened.value.campaignId, place.unitId) } : refuse(opened);
  }
  if (posted.startsWith('detach:')) {
    const fileId = posted.slice('detach:'.length);
    if (!isId(fileId)) return again('请刷新页面后再提交。', {}, 422);
    const removed = await detachFile(ctx, { ...place, fileId });
    if (!removed.ok) return refuse(removed);
  }
  const kept = await keepFiles(ctx, place, formData);
  if (!kept.ok) return refuse(kept);
  const expectedVersion = versionOf(formData);
  if (posted === 'submit' || posted === 'same') {
    const mode = posted === 'same' ? 'same' : 'filled_in';
    const outcome = await submitAnswer(ctx, { ...place, values, mode, expectedVersion, commandId });
    if (!outcome.ok) return refuse(outcome);
    const { problems } = outcome.value;
    return problems === undefined ? back('submitted') : again(null, problems, 422);
  }
  const saved = await saveDraft(ctx, { ...place, values, expectedVersion });
  if (saved.ok && posted === 'print') return printForm(ctx, place, { values, commandId, again });
  return saved.ok ? back(posted.startsWith('detach:') ? 'deleted' : 'saved') : refuse(saved);
}
