import { door } from '#app/accounts/door.server.ts';
import { fileAnswer } from '#app/office/roster/file-answer.ts';
import { isId } from '#app/platform/ids/id.ts';
import { readProof } from '../registration/registration-proof.server.ts';

/** A proof beside a registration, for whoever reads the registration. */
export const loader = door('exam.read_registration', async ({ ctx, params }) => {
  if (!isId(params.proof)) throw new Response(null, { status: 404 });
  const proof = await readProof(ctx, params.proof);
  if (!proof.ok) throw new Response(null, { status: proof.code === 'FORBIDDEN' ? 403 : 404 });
  return fileAnswer(proof.value);
});
