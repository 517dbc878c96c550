import type { SubmissionResult } from '@conform-to/react';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { drawnAnswer } from '#app/office/document/drawn-answer.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { isId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { assignRemote } from './assign-remote.server.ts';
import { batchPath } from './batch.ts';
import { batchActSchema, windowsFormSchema } from './batch.schema.ts';
import { registrationQuery } from './batch-view.server.ts';
import { issueRegistration } from './campaign/issue-registration.server.ts';
import { drawSummary } from './papers/draw-registration-paper.server.ts';
import type { BatchRefusal } from './refusals.ts';
import { BATCH_REFUSALS } from './refusals.ts';
import { approveClean } from './registration/approve-clean.server.ts';
import { REGISTRATIONS_TABLE } from './registration/registrations-table-spec.ts';
import { releaseResults } from './results/release-results.server.ts';
import { changeWindows, stepBatch } from './step-batch.server.ts';

/** Where to go after an act, or what the page says in its place. */
export type BatchActed =
  | { readonly to: string }
  | {
      readonly intent: string;
      readonly refusal: string | null;
      /** The reason of a step as typed; the form of the dates keeps its own. */
      readonly reason: string;
      readonly lastResult: SubmissionResult<string[]> | null;
      readonly status: number;
    };

const NOTICES = {
  open: 'submitted',
  close: 'saved',
  reopen: 'saved',
  cancel: 'saved',
  issue: 'sent',
  release: 'sent',
  assign: 'saved',
  approve_clean: 'approved',
} as const;

/** Those ticked; over all pages, when the bulk bar says so, those for whom the list as it is filtered has a tick. */
async function approveChosen(
  ctx: ActorCtx,
  asked: { readonly batchId: string; readonly commandId: string },
  form: FormData,
): Promise<Outcome<unknown, BatchRefusal>> {
  if (form.get('scope') === 'matching') {
    const list = new URLSearchParams(String(form.get('query') ?? ''));
    const matching = registrationQuery(asked.batchId, parseTableQuery(list, REGISTRATIONS_TABLE));
    return approveClean(ctx, { ...asked, matching });
  }
  const registrationIds = form.getAll('ids').map(String).filter(isId);
  if (registrationIds.length === 0) return refused('NOBODY_CHOSEN');
  return approveClean(ctx, { ...asked, registrationIds });
}

async function changeDates(ctx: ActorCtx, batchId: string, form: FormData): Promise<BatchActed> {
  const submission = parseForm(form, windowsFormSchema);
  const again = (refusal: string | null, status: number): BatchActed => ({
    ...{ intent: 'change', refusal, reason: '' },
    lastResult: submission.reply(),
    status,
  });
  if (submission.status !== 'success') return again(null, 422);
  const { intent: _, reason, lateUntil, ...asked } = submission.value;
  const outcome = await changeWindows(ctx, {
    ...asked,
    batchId,
    reason: reason ?? null,
    lateUntil: lateUntil ?? null,
  });
  if (outcome.ok) return { to: `${batchPath(batchId)}?notice=saved` };
  const { text, status } = answerFor(outcome, BATCH_REFUSALS);
  return again(text, status);
}

/** The posts of a batch's page. */
export async function actOnBatch(ctx: ActorCtx, batchId: string, form: FormData): Promise<BatchActed> {
  // The paper form of the office names the paper, not an intent.
  if (form.has('paper')) form.set('intent', 'summary');
  if (form.get('intent') === 'change') return changeDates(ctx, batchId, form);
  const parsed = batchActSchema.safeParse(Object.fromEntries(form));
  const intent = String(form.get('intent') ?? '');
  const typed = form.get('reason');
  const again = (refusal: string, status: number): BatchActed => ({
    ...{ intent, refusal, lastResult: null, status },
    reason: typeof typed === 'string' ? typed : '',
  });
  if (!parsed.success) {
    const ofReason = parsed.error.issues.find(({ path }) => path[0] === 'reason');
    return again(`${ofReason?.message ?? '请刷新页面后重试'}。`, 422);
  }
  const act = parsed.data;
  if (act.intent === 'summary') {
    const drawn = drawnAnswer(await drawSummary(ctx, { batchId, commandId: act.commandId }));
    return 'to' in drawn ? drawn : again(drawn.text, drawn.status);
  }
  const outcome = await run(ctx, batchId, act, form);
  if (outcome.ok) return { to: `${batchPath(batchId)}?notice=${NOTICES[act.intent]}` };
  const { text, status } = answerFor(outcome, BATCH_REFUSALS);
  return again(text, status);
}

type Act = Exclude<ReturnType<typeof batchActSchema.parse>, { intent: 'summary' }>;

async function run(
  ctx: ActorCtx,
  batchId: string,
  act: Act,
  form: FormData,
): Promise<Outcome<null, BatchRefusal>> {
  const only = (outcome: Outcome<unknown, BatchRefusal>): Outcome<null, BatchRefusal> =>
    outcome.ok ? done(null) : outcome;
  switch (act.intent) {
    case 'issue':
      return only(await issueRegistration(ctx, { batchId, ...act }));
    case 'assign':
      return only(await assignRemote(ctx, act));
    case 'release':
      return only(await releaseResults(ctx, act));
    case 'approve_clean':
      return only(await approveChosen(ctx, { batchId, commandId: act.commandId }, form));
    case 'open':
    case 'close':
    case 'reopen':
    case 'cancel': {
      const { intent: step, reason, expectedVersion, commandId } = act;
      const asked = { batchId, step, reason: reason ?? null, expectedVersion, commandId };
      return only(await stepBatch(ctx, asked));
    }
  }
}
