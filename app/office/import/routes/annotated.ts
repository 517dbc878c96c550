import { door } from '#app/accounts/door.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import { annotatedFileResponse } from '#app/platform/import/import-pages.server.ts';
import { counterOfRun } from '../counter.server.ts';

export const loader = door('import.use', async ({ ctx, params }) => {
  const found = isId(params.run) ? await counterOfRun(ctx, params.run) : null;
  if (found === null || !isId(params.run)) throw new Response(null, { status: 404 });
  return annotatedFileResponse(found.desk, ctx, params.run);
});
