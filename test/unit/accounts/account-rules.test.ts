import { describe, expect, it } from 'vitest';
import type { Giver, Receiver } from '#app/accounts/administration/account-rules.ts';
import { decideGrant, mayChange, scopeKindOf } from '#app/accounts/administration/account-rules.ts';
import type { NewGrant } from '#app/accounts/grants/grant-moves.ts';
import { isLogin } from '#app/accounts/login-rules.ts';
import type { Role } from '#app/accounts/role.ts';
import { ROLES } from '#app/accounts/role.ts';

const TODAY = '2026-11-23';
const security: Giver = { kind: 'security', personKey: 'sec', unitIds: new Set(), regionIds: new Set() };
const bureau: Giver = {
  kind: 'bureau',
  personKey: 'bureau',
  unitIds: new Set(['near']),
  regionIds: new Set(['here']),
};

function grant(role: Role, change: Partial<NewGrant> = {}): NewGrant {
  const scopeKind = scopeKindOf(role);
  return {
    accountId: 'a',
    role,
    scopeKind,
    unitId: scopeKind === 'unit' ? 'near' : null,
    regionId: scopeKind === 'region' || scopeKind === 'field' ? 'here' : null,
    fieldCode: scopeKind === 'field' ? 'ECO' : null,
    validFrom: TODAY,
    validTo: null,
    ...change,
  };
}
const receiver = (...grants: NewGrant[]): Receiver => ({
  accountId: 'a',
  personKey: 'p',
  hasPerson: true,
  isActive: true,
  grants,
});
const codeOf = (outcome: { ok: boolean; code?: string }) => (outcome.ok ? 'ok' : outcome.code);

describe('giving a role', () => {
  it('keeps the three administrators apart from each other and from business, in both directions (domain 9.1)', () => {
    for (const held of ROLES)
      for (const wanted of ['system_admin', 'security_admin', 'audit_admin'] as const) {
        if (held === wanted) continue;
        expect(codeOf(decideGrant(grant(wanted), receiver(grant(held)), security, TODAY))).toBe(
          'ADMINISTRATORS_APART',
        );
        expect(codeOf(decideGrant(grant(held), receiver(grant(wanted)), security, TODAY))).toBe(
          'ADMINISTRATORS_APART',
        );
      }
    const past = grant('audit_admin', { validFrom: '2025-01-01', validTo: TODAY });
    expect(codeOf(decideGrant(grant('officer'), receiver(past), security, TODAY))).toBe('ok');
  });

  it("never reaches the own account, whichever of the person's accounts it is", () => {
    expect(codeOf(decideGrant(grant('officer'), { ...receiver(), personKey: 'sec' }, security, TODAY))).toBe(
      'OWN_ACCOUNT',
    );
  });

  it('lets a bureau give everyday offices within its region only', () => {
    expect(codeOf(decideGrant(grant('unit_liaison'), receiver(), bureau, TODAY))).toBe('ok');
    expect(codeOf(decideGrant(grant('unit_liaison', { unitId: 'far' }), receiver(), bureau, TODAY))).toBe(
      'PLACE_OUT_OF_REACH',
    );
    for (const role of ['justice_bureau', 'supervisor', 'security_admin', 'question_editor'] as const)
      expect(codeOf(decideGrant(grant(role), receiver(), bureau, TODAY))).toBe('ROLE_NOT_YOURS_TO_GIVE');
  });

  it('is dated: not backdated, not ended before it begins, not twice for the same time', () => {
    const decide = (change: Partial<NewGrant>, ...held: NewGrant[]) =>
      codeOf(decideGrant(grant('unit_leader', change), receiver(...held), security, TODAY));
    expect(decide({ validFrom: '2026-11-22' })).toBe('STARTS_IN_THE_PAST');
    expect(decide({ validTo: TODAY })).toBe('DAYS_NOT_IN_ORDER');
    expect(decide({}, grant('unit_leader'))).toBe('ALREADY_GRANTED');
    expect(decide({}, grant('unit_leader', { unitId: 'other' }))).toBe('ok');
  });

  it('needs a person for what is learned and a running account for anything', () => {
    expect(codeOf(decideGrant(grant('officer'), { ...receiver(), hasPerson: false }, security, TODAY))).toBe(
      'PERSON_NEEDED',
    );
    expect(codeOf(decideGrant(grant('officer'), { ...receiver(), isActive: false }, security, TODAY))).toBe(
      'ACCOUNT_DISABLED',
    );
  });
});

describe('changing an account', () => {
  it("is not a way into a colleague's or a superior's office", () => {
    expect(mayChange(bureau, receiver(grant('unit_liaison')), TODAY)).toBe(true);
    expect(mayChange(bureau, receiver(grant('justice_bureau')), TODAY)).toBe(false);
    expect(mayChange(bureau, receiver(grant('unit_liaison', { unitId: 'far' })), TODAY)).toBe(false);
    expect(mayChange(security, receiver(grant('justice_bureau')), TODAY)).toBe(true);
    expect(mayChange(security, { personKey: 'sec', grants: [] }, TODAY)).toBe(false);
  });
});

describe('a login', () => {
  it('is small letters, digits, dot, dash, underscore', () => {
    for (const login of ['sysadmin', 'wy-liaison01', 'zhang.san', 'a1']) expect(isLogin(login)).toBe(true);
    for (const login of ['', 'a', 'Zhang', '张三', 'a b', '-x', 'a@b']) expect(isLogin(login)).toBe(false);
  });
});
