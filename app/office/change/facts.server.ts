import type { Pool } from '#app/platform/db/db.server.ts';
import type { Day } from '#app/platform/time/day.ts';

/**
 * What the slices above know about a person or a unit, shown beside a transfer or an act. They contribute it through the
 * composition root (`changePart`), because this room may not import them.
 */
export interface Fact {
  readonly label: string;
  readonly value: string;
}

export interface TransferFacts {
  /** Heading on the acceptance page: 证件、本年学时、考试报名、培训班. */
  readonly title: string;
  list(pool: Pool, personId: string, today: Day): Promise<readonly Fact[]>;
}

/** One kind of thing that belongs to units, how many there are, and what becomes of them. */
export interface UnitFact {
  readonly what: string;
  readonly count: number;
  readonly outcome: string;
}

export interface ChangeFacts {
  list(
    pool: Pool,
    places: { readonly unitIds: readonly string[]; readonly regionIds: readonly string[] },
    today: Day,
  ): Promise<readonly UnitFact[]>;
}

export interface ChangePorts {
  readonly transferFacts: readonly TransferFacts[];
  readonly changeFacts: readonly ChangeFacts[];
}

const NONE: ChangePorts = { transferFacts: [], changeFacts: [] };
const known = new WeakMap<Pool, ChangePorts>();

export function provideChangePorts(pool: Pool, ports: ChangePorts): void {
  known.set(pool, ports);
}

/** What the application around this pool contributes; nothing where no slice does. */
export function changePorts(pool: Pool): ChangePorts {
  return known.get(pool) ?? NONE;
}
