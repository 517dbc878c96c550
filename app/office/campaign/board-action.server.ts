import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import type { DrawRefusal } from '../document/draw-paper.server.ts';
import { drawPaper } from '../document/draw-paper.server.ts';
import { DOCUMENT_REFUSALS } from '../document/refusals.ts';
import { postApproval } from './approve-action.server.ts';
import { draftAnnouncement } from './board-view.server.ts';
import type { BoardPost } from './campaign.schema.ts';
import { boardSchema } from './campaign.schema.ts';
import { findCampaign } from './campaign.store.server.ts';
import { boardPath } from './campaign.ts';
import { formValuesOf } from './kinds/form-values.ts';
import type { Posted } from './posted.ts';
import { firstMessages } from './posted.ts';
import { CAMPAIGN_REFUSALS, type CampaignRefusal } from './refusals.ts';
import { acceptUnchanged } from './review-answer.server.ts';
import { announceCampaign, closeCampaign, reopenCampaign } from './step-campaign.server.ts';
import { extendDeadline, remindUnits } from './urge-units.server.ts';
import { workOf } from './work.server.ts';

export type BoardAnswer = { readonly to: string } | { readonly posted: Posted; readonly status: number };

/** Notice of what was done, by the button pressed. */
const NOTICES = {
  accept_unchanged: 'approved',
  remind: 'sent',
  extend: 'saved',
  close: 'saved',
  reopen: 'saved',
  announce: 'saved',
} as const;

async function run(
  ctx: ActorCtx,
  campaignId: string,
  post: Exclude<BoardPost, { intent: 'draw' }>,
): Promise<Outcome<unknown, CampaignRefusal>> {
  const { commandId } = post;
  switch (post.intent) {
    case 'accept_unchanged':
      return acceptUnchanged(ctx, { campaignId, commandId });
    case 'remind':
      return remindUnits(ctx, { campaignId, commandId });
    case 'extend':
      return extendDeadline(ctx, {
        campaignId,
        unitId: null,
        dueDay: post.dueDay,
        reason: post.reason,
        commandId,
      });
    case 'close':
      return closeCampaign(ctx, { campaignId, commandId, expectedVersion: post.expectedVersion });
    case 'reopen': {
      const { expectedVersion, reason } = post;
      return reopenCampaign(ctx, { campaignId, commandId, expectedVersion, reason });
    }
    case 'announce': {
      const { intent: _, announcedIn, ...input } = post;
      return announceCampaign(ctx, { campaignId, ...input, announcedIn: announcedIn ?? null });
    }
  }
}

/** The announcement as a paper of the office, with the number of the approval when it stands. */
async function draw(
  ctx: ActorCtx,
  campaignId: string,
  commandId: string,
): Promise<Outcome<string, DrawRefusal>> {
  const draft = await draftAnnouncement(ctx, campaignId);
  if (!draft.ok) return draft;
  const campaign = await findCampaign(ctx.pool, campaignId);
  if (campaign === null) return refused('NOT_FOUND');
  const { paper } = workOf(ctx, campaign).kind.announcement;
  const { documentNo, effectiveDay } = campaign;
  const drawn = await drawPaper(ctx, {
    paper,
    regionId: campaign.regionId,
    subject: { kind: 'campaign', id: campaign.id },
    title: draft.value.title,
    data: draft.value.data,
    number: documentNo !== null && effectiveDay !== null ? { documentNo, signedDay: effectiveDay } : null,
    commandId,
  });
  return drawn.ok ? done(drawn.value.documentId) : drawn;
}

/** One post of the board: one command, and where to go or what to show. */
export async function actOnBoard(
  ctx: ActorCtx,
  campaignId: string,
  formData: FormData,
): Promise<BoardAnswer> {
  const intent = String(formData.get('intent') ?? '');
  if (intent === 'approve') {
    const refusedApproval = await postApproval(ctx, campaignId, formData);
    return refusedApproval ?? { to: `${boardPath(campaignId)}?notice=approved` };
  }
  const submission = parseForm(formData, boardSchema);
  const values = formValuesOf(formData);
  if (submission.status !== 'success')
    return {
      posted: { intent, values, errors: firstMessages(submission.error), refusal: null },
      status: 422,
    };
  const post = submission.value;
  if (post.intent === 'draw') {
    const drawn = await draw(ctx, campaignId, post.commandId);
    if (drawn.ok) return { to: `/documents/${drawn.value}` };
    const { text, status } = answerFor(drawn, DOCUMENT_REFUSALS);
    return { posted: { intent, values, errors: {}, refusal: text }, status };
  }
  const outcome = await run(ctx, campaignId, post);
  if (outcome.ok) return { to: `${boardPath(campaignId)}?notice=${NOTICES[post.intent]}` };
  const { text, status } = answerFor(outcome, CAMPAIGN_REFUSALS);
  return { posted: { intent, values, errors: {}, refusal: text }, status };
}
