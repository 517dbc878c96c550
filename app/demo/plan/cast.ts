import type { Role } from '#app/accounts/role.ts';
import type { CityPlan, PlannedRegion, PlannedUnit } from './city.ts';
import { departmentKey } from './city.ts';

/** The persons behind the named demo accounts (design.md §4), who must stand in the right units. */
export const CAST = [
  'leader',
  'liaison',
  'officer',
  'applicant',
  'liaison2',
  'department',
  'office',
  'bureau',
  'bureau2',
  'supervisor',
  'editor',
  'reviewer',
  'invigilator',
] as const;
export type CastName = (typeof CAST)[number];

/** Where the story of the road plays: officer, applicant, liaison and leader are of one county bureau. */
export interface Stage {
  readonly city: PlannedRegion;
  readonly liaisonUnit: PlannedUnit;
  readonly otherUnit: PlannedUnit;
  readonly cityBureau: PlannedUnit;
  readonly cityDepartment: PlannedUnit;
  readonly justiceOffice: PlannedUnit;
}

const MAIN_FIELD = { name: '市场监督管理局', field: 'MARKET' } as const;

function unitOf(plan: CityPlan, key: string): PlannedUnit {
  const unit = plan.units.find((one) => one.key === key);
  if (!unit) throw new Error(`the plan has no unit ${key}`);
  return unit;
}

/** The stage lies in the first city: the last of its first three counties, and the county after the first. */
export function setStage(plan: CityPlan): Stage {
  const city = plan.regions.find((region) => region.level === 'city');
  const counties = plan.regions.filter(
    (region) =>
      region.parentKey === city?.key && region.level === 'county' && region.kind === 'administrative',
  );
  const home = counties[Math.min(2, counties.length - 1)];
  const other = counties[0];
  if (!city || !home || !other) throw new Error('the stage needs a city with counties');
  const office = plan.units.find(
    (unit) => unit.unitType === 'justice_office' && unit.regionKey.startsWith(`${home.key}/`),
  );
  if (!office) throw new Error('the stage needs a 司法所');
  return {
    city,
    liaisonUnit: unitOf(plan, departmentKey(home, MAIN_FIELD)),
    otherUnit: unitOf(plan, departmentKey(other, { name: '交通运输局' })),
    cityBureau: unitOf(plan, departmentKey(city, { name: '司法局' })),
    cityDepartment: unitOf(plan, departmentKey(city, MAIN_FIELD)),
    justiceOffice: office,
  };
}

/** The first persons of these units are the cast, in this order. */
export function castByUnit(stage: Stage): ReadonlyMap<string, readonly CastName[]> {
  return new Map<string, readonly CastName[]>([
    [stage.liaisonUnit.key, ['leader', 'liaison', 'officer', 'applicant']],
    [stage.otherUnit.key, ['liaison2']],
    [stage.cityDepartment.key, ['department']],
    [stage.justiceOffice.key, ['office']],
    [stage.cityBureau.key, ['bureau', 'bureau2', 'supervisor', 'editor', 'reviewer', 'invigilator']],
  ]);
}

/** What an account may do and where; unit and region by the plan's keys. */
export interface PlannedGrant {
  readonly role: Role;
  readonly scopeKind: 'self' | 'unit' | 'field' | 'region' | 'platform';
  readonly unitKey?: string;
  readonly regionKey?: string;
  readonly fieldCode?: string;
}

export interface PlannedAccount {
  readonly login: string;
  /** Null where nobody of the roster is behind it: outsiders and technical accounts. */
  readonly cast: CastName | null;
  readonly displayName: string | null;
  readonly grants: readonly PlannedGrant[];
}

const self = (role: Role): PlannedGrant => ({ role, scopeKind: 'self' });
const ofUnit = (role: Role, unit: PlannedUnit): PlannedGrant => ({
  role,
  scopeKind: 'unit',
  unitKey: unit.key,
});
const ofRegion = (role: Role, regionKey: string): PlannedGrant => ({ role, scopeKind: 'region', regionKey });

/** The named demo accounts (design.md §4); the candidates are added by number. */
export function planAccounts(stage: Stage): PlannedAccount[] {
  const cityKey = stage.city.key;
  const person = (login: CastName, ...grants: PlannedGrant[]): PlannedAccount => ({
    login,
    cast: login,
    displayName: null,
    grants,
  });
  const technical = (login: string, displayName: string, grant: PlannedGrant): PlannedAccount => ({
    login,
    cast: null,
    displayName,
    grants: [grant],
  });
  return [
    person('officer', self('officer')),
    person('applicant', self('applicant')),
    person('liaison', ofUnit('unit_liaison', stage.liaisonUnit)),
    person('liaison2', ofUnit('unit_liaison', stage.otherUnit)),
    person('leader', ofUnit('unit_leader', stage.liaisonUnit)),
    person('department', {
      role: 'system_department',
      scopeKind: 'field',
      regionKey: cityKey,
      fieldCode: MAIN_FIELD.field,
    }),
    person('office', ofRegion('justice_office', stage.justiceOffice.regionKey)),
    person('bureau', ofRegion('justice_bureau', cityKey)),
    person('bureau2', ofRegion('justice_bureau', cityKey)),
    person('supervisor', ofRegion('supervisor', cityKey)),
    technical('invited', '特邀监督员', ofRegion('invited_supervisor', cityKey)),
    person('editor', ofRegion('question_editor', cityKey)),
    person('reviewer', ofRegion('question_reviewer', cityKey)),
    person('invigilator', ofRegion('invigilator', cityKey)),
    technical('sysadmin', '系统管理员', { role: 'system_admin', scopeKind: 'platform' }),
    technical('secadmin', '安全管理员', { role: 'security_admin', scopeKind: 'platform' }),
    technical('auditor', '审计管理员', { role: 'audit_admin', scopeKind: 'platform' }),
  ];
}

/** applicant0001 … */
export function candidateLogin(index: number): string {
  return `applicant${String(index + 1).padStart(4, '0')}`;
}
