import { door } from '#app/accounts/door.server.ts';
import { readPhotoOf } from '../correction-view.server.ts';
import { fileAnswer } from '../file-answer.ts';

/** The photo of a person in reach; there is no other way to it. */
export const loader = door('organization.read', async ({ ctx, params }) => {
  const photo = await readPhotoOf(ctx, params.person ?? '');
  if (!photo.ok) throw new Response(null, { status: photo.code === 'FORBIDDEN' ? 403 : 404 });
  return fileAnswer(photo.value);
});
