import type { PaperKind, PaperRow } from '#app/office/document/paper.ts';
import {
  blanks,
  column,
  form,
  heading,
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
import type { SheetKind } from '../sheet-code.ts';
import { MOST_PAGES, sheetCode } from '../sheet-code.ts';

/** Subject of what is printed for a sealed sitting as a whole, and of what is printed for one paper. */
export const SEALED_SET_SUBJECT = 'exam_sealed_set';
export const PRINTED_PAPER_SUBJECT = 'exam_printed_paper';

const PAPER = { area: '考试', issuer: 'bureau', reads: 'exam.seal' } as const;

/** Types of questions stand in up to three parts, named by their place. */
export const PARTS = ['一', '二', '三'] as const;
/** Columns of one row of an answer sheet: so many questions side by side. */
export const SHEET_COLUMNS = ['甲', '乙', '丙', '丁'] as const;

const WHO = [
  field('场次', '2026年第二次公共法律知识考试'),
  field('考试时间', '11月24日 09:00–10:30'),
  field('准考证号', '20269900000200001'),
  field('姓名', '张某'),
  field('单位名称', '示例市城市管理局'),
  field('考场', '第1考场'),
  field('座位', '12'),
  field('卷别', 'A卷'),
  field('试卷编号', '3f9a1c07d2b4e688', '试卷编号，即试卷内容摘要的前16位'),
] as const;

/** The code of each page, for a hand scanner; none on one of the two sets, which is nobody's own. */
const codeOf =
  (kind: SheetKind) =>
  ({ 准考证号: ticketNo = '' }: PaperRow, page: number): string | null =>
    ticketNo === '' || page > MOST_PAGES ? null : sheetCode({ ticketNo, kind, page });

const EDGE = { head: '{场次}', foot: '试卷编号 {试卷编号}' } as const;

/** 试卷: one candidate's own, or one of the two sets. A print that nobody edits: it has to be what was sealed. */
export const QUESTION_PAPER: PaperKind = {
  ...PAPER,
  code: 'exam.question_paper',
  title: '试卷',
  format: 'pdf',
  edge: EDGE,
  pageCode: codeOf('question_paper'),
  fields: [
    ...WHO,
    field('满分', '100'),
    field('时长', '90'),
    ...PARTS.flatMap((part) => [
      field(`标题${part}`, `${part}、单项选择题（共40题，每题1分）`),
      field(
        `试题${part}`,
        '1．行政处罚的种类不包括（　　）。\nA．警告　　B．罚款　　C．行政拘留　　D．有期徒刑',
      ),
    ]),
  ],
  layout: {
    isDense: true,
    blocks: [
      title('{场次}试卷'),
      form(item('姓名'), item('准考证号'), item('考场'), item('座位'), item('卷别'), item('考试时间')),
      note(
        '满分 {满分} 分，考试时间 {时长} 分钟。请在答题卡上作答，在试卷上作答无效。考试结束后，试卷和答题卡一并交回。',
      ),
      ...PARTS.flatMap((part) => [heading(`{标题${part}}`), paragraph(`{试题${part}}`)]),
    ],
  },
};

const SHEET = PARTS.map((part) => `答${part}`);

/** 答题卡 of one registration, with its ticket number: what two people key in afterwards. */
export const ANSWER_SHEET: PaperKind = {
  ...PAPER,
  code: 'exam.answer_sheet',
  title: '答题卡',
  format: 'pdf',
  edge: { head: '{场次}', foot: '准考证号 {准考证号}　试卷编号 {试卷编号}' },
  pageCode: codeOf('answer_sheet'),
  fields: [
    ...WHO,
    ...PARTS.map((part) => field(`标题${part}`, `${part}、单项选择题`)),
    ...SHEET.flatMap((list) =>
      SHEET_COLUMNS.flatMap((place) => [
        rowField(list, `题${place}`, '1'),
        rowField(list, `选${place}`, '[A] [B] [C] [D]'),
      ]),
    ),
  ],
  layout: {
    isDense: true,
    blocks: [
      title('{场次}答题卡'),
      form(
        item('姓名'),
        item('准考证号'),
        item('考场'),
        item('座位'),
        item('卷别'),
        item('单位', '{单位名称}'),
      ),
      note('用黑色签字笔涂满所选项，修改时画线划去原选项并签名。多项选择题少选、多选、错选均不得分。'),
      ...PARTS.flatMap((part) => [
        heading(`{标题${part}}`),
        table(
          `答${part}`,
          ...SHEET_COLUMNS.flatMap((place) => [
            column('题号', { text: `{题${place}}`, weight: 0.5, align: 'center' }),
            column('选项', { text: `{选${place}}`, weight: 1.5, align: 'center' }),
          ]),
        ),
      ]),
      blanks('考生（签名）：　　　　　　　　　　　　监考人员（签名）：'),
    ],
  },
};

const ROOMS = '考场清单';

/** 试卷交接单: goes with the parcels from the office to the rooms and back. */
export const HANDING_OVER: PaperKind = {
  ...PAPER,
  code: 'exam.sealed_handing_over',
  title: '密封试卷交接单',
  format: 'docx',
  fields: [
    field('场次', '2026年第二次公共法律知识考试'),
    field('考试时间', '11月24日 09:00–10:30'),
    field('组织单位', '示例市司法局'),
    field('封卷情况', '第1次封卷，120份，11月20日 09:00'),
    field('封卷人员', '经办 王某，复核 李某'),
    field('启封人员', '经办 王某，复核 李某'),
    field('试卷摘要', '3f9a1c07d2b4e688…'),
    rowField(ROOMS, '考场', '第1考场'),
    rowField(ROOMS, '卷别', 'A、B 卷'),
    rowFigure(ROOMS, '试卷份数', '30'),
    rowFigure(ROOMS, '答题卡份数', '30'),
  ],
  layout: {
    blocks: [
      title('{场次}密封试卷交接单'),
      form(item('考试时间'), item('封卷情况'), item('封卷人员'), item('启封人员'), wideItem('试卷摘要')),
      table(
        ROOMS,
        rowNumbers(),
        column('考场', { weight: 1.4 }),
        column('卷别'),
        column('试卷份数', { align: 'end' }),
        column('答题卡份数', { align: 'end' }),
        column('领取（签名、时间）', { text: '', weight: 1.8 }),
        column('交回份数', { text: '' }),
        column('交回（签名、时间）', { text: '', weight: 1.8 }),
      ),
      note('领取时核对封条和份数；考试结束后试卷、答题卡当面清点，密封交回。'),
      signature('{组织单位}'),
    ],
  },
};

/** Every paper of a sealed set, for the office's paper counter. */
export const SEALED_PAPERS: readonly PaperKind[] = [QUESTION_PAPER, ANSWER_SHEET, HANDING_OVER];
