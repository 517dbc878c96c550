import type { Db, Tx } from '#app/platform/db/db.server.ts';
import type { Day } from '#app/platform/time/day.ts';

/** What the certificate register knows of a person on a day. */
export interface CardStanding {
  /** Last day on which a card may be claimed on a pass that stands; null without one. */
  readonly qualificationUntil: Day | null;
  readonly liveCardNo: string | null;
  readonly barredUntil: Day | null;
}

/** Inside a transaction the reader is the transaction's own client. */
export interface RecordReader {
  readonly db: Db | Tx;
}

export interface ActingBody {
  readonly name: string;
  readonly isEntrusted: boolean;
}

/**
 * What other slices know about candidates; the exam may not import them. Handed in by the composition root. Every
 * question is asked for many persons at once.
 */
export interface CandidateRecords {
  /** Courses a batch may ask for: slug and title. */
  courses(ctx: RecordReader): Promise<readonly { readonly value: string; readonly label: string }[]>;
  /** Those of the persons who have completed the course. */
  completedBy(
    ctx: RecordReader,
    personIds: readonly string[],
    courseSlug: string,
  ): Promise<ReadonlySet<string>>;
  /** Who is not in the map has neither pass nor card. */
  cardsOf(
    ctx: RecordReader,
    personIds: readonly string[],
    day: Day,
  ): Promise<ReadonlyMap<string, CardStanding>>;
  /** The body in whose name each unit acts; units that act in nobody's name are left out. */
  bodiesOf(ctx: RecordReader, unitIds: readonly string[], day: Day): Promise<ReadonlyMap<string, ActingBody>>;
}
