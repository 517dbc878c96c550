import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { submitAnswer } from '#app/office/campaign/answer-target.server.ts';
import { CAMPAIGN_REFUSALS } from '#app/office/campaign/refusals.ts';
import { drawnAnswer } from '#app/office/document/drawn-answer.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { isId } from '#app/platform/ids/id.ts';
import { typedTexts } from '#app/platform/ui/form/form-texts.ts';
import { unitBatchPath } from '../batch.ts';
import { findBatch } from '../batch.store.server.ts';
import { drawReviewSheet } from '../papers/draw-registration-paper.server.ts';
import { BATCH_REFUSALS } from '../refusals.ts';
import { registerPeople } from './register-people.server.ts';
import { readRegisterForm } from './registration.schema.ts';
import type { ChosenPerson } from './unit-people-view.server.ts';
import { previewChosen } from './unit-people-view.server.ts';

export interface UnitPosted {
  /** People to look at once more before they are registered; null for the page's other forms. */
  readonly preview: readonly ChosenPerson[] | null;
  readonly problems: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, string>>;
  readonly refusal: string | null;
}

export type UnitActed = { readonly to: string } | { readonly posted: UnitPosted; readonly status: number };

const plain = (refusal: string, status: number, values: UnitPosted['values'] = {}): UnitActed => ({
  posted: { preview: null, problems: {}, values, refusal },
  status,
});

async function prepare(
  ctx: ActorCtx,
  batchId: string,
  personIds: readonly string[],
  more: Omit<UnitPosted, 'preview'> & { readonly status: number },
): Promise<UnitActed> {
  const { status, ...rest } = more;
  if (personIds.length === 0) return plain(BATCH_REFUSALS.NOBODY_CHOSEN.text, 422);
  const preview = await previewChosen(ctx, { batchId, personIds });
  if (!preview.ok) return plain(answerFor(preview, BATCH_REFUSALS).text, 404);
  if (preview.value.length === 0) return plain(BATCH_REFUSALS.NOBODY_CHOSEN.text, 422);
  return { posted: { preview: preview.value, ...rest }, status };
}

async function register(ctx: ActorCtx, batchId: string, form: FormData): Promise<UnitActed> {
  const personIds = form.getAll('person').map(String).filter(isId);
  const values = typedTexts(form);
  const read = readRegisterForm(form);
  if (!read.ok)
    return prepare(ctx, batchId, personIds, { problems: read.problems, values, refusal: null, status: 422 });
  const commandId = String(form.get('commandId') ?? '');
  if (!isId(commandId)) return plain('请刷新页面后重试。', 422);
  const { people, note } = read;
  const outcome = await registerPeople(ctx, { batchId, people, note, commandId });
  if (outcome.ok) return { to: `${unitBatchPath(batchId)}?f.standing=registered&notice=submitted` };
  const { text, status } = answerFor(outcome, BATCH_REFUSALS);
  return prepare(ctx, batchId, personIds, { problems: {}, values, refusal: text, status });
}

/** The unit's list of the campaign is handed in; a refusal gives back who filled it in. */
async function handIn(ctx: ActorCtx, batchId: string, form: FormData): Promise<UnitActed> {
  const again = (refusal: string, status: number) => plain(refusal, status, typedTexts(form));
  const batch = await findBatch(ctx.pool, batchId);
  const [unitId, commandId] = [String(form.get('unitId') ?? ''), String(form.get('commandId') ?? '')];
  const expectedVersion = Number(form.get('expectedVersion') ?? -1);
  if (!isId(unitId) || !isId(commandId) || !batch?.campaignId || !Number.isInteger(expectedVersion))
    return again('请刷新页面后重试。', 422);
  const outcome = await submitAnswer(ctx, {
    campaignId: batch.campaignId,
    unitId,
    mode: form.get('mode') === 'same' ? 'same' : 'filled_in',
    values: {
      batchId,
      preparer: String(form.get('preparer') ?? ''),
      phone: String(form.get('phone') ?? ''),
    },
    expectedVersion,
    commandId,
  });
  if (!outcome.ok) {
    const { text, status } = answerFor(outcome, CAMPAIGN_REFUSALS);
    return again(text, status);
  }
  const problem = Object.values(outcome.value.problems ?? {})[0];
  return problem === undefined
    ? { to: `${unitBatchPath(batchId)}?notice=submitted` }
    : again(`${problem}。`, 422);
}

async function draw(ctx: ActorCtx, batchId: string, form: FormData): Promise<UnitActed> {
  const [unitId, commandId] = [String(form.get('paper') ?? ''), String(form.get('commandId') ?? '')];
  if (!isId(unitId) || !isId(commandId)) return plain('请刷新页面后重试。', 422);
  const drawn = drawnAnswer(await drawReviewSheet(ctx, { batchId, unitId, commandId }));
  return 'to' in drawn ? drawn : plain(drawn.text, drawn.status);
}

/** The posts of a unit's page: choose, register, hand in the list, draw the 报名资格审查表. */
export async function actOnUnitBatch(ctx: ActorCtx, batchId: string, form: FormData): Promise<UnitActed> {
  if (form.has('paper')) return draw(ctx, batchId, form);
  const intent = form.get('intent');
  if (intent === 'prepare') {
    const chosen = form.getAll('ids').map(String).filter(isId);
    return prepare(ctx, batchId, chosen, { problems: {}, values: {}, refusal: null, status: 200 });
  }
  if (intent === 'register') return register(ctx, batchId, form);
  return intent === 'hand_in' ? handIn(ctx, batchId, form) : plain('请刷新页面后重试。', 422);
}
