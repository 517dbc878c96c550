import type { FieldSpec, RowDecision } from '#app/platform/import/kind.ts';
import { defineImportKind } from '#app/platform/import/kind.ts';
import type { FieldProblem } from '#app/platform/import/report.ts';
import type { Words } from '#app/platform/import/values/choice.ts';
import { choiceReader } from '#app/platform/import/values/choice.ts';
import type { DayRange } from '#app/platform/import/values/day.ts';
import { readDayRange } from '#app/platform/import/values/day.ts';
import { cellReader, quoted, read, saysNothing, unreadable } from '#app/platform/import/values/reading.ts';
import { codeReader, textReader } from '#app/platform/import/values/text.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addDays, formatDay } from '#app/platform/time/day.ts';
import type { EntityDetails, EntityType } from '../../entity/entity.ts';
import { ENTITY_TYPE_LABELS, NO_DETAILS } from '../../entity/entity.ts';
import type { UnitIndex } from '../../roster/unit-index.ts';
import { isCreditCode } from '../credit-code.ts';
import { WHO_FIELDS, findUnit, rowProblem } from './who.ts';

const TYPE_WORDS: Words<EntityType> = [
  { value: 'organ', words: ['行政机关', '机关', '法定行政机关', '政府部门', '法定机关'] },
  {
    value: 'authorised',
    words: ['法律法规授权组织', '授权', '授权组织', '法律、法规授权的组织', '法律法规授权', '授权执法'],
  },
  { value: 'entrusted', words: ['受委托组织', '委托', '委托组织', '受委托', '委托执法'] },
];

const readCode = codeReader(18);
const readText = textReader(100);

/** A text; 「无」 and a dash say nothing, and what says nothing leaves what is registered. */
const readKept = (longest: number) =>
  cellReader((text, cell) => {
    const value = textReader(longest)({ ...cell, text });
    return value.ok && value.value !== null && saysNothing(value.value) ? read(null) : value;
  });

const fields = {
  ordinal: WHO_FIELDS.ordinal,
  name: {
    label: '主体名称',
    synonyms: ['执法主体名称', '行政执法主体', '行政执法主体名称', '单位名称', '执法主体', '单位', '主体'],
    required: true,
    hint: '须是系统中已登记的单位全称',
    read: textReader(100),
  },
  entityType: {
    label: '类别',
    synonyms: ['主体类别', '主体性质', '主体类型', '性质', '执法主体类别'],
    required: true,
    hint: '行政机关、法律法规授权组织、受委托组织',
    read: choiceReader(TYPE_WORDS),
    fillMerged: true,
  },
  creditCode: {
    label: '信用代码',
    synonyms: ['统一社会信用代码', '社会信用代码', '组织机构代码'],
    required: false,
    hint: '18 位统一社会信用代码',
    read: cellReader((text, cell) => {
      const code = readCode({ ...cell, text });
      if (!code.ok) return code;
      const value = (code.value ?? '').toUpperCase();
      if (value === '' || saysNothing(value)) return read(null);
      return isCreditCode(value)
        ? read(value)
        : unreadable(
            'CREDIT_CODE_WRONG',
            `${quoted(text)}不是统一社会信用代码，或校验位不符`,
            '请对照登记证书核对 18 位代码',
          );
    }),
  },
  legalBasis: {
    label: '执法依据',
    synonyms: ['依据', '法律依据', '执法法律依据', '主要执法依据', '授权依据', '委托依据'],
    required: true,
    hint: '主要法律、法规、规章名称',
    read: textReader(1000),
    fillMerged: true,
  },
  entrusting: {
    label: '委托机关',
    synonyms: ['委托单位', '委托行政机关', '委托主体'],
    required: false,
    hint: '受委托组织必填，须是系统中已登记的单位',
    read: cellReader((text, cell) => {
      const value = readText({ ...cell, text });
      return value.ok && value.value !== null && saysNothing(value.value)
        ? read(null)
        : value.ok
          ? read(value.value)
          : value;
    }),
  },
  period: {
    label: '委托期限',
    synonyms: ['委托期', '委托起止', '委托有效期', '委托时间'],
    required: false,
    hint: '如 2024.1.1-2026.12.31',
    read: readDayRange,
  },
  legalRepresentative: {
    label: '法定代表人',
    synonyms: ['负责人', '法人代表', '主要负责人', '法定代表人（负责人）'],
    required: false,
    hint: '单位法定代表人姓名',
    read: readKept(40),
  },
  address: {
    label: '地址',
    synonyms: ['办公地址', '单位地址', '住所', '通讯地址'],
    required: false,
    hint: '办公地址',
    read: readKept(200),
  },
  phone: {
    label: '电话',
    synonyms: ['联系电话', '办公电话', '监督电话'],
    required: false,
    hint: '对外公布的办公电话',
    read: readKept(40),
  },
  confirmationNo: {
    label: '确认文号',
    synonyms: ['文号', '公告文号', '批准文号'],
    required: false,
    hint: '主体资格确认或公告的文号',
    read: textReader(60),
    fillMerged: true,
    fallback: { labels: ['文号', '确认文号', '公告文号'] },
  },
} as const satisfies Record<string, FieldSpec<unknown>>;

