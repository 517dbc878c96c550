import type { PaperKind } from '#app/office/document/paper.ts';
import {
  blanks,
  column,
  form,
  item,
  note,
  paragraph,
  rowNumbers,
  table,
  title,
  wideItem,
} from '#app/office/document/papers/blocks.ts';
import { field, photoField, rowField, rowFigure } from '#app/office/document/papers/field.ts';
import { PAPER, PEOPLE, ROOM_FIELDS, SEATED_FIELDS, SITTING_FIELDS } from './paper-fields.ts';

/** 考场编排表: everybody with room and seat. */
export const SEAT_LIST: PaperKind = {
  ...PAPER,
  code: 'exam.seat_list',
  title: '考场编排表',
  format: 'xlsx',
  fields: [
    ...SITTING_FIELDS,
    field('考场总数', '4'),
    field('应考人数', '120'),
    ...SEATED_FIELDS,
    rowField(PEOPLE, '地点', '市行政中心三楼机房'),
  ],
  layout: {
    orientation: 'landscape',
    blocks: [
      title('{场次}考场编排表'),
      paragraph('考试时间：{考试时间}　　考场 {考场总数} 个　　考生 {应考人数} 人'),
      table(
        PEOPLE,
        rowNumbers(),
        column('考场', { align: 'center' }),
        column('座位', { weight: 0.6, align: 'center' }),
        column('准考证号', { weight: 1.6, align: 'center' }),
        column('姓名', { align: 'center' }),
        column('身份证号', { weight: 1.8, align: 'center' }),
        column('单位', { text: '{单位名称}', weight: 2.2 }),
        column('地点', { weight: 1.8 }),
      ),
      note('编排：　　　　　　　　复核：　　　　　　　　'),
    ],
  },
};

/** 门贴: at the door of a room. */
export const DOOR_SIGN: PaperKind = {
  ...PAPER,
  code: 'exam.door_sign',
  title: '门贴',
  format: 'docx',
  fields: [...SITTING_FIELDS, ...ROOM_FIELDS, ...SEATED_FIELDS.filter(({ name }) => name !== '考场')],
  layout: {
    blocks: [
      title('{考场}'),
      form(
        wideItem('考试', '{场次}'),
        wideItem('时间', '{考试时间}'),
        item('地点'),
        item('人数', '{考场人数} 人'),
        wideItem('准考证号', '{起始准考证号} 至 {截止准考证号}'),
      ),
      table(
        PEOPLE,
        column('座位', { weight: 0.6, align: 'center' }),
        column('准考证号', { weight: 1.8, align: 'center' }),
        column('姓名', { align: 'center' }),
        column('单位', { text: '{单位名称}', weight: 2 }),
      ),
    ],
  },
};

const LABELS = '桌贴';

/** 桌贴: one label for each desk, two beside each other; cut along the lines. */
export const DESK_LABELS: PaperKind = {
  ...PAPER,
  code: 'exam.desk_labels',
  title: '桌贴',
  format: 'docx',
  fields: [
    ...SITTING_FIELDS,
    ...ROOM_FIELDS,
    rowField(LABELS, '左', '第1考场　01\n张某\n20269900010100001\n示例市城市管理局', '左边一张'),
    rowField(LABELS, '右', '第1考场　02\n李某\n20269900010100002\n示例市林业局', '右边一张，可能为空'),
  ],
  layout: {
    blocks: [
      title('{考场}桌贴'),
      table(
        LABELS,
        column('沿线剪开', { text: '{左}', align: 'center' }),
        column('沿线剪开', { text: '{右}', align: 'center' }),
      ),
    ],
  },
};

const PLAN = '排';

/** 座次表 of a room seen from the front. @param columns desks side by side the table has room for */
function seatPlan(code: string, name: string, columns: number): PaperKind {
  const places = Array.from({ length: columns }, (_, index) => `第${index + 1}列`);
  return {
    ...PAPER,
    code,
    title: name,
    format: 'xlsx',
    fields: [
      ...SITTING_FIELDS,
      ...ROOM_FIELDS,
      field('列范围', '', '考场很宽时写明是第几列到第几列'),
      rowField(PLAN, '排号', '1'),
      ...places.map((place) => rowField(PLAN, place, '01 张某\n示例市城市管理局', '座位号、姓名、单位')),
    ],
    layout: {
      orientation: 'landscape',
      blocks: [
        title('{考场}座次表{列范围}'),
        paragraph('{场次}　　{考试时间}　　地点：{地点}　　{考场人数} 人　　（上方为讲台）'),
        table(
          PLAN,
          column('排', { text: '{排号}', weight: 0.4, align: 'center' }),
          ...places.map((place) => column(place, { align: 'center' })),
        ),
        note('监考人员：{监考人员}'),
      ],
    },
  };
}

