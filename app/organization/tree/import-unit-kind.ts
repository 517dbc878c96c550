import type { FieldSpec, ValuesOf } from '#app/platform/import/kind.ts';
import { defineImportKind } from '#app/platform/import/kind.ts';
import { choiceReader } from '#app/platform/import/values/choice.ts';
import { dayReader } from '#app/platform/import/values/day.ts';
import { codeReader, textReader } from '#app/platform/import/values/text.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { UnitContext, UnitFact, UnitRow } from './decide-units.ts';
import { decideUnits } from './decide-units.ts';
import { orNothing } from './import-problems.ts';
import { UNIT_TYPE_WORDS } from './unit-type-words.ts';

/** A province has some 6,000 units. */
const MAX_ROWS = 20_000;

const fields = {
  name: {
    label: '单位名称',
    synonyms: ['名称', '单位', '机构名称', '单位全称', '执法主体名称', '主体名称', '执法机构'],
    hint: '与公章一致的全称',
    read: textReader(100),
    required: true,
  },
  parent: {
    label: '上级单位',
    synonyms: ['主管单位', '主管部门', '上级机构', '上级', '隶属单位', '上级单位编码'],
    hint: '单位内部的上级，名称或编码；没有的留空',
    read: textReader(100),
    required: false,
  },
  region: {
    label: '所在地区',
    synonyms: ['地区', '所属地区', '行政区划', '行政区', '区划', '所属区划', '所在行政区', '行政区划代码'],
    hint: '名称或行政区划代码；不填为本地区',
    read: textReader(60),
    required: false,
    fillMerged: true,
  },
  unitType: {
    label: '单位类型',
    synonyms: ['类型', '机构类型', '单位性质', '主体类别', '机构性质', '单位类别'],
    hint: '不填时按名称推定',
    read: choiceReader(UNIT_TYPE_WORDS),
    required: false,
  },
  fields: {
    label: '执法领域',
    synonyms: ['领域', '执法类别', '执法种类', '行政执法领域'],
    hint: '几个领域用顿号隔开',
    read: textReader(200),
    required: false,
  },
  code: {
    label: '编码',
    synonyms: ['单位编码', '机构编码', '单位代码', '机构代码', '统一社会信用代码'],
    hint: '不填时按地区和名称编一个，以后不变',
    read: codeReader(40),
    required: false,
  },
  validFrom: {
    label: '设立日期',
    synonyms: ['成立日期', '启用日期', '生效日期', '起始日期'],
    hint: '不填时自导入所选日期起',
    read: dayReader(),
    required: false,
  },
  documentNo: {
    label: '批准文号',
    synonyms: ['文号', '设立依据', '批准文件', '依据'],
    hint: '机构设立的批准文号',
    read: textReader(100),
    required: false,
  },
} as const satisfies Record<string, FieldSpec<unknown>>;

function toRow(values: ValuesOf<typeof fields>): UnitRow {
  const { name } = values;
  invariant(name !== null, 'required values were checked before');
  return {
    name,
    code: orNothing(values.code)?.toUpperCase() ?? null,
    parentText: orNothing(values.parent),
    regionText: orNothing(values.region),
    unitType: values.unitType,
    fieldsText: orNothing(values.fields),
    validFrom: values.validFrom,
    documentNo: orNothing(values.documentNo),
  };
}

/** 机构名录: the units of a region. One row per unit, known by its code, or by region and name where there is none. */
export const unitKind = defineImportKind<typeof fields, UnitRow, UnitFact, UnitContext>({
  id: 'units',
  title: '机构名录',
  rowWord: '个',
  maxRows: MAX_ROWS,
  fields,
  ignored: [
    { label: '序号', synonyms: ['序', 'no'], why: '行号，不读取' },
    { label: '备注', synonyms: ['说明'], why: '备注不登记' },
    { label: '联系人', synonyms: ['联络员', '联系电话', '电话', '负责人'], why: '联络员请在单位页面登记' },
  ],
  readRow: (values) => ({ ok: true, row: toRow(values), warnings: [] }),
  naturalKey: (row) => row.code ?? `${row.regionText ?? ''}|${row.name}`,
  naturalKeyWord: '编码（没有编码的，地区和名称）',
  naturalKeyField: 'name',
  decideRows: decideUnits,
});
