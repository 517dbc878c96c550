import { formatDay, formatDays } from '#app/platform/time/day.ts';
import type { Day } from '#app/platform/time/day.ts';
import { formatHoursFigure } from '#app/platform/ui/text/format.ts';
import { EFFECT_LABELS, REASON_LABELS } from './exemption.ts';
import type { ExemptionFact, TargetReason } from './year-target.ts';

/** 2026年4月 */
const monthOf = (day: Day): string => `${Number(day.slice(0, 4))}年${Number(day.slice(5, 7))}月`;

function newcomerText(reason: Extract<TargetReason, { kind: 'newcomer' }>): string {
  const { enteredDay, months, isApplied, proRataSeconds, fullSeconds } = reason;
  const [part, full] = [formatHoursFigure(proRataSeconds), formatHoursFigure(fullSeconds)];
  return isApplied
    ? `${monthOf(enteredDay)}入职，按 ${months}/12 折算：${part} 学时；不折算为 ${full} 学时`
    : `${monthOf(enteredDay)}入职，本地区不折算：${full} 学时；按 ${months}/12 折算为 ${part} 学时`;
}

export function exemptionText(exemption: ExemptionFact): string {
  const { effect, reason, fromDay, toDay, months, documentNo } = exemption;
  const what = effect === 'exempt' ? EFFECT_LABELS.exempt : `${EFFECT_LABELS.reduce} ${months} 个月`;
  const paper = documentNo === null ? '' : `，${documentNo}`;
  return `经批准${what}（${REASON_LABELS[reason]}，${formatDays(fromDay, toDay)}${paper}）`;
}

function keyFieldText(reason: Extract<TargetReason, { kind: 'key_field' }>, fieldName: string): string {
  const { sinceDay, months, isApplied } = reason;
  if (sinceDay === null) return `执法领域为重点领域（${fieldName}）`;
  const since = `${formatDay(sinceDay)}转入重点领域（${fieldName}）`;
  return isApplied ? `${since}，按 ${months}/12 折算` : `${since}，年末在重点领域的按全额计，不折算`;
}

/** Why a target is what it is, in one sentence. @param fieldNames names by code; an unknown code is shown as it is */
export function reasonText(reason: TargetReason, fieldNames: Readonly<Record<string, string>>): string {
  switch (reason.kind) {
    case 'newcomer':
      return newcomerText(reason);
    case 'exemption':
      return exemptionText(reason.exemption);
    case 'key_field':
      return keyFieldText(reason, fieldNames[reason.fieldCode] ?? reason.fieldCode);
  }
}
