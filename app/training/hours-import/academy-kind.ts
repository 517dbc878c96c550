import type { FieldSpec, RowReading, ValuesOf } from '#app/platform/import/kind.ts';
import { defineImportKind } from '#app/platform/import/kind.ts';
import { dayReader } from '#app/platform/import/values/day.ts';
import { parseIdNumber } from '#app/platform/import/values/id-number.ts';
import { parsePhone } from '#app/platform/import/values/phone.ts';
import type { CellReader } from '#app/platform/import/values/reading.ts';
import { cellReader, read, unreadable } from '#app/platform/import/values/reading.ts';
import { textReader } from '#app/platform/import/values/text.ts';
import { compact } from '#app/platform/import/values/width.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import { rowProblem, WHO_FIELDS } from '#app/organization/register/import/who.ts';
import type { HoursContext } from './decide-hours.ts';
import { decideHours } from './decide-hours.ts';
import { CATEGORY_FIELD, readHours } from './hours-kind.ts';
import type { TrainingFact, TrainingRow } from './training-row.ts';
import { rowKey } from './training-row.ts';

/** One column of many academies holds either number. */
interface Contact {
  readonly idNumber: string | null;
  readonly phone: string | null;
}

const readContact: CellReader<Contact> = cellReader<Contact>((text, cell) => {
  const plain = compact(text);
  if (/^\d{17}[\dXx]$/.test(plain) || /e\+/i.test(plain)) {
    const idNumber = parseIdNumber(text, cell.value);
    return idNumber.ok ? read({ idNumber: idNumber.value, phone: null }) : idNumber;
  }
  const phone = parsePhone(plain);
  if (phone.ok) return read({ idNumber: null, phone: phone.value });
  return unreadable(
    'CONTACT_MALFORMED',
    '既不是手机号，也不是身份证号',
    '请填写 11 位手机号或 18 位身份证号',
  );
});

const fields = {
  ordinal: WHO_FIELDS.ordinal,
  name: { ...WHO_FIELDS.name, synonyms: [...WHO_FIELDS.name.synonyms, '学员姓名', '学员'] },
  unitText: { ...WHO_FIELDS.unitText, required: false, hint: '没有手机号和身份证号时用来确定人员' },
  idNumber: WHO_FIELDS.idNumber,
  contact: {
    label: '手机或身份证号',
    synonyms: [
      '手机',
      '手机号',
      '手机号码',
      '联系电话',
      '账号',
      '登录账号',
      '用户名',
      '学员账号',
      '手机/身份证号',
    ],
    required: false,
    hint: '11 位手机号或 18 位身份证号，与姓名一起核对',
    read: readContact,
  },
  course: {
    label: '课程',
    synonyms: ['课程名称', '课程标题', '学习课程', '培训名称', '专题班', '班级名称', '专题名称'],
    required: true,
    hint: '课程或专题班的名称',
    read: textReader(100),
    fillMerged: true,
  },
  hours: {
    label: '学时/学分',
    synonyms: ['学时', '学分', '获得学时', '获得学分', '认定学时', '课程学时', '已获学时', '学时数'],
    required: true,
    hint: '数字，最多两位小数；学分按 1 学分 1 学时',
    read: readHours,
  },
  day: {
    label: '完成时间',
    synonyms: ['学习完成时间', '完成日期', '结业时间', '结业日期', '完成学习时间', '通过时间', '日期'],
    required: true,
    hint: '如 2026-03-05 14:20',
    read: dayReader(),
  },
  organiser: {
    label: '主办单位',
    synonyms: ['平台', '学习平台', '平台名称', '来源', '培训机构'],
    required: false,
    hint: '学院或平台的名称；没有写的记为“网络学院”',
    read: textReader(100),
    fillMerged: true,
    fallback: { labels: ['主办单位', '平台', '学习平台', '导出平台'] },
  },
  category: CATEGORY_FIELD,
} as const satisfies Record<string, FieldSpec<unknown>>;

export function readAcademyRow(values: ValuesOf<typeof fields>): RowReading<TrainingRow> {
  const { name, course, hours, day, contact, category, unitText } = values;
  invariant(
    name !== null && course !== null && hours !== null && day !== null,
    'required values were checked before',
  );
  const idNumber = values.idNumber ?? contact?.idNumber ?? null;
  return {
    ok: true,
    warnings:
      category === null
        ? [rowProblem('category', 'CATEGORY_ASSUMED', '没有写类别，按公共法律知识记入', null)]
        : [],
    row: {
      name,
      unitText,
      idNumber,
      phone: contact?.phone ?? null,
      from: day,
      to: day,
      title: course,
      organiser: values.organiser ?? '网络学院',
      place: null,
      mode: '网络',
      hundredths: hours,
      category: category ?? 'public_law',
      kind: 'course',
    },
  };
}

/** Export of an online academy (domain.md §11.3): who completed which course when, for how many 学时. */
export const academyKind = defineImportKind<typeof fields, TrainingRow, TrainingFact, HoursContext>({
  id: 'academy',
  title: '网络学院学时',
  rowWord: '条',
  maxRows: 50_000,
  fields,
  ignored: [
    { label: '备注', synonyms: ['说明'], why: '备注不登记' },
    { label: '成绩', synonyms: ['考试成绩', '测试成绩', '得分'], why: '只登记学时' },
    { label: '学习时长', synonyms: ['时长', '观看时长', '学习进度', '进度'], why: '以平台给出的学时为准' },
    { label: '状态', synonyms: ['学习状态', '是否完成', '完成状态'], why: '有完成时间的视为完成' },
  ],
  readRow: readAcademyRow,
  naturalKey: rowKey,
  naturalKeyWord: '人员、课程和完成日期',
  naturalKeyField: 'name',
  decideRows: decideHours,
});