/** Columns one sheet shows; a wider room takes several sheets. */
export const PLAN_COLUMNS = { narrow: 6, wide: 10 } as const;
export const SEAT_PLAN = seatPlan('exam.seat_plan', '座次表', PLAN_COLUMNS.narrow);
export const SEAT_PLAN_WIDE = seatPlan('exam.seat_plan_wide', '座次表（宽）', PLAN_COLUMNS.wide);

/** 带照片签到表: the photo stands in its place, or is stuck there; the row is as high as a photo either way. */
export const PHOTO_SIGN_IN: PaperKind = {
  ...PAPER,
  code: 'exam.photo_sign_in',
  title: '带照片签到表',
  format: 'docx',
  fields: [
    ...SITTING_FIELDS,
    ...ROOM_FIELDS,
    ...SEATED_FIELDS.filter(({ name }) => name !== '考场'),
    photoField('照片', { widthMm: 20, heightMm: 28, place: '\n\n\n\n' }, PEOPLE),
    rowField(PEOPLE, '考生信息', '张某\n20269900010100001', '姓名和准考证号，分两行'),
    rowField(PEOPLE, '单位信息', '示例市城市管理局\n9901**********1234', '单位和身份证号，分两行'),
  ],
  layout: {
    blocks: [
      title('{考场}签到表'),
      paragraph('{场次}　{考试时间}　应到 {考场人数} 人'),
      table(
        PEOPLE,
        column('座位', { weight: 0.5, align: 'center' }),
        column('照片', { weight: 1.1, align: 'center' }),
        column('姓名、准考证号', { text: '{考生信息}', weight: 1.7, align: 'center' }),
        column('单位、身份证号', { text: '{单位信息}', weight: 2 }),
        column('本人签名', { text: '', weight: 1.2 }),
      ),
      blanks('实到　　　　人，缺考　　　　人', '监考人员（签名）：'),
    ],
  },
};

const ROOMS = '考场清单';

/** 试卷交接单: what leaves the office, what comes back, who has signed. */
export const HANDOVER_SHEET: PaperKind = {
  ...PAPER,
  code: 'exam.paper_handover',
  title: '试卷交接单',
  format: 'docx',
  fields: [
    ...SITTING_FIELDS,
    field('考场总数', '4'),
    rowField(ROOMS, '考场', '第1考场'),
    rowField(ROOMS, '地点', '市行政中心三楼机房'),
    rowFigure(ROOMS, '人数', '30'),
    rowField(ROOMS, '监考人员', '李某、王某'),
  ],
  layout: {
    orientation: 'landscape',
    blocks: [
      title('试卷交接单'),
      paragraph('{场次}　　{考试时间}　　考场 {考场总数} 个'),
      table(
        ROOMS,
        column('考场', { align: 'center' }),
        column('地点', { weight: 1.8 }),
        column('人数', { weight: 0.6, align: 'center' }),
        column('监考人员', { weight: 1.4 }),
        column('发出份数', { text: '', weight: 0.8 }),
        column('备用份数', { text: '', weight: 0.8 }),
        column('领取人、时间', { text: '', weight: 1.4 }),
        column('交回份数', { text: '', weight: 0.8 }),
        column('密封完好', { text: '', weight: 0.8 }),
        column('交回人、接收人', { text: '', weight: 1.6 }),
      ),
      note('上机考试交接的是备用纸质试卷、密钥信封和签到表；没有启用的，原封交回。'),
      blanks('发出人（签名）：', '接收人（签名）：'),
    ],
  },
};

export const ROOM_PAPERS: readonly PaperKind[] = [
  SEAT_LIST,
  DOOR_SIGN,
  DESK_LABELS,
  SEAT_PLAN,
  SEAT_PLAN_WIDE,
  PHOTO_SIGN_IN,
  HANDOVER_SHEET,
];
