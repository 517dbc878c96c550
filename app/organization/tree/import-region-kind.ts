import type { FieldSpec, ValuesOf } from '#app/platform/import/kind.ts';
import { defineImportKind } from '#app/platform/import/kind.ts';
import type { Words } from '#app/platform/import/values/choice.ts';
import { choiceReader, readYesNo } from '#app/platform/import/values/choice.ts';
import { dayReader } from '#app/platform/import/values/day.ts';
import { codeReader, textReader } from '#app/platform/import/values/text.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { RegionContext, RegionFact, RegionRow } from './decide-regions.ts';
import { decideRegions } from './decide-regions.ts';
import { orNothing } from './import-problems.ts';
import type { RegionLevel } from './tree.ts';

/** A province has some 1,700 townships. */
const MAX_ROWS = 5_000;
const LEVEL_WORDS: Words<Exclude<RegionLevel, 'nation'>> = [
  { value: 'province', words: ['省级', '省', '自治区', '直辖市', 'province'] },
  { value: 'city', words: ['市级', '市', '地级市', '设区的市', '自治州', '州', '盟', '地区', 'city'] },
  { value: 'county', words: ['县级', '县', '区', '县级市', '市辖区', '旗', '县区', '县市区', 'county'] },
  { value: 'township', words: ['乡镇级', '乡镇', '乡', '镇', '街道', '乡级', '街道办事处', 'township'] },
];
const fields = {
  name: {
    label: '名称',
    synonyms: ['地区名称', '行政区名称', '行政区划名称', '区划名称', '地区'],
    hint: '如渭阳市、城关镇',
    read: textReader(60),
    required: true,
  },
  code: {
    label: '行政区划代码',
    synonyms: ['代码', '区划代码', '地区代码', '编码', '行政区代码', '行政区划编码'],
    hint: '六位；乡镇街道九位或十二位；功能区用自编代码，如 6104Z1',
    read: codeReader(20),
    required: true,
  },
  parent: {
    label: '上级地区',
    synonyms: ['上级', '上级行政区', '上级区划', '上级代码', '所属地区', '上级名称', '上级行政区划代码'],
    hint: '名称或代码；不填时按代码推定',
    read: textReader(60),
    required: false,
  },
  level: {
    label: '级别',
    synonyms: ['层级', '行政级别', '级次'],
    hint: '省级、市级、县级、乡镇级；不填时按代码推定',
    read: choiceReader(LEVEL_WORDS),
    required: false,
  },
  isZone: {
    label: '功能区',
    synonyms: ['是否功能区', '功能区否', '是否为功能区'],
    hint: '开发区、高新区等填“是”',
    read: readYesNo,
    required: false,
  },
  validFrom: {
    label: '设立日期',
    synonyms: ['启用日期', '生效日期', '成立日期', '起始日期'],
    hint: '不填时自导入所选日期起',
    read: dayReader(),
    required: false,
  },
  documentNo: {
    label: '批准文号',
    synonyms: ['文号', '依据', '批准文件'],
    hint: '设立的批准文号',
    read: textReader(100),
    required: false,
  },
} as const satisfies Record<string, FieldSpec<unknown>>;

function toRow(values: ValuesOf<typeof fields>): RegionRow {
  const { name, code } = values;
  invariant(name !== null && code !== null, 'required values were checked before');
  return {
    name,
    code: code.toUpperCase(),
    parentText: orNothing(values.parent),
    level: values.level,
    isZone: values.isZone,
    validFrom: values.validFrom,
    documentNo: orNothing(values.documentNo),
  };
}

/** 行政区划: the regions of a place with their codes, levels and parents. One row per region, known by its code. */
export const regionKind = defineImportKind<typeof fields, RegionRow, RegionFact, RegionContext>({
  id: 'regions',
  title: '行政区划',
  rowWord: '个',
  maxRows: MAX_ROWS,
  fields,
  ignored: [
    { label: '序号', synonyms: ['序', 'no'], why: '行号，不读取' },
    { label: '备注', synonyms: ['说明'], why: '备注不登记' },
  ],
  readRow: (values) => ({ ok: true, row: toRow(values), warnings: [] }),
  naturalKey: (row) => row.code,
  naturalKeyWord: '行政区划代码',
  naturalKeyField: 'code',
  decideRows: decideRegions,
});
