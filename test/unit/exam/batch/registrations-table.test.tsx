import { describe, expect, it } from 'vitest';
import type { RegistrationLine } from '#app/exam/batch/batch-view.server.ts';
import { RegistrationsTable } from '#app/exam/batch/ui/registrations-table.tsx';
import { renderAt } from '../../platform/ui/render.tsx';

const LINE: RegistrationLine = {
  ...{ id: 'r', batchId: 'b', personId: 'p', personName: '张某', idNumberMasked: '9901**********1234' },
  ...{ unitId: 'u', unitName: '甲局', status: 'registered', route: 'regular', verdict: 'eligible' },
  ...{ reasons: [], declared: {}, asked: null, askedNote: null, answerNote: null, askedPerson: null },
  ...{ sittingId: 's', ticketNo: null, version: 1, registeredBy: null },
  registeredAt: new Date('2026-11-01T01:00:00.000Z'),
  ...{ waitsForFirstCheck: false, isHeld: false, isClean: true },
};

function list(over: Partial<RegistrationLine>): string {
  const shown = { batchId: 'b', rows: [{ ...LINE, ...over }], total: 1, forBulk: 0, page: 1, size: 20 };
  const sort = { field: 'name', direction: 'asc' } as const;
  const rest = { sort, search: '', commandId: 'c', mayDecide: true };
  return renderAt('/', <RegistrationsTable {...shown} {...rest} />);
}

describe('the list of registrations', () => {
  it('says of whose sitting nobody may enter any more, and no more than that: people may still sit there', () => {
    const html = list({ isHeld: true, isClean: false });
    expect(html).toContain('该场最迟入场时间已过');
    expect(html).not.toContain('已经举行');
    expect(html).toMatch(/<input[^>]*disabled=""[^>]*aria-label="选择 张某，甲局"/);
  });

  it('and nothing of the kind of who may still be approved', () => {
    expect(list({})).not.toContain('最迟入场');
  });
});
