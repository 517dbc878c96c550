import type { EntityType } from '#app/organization/entity/entity.ts';
import { ENTITY_TYPES } from '#app/organization/entity/entity.ts';
import { isCreditCode } from '#app/organization/register/credit-code.ts';
import type {
  EntityAnswer,
  EntityAnswerItem,
  EntityVerdict,
  WrittenStatement,
} from './entity-confirmation.ts';
import { ENTITY_VERDICTS, comparedFacts } from './entity-confirmation.ts';
import type { FormValues, ReadForm } from './form-values.ts';
import { formReader } from './form-values.ts';

/** Most entities a unit may add in one answer. */
export const MAX_NEW_ENTITIES = 5;
export const newEntityKey = (index: number): string => `new${index + 1}`;

/** What the page offers beside the preset: organs that may entrust. */
export interface EntrustingUnit {
  readonly unitId: string;
  readonly name: string;
}

interface EntityFormFacts {
  readonly preset: readonly EntityAnswerItem[];
  readonly entrusting: readonly EntrustingUnit[];
  /** Ids for new entities by their key; the caller makes them. */
  readonly newEntityId: (key: string) => string;
}

const verdictOf = (text: string | undefined): EntityVerdict =>
  ENTITY_VERDICTS.find((known) => known === text) ?? 'same';
const typeOf = (text: string | null): EntityType | null =>
  ENTITY_TYPES.find((known) => known === text) ?? null;

type Reader = ReturnType<typeof formReader>;

function readStatement(
  read: Reader,
  key: string,
  { entrusting }: Pick<EntityFormFacts, 'entrusting'>,
): WrittenStatement {
  const at = (field: string): string => `${key}.${field}`;
  const entityType = typeOf(read.text(at('entityType')));
  if (entityType === null) read.fail(at('entityType'), '请选择主体类型');
  const isEntrusted = entityType === 'entrusted';
  const chosen = isEntrusted ? read.text(at('entrustingUnitId')) : null;
  const organ = entrusting.find((unit) => unit.unitId === chosen) ?? null;
  if (isEntrusted && organ === null) read.fail(at('entrustingUnitId'), '受委托组织须选择委托机关');
  const entrustedFrom = isEntrusted ? read.day(at('entrustedFrom')) : null;
  const entrustedUntil = isEntrusted ? read.day(at('entrustedUntil')) : null;
  if (isEntrusted && entrustedUntil === null) read.fail(at('entrustedUntil'), '请填写委托期限的截止日期');
  if (entrustedFrom !== null && entrustedUntil !== null && entrustedUntil <= entrustedFrom)
    read.fail(at('entrustedUntil'), '委托截止日期应晚于开始日期');
  const creditCode = read.text(at('creditCode'))?.toUpperCase() ?? null;
  if (creditCode !== null && !isCreditCode(creditCode))
    read.fail(at('creditCode'), '统一社会信用代码应为 18 位且校验位正确，请核对');
  return {
    name: read.needed(at('name'), '请填写主体名称'),
    entityType: entityType ?? 'organ',
    legalBasis: read.needed(at('legalBasis'), '请填写执法依据，写明法规名称和条款'),
    entrustingUnitId: organ?.unitId ?? null,
    entrustingUnitName: organ?.name ?? null,
    creditCode,
    details: {
      legalRepresentative: read.text(at('legalRepresentative')),
      address: read.text(at('address')),
      phone: read.text(at('phone')),
      entrustedFrom,
      entrustedUntil,
    },
  };
}

function readProof(read: Reader, key: string): { reason: string; proofNo: string } {
  return {
    reason: read.needed(`${key}.reason`, '请说明事由'),
    proofNo: read.needed(`${key}.proofNo`, '请填写依据文号，如批复、法规公布或委托书编号'),
  };
}

function readKnown(
  read: Reader,
  values: FormValues,
  preset: EntityAnswerItem,
  facts: EntityFormFacts,
): EntityAnswerItem {
  const key = preset.entityId;
  const verdict = verdictOf(values[`${key}.verdict`]);
  if (verdict === 'abolished') return { ...preset, verdict, ...readProof(read, key) };
  if (verdict !== 'changed') return preset;
  const statement = readStatement(read, key, facts);
  if (comparedFacts(preset.before, statement).length === 0)
    read.fail(`${key}.verdict`, '所填内容与上年没有差别，请更改后再提交，或选“与上年一致”');
  return { ...preset, verdict, statement, ...readProof(read, key) };
}

/** True when the person began to describe a new entity under this key. */
const isBegun = (values: FormValues, key: string): boolean =>
  ['name', 'legalBasis', 'creditCode'].some((field) => (values[`${key}.${field}`] ?? '').trim() !== '');

/** Reads a filled-in form against the preset. Every problem names its field; nothing typed is dropped. */
export function readEntityForm(values: FormValues, facts: EntityFormFacts): ReadForm<EntityAnswer> {
  const read = formReader(values);
  const preparer = read.needed('preparer', '请填写填表人');
  const phone = read.text('phone');
  const known = facts.preset.map((item) => readKnown(read, values, item, facts));
  const added = Array.from({ length: MAX_NEW_ENTITIES }, (_, index) => newEntityKey(index))
    .filter((key) => isBegun(values, key))
    .map((key): EntityAnswerItem => ({
      verdict: 'new',
      entityId: facts.newEntityId(key),
      before: null,
      statement: readStatement(read, key, facts),
      ...readProof(read, key),
    }));
  const items = [...known, ...added];
  if (items.length === 0) read.fail('new1.name', '本单位没有登记的执法主体，请填写新增的主体');
  if (Object.keys(read.problems).length > 0) return { ok: false, problems: read.problems };
  return { ok: true, content: { preparer, phone, items } };
}

function statementValues(key: string, of: WrittenStatement): Record<string, string> {
  const { details } = of;
  return {
    [`${key}.name`]: of.name,
    [`${key}.entityType`]: of.entityType,
    [`${key}.legalBasis`]: of.legalBasis,
    [`${key}.entrustingUnitId`]: of.entrustingUnitId ?? '',
    [`${key}.creditCode`]: of.creditCode ?? '',
    [`${key}.entrustedFrom`]: details.entrustedFrom ?? '',
    [`${key}.entrustedUntil`]: details.entrustedUntil ?? '',
    [`${key}.legalRepresentative`]: details.legalRepresentative ?? '',
    [`${key}.address`]: details.address ?? '',
    [`${key}.phone`]: details.phone ?? '',
  };
}

/** An answer as the form that gives it: how a returned answer comes back to be corrected, and how the preset begins. */
export function entityFormValues(answer: Pick<EntityAnswer, 'preparer' | 'phone' | 'items'>): FormValues {
  let added = 0;
  const parts = answer.items.map((item): Record<string, string> => {
    const key = item.verdict === 'new' ? newEntityKey(added++) : item.entityId;
    const shown = item.statement ?? item.before;
    return {
      [`${key}.verdict`]: item.verdict,
      ...(shown === null ? {} : statementValues(key, shown)),
      [`${key}.reason`]: item.reason ?? '',
      [`${key}.proofNo`]: item.proofNo ?? '',
    };
  });
  const head = { preparer: answer.preparer, phone: answer.phone ?? '' };
  return Object.assign({}, head, ...parts);
}
