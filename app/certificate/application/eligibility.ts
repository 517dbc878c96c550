import { isAdmittedEstablishment } from '#app/organization/person/card-admission.ts';
import type { Establishment } from '#app/organization/person/person.ts';
import { ESTABLISHMENT_LABELS } from '#app/organization/person/person.ts';
import type { Day } from '#app/platform/time/day.ts';
import { formatDay } from '#app/platform/time/day.ts';
import { groupDigits } from '#app/platform/ui/text/format.ts';
import type { Clause } from '../clauses.ts';
import { CLAUSES } from '../clauses.ts';
import { isClaimable } from '../register/qualification.ts';
import type { QualificationOnDay } from '../register/qualification.ts';

/** Everything the checks need to know of one person on one day. */
export interface EligibilityFacts {
  readonly post: {
    readonly unitName: string;
    readonly establishment: Establishment;
    readonly isEnforcementPost: boolean;
  } | null;
  /** The body in whose name the unit acts on that day; null when there is none. */
  readonly entity: {
    readonly name: string;
    readonly entityType: 'organ' | 'authorised' | 'entrusted';
    readonly entrustingUnitName: string | null;
    readonly confirmationNo: string | null;
  } | null;
  /** Qualifications in 公共法律知识, newest first. */
  readonly qualifications: readonly QualificationOnDay[];
  /** Latest day before which nothing may be applied for, out of revocations; null without one. */
  readonly barredUntilDay: Day | null;
  /** A card of the same field that has not ended. */
  readonly liveCardNo: string | null;
  /** An application of the same field on its way. */
  readonly hasOpenApplication: boolean;
}

export type EligibilityCode =
  | 'NOT_IN_POST'
  | 'ESTABLISHMENT_NOT_ADMITTED'
  | 'NOT_ENFORCEMENT_POST'
  | 'UNIT_IS_NO_ENTITY'
  | 'NO_QUALIFICATION'
  | 'BARRED'
  | 'LIVE_CARD_IN_FIELD'
  | 'APPLICATION_OPEN';

export interface EligibilityCheck {
  readonly code: EligibilityCode;
  readonly title: string;
  readonly isMet: boolean;
  /** Why it is met or not, as a sentence. */
  readonly reason: string;
  readonly clause: Clause;
}

function checkPost({ post }: EligibilityFacts): EligibilityCheck {
  return {
    code: 'NOT_IN_POST',
    title: '在编在岗',
    isMet: post !== null,
    reason: post === null ? '当日不在任何单位在岗。' : `在 ${post.unitName} 在岗。`,
    clause: CLAUSES.permanentStaffOnly,
  };
}

function checkEstablishment({ post }: EligibilityFacts): EligibilityCheck {
  const label = post === null ? null : ESTABLISHMENT_LABELS[post.establishment];
  const isMet = post !== null && isAdmittedEstablishment(post.establishment);
  return {
    code: 'ESTABLISHMENT_NOT_ADMITTED',
    title: '编制性质',
    isMet,
    reason: isMet ? `${label}，符合申领要求。` : `${label ?? '编制未登记'}，不在核发范围内。`,
    clause: CLAUSES.permanentStaffOnly,
  };
}

function checkEnforcementPost({ post }: EligibilityFacts): EligibilityCheck {
  const isMet = post?.isEnforcementPost ?? false;
  return {
    code: 'NOT_ENFORCEMENT_POST',
    title: '执法岗位',
    isMet,
    reason: isMet ? '登记为执法岗位。' : '未登记为执法岗位，请先由单位核实岗位。',
    clause: CLAUSES.enforcementPost,
  };
}

function checkEntity({ entity }: EligibilityFacts): EligibilityCheck {
  const byWhom =
    entity?.entityType === 'entrusted' ? `，受 ${entity.entrustingUnitName ?? '委托机关'} 委托` : '';
  const no = entity?.confirmationNo ? `（${entity.confirmationNo}）` : '';
  return {
    code: 'UNIT_IS_NO_ENTITY',
    title: '执法主体资格',
    isMet: entity !== null,
    reason:
      entity === null
        ? '所在单位当日不是经确认的行政执法主体，也无有效委托。'
        : `以 ${entity.name} 名义执法${byWhom}${no}。`,
    clause: entity?.entityType === 'entrusted' ? CLAUSES.entrustedBody : CLAUSES.organWithPower,
  };
}

