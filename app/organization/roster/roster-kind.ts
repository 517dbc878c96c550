import type { FieldProblem } from '#app/platform/import/report.ts';
import type { FieldSpec, RowReading, ValuesOf } from '#app/platform/import/kind.ts';
import { defineImportKind } from '#app/platform/import/kind.ts';
import { choiceReader, readSex } from '#app/platform/import/values/choice.ts';
import { readDayRange, readMonth } from '#app/platform/import/values/day.ts';
import { birthDayOfId, readIdNumber, sexOfId } from '#app/platform/import/values/id-number.ts';
import { readPersonName } from '#app/platform/import/values/person-name.ts';
import { readPhone } from '#app/platform/import/values/phone.ts';
import type { CellReader } from '#app/platform/import/values/reading.ts';
import { cellReader, read, saysNothing } from '#app/platform/import/values/reading.ts';
import { codeReader, textReader } from '#app/platform/import/values/text.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { RosterContext } from './decide-roster.ts';
import { decideRoster } from './decide-roster.ts';
import type { RosterFact, RosterRow } from './roster-row.ts';
import { ESTABLISHMENT_WORDS, POST_WORDS } from './roster-words.ts';

/** The largest prefecture cities keep some 20,000 officers in one list. */
const MAX_ROWS = 30_000;

/** 「无」 and dashes in columns of free text mean that there is nothing. */
function textOrNothing(maxCharacters: number): CellReader<string> {
  const readText = textReader(maxCharacters);
  return (cell) => {
    const text = readText(cell);
    return text.ok && text.value !== null && saysNothing(text.value) ? read(null) : text;
  };
}

/** 法律职业资格: 有/无, or the certificate's number or class, which means 有. */
const readLegalQualification: CellReader<boolean> = cellReader((text) =>
  read(!(saysNothing(text) || ['否', '没有', '无资格', '×', 'x', '0'].includes(text.toLowerCase()))),
);

const optional = <T>(
  label: string,
  synonyms: readonly string[],
  hint: string,
  reader: CellReader<T>,
): FieldSpec<T> => ({
  label,
  synonyms,
  hint,
  read: reader,
  required: false,
});

/** Heads of domain.md §11.3 and their everyday variants. */
const fields = {
  ordinal: { ...optional('序号', ['编号', '序', 'no'], '行号，不读取', textReader(20)), isOrdinal: true },
  name: {
    ...optional(
      '姓名',
      ['人员姓名', '执法人员姓名', '名字', '执法人员'],
      '只写姓名，不带说明',
      readPersonName,
    ),
    required: true,
  },
  sex: { ...optional('性别', [], '男或女；须与身份证号一致', readSex), unreadable: 'warn' },
  idNumber: {
    ...optional(
      '身份证号',
      ['身份证号码', '公民身份号码', '身份号码', '居民身份证号', '居民身份证号码', '证件号码', '身份证'],
      '18 位；单元格请设为「文本」格式',
      readIdNumber,
    ),
    required: true,
  },
  birthMonth: {
    ...optional('出生年月', ['出生日期', '出生年月日', '生日'], '年月或年月日；须与身份证号一致', readMonth),
    unreadable: 'warn',
  },
  education: optional(
    '学历',
    ['文化程度', '最高学历', '全日制学历', '学历学位'],
    '如大学本科',
    textOrNothing(20),
  ),
  unitText: {
    ...optional(
      '工作单位',
      [
        '单位',
        '单位名称',
        '所在单位',
        '执法单位',
        '执法主体',
        '执法机构',
        '所属单位',
        '工作单位全称',
        '部门名称',
      ],
      '单位全称；合并单元格、工作表名、小标题和表上方的「填报单位」也认',
      textReader(100),
    ),
    required: true,
    fillMerged: true,
    fallback: { sectionTitle: true, sheetName: true, labels: ['填报单位', '单位', '单位名称', '报送单位'] },
  },
  department: {
    ...optional(
      '内设机构',
      ['科室', '处室', '股室', '所在科室', '部门', '内设机构名称', '大队', '中队'],
      '科室、大队等',
      textOrNothing(60),
    ),
    fillMerged: true,
  },
  position: optional(
    '职务/职级',
    ['职务职级', '职务', '现任职务', '职级', '岗位职务', '行政职务', '职务层次'],
    '如四级主任科员',
    textOrNothing(60),
  ),
  establishment: {
    ...optional(
      '编制性质',
      ['编制', '编制类型', '人员性质', '人员编制', '编制类别', '人员类别', '身份性质', '用工性质'],
      '行政编制、参公编制、事业编制、工勤编制、企业编制、合同制、劳务派遣、公益性岗位',
      choiceReader(ESTABLISHMENT_WORDS),
    ),
    required: true,
  },
  isEnforcementPost: optional(
    '是否执法岗',
    ['执法岗位', '是否在执法岗', '是否在岗', '是否执法岗位', '是否在执法岗位', '执法岗'],
    '是或否；不填时，填了执法类别的视为是',
    choiceReader(POST_WORDS),
  ),
  fieldText: optional(
    '执法类别',
    ['执法领域', '执法种类', '执法类型', '行政执法类别', '执法门类'],
    '执法领域名称；不填时取单位的领域',
    textOrNothing(60),
  ),
  enforcementArea: optional('执法区域', ['执法地域', '执法范围', '管辖区域'], '如全县', textOrNothing(60)),
  cardNumber: {
    ...optional(
      '证号',
      ['执法证号', '执法证件号', '证件编号', '执法证编号', '行政执法证号', '执法证件编号', '证件号'],
      '只核对写法，不登记：证件请用「证件」导入',
      codeReader(32),
    ),
    unreadable: 'warn',
  },
  cardPeriod: {
    ...optional(
      '有效期',
      ['证件有效期', '有效期限', '执法证有效期', '有效期至', '有效期止', '有效期起止'],
      '如 2022.11.1-2027.10.31；只核对写法，不登记',
      readDayRange,
    ),
    unreadable: 'warn',
  },
  legalQualification: optional(
    '法律职业资格',
    [
      '国家统一法律职业资格',
      '法律职业资格证',
      '法律职业资格证书',
      '法律资格',
      '司法考试',
      '是否取得法律职业资格',
      '是否有法律职业资格',
    ],
    '有或无，或写证书编号',
    readLegalQualification,
  ),
  phone: {
    ...optional(
      '电话',
      ['联系电话', '手机', '手机号', '手机号码', '联系方式', '办公电话'],
      '手机 11 位，座机带区号',
      readPhone,
    ),
    unreadable: 'warn',
  },
} as const satisfies Record<string, FieldSpec<unknown>>;

