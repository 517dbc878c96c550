import type { FieldSpec, RowReading, ValuesOf } from '#app/platform/import/kind.ts';
import { defineImportKind } from '#app/platform/import/kind.ts';
import type { FieldProblem } from '#app/platform/import/report.ts';
import { choiceReader } from '#app/platform/import/values/choice.ts';
import { decimalReader } from '#app/platform/import/values/number.ts';
import type { CellReader } from '#app/platform/import/values/reading.ts';
import { cellReader, read, saysNothing } from '#app/platform/import/values/reading.ts';
import { textReader } from '#app/platform/import/values/text.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import { rowProblem, WHO_FIELDS } from '#app/organization/register/import/who.ts';
import type { HoursContext } from './decide-hours.ts';
import { decideHours } from './decide-hours.ts';
import { CATEGORY_WORDS, entryKindOfMode } from './hours-words.ts';
import type { TrainingDays } from './training-days.ts';
import { daysInTitle, readDayOrText } from './training-days.ts';
import type { TrainingFact, TrainingRow } from './training-row.ts';
import { rowKey } from './training-row.ts';

/** Largest figure in one cell, in 学时. */
const MAX_HOURS = 400;
const MAX_ROWS = 50_000;

const decimal = decimalReader({
  min: 0,
  max: MAX_HOURS,
  scale: 2,
  units: ['个学时', '学时', '学分', '课时', '小时'],
});

/** Hours as hundredths; a dash or 「无」 in a cell of a wide table says that the person was not there. */
export const readHours: CellReader<number> = (cell) => {
  const nothing = cellReader((text) => read(saysNothing(text)))(cell);
  return nothing.ok && nothing.value === true ? read(0) : decimal(cell);
};

export const CATEGORY_FIELD = {
  label: '类别',
  synonyms: ['培训类别', '培训内容类别', '知识类别', '学时类别', '内容类别'],
  required: false,
  hint: '公共法律知识、专业法律知识、业务知识、行政执法技能；没有写的按公共法律知识',
  read: choiceReader(CATEGORY_WORDS),
  fillMerged: true,
  fallback: { labels: ['类别', '培训类别'] },
} as const satisfies FieldSpec<unknown>;

const fields = {
  ...WHO_FIELDS,
  unitText: {
    ...WHO_FIELDS.unitText,
    required: false,
    hint: '没有身份证号时用来确定人员；合并单元格、工作表名、小标题和表上方的「填报单位」也认',
  },
  day: {
    label: '日期',
    synonyms: ['培训日期', '培训时间', '时间', '起止日期', '培训起止日期', '培训起止时间', '学习时间'],
    required: false,
    hint: '如 2026-03-05、2026.3.5-3.7；横表写在培训名称的上一行或下一行',
    read: readDayOrText,
    fillMerged: true,
    fallback: { labels: ['日期', '培训日期', '培训时间'] },
  },
  title: {
    label: '培训名称',
    synonyms: ['名称', '培训班名称', '培训内容', '培训项目', '学习内容', '课程名称', '主题', '培训主题'],
    required: false,
    hint: '横表为各列的标题',
    read: textReader(100),
    fillMerged: true,
    fallback: { labels: ['培训名称', '培训班名称'] },
  },
  organiser: {
    label: '主办单位',
    synonyms: ['组织单位', '举办单位', '主办', '培训机构', '主办(组织)单位', '承办单位'],
    required: false,
    hint: '与培训名称、日期一起判断是否重复',
    read: textReader(100),
    fillMerged: true,
    fallback: { labels: ['主办单位', '举办单位', '组织单位'] },
  },
  mode: {
    label: '方式',
    synonyms: ['培训方式', '学习方式', '培训形式', '形式'],
    required: false,
    hint: '如 集中学习、网络、外出培训',
    read: textReader(40),
    fillMerged: true,
  },
  category: CATEGORY_FIELD,
  place: {
    label: '地点',
    synonyms: ['培训地点', '学习地点', '举办地点'],
    required: false,
    hint: '选填',
    read: textReader(100),
    fillMerged: true,
  },
  hours: {
    label: '学时',
    synonyms: ['学时数', '培训学时', '计入学时', '折算学时', '规定学时', '课时', '获得学时'],
    required: true,
    hint: '数字，最多两位小数；横表为各格里的数字',
    read: readHours,
  },
} as const satisfies Record<string, FieldSpec<unknown>>;

