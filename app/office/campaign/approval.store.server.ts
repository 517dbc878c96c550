import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';

const approvalRow = z.object({
  issuedBy: z.string().nullable(),
  approvedByName: z.string().nullable(),
  signerName: z.string().nullable(),
  effect: z.unknown(),
});

/** Who issued and who approved a campaign, and what the approval came to (its schema is the kind's). */
export type ApprovalRecord = z.infer<typeof approvalRow>;

export async function findApproval(pool: Pool, campaignId: string): Promise<ApprovalRecord | null> {
  const { rows } = await pool.query({
    name: 'office-campaign-approval',
    text: `select c.issued_by::text as "issuedBy", a.display_name as "approvedByName", c.signer_name as "signerName",
             c.effect
           from campaign c left join account a on a.id = c.approved_by where c.id = $1::uuid`,
    values: [campaignId],
  });
  return z.array(approvalRow).parse(rows)[0] ?? null;
}
