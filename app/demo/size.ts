/** How large an invented place is. Everything the generator makes follows from this and the seed day. */
export interface CitySize {
  readonly counties: number;
  readonly zones: number;
  readonly townships: number;
  /** Departments and the like that hold enforcement power, at city level, per county, and in all zones together. */
  readonly cityEntities: number;
  readonly entitiesPerCounty: number;
  readonly zoneEntities: number;
  /** 中心司法所 per county. */
  readonly justiceOfficesPerCounty: number;
  readonly persons: number;
  /** Persons with a card in force (有效 or 暂扣) on the seed day. */
  readonly holders: number;
  /** Persons registered for the demo exam beside `applicant`. */
  readonly candidates: number;
  readonly supervisors: number;
}

export interface DemoSize extends CitySize {
  readonly cities: number;
  /** Years of hours, the year of the seed day included. */
  readonly hourYears: number;
}

/**
 * The demo city (design.md §4; YC1, YC3, YC7, YC10, HY16): 15 regions with two functional zones, 147 townships, 558
 * entities (36 of the city + 12 × 29 + 27 of the zones + 147 townships), 8,854 holders, 304 supervision cards.
 */
export const DEMO_SIZE: DemoSize = {
  cities: 1,
  counties: 12,
  zones: 2,
  townships: 147,
  cityEntities: 36,
  entitiesPerCounty: 29,
  zoneEntities: 27,
  justiceOfficesPerCounty: 3,
  persons: 10_000,
  holders: 8_854,
  candidates: 200,
  supervisors: 304,
  hourYears: 4,
};

/** A small city for tests: every kind of thing is there, in seconds. */
export const SMALL_SIZE: DemoSize = {
  cities: 1,
  counties: 2,
  zones: 1,
  townships: 6,
  cityEntities: 10,
  entitiesPerCounty: 9,
  zoneEntities: 4,
  justiceOfficesPerCounty: 1,
  persons: 420,
  holders: 300,
  candidates: 12,
  supervisors: 9,
  hourYears: 2,
};

/** A province for measurements: 100,000 officers, about 6,000 units, 3 million hour entries. */
export const LARGE_SIZE: DemoSize = {
  cities: 11,
  counties: 8,
  zones: 1,
  townships: 90,
  cityEntities: 36,
  entitiesPerCounty: 29,
  zoneEntities: 14,
  justiceOfficesPerCounty: 3,
  persons: 9_800,
  holders: 9_091,
  candidates: 200,
  supervisors: 270,
  hourYears: 4,
};