export interface EntityRow {
  readonly name: string;
  readonly entityType: EntityType;
  readonly creditCode: string | null;
  readonly legalBasis: string;
  readonly entrusting: string | null;
  readonly period: DayRange | null;
  readonly legalRepresentative: string | null;
  readonly address: string | null;
  readonly phone: string | null;
  readonly confirmationNo: string | null;
}

export interface EntityValues {
  readonly name: string;
  readonly entityType: EntityType;
  readonly legalBasis: string;
  readonly entrustingUnitId: string | null;
  readonly confirmationNo: string | null;
  readonly details: EntityDetails;
}

/** A 主体 as registered on the file's day; `null` days while open. */
export interface KnownEntity extends EntityValues {
  readonly entityId: string;
  readonly unitId: string;
  readonly creditCode: string | null;
  /** Null when it holds no version on the day. */
  readonly rowId: string | null;
  readonly validTo: Day | null;
}

export interface EntityFact extends EntityValues {
  readonly entityId: string | null;
  readonly unitId: string;
  readonly creditCode: string | null;
  readonly fromDay: Day;
  /** First day on which it no longer holds; null while open. */
  readonly validTo: Day | null;
}

export interface EntityContext {
  readonly asOfDay: Day;
  readonly units: UnitIndex;
  readonly known: readonly KnownEntity[];
}

function decide(row: EntityRow, context: EntityContext): RowDecision<EntityFact> {
  const problems: FieldProblem[] = [];
  const unit = findUnit(context.units, row.name, 'name');
  if (!unit.ok) problems.push(unit.problem);
  const entrusting = row.entrusting === null ? null : findUnit(context.units, row.entrusting, 'entrusting');
  if (entrusting !== null && !entrusting.ok) problems.push(entrusting.problem);
  if (row.entityType === 'entrusted' && row.entrusting === null)
    problems.push(
      rowProblem(
        'entrusting',
        'ENTRUSTING_MISSING',
        '受委托组织没有写委托机关',
        '请补填委托机关（行政处罚法第二十条）',
      ),
    );
  if (row.entityType !== 'entrusted' && row.entrusting !== null)
    problems.push(
      rowProblem(
        'entrusting',
        'ENTRUSTING_UNEXPECTED',
        '不是受委托组织，却写了委托机关',
        '请核对类别和委托机关',
      ),
    );
  if (!unit.ok || problems.length > 0) return { verdict: 'refused', problems };
  return decideKnown(row, context, {
    unitId: unit.unitId,
    entrustingUnitId: entrusting?.ok === true ? entrusting.unitId : null,
  });
}

/** Blank cells keep what is registered; the term of an entrustment is the period of the row. */
function detailsOf(row: EntityRow, before: EntityDetails): EntityDetails {
  const { legalRepresentative, address, phone, period } = row;
  const isEntrusted = row.entityType === 'entrusted';
  return {
    legalRepresentative: legalRepresentative ?? before.legalRepresentative,
    address: address ?? before.address,
    phone: phone ?? before.phone,
    entrustedFrom: isEntrusted ? (period?.from ?? before.entrustedFrom) : null,
    entrustedUntil: isEntrusted ? (period?.until ?? before.entrustedUntil) : null,
  };
}

