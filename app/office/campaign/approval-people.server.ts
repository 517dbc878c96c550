import type { ActorCtx } from '#app/accounts/actor.server.ts';
import type { LoadedSecondPersons } from '../approval/load-second-persons.server.ts';
import { loadSecondPersons } from '../approval/load-second-persons.server.ts';
import { decideWay, openWays, tellWays } from '../approval/second-person.ts';
import { findApproval } from './approval.store.server.ts';
import { holdsRegion } from './campaign-scope.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { openTasks } from '../task/open-tasks.server.ts';
import { approveTasks } from './campaign-tasks.ts';
import type { CampaignRecord } from './campaign.store.server.ts';
import { findCampaign } from './campaign.store.server.ts';

/** The approval takes somebody beside the one who issued; null for whoever neither holds the region nor leads its bureau. */
export async function openApproval(ctx: ActorCtx, campaignId: string): Promise<LoadedSecondPersons | null> {
  const campaign = await findCampaign(ctx.pool, campaignId);
  const approval = campaign === null ? null : await findApproval(ctx.pool, campaignId);
  if (campaign === null || approval === null) return null;
  const people = await loadSecondPersons(ctx, { makerId: approval.issuedBy, regionId: campaign.regionId });
  const isBureau = await holdsRegion(ctx, 'campaign.issue', campaign.regionId);
  return isBureau || people.standing === 'leader' ? people : null;
}

/** Opens the task of the approval for everybody who may be the second person. */
export async function askForApproval(tx: Tx, ctx: ActorCtx, campaign: CampaignRecord): Promise<void> {
  const approval = await findApproval(ctx.pool, campaign.id);
  const asked = { makerId: approval?.issuedBy ?? null, regionId: campaign.regionId };
  await openTasks(tx, ctx, approveTasks(campaign, await loadSecondPersons(ctx, asked)));
}

/** What the page of the approval offers the viewer. */
export interface ApprovalOffer {
  readonly mayApprove: boolean;
  /** Approves only with the signed 审批单: the issuer of a bureau of one person. */
  readonly needsSignedForm: boolean;
  /** Who may, for whoever may not; null otherwise. */
  readonly waitsFor: string | null;
}

export function offerOf({ scene, actorKey, standing }: LoadedSecondPersons): ApprovalOffer {
  const needsSignedForm = actorKey === scene.makerKey && openWays(scene).includes('signed_form');
  const mayApprove =
    needsSignedForm || decideWay(scene, { key: actorKey, standing, hasSignedForm: false }).ok;
  // The issuer of a bureau of one is told the other ways as well.
  const waitsFor = mayApprove && !needsSignedForm ? null : tellWays(scene);
  return { mayApprove, needsSignedForm, waitsFor };
}
