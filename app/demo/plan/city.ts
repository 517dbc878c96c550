import type { RegionLevel, UnitType } from '#app/organization/tree/tree.ts';
import { shareOut } from '../dice.ts';
import type { DemoSize } from '../size.ts';
import type { DepartmentKind } from './departments.ts';
import { CITY_ONLY_TEAM_FIELD, DEPARTMENT_KINDS } from './departments.ts';
import { cityName, countyName, townshipName, townshipUnitName, zoneName } from './place-names.ts';

/** Keys are labels within the generator; ids are made from them when they are written. */
export interface PlannedRegion {
  readonly key: string;
  readonly parentKey: string | null;
  readonly code: string;
  readonly name: string;
  readonly level: RegionLevel;
  readonly kind: 'administrative' | 'functional_zone';
}

export interface PlannedUnit {
  readonly key: string;
  readonly parentKey: string | null;
  readonly regionKey: string;
  /** County or city whose name goes before the unit's, for 执法区域. */
  readonly areaName: string;
  readonly code: string;
  readonly name: string;
  readonly unitType: UnitType;
  readonly field: string | null;
  /** How many people work here beside others: a weight, not a number. */
  readonly weight: number;
  readonly entity: PlannedEntity | null;
  /** Position among the townships of its city, for the mode; null for all other units. */
  readonly township: number | null;
}

export interface PlannedEntity {
  readonly entityType: 'organ' | 'authorised' | 'entrusted';
  readonly legalBasis: string;
  readonly entrustingUnitKey: string | null;
}

export interface CityPlan {
  readonly regions: readonly PlannedRegion[];
  readonly units: readonly PlannedUnit[];
}

const WEIGHTS = {
  cityDepartment: 9,
  cityJustice: 45,
  cityTeam: 90,
  department: 7,
  justice: 24,
  team: 34,
  zoneDepartment: 9,
  committee: 6,
  township: 4,
  townshipTeam: 15,
  justiceOffice: 3,
} as const;

const TOWNSHIPS_PER_ZONE = 3;
const PROVINCE: PlannedRegion = {
  key: 'province',
  parentKey: null,
  code: '990000',
  name: '演示省',
  level: 'province',
  kind: 'administrative',
};

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

/** A place that has departments of its own. */
interface Seat {
  readonly region: PlannedRegion;
  readonly level: 'city' | 'county' | 'zone';
}

function departmentUnit(seat: Seat, kind: DepartmentKind, index: number): PlannedUnit {
  const { region, level } = seat;
  const isJustice = kind.unitType === 'justice';
  const weight =
    level === 'city'
      ? isJustice
        ? WEIGHTS.cityJustice
        : WEIGHTS.cityDepartment
      : level === 'zone'
        ? WEIGHTS.zoneDepartment
        : isJustice
          ? WEIGHTS.justice
          : WEIGHTS.department;
  const entrusting = DEPARTMENT_KINDS.findIndex(
    (one) => one.field === kind.field && one.entityType === 'organ',
  );
  return {
    key: departmentKey(region, kind),
    parentKey: null,
    regionKey: region.key,
    areaName: region.name,
    code: `${region.code}-${pad(index + 1, 2)}`,
    name: region.name + kind.name,
    unitType: kind.unitType,
    field: kind.field,
    weight,
    entity: {
      entityType: kind.entityType,
      legalBasis: kind.legalBasis,
      entrustingUnitKey:
        kind.entityType === 'entrusted' && DEPARTMENT_KINDS[entrusting]
          ? departmentKey(region, DEPARTMENT_KINDS[entrusting])
          : null,
    },
    township: null,
  };
}

/** The unit of one kind in one place; accounts of the demo are bound to units by this key. */
export function departmentKey(
  region: Pick<PlannedRegion, 'key'>,
  kind: Pick<DepartmentKind, 'name'>,
): string {
  return `${region.key}/${kind.name}`;
}

/** 局队合一 (YC7): the team acts in the bureau's name, so it is below the bureau and is no entity. */
function teamUnit(seat: Seat, kind: DepartmentKind, bureau: PlannedUnit): PlannedUnit | null {
  const isKept = seat.level === 'city' || (seat.level === 'county' && kind.field !== CITY_ONLY_TEAM_FIELD);
  if (kind.team === null || !isKept) return null;
  return {
    ...bureau,
    key: `${bureau.key}/team`,
    parentKey: bureau.key,
    code: `${bureau.code}-T`,
    name: `${seat.region.name}${kind.team}${seat.level === 'city' ? '支队' : '大队'}`,
    unitType: 'team',
    weight: seat.level === 'city' ? WEIGHTS.cityTeam : WEIGHTS.team,
    entity: null,
  };
}

function plainUnit(
  region: PlannedRegion,
  unit: Pick<PlannedUnit, 'name' | 'unitType' | 'weight'> & Partial<PlannedUnit>,
): PlannedUnit {
  return {
    key: `${region.key}/${unit.name}`,
    parentKey: null,
    regionKey: region.key,
    areaName: region.name,
    code: `${region.code}-00`,
    field: null,
    entity: null,
    township: null,
    ...unit,
  };
}

/** Departments and teams of a place, the first `count` kinds. */
function departmentUnits(seat: Seat, count: number): PlannedUnit[] {
  return DEPARTMENT_KINDS.slice(0, count).flatMap((kind, index) => {
    const bureau = departmentUnit(seat, kind, index);
    const team = teamUnit(seat, kind, bureau);
    return team === null ? [bureau] : [bureau, team];
  });
}

