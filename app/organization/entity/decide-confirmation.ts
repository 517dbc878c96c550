import type { Day } from '#app/platform/time/day.ts';
import type { EntityRecord, EntityStatement } from './entity.ts';

/** One line of an approved confirmation. `same` takes whatever stands on the day; the others say what is different. */
export type ConfirmedLine =
  | { readonly verdict: 'same'; readonly unitId: string; readonly entityId: string }
  | {
      readonly verdict: 'changed';
      readonly unitId: string;
      readonly entityId: string;
      readonly statement: EntityStatement;
    }
  | {
      readonly verdict: 'new';
      readonly unitId: string;
      readonly entityId: string;
      readonly statement: EntityStatement;
    }
  | { readonly verdict: 'abolished'; readonly unitId: string; readonly entityId: string };

interface Held extends EntityRecord {
  readonly rowId: string;
  readonly validFrom: Day;
  readonly validTo: Day | null;
}

type Version = Omit<Held, 'rowId' | 'creditCode'>;

export interface ConfirmationPlan {
  readonly supersede: readonly string[];
  readonly insert: readonly Version[];
  /** Entities that no longer stand with the unit on the day: merged, abolished or moved since the unit answered. */
  readonly gone: readonly string[];
}

export interface Confirmation {
  readonly documentNo: string;
  /** First day on which the confirmation holds. */
  readonly effectiveDay: Day;
}

function versionOf(held: Held): Version {
  const { rowId: _, creditCode: __, ...version } = held;
  return version;
}

function confirmed(base: Version, from: Day, confirmation: Confirmation): Version {
  return { ...base, validFrom: from, confirmationNo: confirmation.documentNo, announcedDay: null };
}

function stated(base: Version, statement: EntityStatement): Version {
  const { creditCode: _, ...rest } = statement;
  return { ...base, ...rest };
}

/**
 * What an approved confirmation does to the dated rows. A row that holds on the effective day is cut there and goes on
 * with the document's number (YC1); days before it never change. An abolished entity ends on the day. What has been
 * planned for later days stays as it is: `validTo` of the row is kept.
 * @param held rows that hold on the effective day, at most one an entity
 */
export function decideConfirmation(
  held: readonly Held[],
  lines: readonly ConfirmedLine[],
  confirmation: Confirmation,
): ConfirmationPlan {
  const day = confirmation.effectiveDay;
  const byEntity = new Map(held.map((row) => [row.entityId, row]));
  const supersede: string[] = [];
  const insert: Version[] = [];
  const gone: string[] = [];
  for (const line of lines) {
    if (line.verdict === 'new') {
      const { creditCode: _, ...statement } = line.statement;
      const born = { entityId: line.entityId, unitId: line.unitId, ...statement, validTo: null };
      insert.push(
        confirmed({ ...born, confirmationNo: null, announcedDay: null, validFrom: day }, day, confirmation),
      );
      continue;
    }
    const row = byEntity.get(line.entityId);
    if (row === undefined || row.unitId !== line.unitId) {
      gone.push(line.entityId);
      continue;
    }
    supersede.push(row.rowId);
    const base = versionOf(row);
    if (row.validFrom < day) insert.push({ ...base, validTo: day });
    if (line.verdict === 'abolished') continue;
    insert.push(
      confirmed(line.verdict === 'changed' ? stated(base, line.statement) : base, day, confirmation),
    );
  }
  return { supersede, insert, gone };
}
