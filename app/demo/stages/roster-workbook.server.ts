import * as XLSX from '@e965/xlsx';
import { ESTABLISHMENT_LABELS, SEX_LABELS } from '#app/organization/person/person.ts';
import { formatDay } from '#app/platform/time/day.ts';
import type { PeoplePlan, PlannedPerson } from '../plan/people.ts';

/** Heads as offices write them (domain.md §11.3). */
const HEADS = [
  '序号',
  '姓名',
  '性别',
  '身份证号',
  '出生年月',
  '学历',
  '工作单位',
  '内设机构',
  '职务/职级',
  '编制性质',
  '是否执法岗',
  '执法类别',
  '执法区域',
  '法律职业资格',
  '备注',
] as const;

function rowOf(person: PlannedPerson, fieldNames: ReadonlyMap<string, string>): (string | number)[] {
  const { unit, isEnforcementPost } = person;
  // The roster is of its day: who has moved since then still stands in the former unit.
  const unitThen = person.moved === null ? unit : person.moved.fromUnit;
  return [
    person.serial + 1,
    person.name,
    SEX_LABELS[person.sex],
    person.idNumber,
    person.birthDay.slice(0, 7).replace('-', '.'),
    person.education,
    unitThen.name,
    person.department,
    person.position,
    ESTABLISHMENT_LABELS[person.establishment],
    isEnforcementPost ? '是' : '否',
    isEnforcementPost && unitThen.field !== null ? (fieldNames.get(unitThen.field) ?? '') : '',
    isEnforcementPost ? unitThen.areaName : '',
    person.hasLegalQualification ? '有' : '',
    '',
  ];
}

/**
 * The invented roster as an office would send it: title and 填报单位 above the head, one sheet, 填表人 below. The same
 * people always give the same bytes.
 * @param fieldNames 执法领域 by code, as they stand in the register
 */
export function rosterWorkbook(plan: PeoplePlan, fieldNames: ReadonlyMap<string, string>): Uint8Array {
  const city = plan.plan.regions.find((region) => region.level === 'city')?.name ?? '';
  const table = [
    [`${city}行政执法人员花名册`],
    [`截至${formatDay(plan.calendar.rosterDay)}（演示数据，人员均为虚构）`],
    [...HEADS],
    ...plan.people.map((person) => rowOf(person, fieldNames)),
    ['填表人：某某', '', '', '审核人：某某'],
  ];
  const sheet = XLSX.utils.aoa_to_sheet(table);
  sheet['!merges'] = [XLSX.utils.decode_range(`A1:O1`), XLSX.utils.decode_range('A2:O2')];
  const book = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(book, sheet, '花名册');
  // A fixed date: the same roster has the same fingerprint, so that a repeat is recognised.
  book.Props = { CreatedDate: new Date(0), ModifiedDate: new Date(0) };
  return new Uint8Array(XLSX.write(book, { type: 'buffer', bookType: 'xlsx', compression: true }) as Buffer);
}
