import type { PaperKind } from '#app/office/document/paper.ts';
import {
  addressee,
  column,
  form,
  heading,
  item,
  note,
  numberLine,
  paragraph,
  rowNumbers,
  signature,
  table,
  title,
  wideItem,
} from '#app/office/document/papers/blocks.ts';
import { field, rowField, rowFigure } from '#app/office/document/papers/field.ts';
import { TRAINING_CARD, TRAINING_CARD_PDF, TRAINING_CARD_SHEET } from '../../card/card-paper.ts';
import { NOTICE_LIST } from '../../year/papers/year-papers.ts';

const PAPER = { area: '培训', issuer: 'unit', reads: 'session.read' } as const;

const CLASS_FIELDS = [
  field('班名', '行政处罚法专题培训班'),
  field('主办单位', '示例市司法局'),
  field('培训形式', '培训班'),
  field('培训类别', '公共法律知识'),
  field('授课人', '周某'),
  field('地点', '示例市行政中心报告厅'),
  field('时间', '11月24日 09:00–11:30'),
  field('学时', '4 学时', '规定学时；没有规定时说明按到课时间折算'),
  field('人数', '36'),
] as const;

const BLOCKS = '时段';
const PEOPLE = '学员';

/** 培训通知 with its 回执. */
export const CLASS_NOTICE: PaperKind = {
  ...PAPER,
  code: 'training.notice',
  title: '培训通知',
  format: 'docx',
  fields: [
    ...CLASS_FIELDS,
    rowField(BLOCKS, '上课时间', '11月24日 09:00–11:30'),
    rowField(PEOPLE, '姓名', '张某'),
    rowField(PEOPLE, '单位名称', '示例市城市管理局'),
  ],
  layout: {
    blocks: [
      title('关于举办{班名}的通知'),
      numberLine(),
      addressee('各有关单位：'),
      paragraph('为提升行政执法人员业务能力，{主办单位}定于近期举办{班名}。现将有关事项通知如下。'),
      heading('一、培训安排'),
      form(item('培训形式'), item('培训类别'), item('授课人'), item('学时'), wideItem('地点')),
      table(BLOCKS, rowNumbers(0.3), column('上课时间', { weight: 2 })),
      heading('二、有关要求'),
      paragraph(
        '请参训人员提前10分钟到场签到，不得无故缺席；因故不能参加的，由所在单位在开班前报主办单位。请各单位填好回执报送主办单位。',
      ),
      signature('{主办单位}'),
      heading('附件1：参训人员名单'),
      table(
        PEOPLE,
        rowNumbers(),
        column('姓名', { align: 'center' }),
        column('单位', { text: '{单位名称}', weight: 3 }),
      ),
      heading('附件2：回执'),
      form(
        wideItem('单位（盖章）', ''),
        item('参训人数', ''),
        item('联系人及电话', ''),
        wideItem('不能参加人员及原因', '\n\n'),
      ),
    ],
  },
};

export const CLASS_TIMETABLE: PaperKind = {
  ...PAPER,
  code: 'training.timetable',
  title: '课程表',
  format: 'docx',
  fields: [
    ...CLASS_FIELDS,
    rowField(BLOCKS, '上课时间', '11月24日 09:00–11:30'),
    rowField(BLOCKS, '内容', '行政处罚法专题培训班'),
    rowField(BLOCKS, '讲师', '周某'),
    rowField(BLOCKS, '教室', '示例市行政中心报告厅'),
  ],
  layout: {
    blocks: [
      title('{班名}课程表'),
      table(
        BLOCKS,
        rowNumbers(),
        column('时间', { text: '{上课时间}', weight: 2 }),
        column('内容', { weight: 2 }),
        column('授课人', { text: '{讲师}' }),
        column('地点', { text: '{教室}', weight: 1.6 }),
      ),
      note('主办单位：{主办单位}　　制表日期：{签发日期}'),
    ],
  },
};

export const CLASS_SIGN_IN: PaperKind = {
  ...PAPER,
  code: 'training.sign_in',
  title: '培训签到表',
  format: 'xlsx',
  fields: [
    ...CLASS_FIELDS,
    rowField(PEOPLE, '姓名', '张某'),
    rowField(PEOPLE, '单位名称', '示例市城市管理局'),
  ],
  layout: {
    blocks: [
      title('{班名}签到表'),
      paragraph('时间：{时间}　　地点：{地点}　　应到：{人数}人'),
      table(
        PEOPLE,
        rowNumbers(),
        column('姓名', { align: 'center' }),
        column('单位', { text: '{单位名称}', weight: 2.4 }),
        column('签到', { text: '', weight: 1.2 }),
        column('签退', { text: '', weight: 1.2 }),
        column('备注', { text: '' }),
      ),
    ],
  },
};

/** The list of who attended and what was credited: belongs into the file of the class. */
export const CLASS_RECORD: PaperKind = {
  ...PAPER,
  code: 'training.record',
  title: '培训学时登记表',
  format: 'xlsx',
  fields: [
    ...CLASS_FIELDS,
    rowField(PEOPLE, '姓名', '张某'),
    rowField(PEOPLE, '身份证号', '1404**********1234', '身份证号，隐去中间各位'),
    rowField(PEOPLE, '单位名称', '示例市城市管理局'),
    rowField(PEOPLE, '考勤', '全程到场'),
    rowFigure(PEOPLE, '计入学时', '4'),
  ],
  layout: {
    blocks: [
      title('{班名}学时登记表'),
      paragraph('主办单位：{主办单位}　　时间：{时间}　　类别：{培训类别}'),
      table(
        PEOPLE,
        rowNumbers(),
        column('姓名', { align: 'center' }),
        column('身份证号', { weight: 1.8, align: 'center' }),
        column('单位', { text: '{单位名称}', weight: 2.2 }),
        column('考勤'),
        column('计入学时', { align: 'end' }),
      ),
      note('填表人：　　　　　　审核人：　　　　　　单位负责人：　　　　　　'),
    ],
  },
};

/** 结业证明 of one person whose hours were credited. */
export const COMPLETION_PROOF: PaperKind = {
  ...PAPER,
  code: 'training.completion_proof',
  title: '结业证明',
  format: 'docx',
  fields: [
    ...CLASS_FIELDS,
    field('姓名', '张某'),
    field('身份证号', '1404**********1234', '身份证号，隐去中间各位'),
    field('单位名称', '示例市城市管理局'),
    field('计入学时', '4 学时'),
  ],
  layout: {
    blocks: [
      title('结业证明'),
      numberLine(),
      paragraph(
        '{单位名称}{姓名}同志（身份证号：{身份证号}）于{时间}参加{主办单位}举办的{班名}，按规定完成学习，计入{培训类别}{计入学时}。',
      ),
      paragraph('特此证明。'),
      signature('{主办单位}'),
    ],
  },
};

/** Every paper of training, for the office's paper counter: those of a class, of the year and of a person. */
export const TRAINING_PAPERS: readonly PaperKind[] = [
  CLASS_NOTICE,
  CLASS_TIMETABLE,
  CLASS_SIGN_IN,
  CLASS_RECORD,
  COMPLETION_PROOF,
  NOTICE_LIST,
  TRAINING_CARD,
  TRAINING_CARD_SHEET,
  TRAINING_CARD_PDF,
];
