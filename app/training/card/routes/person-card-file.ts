import { door } from '#app/accounts/door.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import { cardAnswer, cardQuery } from '../card-answer.server.ts';
import { cardFile } from '../card-file.server.ts';

/** The card of a person in reach as PDF, Word or Excel. */
export const loader = door('hours.read_card', async ({ ctx, params, request }) => {
  if (!isId(params.person)) throw new Response(null, { status: 404 });
  return cardAnswer(await cardFile(ctx, { personId: params.person, ...cardQuery(request) }));
});
