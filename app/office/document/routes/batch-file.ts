import { door } from '#app/accounts/door.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import { batchFile } from '../batch-view.server.ts';
import { downloadOfZip } from '../serve-file.server.ts';

/** The zip of a finished batch, for a week. */
export const loader = door('document.draw', async ({ ctx, params, context }) => {
  if (!isId(params.batch)) throw new Response(null, { status: 404 });
  const file = await batchFile(ctx, params.batch);
  if (!file.ok) throw new Response(null, { status: 404 });
  return downloadOfZip(file.value, context.incoming?.socket);
});
