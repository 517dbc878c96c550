import { z } from 'zod';
import { door } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { DOCUMENT_REFUSALS } from '../refusals.ts';
import { downloadOf } from '../serve-file.server.ts';
import { templateFile } from '../template-view.server.ts';

const asked = z.object({
  version: z.union([z.enum(['default', 'current']), z.uuid()]).default('current'),
  as: z.enum(['template', 'trial', 'print']).default('template'),
  region: z.uuid().optional(),
});

/** A template as it is, filled with the examples, or the print of the examples. */
export const loader = door('template.manage', async ({ ctx, params, request }) => {
  const parsed = asked.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!parsed.success) throw new Response(null, { status: 404 });
  const { version, as, region } = parsed.data;
  const file = await templateFile(ctx, {
    paperCode: params.paper ?? '',
    regionId: region ?? null,
    template: version === 'default' || version === 'current' ? version : { versionId: version },
    as,
  });
  if (!file.ok) throw new Response(null, { status: answerFor(file, DOCUMENT_REFUSALS).status });
  return downloadOf(file.value);
});
