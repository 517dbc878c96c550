import { door } from '#app/accounts/door.server.ts';
import { fileAnswer } from '#app/office/roster/file-answer.ts';
import { isId } from '#app/platform/ids/id.ts';
import { readCandidatePhoto } from '../candidate-photo.server.ts';

/** The photo of a candidate for who watches the room: whether it is they who sit there. */
export const loader = door('exam.invigilate', async ({ ctx, params }) => {
  if (!isId(params.sitting) || !isId(params.registration)) throw new Response(null, { status: 404 });
  const photo = await readCandidatePhoto(ctx, params.sitting, params.registration);
  if (!photo.ok) throw new Response(null, { status: photo.code === 'FORBIDDEN' ? 403 : 404 });
  return fileAnswer(photo.value);
});
