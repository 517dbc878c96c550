import { z } from 'zod';
import { ROLES } from '#app/accounts/role.ts';
import { isNoticeKind } from './notice-kinds.ts';
import type { NewNotice } from './notice.ts';

const ids = z.array(z.uuid()).min(1);

/** What a request to send a notice may hold, from this slice and from the slices above. */
export const newNoticeSchema = z.object({
  kind: z.string().refine(isNoticeKind),
  key: z.string().min(1).max(200),
  title: z.string().min(1).max(60),
  body: z.string().max(5_000),
  path: z
    .string()
    .regex(/^\/(?!\/)/)
    .nullable(),
  to: z
    .array(
      z.union([
        z.object({ accountIds: ids }),
        z.object({ personIds: ids }),
        z.object({ role: z.enum(ROLES), unitIds: ids }),
        z.object({ role: z.enum(ROLES), regionIds: ids }),
      ]),
    )
    .min(1),
}) satisfies z.ZodType<NewNotice, unknown>;
