import type { Part, Services } from '#app/accounts/part.server.ts';
import type { CardFaces } from './card-faces.server.ts';
import { provideCardFaces } from './card-faces.server.ts';

/** The roster's pages; cards are shown through the port that the certificate area fills. */
export function peoplePart({ system }: Services, { cards }: { readonly cards: CardFaces }): Part {
  provideCardFaces(system.pool, cards);
  return {};
}
