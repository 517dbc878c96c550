import type { RegionRules } from '#app/organization/rules/region-rules.ts';
import type { TargetPolicy } from './ledger/targets.ts';
import type { CreditPolicy } from './session/credits.ts';
import type { FindingPolicy } from './study/findings.ts';
import type { StudyPolicy } from './study/study.ts';
import type { TargetRules } from './target/year-target.ts';

/** The regional values each rule of training works with, without their sources. */

export function studyPolicyOf(rules: RegionRules): StudyPolicy {
  return {
    heartbeatSeconds: rules.heartbeatSeconds.value,
    presenceCheckSeconds: rules.presenceCheckMinutes.value * 60,
    presenceAnswerSeconds: rules.presenceAnswerSeconds.value,
    dailyStudyCapSeconds: rules.dailyStudyCapSeconds.value,
    readingDwellPercent: rules.readingDwellPercent.value,
    checkPassPercent: rules.checkPassPercent.value,
  };
}

export function findingPolicyOf(rules: RegionRules): FindingPolicy {
  return {
    heartbeatSeconds: rules.heartbeatSeconds.value,
    unchangedSeconds: rules.unchangedStudyMinutes.value * 60,
    nightSeconds: rules.nightStudyMinutes.value * 60,
  };
}

export function targetPolicyOf(rules: RegionRules): TargetPolicy {
  return {
    yearlyCreditSeconds: rules.yearlyCreditSeconds.value,
    keyFieldCreditSeconds: rules.keyFieldCreditSeconds.value,
    isKeyFieldInsideYearly: rules.keyFieldInsideYearly.value,
  };
}

export function targetRulesOf(rules: RegionRules): TargetRules {
  return {
    ...targetPolicyOf(rules),
    keyFields: rules.keyFields.value,
    isProRata: rules.proRata.value,
    isKeyFieldProRata: rules.keyFieldProRata.value,
  };
}

export function creditPolicyOf(rules: RegionRules): CreditPolicy {
  return {
    attendanceMinimumPercent: rules.attendanceMinimumPercent.value,
    minutesPerCreditHour: rules.minutesPerCreditHour.value,
  };
}
