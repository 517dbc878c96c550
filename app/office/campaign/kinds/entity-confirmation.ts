import { z } from 'zod';
import type { EntityRecord, EntityStatement } from '#app/organization/entity/entity.ts';
import { ENTITY_TYPES, ENTITY_TYPE_LABELS, entityDetailsSchema } from '#app/organization/entity/entity.ts';
import { formatDay } from '#app/platform/time/day.ts';
import { ENTITY_ANNOUNCEMENT } from '../../document/papers/office-papers.ts';
import type {
  Announcement,
  AnnouncementFacts,
  AnswerDigest,
  CampaignKind,
  ComparedFact,
  CountedAnswer,
  ExceptionLine,
} from './kind.ts';

/** 与上年一致 · 变更 · 新增 · 撤销. */
export const ENTITY_VERDICTS = ['same', 'changed', 'new', 'abolished'] as const;
export type EntityVerdict = (typeof ENTITY_VERDICTS)[number];

export const ENTITY_VERDICT_LABELS: Readonly<Record<EntityVerdict, string>> = {
  same: '与上年一致',
  changed: '有变更',
  new: '新增',
  abolished: '撤销',
};

const statementSchema = z.object({
  name: z.string(),
  entityType: z.enum(ENTITY_TYPES),
  legalBasis: z.string(),
  entrustingUnitId: z.string().nullable(),
  /** Kept beside the id, so that an old answer reads as it was written. */
  entrustingUnitName: z.string().nullable(),
  creditCode: z.string().nullable(),
  details: entityDetailsSchema,
});
export type WrittenStatement = z.infer<typeof statementSchema>;

export const entityAnswerSchema = z.object({
  preparer: z.string(),
  phone: z.string().nullable(),
  items: z.array(
    z.object({
      verdict: z.enum(ENTITY_VERDICTS),
      /** Of a new entity: the id it will have. */
      entityId: z.string(),
      /** What the register said when the unit answered; null for a new entity. */
      before: statementSchema.nullable(),
      /** What the unit states; null where nothing is stated. */
      statement: statementSchema.nullable(),
      reason: z.string().nullable(),
      proofNo: z.string().nullable(),
    }),
  ),
});
export type EntityAnswer = z.infer<typeof entityAnswerSchema>;
export type EntityAnswerItem = EntityAnswer['items'][number];

export const STATEMENT_LABELS = {
  name: '主体名称',
  entityType: '主体类型',
  legalBasis: '执法依据',
  entrustingUnitName: '委托机关',
  entrustedFrom: '委托开始日期',
  entrustedUntil: '委托截止日期',
  creditCode: '统一社会信用代码',
  legalRepresentative: '法定代表人',
  address: '地址',
  phone: '电话',
} as const;
type StatementField = keyof typeof STATEMENT_LABELS;

const dayText = (day: string | null): string | null => (day === null ? null : formatDay(day));

/** A statement as words, field by field. */
export function statementWords(of: WrittenStatement): Readonly<Record<StatementField, string | null>> {
  const { details } = of;
  return {
    name: of.name,
    entityType: ENTITY_TYPE_LABELS[of.entityType],
    legalBasis: of.legalBasis,
    entrustingUnitName: of.entrustingUnitName,
    entrustedFrom: dayText(details.entrustedFrom),
    entrustedUntil: dayText(details.entrustedUntil),
    creditCode: of.creditCode,
    legalRepresentative: details.legalRepresentative,
    address: details.address,
    phone: details.phone,
  };
}

const FIELDS = Object.keys(STATEMENT_LABELS).filter((key): key is StatementField => key in STATEMENT_LABELS);

/** The facts in which two statements differ; all stated ones when there is nothing before. */
export function comparedFacts(
  before: WrittenStatement | null,
  after: WrittenStatement | null,
): ComparedFact[] {
  const was = before === null ? null : statementWords(before);
  const becomes = after === null ? null : statementWords(after);
  return FIELDS.map((field) => ({
    label: STATEMENT_LABELS[field],
    before: was?.[field] ?? null,
    after: becomes?.[field] ?? null,
  })).filter((fact) => fact.before !== fact.after);
}

/** The preset of a unit: what the register says, everything as last year. */
export function presetItem(
  record: EntityRecord,
  nameOfUnit: (id: string) => string | null,
): EntityAnswerItem {
  const { name, entityType, legalBasis, entrustingUnitId, creditCode, details } = record;
  const entrustingUnitName = entrustingUnitId === null ? null : nameOfUnit(entrustingUnitId);
  return {
    verdict: 'same',
    entityId: record.entityId,
    before: { name, entityType, legalBasis, entrustingUnitId, entrustingUnitName, creditCode, details },
    statement: null,
    reason: null,
    proofNo: null,
  };
}

