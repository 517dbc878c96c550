import { door } from '#app/accounts/door.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import { documentFile } from '../document-view.server.ts';
import { downloadOf } from '../serve-file.server.ts';

/** The drawn file, its PDF, or a scan by its event; always as a download. */
export const loader = door('document.read', async ({ ctx, params }) => {
  const { document, part } = params;
  const asked =
    part === 'original' || part === 'pdf'
      ? ({ is: part } as const)
      : isId(part)
        ? ({ is: 'scan', eventId: part } as const)
        : null;
  if (!isId(document) || asked === null) throw new Response(null, { status: 404 });
  const file = await documentFile(ctx, document, asked);
  if (!file.ok) throw new Response(null, { status: 404 });
  return downloadOf(file.value);
});
