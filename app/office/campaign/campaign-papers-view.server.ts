import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import type { DocumentLine } from '../document/documents-view.server.ts';
import { documentsOf } from '../document/documents-view.server.ts';
import { DOWN_NOTICE } from '../document/papers/office-papers.ts';
import type { CampaignRecord } from './campaign.store.server.ts';
import { CAMPAIGN_SUBJECT, TARGET_SUBJECT } from './draw-campaign-papers.server.ts';
import { workOf } from './work.server.ts';

/** What can be drawn for a campaign or one of its units, and what was, with number and scan. */
export interface CampaignPapers {
  readonly offered: readonly { readonly value: string; readonly label: string }[];
  readonly documents: readonly DocumentLine[];
}

/** Papers of the whole campaign, for its board. The caller has looked it up within the viewer's reach. */
export async function papersOfCampaign(
  ctx: ActorCtx,
  campaign: Pick<CampaignRecord, 'id' | 'kind'>,
  mayDraw: boolean,
): Promise<CampaignPapers> {
  const forms = workOf(ctx, campaign).bureauForms;
  const offered = [
    { value: 'notice', label: DOWN_NOTICE.title },
    { value: 'notice_each', label: `${DOWN_NOTICE.title}，每个单位一份（压缩包）` },
    ...(forms === undefined
      ? []
      : [{ value: 'forms_each', label: `${forms.paper.title}，全部单位（压缩包）` }]),
  ];
  return {
    offered: mayDraw && mayDo(ctx, 'document.draw') ? offered : [],
    documents: await documentsOf(ctx, { kind: CAMPAIGN_SUBJECT, ids: [campaign.id] }),
  };
}

/** Papers about one unit of a campaign; the unit sees them too. */
export async function papersOfTarget(
  ctx: ActorCtx,
  of: {
    readonly campaign: Pick<CampaignRecord, 'kind'>;
    readonly target: { readonly id: string; readonly unitId: string };
  },
  mayDraw: boolean,
): Promise<CampaignPapers> {
  const { campaign, target } = of;
  const forms = workOf(ctx, campaign).bureauForms;
  const offered = [
    { value: `notice_of:${target.unitId}`, label: DOWN_NOTICE.title },
    ...(forms === undefined ? [] : [{ value: `forms_of:${target.unitId}`, label: forms.paper.title }]),
  ];
  return {
    offered: mayDraw && mayDo(ctx, 'document.draw') ? offered : [],
    documents: await documentsOf(ctx, { kind: TARGET_SUBJECT, ids: [target.id] }),
  };
}
