import type { PaperKind } from '#app/office/document/paper.ts';
import {
  column,
  note,
  paragraph,
  rowNumbers,
  signature,
  table,
  title,
} from '#app/office/document/papers/blocks.ts';
import { field, rowField, rowFigure } from '#app/office/document/papers/field.ts';
import { AFTER_PAPERS } from './after-papers.ts';
import { NOTICE_PAPERS } from './notice-papers.ts';
import { CANDIDATE_FIELDS, PAPER, PEOPLE, SITTING_FIELDS as SHARED_FIELDS } from './paper-fields.ts';
import { ROOM_PAPERS } from './room-papers.ts';
import { ADMISSION_TICKET } from './ticket-paper.ts';

const LIST = PEOPLE;
const SITTING_FIELDS = [
  ...SHARED_FIELDS,
  field('应考人数', '120'),
  field('实考人数', '116'),
  field('合格人数', '103'),
] as const;
const CANDIDATE = CANDIDATE_FIELDS;

/** 成绩册 with the heads offices know (domain.md §11.3). */
export const SCORE_BOOK: PaperKind = {
  ...PAPER,
  code: 'exam.score_book',
  title: '考试成绩册',
  format: 'xlsx',
  fields: [
    ...SITTING_FIELDS,
    ...CANDIDATE,
    rowField(LIST, '批次', '2026年第二次公共法律知识考试'),
    rowField(LIST, '考试科目', '公共法律知识'),
    rowFigure(LIST, '成绩', '87.5'),
    rowField(LIST, '是否合格', '合格'),
    rowField(LIST, '备注', '', '缺考、缓考的注明'),
  ],
  layout: {
    orientation: 'landscape',
    blocks: [
      title('{场次}成绩册'),
      paragraph('考试时间：{考试时间}　　应考 {应考人数} 人　　实考 {实考人数} 人　　合格 {合格人数} 人'),
      table(
        LIST,
        rowNumbers(),
        column('准考证号', { weight: 1.3, align: 'center' }),
        column('姓名', { align: 'center' }),
        column('身份证号', { weight: 1.8, align: 'center' }),
        column('单位', { text: '{单位名称}', weight: 2.2 }),
        column('科目', { text: '{考试科目}', weight: 1.2 }),
        column('成绩', { weight: 0.7, align: 'end' }),
        column('是否合格', { weight: 0.8, align: 'center' }),
        column('备注', { weight: 0.8 }),
      ),
      signature('{组织单位}'),
    ],
  },
};

/** 签到表: signed at the door; the photo is looked at on the admission ticket. */
export const EXAM_SIGN_IN: PaperKind = {
  ...PAPER,
  code: 'exam.sign_in',
  title: '考试签到表',
  format: 'xlsx',
  fields: [...SITTING_FIELDS, ...CANDIDATE],
  layout: {
    blocks: [
      title('{场次}签到表'),
      paragraph('考试时间：{考试时间}　　应考：{应考人数} 人'),
      table(
        LIST,
        rowNumbers(),
        column('准考证号', { weight: 2, align: 'center' }),
        column('姓名', { align: 'center' }),
        column('单位', { text: '{单位名称}', weight: 2.2 }),
        column('签名', { text: '', weight: 1.2 }),
        column('备注', { text: '', weight: 0.8 }),
      ),
      note('实考　　　　人，缺考　　　　人。　　监考人员（签名）：　　　　　　　　　　'),
    ],
  },
};

/** Every paper of a sitting, for the office's paper counter. */
export const EXAM_PAPERS: readonly PaperKind[] = [
  ...NOTICE_PAPERS,
  ...ROOM_PAPERS,
  ADMISSION_TICKET,
  EXAM_SIGN_IN,
  SCORE_BOOK,
  ...AFTER_PAPERS,
];
