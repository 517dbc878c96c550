import type { PaperKind } from '#app/office/document/paper.ts';
import {
  addressee,
  column,
  form,
  item,
  numberLine,
  paragraph,
  rowNumbers,
  signature,
  table,
  title,
  wideItem,
} from '#app/office/document/papers/blocks.ts';
import { field, rowField } from '#app/office/document/papers/field.ts';
import { PAPER, PEOPLE, SITTING_FIELDS } from './paper-fields.ts';

/** 合格人员公示: names and units only; no ID numbers, no marks. */
export const PASS_LIST: PaperKind = {
  ...PAPER,
  code: 'exam.pass_list',
  title: '合格人员公示',
  format: 'docx',
  fields: [
    ...SITTING_FIELDS,
    field('合格人数', '103'),
    field('公示天数', '5'),
    field('联系电话', '0900-1234567'),
    rowField(PEOPLE, '准考证号', '20269900010100001'),
    rowField(PEOPLE, '姓名', '张某'),
    rowField(PEOPLE, '单位名称', '示例市城市管理局'),
  ],
  layout: {
    blocks: [
      title('关于{场次}合格人员的公示'),
      numberLine(),
      paragraph(
        '{场次}已于{考试时间}举行。经评分审核，{合格人数}人成绩合格，现予公示。公示期为{公示天数}个工作日，自发布之日起计算。',
      ),
      paragraph(
        '对公示人员有异议的，请在公示期内以书面形式向{组织单位}反映，并署真实姓名和联系方式。联系电话：{联系电话}。',
      ),
      signature('{组织单位}'),
      table(
        PEOPLE,
        rowNumbers(),
        column('准考证号', { weight: 1.6, align: 'center' }),
        column('姓名', { align: 'center' }),
        column('单位', { text: '{单位名称}', weight: 2.4 }),
      ),
    ],
  },
};

/** 更正公告: what was announced wrongly, and how it reads now. Open places are written in Word. */
export const CORRECTION_NOTICE: PaperKind = {
  ...PAPER,
  code: 'exam.correction_notice',
  title: '更正公告',
  format: 'docx',
  fields: [
    ...SITTING_FIELDS,
    field('原公告', '《关于2026年第二次公共法律知识考试合格人员的公示》'),
    field('更正原因', '复核发现一名考生单位名称有误'),
    field('原内容', '张某　示例市城市管理局'),
    field('更正内容', '张某　示例市林业局'),
  ],
  layout: {
    blocks: [
      title('关于{场次}的更正公告'),
      numberLine(),
      paragraph('我单位发布的{原公告}，因{更正原因}，现更正如下：'),
      form(wideItem('原内容'), wideItem('更正为', '{更正内容}')),
      paragraph('其他内容不变。特此公告。'),
      signature('{组织单位}'),
    ],
  },
};

/** 复核答复 to one candidate (domain.md §5.5: within 5 working days of the result). */
export const REVIEW_ANSWER: PaperKind = {
  ...PAPER,
  code: 'exam.review_answer',
  title: '成绩复核答复',
  format: 'docx',
  fields: [
    ...SITTING_FIELDS,
    field('姓名', '张某'),
    field('准考证号', '20269900010100001'),
    field('申请日期', '2026年11月26日'),
    field('申请事项', '认为第37题评分有误'),
    field('复核情况', '经调取试卷、作答记录和评分记录逐题核对'),
    field('复核结果', '评分无误，维持原成绩58分'),
  ],
  layout: {
    blocks: [
      title('成绩复核答复'),
      numberLine(),
      addressee('{姓名}：'),
      paragraph('您于{申请日期}提出的{场次}成绩复核申请收悉。现答复如下：'),
      form(item('准考证号'), item('科目'), wideItem('申请事项'), wideItem('复核情况'), wideItem('复核结果')),
      paragraph('特此答复。'),
      signature('{组织单位}'),
    ],
  },
};

export const AFTER_PAPERS: readonly PaperKind[] = [PASS_LIST, CORRECTION_NOTICE, REVIEW_ANSWER];
