import { describe, expect, it } from 'vitest';
import { admissionRefusal, isAdmittedEstablishment } from '#app/organization/person/card-admission.ts';
import type { HomeStretch } from '#app/organization/person/home-timeline.ts';
import { ESTABLISHMENTS } from '#app/organization/person/person.ts';
import { decideAnswer, decideCorrection } from '#app/organization/register/correction.ts';
import type { PersonDetails } from '#app/organization/register/correction.ts';
import { decideEntry } from '#app/organization/register/entry.ts';
import { makeIdNumber } from '#test/support/id-number.ts';

const home = (unitId: string, validFrom: string, validTo: string | null): HomeStretch => ({
  linkId: `${unitId}-${validFrom}`,
  unitId,
  establishment: 'admin',
  position: null,
  department: null,
  isEnforcementPost: true,
  fieldCode: null,
  enforcementArea: null,
  validFrom,
  validTo,
  endReason: validTo === null ? null : 'resigned',
  sourceKind: 'test',
  sourceId: null,
});

describe('编制 that may not hold a card', () => {
  it('are recognised and refused with the reason: 工勤、企业、编外', () => {
    expect(ESTABLISHMENTS.filter((one) => !isAdmittedEstablishment(one))).toEqual([
      'worker',
      'enterprise',
      'contract',
      'dispatched_labour',
      'public_welfare',
    ]);
    expect(admissionRefusal('worker')).toContain('工勤编制');
    expect(admissionRefusal('enterprise')).toContain('不在核发范围内');
    expect(admissionRefusal('admin')).toBeNull();
  });
});

describe('entering a person', () => {
  const entrant = { name: '张三', idNumber: makeIdNumber(77), unitId: 'a', fromDay: '2026-11-01' };
  const known = (homes: readonly HomeStretch[], name = '张三') => ({ personId: 'p', name, homes });

  it('is new where the number is unknown, and a return for who left', () => {
    expect(decideEntry(entrant, null)).toEqual({ ok: true, value: 'new' });
    expect(decideEntry(entrant, known([home('b', '2020-01-01', '2025-01-01')]))).toEqual({
      ok: true,
      value: 'returns',
    });
  });

  it('points to the transfer where the person is at another unit, and says when it is the same one', () => {
    expect(decideEntry(entrant, known([home('b', '2020-01-01', null)]))).toMatchObject({
      code: 'ALREADY_ELSEWHERE',
      detail: { unitId: 'b' },
    });
    expect(decideEntry(entrant, known([home('a', '2020-01-01', null)]))).toMatchObject({
      code: 'ALREADY_HERE',
    });
  });

  it('tells no unit to whoever knows the number but not the name', () => {
    const refused = decideEntry(entrant, known([home('b', '2020-01-01', null)], '李四'));
    expect(refused).toMatchObject({ code: 'NAME_DIFFERS' });
    expect(JSON.stringify(refused)).not.toContain('"b"');
  });

  it('is refused before a home that is already known, and outside 16 to 100 years', () => {
    expect(decideEntry(entrant, known([home('b', '2027-01-01', null)]))).toMatchObject({
      code: 'LATER_PLACE_KNOWN',
    });
    expect(decideEntry({ ...entrant, fromDay: '1995-01-01' }, null)).toMatchObject({
      code: 'AGE_OUT_OF_RANGE',
    });
    expect(decideEntry({ ...entrant, fromDay: '2099-01-01' }, null)).toMatchObject({
      code: 'AGE_OUT_OF_RANGE',
    });
  });
});

describe('correcting a person’s data', () => {
  const known: PersonDetails = {
    name: '张三',
    idNumber: makeIdNumber(5),
    education: '大学本科',
    hasLegalQualification: false,
    phone: null,
  };
  const show = () => 'x';

  it('asks a second person for name and number, and for nothing else', () => {
    const decide = (wanted: Partial<PersonDetails>) => decideCorrection(known, { ...known, ...wanted }, show);
    expect(decide({ name: '张叁' })).toMatchObject({ value: { needsSecond: true } });
    expect(decide({ idNumber: makeIdNumber(6) })).toMatchObject({ value: { needsSecond: true } });
    expect(
      decide({ education: '硕士研究生', hasLegalQualification: true, phone: '13900000000' }),
    ).toMatchObject({
      value: { needsSecond: false },
    });
    expect(decide({})).toMatchObject({ code: 'NOTHING_CORRECTED' });
  });

  it('is not answered by whoever filed it, but may be taken back', () => {
    const filed = { state: 'filed', filedByKey: 'a' } as const;
    expect(decideAnswer(filed, { act: 'apply', byKey: 'a', note: null })).toMatchObject({
      code: 'MAKER_IS_CHECKER',
    });
    expect(decideAnswer(filed, { act: 'apply', byKey: 'b', note: null })).toEqual({
      ok: true,
      value: 'applied',
    });
    expect(decideAnswer(filed, { act: 'withdraw', byKey: 'a', note: null })).toEqual({
      ok: true,
      value: 'withdrawn',
    });
    expect(decideAnswer(filed, { act: 'decline', byKey: 'b', note: ' ' })).toMatchObject({
      code: 'NOTE_REQUIRED',
    });
    for (const state of ['applied', 'declined', 'withdrawn'] as const)
      expect(decideAnswer({ ...filed, state }, { act: 'apply', byKey: 'b', note: null })).toMatchObject({
        code: 'CORRECTION_ANSWERED',
      });
  });
});