/** What the register takes over from a statement. */
export function toStatement(written: WrittenStatement): EntityStatement {
  const { entrustingUnitName: _, ...statement } = written;
  return statement;
}

function exceptionOf(item: EntityAnswerItem): ExceptionLine {
  const facts = item.verdict === 'abolished' ? [] : comparedFacts(item.before, item.statement);
  return {
    key: item.entityId,
    verdict: ENTITY_VERDICT_LABELS[item.verdict],
    title: (item.before ?? item.statement)?.name ?? '',
    facts: [
      ...facts,
      { label: '事由', before: null, after: item.reason },
      { label: '依据文号', before: null, after: item.proofNo },
    ],
  };
}

function digest(content: unknown): AnswerDigest {
  const { items } = entityAnswerSchema.parse(content);
  const count = (verdict: EntityVerdict): number => items.filter((item) => item.verdict === verdict).length;
  return {
    exceptions: items.filter((item) => item.verdict !== 'same').map(exceptionOf),
    figures: {
      same: count('same'),
      changed: count('changed'),
      new: count('new'),
      abolished: count('abolished'),
    },
  };
}

function entityRow(of: WrittenStatement): Readonly<Record<string, string>> {
  const words = statementWords(of);
  return {
    主体名称: of.name,
    主体类型: words.entityType ?? '',
    执法依据: of.legalBasis,
    委托机关: words.entrustingUnitName ?? '无',
  };
}

/** The register as it stands after approval: everything that was confirmed, what was abolished left out. */
function draftAnnouncement(answers: readonly CountedAnswer[], facts: AnnouncementFacts): Announcement {
  const rows = answers
    .flatMap(({ content }) => entityAnswerSchema.parse(content).items)
    .filter((item) => item.verdict !== 'abolished')
    .flatMap((item) => {
      const stands = item.statement ?? item.before;
      return stands === null ? [] : [entityRow(stands)];
    });
  const approvedBy = `经${facts.approvingOrgan ?? `${facts.regionName}人民政府`}审核确认`;
  const title = facts.isSupplement
    ? `关于调整${facts.year}年度${facts.regionName}行政执法主体的公告`
    : `关于公布${facts.year}年度${facts.regionName}行政执法主体的公告`;
  const lines = rows.map(
    (row, index) =>
      `${index + 1}. ${row['主体名称'] ?? ''}（${row['主体类型'] ?? ''}，${row['执法依据'] ?? ''}）`,
  );
  const lead = facts.isSupplement
    ? `${approvedBy}，${facts.regionName}${facts.year}年度行政执法主体作如下调整，现予公告。`
    : `${approvedBy}，${facts.regionName}${facts.year}年度具有行政执法主体资格的单位共${rows.length}个，现予公告。`;
  return {
    title,
    text: [title, ...(facts.documentNo === null ? [] : [facts.documentNo]), lead, ...lines].join('\n'),
    rows: rows.length,
    data: {
      values: {
        公告标题: title,
        年度: String(facts.year),
        地区: facts.regionName,
        主体总数: String(rows.length),
        批准情况: approvedBy,
        公告单位: facts.approvingOrgan ?? `${facts.regionName}人民政府`,
      },
      rows: { 执法主体: rows },
    },
  };
}

/** 主体资格确认 (YC1; announced by 03-31 in places, domain.md §11.4). */
export const ENTITY_CONFIRMATION: CampaignKind = {
  code: 'entity_confirmation',
  label: '主体资格确认',
  sameLabel: '与上年一致',
  stampedForm: null,
  defaultWorkdays: 10,
  title: (year) => `${year}年度行政执法主体资格确认`,
  body: (year) =>
    `请各单位核对本单位行政执法主体的名称、类型、执法依据、委托机关和委托期限，完成${year}年度主体资格确认。\n` +
    '与上年一致的，可一键确认；有变更、新增或撤销的，据实填写并附依据文号。',
  figures: [
    { key: 'same', label: '与上年一致', unit: '个' },
    { key: 'changed', label: '变更', unit: '个' },
    { key: 'new', label: '新增', unit: '个' },
    { key: 'abolished', label: '撤销', unit: '个' },
  ],
  approvalEffect:
    '已审单位的执法主体自生效日起按填报结果确认，撤销的自该日起不再具有主体资格；未报单位维持原状。',
  announcement: { paper: ENTITY_ANNOUNCEMENT, label: '主体公告稿', draft: draftAnnouncement },
  supplementLabel: '申报年中变更',
  digest,
};
