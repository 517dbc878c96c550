import { describe, expect, it } from 'vitest';
import type { HomePlace } from '#app/organization/person/home-timeline.ts';
import type { RosterContext } from '#app/organization/roster/decide-roster.ts';
import { decideRoster } from '#app/organization/roster/decide-roster.ts';
import type { KnownPerson, RosterRow } from '#app/organization/roster/roster-row.ts';
import { buildUnitIndex, likeness } from '#app/organization/roster/unit-index.ts';

const unit = (id: string, name: string, regionName = '甲县', fieldCodes = ['URBAN']) => ({
  id,
  name,
  regionName,
  code: `U-${id}`,
  fieldCodes,
});
const UNITS = [
  unit('u1', '甲县城市管理局'),
  unit('u2', '甲县市场监督管理局', '甲县', ['MARKET']),
  unit('u3', '司法局', '甲县', []),
  unit('u4', '司法局', '乙区', []),
];
const ID = '990001199001010010';

const aRow = (part: Partial<RosterRow> = {}): RosterRow => ({
  name: '张三',
  idNumber: ID,
  sex: 'male',
  birthDay: '1990-01-01',
  education: null,
  hasLegalQualification: null,
  phone: null,
  unitText: '甲县城市管理局',
  department: null,
  position: null,
  establishment: 'admin',
  isEnforcementPost: true,
  fieldText: null,
  enforcementArea: null,
  ...part,
});

const aHome = (part: Partial<HomePlace> = {}): HomePlace => ({
  unitId: 'u1',
  establishment: 'admin',
  position: '科员',
  department: '一中队',
  isEnforcementPost: true,
  fieldCode: 'URBAN',
  enforcementArea: null,
  ...part,
});

const aKnown = (part: Partial<KnownPerson> = {}): KnownPerson => ({
  personId: 'p1',
  name: '张三',
  education: '大专',
  hasLegalQualification: false,
  phone: null,
  home: aHome(),
  ...part,
});

function decide(row: RosterRow, known: KnownPerson | null = null) {
  const context: RosterContext = {
    asOfDay: '2026-11-23',
    units: buildUnitIndex(UNITS),
    fields: [
      { code: 'URBAN', name: '城市管理' },
      { code: 'MARKET', name: '市场监管' },
      { code: 'ECO', name: '生态环境' },
    ],
    known: new Map(known === null ? [] : [[row.idNumber, known]]),
  };
  const [decision] = decideRoster([row], context);
  if (decision === undefined) throw new Error('one row, one decision');
  return decision;
}

const codes = (decision: ReturnType<typeof decide>): string[] =>
  decision.verdict === 'refused'
    ? decision.problems.map(({ code }) => code)
    : decision.warnings.map(({ code }) => code);

describe('a person who is not in the register', () => {
  it('is new, with the unit’s own field where the row names none', () => {
    expect(decide(aRow())).toMatchObject({
      verdict: 'new',
      fact: { personId: null, birthMonth: '1990-01', place: { unitId: 'u1', fieldCode: 'URBAN' } },
      warnings: [],
    });
    expect(decide(aRow({ isEnforcementPost: false }))).toMatchObject({
      fact: { place: { fieldCode: null } },
    });
  });

  it('counts as in an enforcement post when only the field is given', () => {
    const silent = aRow({ isEnforcementPost: null });
    expect(decide(silent)).toMatchObject({ fact: { place: { isEnforcementPost: false } } });
    expect(decide({ ...silent, fieldText: '环保' })).toMatchObject({
      fact: { place: { isEnforcementPost: true, fieldCode: 'ECO' } },
    });
  });

  it.each([
    ['市场监管', 'MARKET', []],
    ['市场监管执法', 'MARKET', []],
    ['城市管理类', 'URBAN', []],
    ['城管、环保', 'URBAN', ['FIELD_SEVERAL']],
    ['打更', 'URBAN', ['FIELD_UNKNOWN']],
  ])('the field %s is %s', (fieldText, fieldCode, warnings) => {
    const decision = decide(aRow({ fieldText }));
    expect(decision).toMatchObject({ fact: { place: { fieldCode } } });
    expect(codes(decision)).toEqual(warnings);
  });

  it('is refused under sixteen and over a hundred years, and looked at near retirement', () => {
    expect(codes(decide(aRow({ birthDay: '2010-11-24' })))).toEqual(['AGE_TOO_YOUNG']);
    expect(decide(aRow({ birthDay: '2010-11-23' })).verdict).toBe('new');
    expect(codes(decide(aRow({ birthDay: '1926-11-23' })))).toEqual(['AGE_TOO_OLD']);
    expect(codes(decide(aRow({ birthDay: '1966-11-23' })))).toEqual(['NEAR_RETIREMENT']);
    expect(codes(decide(aRow({ birthDay: '1966-11-24' })))).toEqual([]);
    expect(codes(decide(aRow({ birthDay: '1971-11-23', sex: 'female' })))).toEqual(['NEAR_RETIREMENT']);
  });
});

