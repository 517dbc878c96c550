import type { PaperData, PaperKind, PaperRow } from '#app/office/document/paper.ts';
import { field, rowField, rowFigure } from '#app/office/document/papers/field.ts';
import { formatDay } from '#app/platform/time/day.ts';
import { formatHours, formatHoursFigure, groupDigits } from '#app/platform/ui/text/format.ts';
import { CATEGORY_LABELS, CREDIT_HUNDREDTH_SECONDS } from '../ledger/hours.ts';
import { CONCLUSION_LABELS } from '../target/year-standing.ts';
import type { Card, CardRow } from './card.ts';
import { adjustedSecondsOf, daysText, threeColumns } from './card.ts';

const TRAININGS = '培训';

const FIELDS = [
  field('姓名', '张某'),
  field('性别', '男'),
  field('单位', '示例市城市管理局'),
  field('职务', '一级主任科员'),
  field('执法领域', '城市管理'),
  field('执法证号', '1401 0020 2600 01'),
  field('年度', '2026'),
  field('公共法律小计', '32 学时', '公共法律知识小计'),
  field('业务小计', '20 学时', '业务知识小计，含专业法律知识'),
  field('专业法律小计', '12 学时', '其中专业法律知识'),
  field('技能小计', '10 学时', '行政执法技能小计'),
  field('合计', '62 学时'),
  field('应完成', '60 学时', '应完成学时'),
  field('必修课完成情况', '应修 2 门，已完成 2 门'),
  field('年度结论', '达标'),
  field('封账情况', '已封账，封账编号 2026-140100-01-0007', '封账编号；未封账的说明截至日期'),
  field('制表日期', '2027年1月20日'),
  rowField(TRAININGS, '培训日期', '2026年3月2日至2026年3月4日', '培训日期（起止）'),
  rowField(TRAININGS, '培训名称', '行政处罚法专题培训班'),
  rowField(TRAININGS, '主办单位', '示例市司法局'),
  rowField(TRAININGS, '培训形式', '培训班'),
  rowField(TRAININGS, '培训类别', '公共法律知识'),
  rowField(TRAININGS, '培训内容', '行政处罚法'),
  rowField(TRAININGS, '地点', '示例市行政中心报告厅'),
  rowField(TRAININGS, '规定学时', '8 学时', '规定学时或分钟'),
  rowFigure(TRAININGS, '折算学时', '8'),
  rowField(TRAININGS, '考核结果', '出勤 100%'),
  rowField(TRAININGS, '证明材料', '签到及考勤记录'),
  rowField(TRAININGS, '登记人', '王某'),
  rowField(TRAININGS, '审核人', '赵某'),
] as const;

const LAYOUT: PaperKind['layout'] = {
  orientation: 'landscape',
  blocks: [
    { kind: 'title', text: '行政执法人员业务培训登记卡（{年度}年度）' },
    {
      kind: 'fields',
      items: [
        { label: '姓名', text: '{姓名}' },
        { label: '性别', text: '{性别}' },
        { label: '单位', text: '{单位}' },
        { label: '职务', text: '{职务}' },
        { label: '执法领域', text: '{执法领域}' },
        { label: '执法证号', text: '{执法证号}' },
      ],
    },
    {
      kind: 'table',
      list: TRAININGS,
      columns: [
        { head: '序号', text: '{序号}', weight: 0.55, align: 'center' },
        { head: '培训日期（起止）', text: '{培训日期}', weight: 1.3 },
        { head: '培训名称', text: '{培训名称}', weight: 1.7 },
        { head: '主办单位', text: '{主办单位}', weight: 1.2 },
        { head: '培训形式', text: '{培训形式}' },
        { head: '培训类别', text: '{培训类别}' },
        { head: '培训内容', text: '{培训内容}', weight: 1.5 },
        { head: '地点', text: '{地点}' },
        { head: '规定学时/分钟', text: '{规定学时}', weight: 0.9, align: 'end' },
        { head: '折算学时', text: '{折算学时}', weight: 0.8, align: 'end' },
        { head: '考核结果', text: '{考核结果}', weight: 0.9 },
        { head: '证明材料', text: '{证明材料}', weight: 1.1 },
        { head: '登记人', text: '{登记人}', weight: 0.9 },
        { head: '审核人', text: '{审核人}', weight: 0.8 },
      ],
    },
    {
      kind: 'fields',
      items: [
        { label: '公共法律知识', text: '{公共法律小计}' },
        { label: '业务知识', text: '{业务小计}（其中专业法律知识 {专业法律小计}）' },
        { label: '行政执法技能', text: '{技能小计}' },
        { label: '合计', text: '{合计}（应完成 {应完成}）' },
        { label: '必修课完成情况', text: '{必修课完成情况}' },
        { label: '年度结论', text: '{年度结论}' },
        { label: '封账情况', text: '{封账情况}', wide: true },
        { label: '本人签字', text: '\n' },
        { label: '单位法制机构意见', text: '\n' },
        { label: '单位盖章', text: '\n' },
        { label: '日期', text: '　　　年　　月　　日' },
      ],
    },
    {
      kind: 'note',
      text: '合计按实际秒数累加后一次折算，舍去不足 0.01 学时的部分；逐行折算值相加可能略小。制表日期：{制表日期}',
    },
  ],
};