type RosterValues = ValuesOf<typeof fields>;

/** Checks inside one row. The ID number outweighs 性别 and 出生年月: a contradiction is told, not obeyed. */
export function readRosterRow(values: RosterValues): RowReading<RosterRow> {
  const { name, idNumber, unitText, establishment } = values;
  invariant(
    name !== null && idNumber !== null && unitText !== null && establishment !== null,
    'required values were checked before',
  );
  const birthDay = birthDayOfId(idNumber);
  invariant(birthDay !== null, 'a checked ID number holds a birth date');
  const sex = sexOfId(idNumber);
  return {
    ok: true,
    warnings: contradictions(values, sex, birthDay),
    row: {
      name,
      idNumber,
      sex,
      birthDay,
      education: values.education,
      hasLegalQualification: values.legalQualification,
      phone: values.phone,
      unitText,
      department: values.department,
      position: values.position,
      establishment,
      isEnforcementPost: values.isEnforcementPost,
      fieldText: values.fieldText,
      enforcementArea: values.enforcementArea,
    },
  };
}

function contradictions(values: RosterValues, sex: string, birthDay: string): readonly FieldProblem[] {
  const warnings: FieldProblem[] = [];
  if (values.sex !== null && values.sex !== sex) {
    warnings.push({
      fieldId: 'sex',
      code: 'SEX_DIFFERS_FROM_ID',
      reason: '性别与身份证号不一致，按身份证号登记',
      fix: '请核对性别和身份证号',
    });
  }
  if (values.birthMonth !== null && values.birthMonth !== birthDay.slice(0, 7)) {
    warnings.push({
      fieldId: 'birthMonth',
      code: 'BIRTH_DIFFERS_FROM_ID',
      reason: '出生年月与身份证号不一致，按身份证号登记',
      fix: '请核对出生年月和身份证号',
    });
  }
  return warnings;
}

/** 花名册: who belongs to which unit, in which post. One row per person, known by ID number. */
export const rosterKind = defineImportKind<typeof fields, RosterRow, RosterFact, RosterContext>({
  id: 'roster',
  title: '花名册',
  rowWord: '人',
  maxRows: MAX_ROWS,
  fields,
  ignored: [
    { label: '民族', synonyms: [], why: '按最小必要原则不采集' },
    { label: '政治面貌', synonyms: ['党派'], why: '按最小必要原则不采集' },
    { label: '籍贯', synonyms: ['家庭住址', '住址', '户籍地'], why: '按最小必要原则不采集' },
    {
      label: '专业',
      synonyms: ['所学专业', '毕业院校', '毕业院校及专业', '毕业学校'],
      why: '花名册不登记此项',
    },
    { label: '备注', synonyms: ['说明', '备考'], why: '备注不登记' },
    { label: '照片', synonyms: [], why: '照片请用「照片」导入' },
  ],
  readRow: readRosterRow,
  naturalKey: (row) => row.idNumber,
  naturalKeyWord: '身份证号',
  naturalKeyField: 'idNumber',
  decideRows: decideRoster,
});
