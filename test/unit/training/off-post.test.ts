import { describe, expect, it } from 'vitest';
import type { HourEntry } from '#app/training/ledger/entry.ts';
import { replacementOf, reversalOf } from '#app/training/ledger/entry.ts';
import { isOffPost, saysOffPost } from '#app/training/ledger/off-post.ts';

const entry = (basis: HourEntry['basis']): HourEntry => ({
  id: 'e',
  personId: 'p',
  unitId: 'u',
  creditSeconds: 2700,
  category: 'public_law',
  occurredDay: '2026-11-02',
  kind: 'session',
  sourceKind: 'training_session',
  sourceId: 's',
  title: '离岗培训',
  basis,
  reversesEntryId: null,
  reversedById: null,
  reasonCode: null,
  recordedBy: null,
  approvedBy: null,
});
const why = { reasonCode: 'other', text: '记错', recordedBy: 'a', approvedBy: 'b' };

describe('case 5: 离岗培训 is tagged', () => {
  it('in the basis of the entry, and in both entries of a correction', () => {
    const tagged = entry({ rule: 'stated_hours', purpose: 'off_post' });
    expect(
      [tagged, reversalOf(tagged, why), replacementOf(tagged, 1350, why)].map((e) => isOffPost(e.basis)),
    ).toEqual([true, true, true]);
    const plain = entry({ rule: 'stated_hours' });
    expect(
      [plain, reversalOf(plain, why), replacementOf(plain, 1350, why)].map((e) => isOffPost(e.basis)),
    ).toEqual([false, false, false]);
  });

  it.each([
    [['离岗培训', null], true],
    [[null, '证件暂扣人员离岗培训（第一期）'], true],
    [['集中学习', '岗前培训'], false],
    [[null, null], false],
  ] as const)('in an imported ledger by its words %j: %s', (words, expected) => {
    expect(saysOffPost(...words)).toBe(expected);
  });
});
