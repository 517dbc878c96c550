import { door } from '#app/accounts/door.server.ts';
import { cardAnswer, cardQuery } from '../card-answer.server.ts';
import { ownCardFile } from '../card-file.server.ts';

/** One's own card as PDF, Word or Excel. */
export const loader = door('hours.read_own', async ({ ctx, request }) =>
  cardAnswer(await ownCardFile(ctx, cardQuery(request))),
);
