import { formatDay } from '#app/platform/time/day.ts';
import type { PaperData } from '../../document/paper.ts';
import type { EntityAnswerItem } from './entity-confirmation.ts';
import { ENTITY_VERDICT_LABELS, statementWords } from './entity-confirmation.ts';

/** What stands on an 审查登记表 beside the entity itself. */
export interface EntityFormFacts {
  readonly year: number;
  readonly regionName: string;
  readonly fieldNames: readonly string[];
  readonly preparer: string;
  readonly answeredDay: string | null;
  readonly isAccepted: boolean;
  readonly bureauName: string;
}

const NONE = '无';
const ACCEPTED = '材料齐全，符合行政执法主体条件，拟予确认。';

function termOf(from: string | null, until: string | null): string {
  if (from === null && until === null) return NONE;
  return `${from ?? ''}至${until ?? ''}`;
}

/** 主体资格审查登记表 of one entity (YC1), as it stands in the answer, or in the register while there is none. The
 *  number of card holders stays open: it is written in on the day of the review. */
export function entityFormData(item: EntityAnswerItem, facts: EntityFormFacts): PaperData | null {
  const stands = item.statement ?? item.before;
  if (stands === null) return null;
  const words = statementWords(stands);
  return {
    values: {
      年度: String(facts.year),
      主体名称: stands.name,
      主体类型: words.entityType ?? '',
      统一社会信用代码: words.creditCode ?? '',
      法定代表人: words.legalRepresentative ?? '',
      地址: words.address ?? '',
      联系电话: words.phone ?? '',
      执法依据: stands.legalBasis,
      委托机关: words.entrustingUnitName ?? NONE,
      委托期限: termOf(words.entrustedFrom, words.entrustedUntil),
      执法领域: facts.fieldNames.join('、'),
      执法区域: facts.regionName,
      持证人员数: '',
      与上年比较: ENTITY_VERDICT_LABELS[item.verdict],
      填表人: facts.preparer,
      填报日期: facts.answeredDay === null ? '' : formatDay(facts.answeredDay),
      审查意见: facts.isAccepted ? ACCEPTED : '',
      审查单位: facts.bureauName,
    },
  };
}