type Values = ValuesOf<typeof fields>;

interface Headed {
  readonly days: TrainingDays;
  readonly title: string;
}

/** Date and title, wherever the head of the column or the cells hold them. */
function headOf({ day, title }: Values): Headed | FieldProblem {
  const missingTitle = rowProblem('title', 'TITLE_MISSING', '没有写培训名称', '请补填培训名称');
  if (day?.is === 'days') return title === null || title === '' ? missingTitle : { days: day.days, title };
  // Two-row heads with the title above the date: what was taken for the title is the date.
  const swapped = title === null ? null : daysInTitle(title);
  if (day?.is === 'text' && swapped !== null && swapped.title === '')
    return { days: swapped.days, title: day.text };
  if (swapped !== null && swapped.title !== '') return { days: swapped.days, title: swapped.title };
  if (day?.is === 'text') return { fieldId: 'day', ...day.problem };
  return rowProblem(
    'day',
    'DAY_MISSING',
    '没有写培训日期',
    '请补填日期；横表请在培训名称旁写明，如 2026.3.5',
  );
}

/** Checks inside one row. */
export function readHoursRow(values: Values): RowReading<TrainingRow> {
  const { name, hours, category, mode } = values;
  invariant(name !== null && hours !== null, 'required values were checked before');
  const head = headOf(values);
  if (!('days' in head)) return { ok: false, problems: [head] };
  const { days, title } = head;
  const warnings: FieldProblem[] = [];
  if (days.isMonth)
    warnings.push(rowProblem('day', 'DAY_FROM_MONTH', '日期只写到月份，按当月最后一天记入', '请尽量写到日'));
  if (category === null)
    warnings.push(rowProblem('category', 'CATEGORY_ASSUMED', '没有写类别，按公共法律知识记入', null));
  return {
    ok: true,
    warnings,
    row: {
      name,
      unitText: values.unitText,
      idNumber: values.idNumber,
      phone: null,
      from: days.from,
      to: days.to,
      title,
      organiser: values.organiser ?? '',
      place: values.place,
      mode,
      hundredths: hours,
      category: category ?? 'public_law',
      kind: entryKindOfMode(mode),
    },
  };
}

const SUMS = ['小计', '总计', '总学时', '累计学时', '年度学时', '学时合计', '合计学时', '累计', '总学时数'];

/** 学时台账, long or wide: a wide one is known by its numeric columns that no field claims. */
export const hoursKind = defineImportKind<typeof fields, TrainingRow, TrainingFact, HoursContext>({
  id: 'hours',
  title: '学时台账',
  rowWord: '条',
  maxRows: MAX_ROWS,
  fields,
  ignored: [
    { label: '合计', synonyms: SUMS, why: '合计由系统计算' },
    { label: '备注', synonyms: ['说明', '备考', '证明材料'], why: '备注不登记' },
    { label: '性别', synonyms: ['年龄', '出生年月', '民族'], why: '以花名册登记为准' },
    {
      label: '职务',
      synonyms: ['职务/职级', '职级', '岗位', '执法类别', '执法领域'],
      why: '以花名册登记为准',
    },
    { label: '证号', synonyms: ['执法证号', '执法证件号', '证件编号'], why: '以证件登记为准' },
    { label: '人数', synonyms: ['参训人数', '应到人数', '实到人数'], why: '人数由系统统计' },
    { label: '是否达标', synonyms: ['达标', '考核结果', '是否合格'], why: '由系统按规则判定' },
  ],
  wide: { valueField: 'hours', headFields: ['day', 'title'] },
  readRow: readHoursRow,
  naturalKey: rowKey,
  naturalKeyWord: '人员、日期、培训名称和主办单位',
  naturalKeyField: 'name',
  decideRows: decideHours,
});
