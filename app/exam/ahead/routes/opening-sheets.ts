import { redirect } from '@remix-run/node';
import { z } from 'zod';
import { door } from '#app/accounts/door.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import { sealPath } from '../../release/confirmation.ts';
import { idText } from '../../sitting/exam.schema.ts';
import { printOpeningSheets } from '../print-opening-sheets.server.ts';

/** Empty: all rooms. */
const roomField = z.union([z.literal('').transform(() => null), idText]);

/** 开卷口令单 as a download: a form's answer, never an address that can be opened again. */
export const action = door('exam.seal', async ({ ctx, params, request }) => {
  if (!isId(params.sitting)) throw new Response(null, { status: 404 });
  const room = roomField.safeParse((await request.formData()).get('room') ?? '');
  if (!room.success) throw new Response(null, { status: 400 });
  const file = await printOpeningSheets(ctx, params.sitting, room.data);
  // Taken back or sealed anew meanwhile: the page shows how it stands.
  if (!file.ok && file.code === 'NOT_RELEASED') return redirect(sealPath(params.sitting));
  // The page says why.
  if (!file.ok && file.code === 'OWN_EXAM') return redirect(`${sealPath(params.sitting)}?refused=own_exam`);
  if (!file.ok) throw new Response(null, { status: file.code === 'FORBIDDEN' ? 403 : 404 });
  const { fileName, mediaType, bytes } = file.value;
  return new Response(new Uint8Array(bytes), {
    headers: {
      'Content-Type': mediaType,
      'Content-Disposition': `attachment; filename="opening-codes"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Cache-Control': 'private, no-store',
    },
  });
});
