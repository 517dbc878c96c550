import { describe, expect, it } from 'vitest';
import { rowsToDecide } from '#app/platform/import/judge-rows.ts';
import { readRows } from '#app/platform/import/read-rows.ts';
import { findTables } from '#app/platform/import/table/find-table.ts';
import { headWordsOf } from '#app/platform/import/table/head-words.ts';
import { mappingOf, missingFields, proposeMapping } from '#app/platform/import/table/map-columns.ts';
import { rosterKind } from '#app/organization/roster/roster-kind.ts';
import { makeIdNumber } from '#test/support/id-number.ts';
import { aSheet, aWorkbook } from '#test/support/import-files.ts';

/** The head of domain.md §11.3, as offices write it. */
const HEAD = [
  '序号',
  '姓　名',
  '性别',
  '民族',
  '身份证号',
  '出生年月',
  '政治面貌',
  '学历',
  '专业',
  '工作单位',
  '内设机构',
  '职务/职级',
  '编制性质',
  '是否执法岗',
  '执法类别',
  '执法区域',
  '证号',
  '有效期',
  '法律职业资格',
  '电话',
  '备注',
];
const ID = makeIdNumber(11);

function read(head: readonly string[], ...rows: (readonly string[])[]) {
  const { tables } = findTables(
    aWorkbook(aSheet([['某县行政执法人员花名册'], head, ...rows])),
    headWordsOf(rosterKind),
  );
  const proposals = proposeMapping(rosterKind, tables);
  return { proposals, rows: readRows(rosterKind, tables, mappingOf(proposals)) };
}

const person = (part: Record<number, string> = {}): string[] => {
  const cells = [
    '1',
    '张　三',
    '男',
    '汉族',
    ID,
    '1990.01',
    '群众',
    '大学本科',
    '法学',
    '某县城市管理局',
    '执法大队',
    '四级主任科员',
    '行政编制',
    '是',
    '城市管理',
    '全县',
    '04010100012',
    '2022.11.1-2027.10.31',
    '无',
    '139 0000 0000',
    '',
  ];
  return cells.map((cell, at) => part[at] ?? cell);
};

describe('reading a 花名册', () => {
  it('knows every usual head for certain, and leaves out what is not collected', () => {
    const { proposals } = read(HEAD, person());
    const target = new Map(proposals.map((proposal) => [proposal.title.replace(/\s/g, ''), proposal]));
    for (const head of HEAD.map((text) => text.replace(/\s/g, ''))) {
      const isIgnored = ['民族', '政治面貌', '专业', '备注'].includes(head);
      expect([head, target.get(head)?.confidence]).toEqual([head, isIgnored ? 'none' : 'certain']);
    }
    expect(target.get('民族')?.note).toBe('按最小必要原则不采集');
    expect(missingFields(rosterKind, mappingOf(proposals))).toEqual([]);
  });

  it.each([
    [
      ['人员姓名', '公民身份号码', '执法主体', '人员性质'],
      ['name', 'idNumber', 'unitText', 'establishment'],
    ],
    [
      ['姓名', '身份证号码（18位）', '所在单位', '编制'],
      ['name', 'idNumber', 'unitText', 'establishment'],
    ],
    [
      ['执法人员姓名', '居民身份证号', '单位名称', '编制类型'],
      ['name', 'idNumber', 'unitText', 'establishment'],
    ],
  ])('knows the variants %s', (head, fields) => {
    const { proposals } = read(head, ['张三', ID, '甲局', '行政']);
    expect(proposals.map((proposal) => proposal.target)).toEqual(fields);
  });

  it('reads one person whole', () => {
    const [row] = rowsToDecide(rosterKind, read(HEAD, person()).rows);
    expect(row).toEqual({
      name: '张三',
      idNumber: ID,
      sex: Number(ID[16]) % 2 === 1 ? 'male' : 'female',
      birthDay: '1990-01-01',
      education: '大学本科',
      hasLegalQualification: false,
      phone: '13900000000',
      unitText: '某县城市管理局',
      department: '执法大队',
      position: '四级主任科员',
      establishment: 'admin',
      isEnforcementPost: true,
      fieldText: '城市管理',
      enforcementArea: '全县',
    });
  });

  it.each([
    ['行政', 'admin'],
    ['参公', 'civil_like'],
    ['全额事业', 'public_institution'],
    ['工勤', 'worker'],
    ['企业', 'enterprise'],
    ['编外', 'contract'],
    ['劳务派遣', 'dispatched_labour'],
    ['公益性岗位', 'public_welfare'],
  ])('knows the establishment %s', (word, establishment) => {
    const [row] = rowsToDecide(rosterKind, read(HEAD, person({ 12: word })).rows);
    expect(row?.establishment).toBe(establishment);
  });

  it.each([
    [{ 4: '1.40E+17' }, 'ID_SPOILT_BY_EXCEL'],
    [{ 4: '' }, 'VALUE_MISSING'],
    [{ 1: '张三（借调）' }, 'NAME_WITH_REMARK'],
    [{ 9: '' }, 'VALUE_MISSING'],
    [{ 12: '在编' }, 'CHOICE_UNKNOWN'],
    [{ 13: '也许' }, 'CHOICE_UNKNOWN'],
  ])('refuses the row with %o', (part, code) => {
    const [row] = read(HEAD, person(part)).rows;
    expect(row?.reading).toMatchObject({ ok: false, problems: [{ code }] });
  });

  it.each([
    [{ 2: Number(ID[16]) % 2 === 1 ? '女' : '男' }, 'SEX_DIFFERS_FROM_ID'],
    [{ 5: '1991.05' }, 'BIRTH_DIFFERS_FROM_ID'],
    [{ 17: '2022.11.31-2027.10.31' }, 'DATE_NOT_EXISTING'],
    [{ 19: '12345' }, 'PHONE_MALFORMED'],
  ])('takes the row with %o and warns', (part, code) => {
    const [row] = read(HEAD, person(part)).rows;
    const warnings = row?.reading.ok === true ? row.reading.warnings.map((warning) => warning.code) : [];
    expect(warnings).toContain(code);
  });
});