/** HY16: a committee of a functional zone acts like a county; it is one of the zone's entities. */
function zoneUnits(region: PlannedRegion, entities: number): PlannedUnit[] {
  const committee = plainUnit(region, {
    name: `${region.name}管理委员会`,
    unitType: 'zone_committee',
    weight: WEIGHTS.committee,
    field: 'TOWNSHIP_COMP',
    entity: {
      entityType: 'authorised',
      legalBasis: '《中华人民共和国行政处罚法》第十九条',
      entrustingUnitKey: null,
    },
  });
  return [committee, ...departmentUnits({ region, level: 'zone' }, entities - 1)];
}

/** YC7: every township and street has a team headed by its mayor or director. */
function townshipUnits(county: PlannedRegion, region: PlannedRegion, township: number): PlannedUnit[] {
  const government = plainUnit(region, {
    name: townshipUnitName(county.name, region.name),
    unitType: 'township',
    field: 'TOWNSHIP_COMP',
    areaName: county.name + region.name,
    weight: WEIGHTS.township,
    entity: {
      entityType: 'organ',
      legalBasis: '《中华人民共和国行政处罚法》第二十四条',
      entrustingUnitKey: null,
    },
    township,
  });
  const team: PlannedUnit = {
    ...government,
    key: `${government.key}/team`,
    parentKey: government.key,
    code: `${region.code}-01`,
    name: `${county.name}${region.name}综合行政执法队`,
    unitType: 'township_team',
    weight: WEIGHTS.townshipTeam,
    entity: null,
    township: null,
  };
  return [government, team];
}

function justiceOffice(county: PlannedRegion, region: PlannedRegion, bureauKey: string): PlannedUnit {
  return plainUnit(region, {
    parentKey: bureauKey,
    code: `${region.code}-02`,
    name: `${county.name}司法局${region.name.replace(/(?:镇|乡|街道)$/, '')}司法所`,
    unitType: 'justice_office',
    field: 'JUSTICE_ADMIN',
    areaName: county.name + region.name,
    weight: WEIGHTS.justiceOffice,
  });
}

function cityRegion(size: DemoSize, city: number): PlannedRegion {
  return {
    key: `city${city}`,
    parentKey: size.cities > 1 ? PROVINCE.key : null,
    code: `99${pad(city + 1, 2)}00`,
    name: cityName(city),
    level: 'city',
    kind: 'administrative',
  };
}

/** Counties first, then zones; a zone has a code of its own because it is no division (RA9). */
function countyRegions(size: DemoSize, city: number, parent: PlannedRegion): PlannedRegion[] {
  const prefix = parent.code.slice(0, 4);
  const counties = Array.from({ length: size.counties }, (_, index) => ({
    key: `${parent.key}/county${index}`,
    parentKey: parent.key,
    code: prefix + pad(index + 2, 2),
    name: countyName(city, index),
    level: 'county' as const,
    kind: 'administrative' as const,
  }));
  const zones = Array.from({ length: size.zones }, (_, index) => ({
    key: `${parent.key}/zone${index}`,
    parentKey: parent.key,
    code: `${prefix}Z${index + 1}`,
    name: zoneName(city, index),
    level: 'county' as const,
    kind: 'functional_zone' as const,
  }));
  return [...counties, ...zones];
}

/** How many townships each county and zone has: zones few, the rest evenly among the counties. */
function townshipShares(size: DemoSize): number[] {
  const inZones = Math.min(TOWNSHIPS_PER_ZONE * size.zones, Math.floor(size.townships / 2));
  const counties = shareOut(
    size.townships - inZones,
    Array.from({ length: size.counties }, () => 1),
  );
  const zones =
    size.zones === 0
      ? []
      : shareOut(
          inZones,
          Array.from({ length: size.zones }, () => 1),
        );
  return [...counties, ...zones];
}

function planOneCity(size: DemoSize, city: number): CityPlan {
  const region = cityRegion(size, city);
  const regions: PlannedRegion[] = [region];
  const government = plainUnit(region, { name: `${region.name}人民政府`, unitType: 'government', weight: 0 });
  const units: PlannedUnit[] = [government, ...departmentUnits({ region, level: 'city' }, size.cityEntities)];
  const zoneShares =
    size.zones === 0
      ? []
      : shareOut(
          size.zoneEntities,
          Array.from({ length: size.zones }, () => 1),
        );
  const shares = townshipShares(size);
  let township = 0;
  countyRegions(size, city, region).forEach((county, index) => {
    const isZone = county.kind === 'functional_zone';
    regions.push(county);
    if (isZone) units.push(...zoneUnits(county, zoneShares[index - size.counties] ?? 0));
    else {
      units.push(plainUnit(county, { name: `${county.name}人民政府`, unitType: 'government', weight: 0 }));
      units.push(...departmentUnits({ region: county, level: 'county' }, size.entitiesPerCounty));
    }
    for (let nth = 0; nth < (shares[index] ?? 0); nth += 1, township += 1) {
      const place: PlannedRegion = {
        key: `${county.key}/town${nth}`,
        parentKey: county.key,
        code: county.code + pad(nth + 1, 3),
        name: townshipName(township),
        level: 'township',
        kind: 'administrative',
      };
      regions.push(place);
      units.push(...townshipUnits(county, place, township));
      if (!isZone && nth < size.justiceOfficesPerCounty)
        units.push(justiceOffice(county, place, departmentKey(county, { name: '司法局' })));
    }
  });
  return { regions, units };
}

/** Regions and units of the whole invented place, parents before children. */
export function planCity(size: DemoSize): CityPlan {
  const cities = Array.from({ length: size.cities }, (_, city) => planOneCity(size, city));
  return {
    regions: [...(size.cities > 1 ? [PROVINCE] : []), ...cities.flatMap((city) => city.regions)],
    units: cities.flatMap((city) => city.units),
  };
}
