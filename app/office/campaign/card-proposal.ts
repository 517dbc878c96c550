import { z } from 'zod';
import { LEAVING_REASONS } from '#app/organization/change/leaving.ts';

/** Topic of the facts by which an approved 人员清理 proposes what becomes of cards; key `<campaignId>:<personId>`. */
export const CARD_PROPOSALS = 'office.card_proposals';

export const cardProposalFact = z.object({
  personId: z.string(),
  unitId: z.string(),
  /** 收回 first, or 注销 at once: a proposal only. */
  proposal: z.enum(['recover', 'cancel']),
  reason: z.enum(LEAVING_REASONS),
  awayFromDay: z.string(),
  /** The leaving it rests on, as registered. */
  leavingId: z.string(),
  /** Campaign, document and proof, in words. */
  basis: z.string(),
  campaignId: z.string(),
});
export type CardProposalFact = z.infer<typeof cardProposalFact>;
