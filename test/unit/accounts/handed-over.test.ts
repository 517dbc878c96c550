import { describe, expect, it } from 'vitest';
import type { GrantStretch } from '#app/accounts/grants/grant-moves.ts';
import { decideHandedOver, passingGrants } from '#app/accounts/grants/handed-over.ts';

const DAY = '2026-11-23';
const grant = (change: Partial<GrantStretch> = {}): GrantStretch => ({
  grantId: 'g1',
  accountId: 'from',
  role: 'unit_liaison',
  scopeKind: 'unit',
  unitId: 'office',
  regionId: null,
  fieldCode: null,
  validFrom: '2025-01-01',
  validTo: null,
  ...change,
});
const receiver = (grants: GrantStretch[] = []) => ({ accountId: 'to', grants });

describe('rights that pass with an office', () => {
  it('end on the day here and begin on the day there, to the same last day', () => {
    expect(decideHandedOver([grant({ validTo: '2027-01-01' })], receiver(), DAY)).toEqual({
      supersede: ['g1'],
      insert: [
        expect.objectContaining({ accountId: 'from', validFrom: '2025-01-01', validTo: DAY }),
        expect.objectContaining({ accountId: 'to', validFrom: DAY, validTo: '2027-01-01' }),
      ],
    });
  });

  it('begun only today leave nothing behind', () => {
    const { insert } = decideHandedOver([grant({ validFrom: DAY })], receiver(), DAY);
    expect(insert.map((one) => one.accountId)).toEqual(['to']);
  });

  it('held by the receiver already are not granted twice', () => {
    const held = grant({ grantId: 'g2', accountId: 'to' });
    const { insert } = decideHandedOver([grant()], receiver([held]), DAY);
    expect(insert.map((one) => one.accountId)).toEqual(['from']);
    const over = { ...held, validTo: '2026-11-01' };
    expect(decideHandedOver([grant()], receiver([over]), DAY).insert).toHaveLength(2);
  });

  it.each([
    ['what belongs to the person', grant({ role: 'officer', scopeKind: 'self', unitId: null })],
    [
      'the card of a supervisor',
      grant({ role: 'supervisor', scopeKind: 'region', unitId: null, regionId: 'r' }),
    ],
    ['what is over', grant({ validTo: DAY })],
    ['what has not begun', grant({ validFrom: '2026-11-24' })],
  ])('not %s', (_, one) => {
    expect(passingGrants([one], DAY)).toEqual([]);
  });
});
