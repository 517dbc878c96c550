import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';

/** A 行政执法监督证 with its validity `[validFrom, validTo)`. */
export interface CardTerm {
  readonly cardNo: string;
  readonly validFrom: Day;
  /** First day on which it is no longer valid. */
  readonly validTo: Day;
}

export interface KnownCard extends CardTerm {
  readonly rowId: string;
  readonly personId: string;
}

export interface CardDecision {
  readonly supersede: readonly string[];
  readonly insert: readonly CardTerm[];
}

const overlaps = (a: CardTerm, b: CardTerm): boolean => a.validFrom < b.validTo && b.validFrom < a.validTo;
const isSame = (a: CardTerm, b: CardTerm): boolean =>
  a.cardNo === b.cardNo && a.validFrom === b.validFrom && a.validTo === b.validTo;

export type CardRefusal = 'CARD_NO_TAKEN' | 'CARD_DAYS_REVERSED';

/**
 * A person has one supervision card on any day; the newly entered one replaces what it overlaps: an earlier card ends the
 * day before, a wrong entry of the same number is put right. Null when it is known already. Refusals: CARD_DAYS_REVERSED;
 * CARD_NO_TAKEN (another person holds the number at that time).
 * @param known cards of the person and of whoever holds the number
 */
export function decideCard(
  known: readonly KnownCard[],
  personId: string,
  card: CardTerm,
): Outcome<CardDecision | null, CardRefusal> {
  if (card.validTo <= card.validFrom) return refused('CARD_DAYS_REVERSED');
  const isTaken = known.some(
    (other) => other.personId !== personId && other.cardNo === card.cardNo && overlaps(other, card),
  );
  if (isTaken) return refused('CARD_NO_TAKEN');
  const own = known.filter((other) => other.personId === personId && overlaps(other, card));
  if (own.some((other) => isSame(other, card)) && own.length === 1) return done(null);
  const cut = own.flatMap((other) =>
    other.cardNo !== card.cardNo && other.validFrom < card.validFrom
      ? [{ cardNo: other.cardNo, validFrom: other.validFrom, validTo: card.validFrom }]
      : [],
  );
  return done({ supersede: own.map((other) => other.rowId), insert: [...cut, card] });
}
