import { describe, expect, it } from 'vitest';
import { PERMISSIONS, type Permission, admits, rolesFor } from '#app/accounts/permission.ts';
import { passwordProblem } from '#app/accounts/password-rules.ts';
import { reachOf } from '#app/accounts/reach.ts';
import { ADMIN_ROLES, ROLES, type Grant } from '#app/accounts/role.ts';
import { buildTree } from '#app/organization/tree/tree.ts';

const permissions = Object.keys(PERMISSIONS) as Permission[];

describe('permissions', () => {
  it('give the three administrators no business data by default (domain.md 9.1)', () => {
    const own = new Set([
      'platform.operate',
      'delivery.read',
      'delivery.resend',
      'account.open',
      'audit.read',
    ]);
    for (const role of ADMIN_ROLES)
      expect(
        permissions.filter((permission) => rolesFor(permission).includes(role) && !own.has(permission)),
      ).toEqual([]);
  });

  it('show invited supervisors aggregates, never persons (YC11)', () => {
    expect(admits('figures.read', ['invited_supervisor'])).toBe(true);
    expect(permissions.filter((permission) => rolesFor(permission).includes('invited_supervisor'))).toEqual([
      'figures.read',
    ]);
  });

  it('let the public through public doors only, and everybody signed in through signed-in doors', () => {
    for (const permission of permissions)
      expect(admits(permission, null)).toBe(PERMISSIONS[permission] === 'public');
    expect(admits('home.read', [])).toBe(true);
    expect(admits('roster.import', ['officer'])).toBe(false);
  });

  it('never let one role file and decide the same application', () => {
    for (const role of ROLES)
      expect(admits('application.file', [role]) && admits('application.approve', [role])).toBe(false);
  });
});

const region = (id: string, parentId: string | null) =>
  ({ id, code: id, parentId, name: id, level: 'county', kind: 'administrative' }) as const;
const unit = (id: string, parentId: string | null, regionId: string, fieldCodes: string[]) =>
  ({
    id,
    code: id,
    parentId,
    regionId,
    name: id,
    namePinyin: id,
    unitType: 'department',
    fieldCodes,
  }) as const;
const tree = buildTree(
  '2026-11-23',
  [region('city', null), region('east', 'city'), region('west', 'city')],
  [
    unit('city-urban', null, 'city', ['URBAN']),
    unit('city-urban-team', 'city-urban', 'city', ['URBAN']),
    unit('east-urban', null, 'east', ['URBAN']),
    unit('east-eco', null, 'east', ['ECO']),
    unit('west-urban', null, 'west', ['URBAN', 'ECO']),
  ],
);
const grant = (part: Partial<Grant>): Grant => ({
  role: 'unit_liaison',
  scopeKind: 'unit',
  unitId: null,
  regionId: null,
  fieldCode: null,
  ...part,
});

describe('reach: both lines, 块 and 条 (HY6, YC16)', () => {
  it('covers a unit with all below it', () => {
    expect([...reachOf([grant({ unitId: 'city-urban' })], 'session.read', tree).unitIds].sort()).toEqual([
      'city-urban',
      'city-urban-team',
    ]);
  });

  it('covers a region with all below it', () => {
    const reach = reachOf(
      [grant({ role: 'justice_bureau', scopeKind: 'region', regionId: 'city' })],
      'figures.read',
      tree,
    );
    expect(reach.unitIds.size).toBe(5);
    expect([...reach.regionIds].sort()).toEqual(['city', 'east', 'west']);
  });

  it('covers a field line across counties, and nothing of other fields', () => {
    const line = grant({ role: 'system_department', scopeKind: 'field', regionId: 'city', fieldCode: 'ECO' });
    expect([...reachOf([line], 'figures.read', tree).unitIds].sort()).toEqual(['east-eco', 'west-urban']);
  });

  it('counts only grants that carry the permission, and a self grant reaches no unit', () => {
    const grants = [
      grant({ role: 'unit_leader', unitId: 'east-eco' }),
      grant({ role: 'officer', scopeKind: 'self' }),
    ];
    expect(reachOf(grants, 'session.schedule', tree).unitIds.size).toBe(0);
    expect([...reachOf(grants, 'figures.read', tree).unitIds]).toEqual(['east-eco']);
  });
});

describe('new passwords (domain.md 9.1)', () => {
  it.each([
    ['Short1!', 'TOO_SHORT'],
    ['alllowercase', 'TOO_FEW_CLASSES'],
    ['lower12345', 'TOO_FEW_CLASSES'],
    ['Xliaison1234!', 'CONTAINS_LOGIN'],
    [`Aa1${'x'.repeat(126)}`, 'TOO_LONG'],
    ['Valid-Pass1', null],
  ] as const)('%s → %s', (password, problem) => {
    expect(passwordProblem(password, 'liaison')).toBe(problem);
  });
});
