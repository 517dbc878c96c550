import type { Pool } from '#app/platform/db/db.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Day } from '#app/platform/time/day.ts';

/** What training has to know of the register above it, which it may not import. */
export interface CardRecords {
  /**
   * Those of the persons who hold a card on the day, as known now: ACTIVE or SUSPENDED (domain.md §7, M1).
   * @param reader pool, or one snapshot of it
   */
  holdersOn(reader: Pool, personIds: readonly string[], day: Day): Promise<ReadonlySet<string>>;
}

export interface TrainingPorts {
  readonly cards: CardRecords;
}

let known: TrainingPorts | null = null;

/** Called once by the composition root, and by the set-up of tests. */
export function provideTrainingPorts(ports: TrainingPorts): void {
  known = ports;
}

export function trainingPorts(): TrainingPorts {
  invariant(known, 'the training slice was given its ports before it is used');
  return known;
}
