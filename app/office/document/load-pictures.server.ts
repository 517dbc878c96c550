import type { ListedPhoto } from '#app/organization/register/photo.store.server.ts';
import { listPhotos } from '#app/organization/register/photo.store.server.ts';
import { openPhoto } from '#app/organization/register/register-secret.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { MAX_PICTURE_BYTES_OF_PAPER } from './limits.ts';
import type { PaperData, PaperKind } from './paper.ts';
import type { Picture, Pictures } from './picture-marks.ts';
import { NO_PICTURES, picturesAsked } from './picture-marks.ts';

const REPLACED = '照片已更换';
const TOO_LARGE = '照片过大，请另贴';

/**
 * The pictures one paper shows, opened for this one answer: present photos of the people in its own data, in one query.
 * A photo that has replaced another since the paper was drawn is not shown on it, nor, the largest first, what goes beyond
 * the paper's measure: those places say so. One that cannot be opened leaves its place open and is logged.
 */
export async function loadPictures(
  ctx: Ctx,
  kind: Pick<PaperKind, 'fields'>,
  data: PaperData,
  drawnAt: Date,
): Promise<Pictures> {
  const personIds = picturesAsked(kind, data);
  if (personIds.length === 0) return NO_PICTURES;
  const asked = { mostBytes: MAX_PICTURE_BYTES_OF_PAPER, at: drawnAt };
  const pictures = new Map<string, Picture | string>();
  for (const photo of await listPhotos(ctx.pool, personIds, asked)) {
    const shown = pictureOf(ctx, photo);
    if (shown !== null) pictures.set(photo.personId, shown);
  }
  return pictures;
}

function pictureOf(ctx: Ctx, photo: ListedPhoto): Picture | string | null {
  const { personId, mediaType, widthPx, heightPx, content } = photo;
  if (photo.isReplaced) return REPLACED;
  if (content === null) return TOO_LARGE;
  try {
    return { mediaType, widthPx, heightPx, bytes: openPhoto(ctx, personId, content) };
  } catch (err) {
    // One damaged photo must not keep the paper from everybody else in it.
    ctx.log.error({ err, requestId: ctx.requestId, personId }, 'a photo cannot be opened');
    return null;
  }
}
