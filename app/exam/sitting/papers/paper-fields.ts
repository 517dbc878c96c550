import { field, rowField } from '#app/office/document/papers/field.ts';

/** What all papers of a sitting share. */
export const PAPER = { area: '考试', issuer: 'bureau', reads: 'exam.manage' } as const;

/** The list of candidates, and what stands in each of its rows. */
export const PEOPLE = '考生';

export const SITTING_FIELDS = [
  field('场次', '2026年第二次公共法律知识考试'),
  field('考试时间', '2026年11月24日 09:00–10:40'),
  field('组织单位', '示例市司法局'),
  field('科目', '公共法律知识'),
] as const;

export const ROOM_FIELDS = [
  field('考场', '第1考场'),
  field('地点', '市行政中心三楼机房'),
  field('考场人数', '30'),
  field('起始准考证号', '20269900010100001'),
  field('截止准考证号', '20269900010100030'),
  field('监考人员', '李某、王某'),
] as const;

export const CANDIDATE_FIELDS = [
  rowField(PEOPLE, '准考证号', '20269900010100001'),
  rowField(PEOPLE, '姓名', '张某'),
  rowField(PEOPLE, '身份证号', '9901**********1234', '身份证号，隐去中间各位'),
  rowField(PEOPLE, '单位名称', '示例市城市管理局'),
] as const;

export const SEATED_FIELDS = [
  ...CANDIDATE_FIELDS,
  rowField(PEOPLE, '考场', '第1考场'),
  rowField(PEOPLE, '座位', '07'),
] as const;
