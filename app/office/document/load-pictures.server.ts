import { listPhotos } from '#app/organization/register/photo.store.server.ts';
import { openPhoto } from '#app/organization/register/register-secret.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { MAX_PICTURE_BYTES_OF_PAPER } from './limits.ts';
import type { PaperData, PaperKind } from './paper.ts';
import type { Pictures } from './picture-marks.ts';
import { NO_PICTURES, picturesAsked } from './picture-marks.ts';

/**
 * The pictures one paper shows, opened for this one answer: present photos of the people in its own data, in one query.
 * What goes beyond the paper's measure is left out, the largest first; those places stay open.
 */
export async function loadPictures(
  ctx: Ctx,
  kind: Pick<PaperKind, 'fields'>,
  data: PaperData,
): Promise<Pictures> {
  const personIds = picturesAsked(kind, data);
  if (personIds.length === 0) return NO_PICTURES;
  const photos = await listPhotos(ctx.pool, personIds, MAX_PICTURE_BYTES_OF_PAPER);
  return new Map(
    photos.map(({ personId, mediaType, widthPx, heightPx, content }) => [
      personId,
      { mediaType, widthPx, heightPx, bytes: openPhoto(ctx, personId, content) },
    ]),
  );
}