const CARD = {
  area: '培训',
  issuer: 'unit',
  reads: 'hours.read_card',
  title: '业务培训登记卡',
  fields: FIELDS,
  layout: LAYOUT,
} as const;

/** 业务培训登记卡 (HY1; domain.md §4.3) as Word document. */
export const TRAINING_CARD: PaperKind = { ...CARD, code: 'training.card', format: 'docx' };

/** The same as a workbook. */
export const TRAINING_CARD_SHEET: PaperKind = {
  ...CARD,
  code: 'training.card_sheet',
  title: '业务培训登记卡（表格）',
  format: 'xlsx',
};

/** The same as PDF for many at once: nothing is filled in afterwards, the region's template changes the other two. */
export const TRAINING_CARD_PDF: PaperKind = {
  ...CARD,
  code: 'training.card_pdf',
  format: 'pdf',
  title: '业务培训登记卡（PDF）',
  edge: { head: '{单位}', foot: '{封账情况}' },
};

/** Credit in 学时 as a plain number, cut to 0.01 towards zero like everywhere. */
export function hoursNumber(creditSeconds: number): string {
  const hundredths = Math.trunc(creditSeconds / CREDIT_HUNDREDTH_SECONDS);
  return String(hundredths === 0 ? 0 : hundredths / 100);
}

function rowData(row: CardRow): PaperRow {
  return {
    培训日期: daysText(row),
    培训名称: row.isAdjustment ? `${row.title}（封账后调整）` : row.title,
    主办单位: row.organiser,
    培训形式: row.form,
    培训类别: CATEGORY_LABELS[row.category],
    培训内容: row.content,
    地点: row.place,
    规定学时: row.stated,
    折算学时: hoursNumber(row.creditSeconds),
    考核结果: row.result,
    证明材料: row.proof,
    登记人: row.recordedBy,
    审核人: row.approvedBy,
  };
}

/** 应修、已修, and what is missing by name; a lapsed requirement is no condition. */
export function requiredText(required: Card['required']): string {
  const inForce = required.filter((course) => !course.isLapsed);
  if (inForce.length === 0) return '本年度无必修课程';
  const missing = inForce.filter((course) => !course.isComplete).map((course) => `《${course.title}》`);
  const done = inForce.length - missing.length;
  return `应修 ${inForce.length} 门，已完成 ${done} 门${missing.length > 0 ? `，缺${missing.join('、')}` : ''}`;
}

/** 封账编号 and figure, with what came after; or that the year is open, and as of when. */
export function sealText(card: Pick<Card, 'seal' | 'rows' | 'asOfDay'>): string {
  const { seal, rows, asOfDay } = card;
  if (seal === null) return `未封账，截至${formatDay(asOfDay)}`;
  const adjusted = adjustedSecondsOf(rows);
  const isAdjusted = rows.some((row) => row.isAdjustment);
  const later = isAdjusted
    ? `；封账后调整 ${adjusted > 0 ? '+' : ''}${formatHoursFigure(adjusted)} 学时，不改变封账数`
    : '';
  return `${formatDay(seal.closedDay)}封账，封账编号 ${seal.sealNo}，封账数 ${formatHours(seal.totalSeconds)}${later}`;
}

/** 达标, 未达标 …; of an open year as it stands. */
export const conclusionText = ({ conclusion, seal }: Pick<Card, 'conclusion' | 'seal'>): string =>
  `${CONCLUSION_LABELS[conclusion]}${seal === null ? '（未封账）' : ''}`;

/** The card as the papers take it. @param day 制表日期, worded */
export function cardData(card: Card, day: string): PaperData {
  const { person, sums } = card;
  const columns = threeColumns(sums);
  return {
    values: {
      姓名: person.name,
      性别: person.sex,
      单位: person.unitName,
      职务: person.position,
      执法领域: person.fieldName,
      执法证号: groupDigits(person.certificateNo),
      年度: String(card.year),
      公共法律小计: formatHours(columns.publicLaw),
      业务小计: formatHours(columns.business),
      专业法律小计: formatHours(columns.specialisedLaw),
      技能小计: formatHours(columns.skill),
      合计: formatHours(columns.total),
      应完成: formatHours(card.targetSeconds),
      必修课完成情况: requiredText(card.required),
      年度结论: conclusionText(card),
      封账情况: sealText(card),
      制表日期: day,
    },
    rows: { 培训: card.rows.map(rowData) },
  };
}
