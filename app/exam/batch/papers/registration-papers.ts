import type { PaperKind } from '#app/office/document/paper.ts';
import {
  blanks,
  column,
  form,
  item,
  note,
  paragraph,
  rowNumbers,
  signature,
  table,
  title,
  wideItem,
} from '#app/office/document/papers/blocks.ts';
import { field, rowField, rowFigure } from '#app/office/document/papers/field.ts';

/** 报名资格审查表 of one unit: the unit stamps it, 司法所 and 司法局 write their opinion on it (domain.md §11.2). */
export const REVIEW_SHEET: PaperKind = {
  code: 'exam.registration_review',
  title: '报名资格审查表',
  format: 'docx',
  area: '考试',
  issuer: 'unit',
  reads: 'exam.read_registration',
  fields: [
    field('考试批次', '2026年第二次行政执法资格考试'),
    field('单位名称', '示例市城市管理局'),
    field('报名人数', '6'),
    field('符合人数', '5'),
    rowField('人员', '姓名', '张某'),
    rowField('人员', '身份证号', '9901**********1234', '身份证号，隐去中间各位'),
    rowField('人员', '编制性质', '行政编制'),
    rowField('人员', '职务', '科员'),
    rowField('人员', '执法岗位', '是'),
    rowField('人员', '审查情况', '符合'),
    rowField('人员', '说明', '尚未学完规定课程'),
  ],
  layout: {
    orientation: 'landscape',
    blocks: [
      title('{考试批次}报名资格审查表'),
      form(wideItem('报名单位（盖章）', '{单位名称}'), item('报名人数'), item('符合人数')),
      table(
        '人员',
        rowNumbers(),
        column('姓名', { align: 'center' }),
        column('身份证号', { weight: 1.8, align: 'center' }),
        column('编制性质', { weight: 1.1 }),
        column('职务', { weight: 1.1 }),
        column('执法岗位', { weight: 0.8, align: 'center' }),
        column('审查情况', { weight: 0.9, align: 'center' }),
        column('说明', { weight: 2.4 }),
      ),
      paragraph('本单位承诺：以上人员在编在岗，除已说明的外，不在记过以上处分期内。'),
      blanks('单位负责人（签名）：', '司法所初审意见（乡镇、街道）：', '司法局审核意见：', '日期：'),
    ],
  },
};

/** 报名汇总表 of a batch by unit. */
export const REGISTRATION_SUMMARY: PaperKind = {
  code: 'exam.registration_summary',
  title: '报名汇总表',
  format: 'xlsx',
  area: '考试',
  issuer: 'bureau',
  reads: 'exam.manage',
  fields: [
    field('考试批次', '2026年第二次行政执法资格考试'),
    field('地区', '示例市'),
    field('组织单位', '示例市司法局'),
    field('单位总数', '86'),
    field('报名总数', '312'),
    field('通过总数', '296'),
    rowField('单位', '单位名称', '示例市城市管理局'),
    rowFigure('单位', '报名', '6'),
    rowFigure('单位', '补报', '1'),
    rowFigure('单位', '审核通过', '5'),
    rowFigure('单位', '未通过', '0'),
    rowFigure('单位', '缓考', '1'),
    rowFigure('单位', '免考', '0'),
    rowFigure('单位', '撤报', '0'),
    rowFigure('单位', '待审核', '0'),
  ],
  layout: {
    orientation: 'landscape',
    blocks: [
      title('{考试批次}报名汇总表'),
      paragraph('地区：{地区}　　报名单位 {单位总数} 个　　报名 {报名总数} 人　　审核通过 {通过总数} 人'),
      table(
        '单位',
        rowNumbers(),
        column('单位名称', { weight: 3 }),
        column('报名', { weight: 0.7, align: 'end' }),
        column('补报', { weight: 0.7, align: 'end' }),
        column('审核通过', { weight: 0.9, align: 'end' }),
        column('未通过', { weight: 0.8, align: 'end' }),
        column('缓考', { weight: 0.7, align: 'end' }),
        column('免考', { weight: 0.7, align: 'end' }),
        column('撤报', { weight: 0.7, align: 'end' }),
        column('待审核', { weight: 0.8, align: 'end' }),
      ),
      note('报名含补报，不含撤报。'),
      signature('{组织单位}'),
    ],
  },
};

/** Papers of registration, for the office's paper counter. */
export const REGISTRATION_PAPERS: readonly PaperKind[] = [REVIEW_SHEET, REGISTRATION_SUMMARY];
