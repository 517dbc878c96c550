import { z } from 'zod';
import { door } from '#app/accounts/door.server.ts';
import { annotatedFileResponse } from '#app/platform/import/import-pages.server.ts';
import { rosterDesk } from '../roster-desk.server.ts';

const paramsSchema = z.object({ run: z.uuid() });

export const loader = door('roster.import', async ({ ctx, params }) => {
  const parsed = paramsSchema.safeParse(params);
  if (!parsed.success) throw new Response(null, { status: 404 });
  return annotatedFileResponse(rosterDesk(ctx), ctx, parsed.data.run);
});