describe('the unit of a row', () => {
  it('is found whatever the width, blanks and brackets, also by code or with its region', () => {
    for (const unitText of ['甲县城市管理局', ' 甲县 城市管理局', '甲县城市管理局（）', 'Ｕ-u1']) {
      expect(decide(aRow({ unitText })).verdict).toBe('new');
    }
    expect(decide(aRow({ unitText: '乙区司法局' }))).toMatchObject({ fact: { place: { unitId: 'u4' } } });
  });

  it('is refused when two have the name, with the full names to choose from', () => {
    expect(decide(aRow({ unitText: '司法局' }))).toMatchObject({
      problems: [{ code: 'UNIT_AMBIGUOUS', fix: '请写全称：甲县司法局、乙区司法局' }],
    });
  });

  it('is refused when unknown, with the nearest names', () => {
    expect(decide(aRow({ unitText: '甲县市场监管局' }))).toMatchObject({
      problems: [{ code: 'UNIT_UNKNOWN', fix: '名称相近的有：甲县市场监督管理局' }],
    });
    expect(decide(aRow({ unitText: '丙' }))).toMatchObject({
      problems: [{ code: 'UNIT_UNKNOWN', fix: '请核对单位名称，或先在系统里登记该单位' }],
    });
  });

  it('likeness is 1 for equal names and 0 for strangers', () => {
    expect(likeness('城管局', '城管局')).toBe(1);
    expect(likeness('城管局', '水务站')).toBe(0);
    expect(likeness('甲', '甲')).toBe(1);
  });
});

describe('a person of the register', () => {
  it('is the same when the file says nothing new; blanks keep what is known', () => {
    expect(decide(aRow(), aKnown())).toEqual({ verdict: 'same', warnings: [] });
    expect(decide(aRow({ position: '科员', education: '大专' }), aKnown()).verdict).toBe('same');
  });

  it('changes by what differs, told in words at the column', () => {
    const row = aRow({ education: '大学本科', unitText: '甲县市场监督管理局', phone: '13900000000' });
    const decision = decide(row, aKnown());
    expect(decision).toMatchObject({
      verdict: 'change',
      fact: {
        personId: 'p1',
        hasNewDetails: true,
        place: { unitId: 'u2', department: null, position: null },
      },
    });
    const changes = decision.verdict === 'change' ? decision.changes : [];
    expect(changes.map(({ fieldId }) => fieldId)).toEqual([
      'education',
      'phone',
      'unitText',
      'department',
      'position',
      'fieldText',
    ]);
    expect(changes[2]?.reason).toBe('工作单位由「甲县城市管理局」改为「甲县市场监督管理局」');
    expect(JSON.stringify(changes)).not.toContain('13900000000');
  });

  it('changes place only, without a new revision of the person', () => {
    expect(decide(aRow({ department: '二中队' }), aKnown())).toMatchObject({
      verdict: 'change',
      fact: { hasNewDetails: false, place: { department: '二中队', position: '科员' } },
    });
  });

  it('comes back into a unit after having left', () => {
    expect(decide(aRow(), aKnown({ home: null }))).toMatchObject({
      verdict: 'change',
      changes: [{ code: 'REJOINS' }],
    });
  });

  it('is refused under another name, which is shown masked', () => {
    expect(decide(aRow({ name: '李四光' }), aKnown())).toMatchObject({
      verdict: 'refused',
      problems: [{ fieldId: 'name', code: 'NAME_DIFFERS' }],
    });
    expect(JSON.stringify(decide(aRow({ name: '李四' }), aKnown({ name: '欧阳某某' })))).toContain('欧***');
  });

  it('is refused when at home in another region, without naming where', () => {
    const elsewhere = decide(aRow(), aKnown({ home: aHome({ unitId: 'far' }) }));
    expect(codes(elsewhere)).toEqual(['PERSON_ELSEWHERE']);
    expect(JSON.stringify(elsewhere)).not.toContain('far');
  });
});
