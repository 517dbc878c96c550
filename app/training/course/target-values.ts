import type { RegionLevel, UnitType } from '#app/organization/tree/tree.ts';

/** What a course may name as its targets; anything else in `course.yaml` is a fault, not a course for nobody. */
export const REGION_LEVELS = [
  'nation',
  'province',
  'city',
  'county',
  'township',
] as const satisfies readonly RegionLevel[];

export const UNIT_TYPES = [
  'government',
  'department',
  'team',
  'authorised',
  'entrusted',
  'township',
  'township_team',
  'dispatched_team',
  'zone_committee',
  'vertical',
  'justice',
  'justice_office',
  'legal_unit',
] as const satisfies readonly UnitType[];