function decideKnown(
  row: EntityRow,
  context: EntityContext,
  ids: { readonly unitId: string; readonly entrustingUnitId: string | null },
): RowDecision<EntityFact> {
  const { unitId, entrustingUnitId } = ids;
  const { creditCode, period } = row;
  const ofUnit = context.known.find((one) => one.unitId === unitId);
  const ofCode = creditCode === null ? undefined : context.known.find((one) => one.creditCode === creditCode);
  if (ofCode !== undefined && ofCode.unitId !== unitId)
    return {
      verdict: 'refused',
      problems: [
        rowProblem('creditCode', 'CREDIT_CODE_TAKEN', '这个信用代码已登记在另一主体名下', '请核对信用代码'),
      ],
    };
  if (
    ofUnit !== undefined &&
    creditCode !== null &&
    ofUnit.creditCode !== null &&
    ofUnit.creditCode !== creditCode
  )
    return {
      verdict: 'refused',
      problems: [
        rowProblem('creditCode', 'CREDIT_CODE_DIFFERS', '与系统中该主体的信用代码不同', '请核对信用代码'),
      ],
    };
  const fromDay =
    ofUnit?.rowId === null || ofUnit === undefined ? (period?.from ?? context.asOfDay) : context.asOfDay;
  const values: EntityValues = {
    name: row.name,
    entityType: row.entityType,
    legalBasis: row.legalBasis,
    entrustingUnitId,
    confirmationNo: row.confirmationNo ?? ofUnit?.confirmationNo ?? null,
    details: detailsOf(row, ofUnit?.details ?? NO_DETAILS),
  };
  const validTo = period === null ? (ofUnit?.validTo ?? null) : addDays(period.until, 1);
  if (validTo !== null && validTo <= fromDay)
    return {
      verdict: 'refused',
      problems: [
        rowProblem(
          'period',
          'PERIOD_ENDED',
          `委托期限已于${formatDay(addDays(validTo, -1))}届满`,
          '请填写现行委托期限',
        ),
      ],
    };
  const fact: EntityFact = {
    ...values,
    entityId: ofUnit?.entityId ?? null,
    unitId,
    creditCode: creditCode ?? ofUnit?.creditCode ?? null,
    fromDay,
    validTo,
  };
  if (ofUnit === undefined || ofUnit.rowId === null) return { verdict: 'new', fact, warnings: [] };
  const changes = changesOf(ofUnit, fact);
  return changes.length === 0
    ? { verdict: 'same', warnings: [] }
    : { verdict: 'change', fact, warnings: [], changes };
}

function changesOf(before: KnownEntity, after: EntityFact): FieldProblem[] {
  const day = (validTo: Day | null): string => (validTo === null ? '长期' : formatDay(addDays(validTo, -1)));
  const lines: (readonly [string, string, string | null, string | null])[] = [
    ['name', '主体名称', before.name, after.name],
    ['entityType', '类别', ENTITY_TYPE_LABELS[before.entityType], ENTITY_TYPE_LABELS[after.entityType]],
    ['legalBasis', '执法依据', before.legalBasis, after.legalBasis],
    ['entrusting', '委托机关', before.entrustingUnitId, after.entrustingUnitId],
    ['confirmationNo', '确认文号', before.confirmationNo, after.confirmationNo],
    [
      'legalRepresentative',
      '法定代表人',
      before.details.legalRepresentative,
      after.details.legalRepresentative,
    ],
    ['address', '地址', before.details.address, after.details.address],
    ['phone', '电话', before.details.phone, after.details.phone],
    ['creditCode', '信用代码', before.creditCode, after.creditCode],
    ['period', '期限', day(before.validTo), day(after.validTo)],
  ];
  return lines
    .filter(([, , from, to]) => from !== to)
    .map(([field, label, from, to]) =>
      rowProblem(
        field,
        'CHANGED',
        field === 'entrusting' ? `${label}有变更` : `${label}由「${from ?? '空'}」改为「${to ?? '空'}」`,
        null,
      ),
    );
}

/** 主体名录: which units hold enforcement power, in which way and by which law (YC1). One row per body. */
export const entitiesKind = defineImportKind<typeof fields, EntityRow, EntityFact, EntityContext>({
  id: 'entities',
  title: '主体名录',
  rowWord: '个',
  maxRows: 10_000,
  fields,
  ignored: [
    { label: '层级', synonyms: ['级别', '所属层级'], why: '以单位登记为准' },
    { label: '执法领域', synonyms: ['执法类别', '领域'], why: '以单位登记为准' },
    { label: '备注', synonyms: ['说明'], why: '备注不登记' },
  ],
  readRow: ({ name, entityType, legalBasis, ...rest }) => {
    invariant(
      name !== null && entityType !== null && legalBasis !== null,
      'required values were checked before',
    );
    const { creditCode, entrusting, period, confirmationNo, legalRepresentative, address, phone } = rest;
    return {
      ok: true,
      warnings: [],
      row: {
        ...{ name, entityType, legalBasis, creditCode, entrusting, period, confirmationNo },
        ...{ legalRepresentative, address, phone },
      },
    };
  },
  naturalKey: (row) => row.name,
  naturalKeyWord: '主体名称',
  naturalKeyField: 'name',
  decideRows: (rows, context) => rows.map((row) => decide(row, context)),
});
