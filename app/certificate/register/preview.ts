import type { Day } from '#app/platform/time/day.ts';
import { formatDay } from '#app/platform/time/day.ts';
import { groupDigits } from '#app/platform/ui/text/format.ts';
import type { EventKind } from './transition-table.ts';

/** What will happen, in plain words, before the button that does it (ui.md). */
export interface IssuePreview {
  readonly personName: string;
  readonly unitName: string;
  /** The number that would be given next; another issue may be faster. */
  readonly expectedNo: string;
  readonly fieldName: string;
  readonly area: string;
  readonly validFromDay: Day;
  readonly validToDay: Day;
  readonly issuingAuthority: string;
}

export function issueSentence(preview: IssuePreview): string {
  const { personName, unitName, expectedNo, fieldName, area, validFromDay, validToDay, issuingAuthority } =
    preview;
  return (
    `将对 ${personName}（${unitName}）核发行政执法证，预计证号 ${groupDigits(expectedNo)}，执法领域 ${fieldName}，执法区域 ${area}，` +
    `有效期 ${formatDay(validFromDay)} 至 ${formatDay(validToDay)}，发证机关 ${issuingAuthority}。`
  );
}

export interface DecisionPreview {
  readonly kind: EventKind;
  readonly personName: string;
  readonly certificateNo: string;
  readonly reason: string;
  readonly legalBasis: string;
  readonly documentNo: string | null;
  readonly effectiveFromDay: Day;
  readonly effectiveToDay: Day | null;
}

const ACTS: Readonly<Partial<Record<EventKind, string>>> = {
  suspended: '作出暂扣决定',
  suspension_extended: '延长暂扣期限',
  reinstated: '恢复使用',
  revoked: '予以吊销，吊销后不得恢复',
  recovered: '予以收回',
  cancelled: '予以注销，注销后不得恢复',
  returned_to_post: '返还本人使用',
  loss_reported: '登记挂失，对外显示“已挂失”',
};

export function decisionSentence(preview: DecisionPreview): string {
  const { effectiveFromDay: from, effectiveToDay: until } = preview;
  const period =
    until === null ? `自 ${formatDay(from)} 起生效` : `自 ${formatDay(from)} 至 ${formatDay(until)}`;
  const document = preview.documentNo === null ? '' : `（${preview.documentNo}）`;
  return (
    `将对 ${preview.personName} 的行政执法证（证号 ${groupDigits(preview.certificateNo)}）${ACTS[preview.kind] ?? '作出处理'}，` +
    `${period}，事由：${preview.reason}，依据 ${preview.legalBasis}${document}。`
  );
}
