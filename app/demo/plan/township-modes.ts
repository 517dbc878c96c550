import type { Day } from '#app/platform/time/day.ts';
import { addMonths } from '#app/platform/time/day.ts';
import type { PlannedUnit } from './city.ts';

export type TownshipModeCode = 'dispatch' | 'empowerment' | 'mixed' | 'hub';

export interface PlannedMode {
  readonly unitKey: string;
  readonly mode: TownshipModeCode;
  readonly validFrom: Day;
  readonly validTo: Day | null;
}

/** 「派驻+赋权」 in nine places of sixty (RA1); the others are hubs in remote places, empowered, or dispatched to. */
function modeOf(township: number): TownshipModeCode {
  if (township % 7 === 0) return 'mixed';
  if (township % 5 === 2) return 'hub';
  return township % 3 === 1 ? 'empowerment' : 'dispatch';
}

/** Modes with their history: 「成熟一个、赋权一个」, some places were dispatched to before they were empowered (RA2). */
export function planTownshipModes(units: readonly PlannedUnit[], since: Day, seedDay: Day): PlannedMode[] {
  return units.flatMap((unit): PlannedMode[] => {
    if (unit.township === null) return [];
    const mode = modeOf(unit.township);
    if (mode !== 'empowerment' || unit.township % 2 === 0)
      return [{ unitKey: unit.key, mode, validFrom: since, validTo: null }];
    const turn = addMonths(seedDay, -6 * (1 + (unit.township % 4)));
    return [
      { unitKey: unit.key, mode: 'dispatch', validFrom: since, validTo: turn },
      { unitKey: unit.key, mode, validFrom: turn, validTo: null },
    ];
  });
}