const isExempt = ({ exemptedFor = null }: QualificationOnDay): boolean => exemptedFor !== null;

/** AJ1, the hard gate: without a pass that still holds, or the 免考 that stands for it, there is no application and no card. */
function checkQualification({ qualifications }: EligibilityFacts, day: Day): EligibilityCheck {
  const title = '执法资格（公共法律知识考试合格）';
  const claimable = qualifications.find((one) => isClaimable(one, day));
  const common = { code: 'NO_QUALIFICATION', title, clause: CLAUSES.qualificationNeedsExam } as const;
  if (claimable) {
    const until = `申领期至${formatDay(claimable.validUntilDay)}。`;
    const obtained = formatDay(claimable.obtainedDay);
    if (isExempt(claimable))
      return {
        ...{ ...common, clause: CLAUSES.examExemption, isMet: true },
        reason: `免考：${claimable.exemptedFor}，${obtained}批准，${until}`,
      };
    return { ...common, isMet: true, reason: `${obtained}考试合格，${until}` };
  }
  const [newest] = qualifications;
  if (newest === undefined) return { ...common, isMet: false, reason: '没有执法资格考试合格记录。' };
  if (newest.status === 'void' && newest.endedDay && isExempt(newest))
    return { ...common, isMet: false, reason: `免考已于${formatDay(newest.endedDay)}撤销，需考试合格。` };
  if (newest.status !== 'valid')
    return { ...common, isMet: false, reason: '执法资格已失去效力，需重新考试合格。' };
  if (day < newest.obtainedDay)
    return { ...common, isMet: false, reason: `${formatDay(newest.obtainedDay)}才取得执法资格。` };
  const reason = `申领期已于${formatDay(newest.validUntilDay)}届满，需重新考试合格。`;
  return { ...common, isMet: false, reason };
}

function checkBar({ barredUntilDay }: EligibilityFacts, day: Day): EligibilityCheck {
  const isMet = barredUntilDay === null || barredUntilDay <= day;
  return {
    code: 'BARRED',
    title: '无申领限制',
    isMet,
    reason: isMet ? '没有未满期限的吊销限制。' : `证件曾被吊销，${formatDay(barredUntilDay)}前不得重新申领。`,
    clause: CLAUSES.reapplyBar,
  };
}

function checkLiveCard({ liveCardNo }: EligibilityFacts): EligibilityCheck {
  return {
    code: 'LIVE_CARD_IN_FIELD',
    title: '本领域无未终止的证件',
    isMet: liveCardNo === null,
    reason:
      liveCardNo === null
        ? '本领域没有未终止的证件。'
        : `本领域已有证件 ${groupDigits(liveCardNo)}，请办理换发或先行注销。`,
    clause: CLAUSES.oneCardPerField,
  };
}

function checkOpenApplication({ hasOpenApplication }: EligibilityFacts): EligibilityCheck {
  return {
    code: 'APPLICATION_OPEN',
    title: '无在办申领',
    isMet: !hasOpenApplication,
    reason: hasOpenApplication ? '本领域已有在办的申领，请在原申领中继续办理。' : '本领域没有在办的申领。',
    clause: CLAUSES.oneCardPerField,
  };
}

/** Every requirement of T1 with its answer, in the order in which a person would put them right. */
export function checkEligibility(facts: EligibilityFacts, day: Day): EligibilityCheck[] {
  return [
    checkPost(facts),
    checkEstablishment(facts),
    checkEnforcementPost(facts),
    checkEntity(facts),
    checkQualification(facts, day),
    checkBar(facts, day),
    checkLiveCard(facts),
    checkOpenApplication(facts),
  ];
}

export function unmetChecks(checks: readonly EligibilityCheck[]): EligibilityCheck[] {
  return checks.filter((check) => !check.isMet);
}
