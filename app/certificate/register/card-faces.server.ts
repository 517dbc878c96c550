import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { CardFace, CardFaces } from '#app/office/roster/card-faces.server.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { STANDING_LOOKS, STANDING_WORDS, shownStanding, SHOWN_STANDINGS } from './certificate.ts';
import { listCardFaces } from './card-faces.store.server.ts';

/** Cards as the roster shows them: those in force first. The card's page is named only to whoever may open it. */
export const cardFaces: CardFaces = async (ctx: ActorCtx, personIds) => {
  const today = dayOf(ctx.clock.now());
  const regionIds = mayDo(ctx, 'certificate.read')
    ? (await reachFor(ctx, 'certificate.read')).regionIds
    : new Set<string>();
  const rows = await listCardFaces(ctx.pool, personIds);
  const faces = new Map<string, (CardFace & { readonly rank: number })[]>();
  for (const row of rows) {
    const shown = shownStanding(row.state, row.isLost, row.validToDay, today);
    const face = {
      certificateNo: row.certificateNo,
      word: STANDING_WORDS[shown],
      ...STANDING_LOOKS[shown],
      fieldCode: row.fieldCode,
      validToDay: row.validToDay,
      path: regionIds.has(row.regionId) ? `/bureau/certificates/${row.id}` : null,
      rank: SHOWN_STANDINGS.indexOf(shown),
    };
    faces.set(row.personId, [...(faces.get(row.personId) ?? []), face]);
  }
  return new Map(
    [...faces].map(([personId, cards]) => [
      personId,
      cards.sort((a, b) => a.rank - b.rank || (a.validToDay < b.validToDay ? 1 : -1)),
    ]),
  );
};
