import type { Words } from '#app/platform/import/values/choice.ts';
import type { UnitType } from './tree.ts';

/** 单位类型 (domain.md §3.2) as name lists write it; the first word of each is the house's. */
export const UNIT_TYPE_WORDS: Words<UnitType> = [
  { value: 'government', words: ['人民政府', '政府'] },
  {
    value: 'department',
    words: ['政府工作部门', '工作部门', '行政机关', '部门', '政府部门', '机关', '法定行政机关'],
  },
  {
    value: 'team',
    words: ['综合行政执法队', '执法队', '综合执法队', '执法大队', '执法支队', '综合行政执法大队'],
  },
  { value: 'authorised', words: ['授权组织', '授权', '法律法规授权组织', '法律法规授权的组织'] },
  { value: 'entrusted', words: ['受委托组织', '委托', '受委托', '依法受委托组织', '委托组织'] },
  {
    value: 'township',
    words: ['乡镇政府、街道办', '乡镇政府', '乡镇', '街道', '街道办事处', '镇政府', '乡政府', '乡镇街道'],
  },
  {
    value: 'township_team',
    words: ['乡镇执法队（办）', '乡镇执法队', '乡镇执法办', '乡镇综合行政执法队', '街道执法队'],
  },
  { value: 'dispatched_team', words: ['派驻队', '派驻执法队', '派驻', '派驻中队'] },
  { value: 'zone_committee', words: ['管委会', '管理委员会', '开发区管委会', '功能区管委会'] },
  { value: 'vertical', words: ['垂直管理、驻地单位', '垂直管理', '垂管单位', '驻地单位', '垂直管理单位'] },
  { value: 'justice', words: ['司法局', '司法行政机关', '司法厅'] },
  { value: 'justice_office', words: ['司法所'] },
  { value: 'legal_unit', words: ['法制机构', '法制科', '法规科', '法制审核机构'] },
];

const NAME_ENDS: readonly (readonly [RegExp, UnitType])[] = [
  [/司法所$/, 'justice_office'],
  [/司法[局厅]$/, 'justice'],
  [/管(?:理)?委(?:员)?会$/, 'zone_committee'],
  [/(?:镇|乡|街道).*(?:执法(?:队|办|办公室|中队))$/, 'township_team'],
  [/(?:支队|大队|总队|中队|执法队|执法局大队)$/, 'team'],
  [/(?:乡|镇)(?:人民)?政府$|街道(?:办事处|办)?$/, 'township'],
  [/人民政府$/, 'government'],
  [/(?:法制|法规)[科处室股]$/, 'legal_unit'],
];

/** What the name of a unit says about its type; a department where it says nothing. */
export function unitTypeOfName(name: string): UnitType {
  return NAME_ENDS.find(([pattern]) => pattern.test(name))?.[1] ?? 'department';
}
