import { formatCount, formatHours } from '#app/platform/ui/text/format.ts';
import type { RegionRules, RuleKey, SecondPersonSubstitute } from '#app/organization/rules/region-rules.ts';
import type { Basis, RuleStanding } from '#app/organization/rules/rule-basis.ts';
import type { Day } from '#app/platform/time/day.ts';

/** One rule as the page shows it. */
export interface RuleLine {
  readonly key: RuleKey;
  readonly label: string;
  readonly value: string;
  readonly unit: string;
  readonly basis: Basis;
  readonly source: string;
  /** Region that states the value; null for the platform's default. */
  readonly statedBy: string | null;
  readonly validFrom: Day | null;
  readonly until: Day | null;
  readonly standing: RuleStanding;
}

export const BASIS_LABELS: Readonly<Record<Basis, string>> = {
  statute: '法律法规',
  policy: '政策文件',
  search: '外地做法',
  proposal: '平台建议',
};

/** What each basis means, for the legend of the page. */
export const BASIS_MEANINGS: Readonly<Record<Basis, string>> = {
  statute: '法律、法规、规章条文有明确规定',
  policy: '市县政策文件有明确要求',
  search: '公开材料中查到的其他地区规定，尚未由本地区发文确认',
  proposal: '没有查到依据，平台给出的建议值，应由本地区确认后使用',
};

export const STANDING_LABELS: Readonly<Record<RuleStanding, string>> = {
  in_force: '有效',
  lapsing: '即将到期',
  lapsed: '依据已到期',
};

export const RULE_LABELS: Readonly<Record<RuleKey, string>> = {
  yearlyCreditSeconds: '年度学时目标',
  keyFieldCreditSeconds: '重点领域专业法律知识学时目标',
  keyFieldInsideYearly: '重点领域学时计入年度学时',
  keyFields: '重点执法领域',
  proRata: '年中入职按月折算年度目标',
  keyFieldProRata: '年中转入重点领域按月折算',
  exemptionApprover: '免训、核减的批准人',
  yearWarnings: '年末学时预警',
  yearWarningDays: '年末学时预警的提前天数',
  minutesPerCreditHour: '1 学时折合时长',
  readingDwellPercent: '课程最低停留时间比例',
  checkPassPercent: '课后自测合格线',
  heartbeatSeconds: '在线学习计时间隔',
  presenceCheckMinutes: '在学确认间隔',
  presenceAnswerSeconds: '在学确认应答时间',
  dailyStudyCapSeconds: '每日在线学习计入上限',
  unchangedStudyMinutes: '操作没有变化的学习列出核实的时长',
  nightStudyMinutes: '凌晨学习列出核实的时长',
  attendanceMinimumPercent: '培训班计学时的最低出勤比例',
  statedDayHundredths: '外出培训每天建议学时',
  statedHalfDayHundredths: '外出培训半天建议学时',
  lecturePercent: '授课学时倍数',
  lectureYearCapSeconds: '授课学时每年上限',
  claimSamplePercent: '学时认定抽查比例',
  examPassHundredths: '资格考试合格线',
  examDurationMinutes: '资格考试时长',
  examGraceSeconds: '考试到时后接收在途答案的时间',
  qualificationClaimMonths: '考试合格后申领证件的期限',
  certificateValidityMonths: '执法证件有效期',
  reapplyBarMonths: '吊销后重新申领的间隔',
  suspensionMonthsMin: '暂扣期限下限',
  suspensionMonthsMax: '暂扣期限上限',
  recoverWorkdays: '离岗后收回证件的期限',
  objectionWorkdays: '提出异议的期限',
  hoursNoticeWorkdays: '年度学时公示期',
  yearClosingDueDays: '上年度学时封账期限',
  secondPersonSubstitutes: '只有一名经办人员时的复核方式',
  examSubjectLabel: '资格考试科目名称',
  issuingAuthority: '发证机关',
  numberPattern: '证件编号格式',
};

/** Rules as they stand together on the page. */
export const RULE_GROUPS: readonly { readonly title: string; readonly keys: readonly RuleKey[] }[] = [
  {
    title: '学时',
    keys: [
      'yearlyCreditSeconds',
      'keyFieldCreditSeconds',
      'keyFieldInsideYearly',
      'keyFields',
      'proRata',
      'keyFieldProRata',
      'exemptionApprover',
      'yearWarnings',
      'yearWarningDays',
      'minutesPerCreditHour',
      'attendanceMinimumPercent',
      'dailyStudyCapSeconds',
      'statedDayHundredths',
      'statedHalfDayHundredths',
      'lecturePercent',
      'lectureYearCapSeconds',
      'claimSamplePercent',
      'hoursNoticeWorkdays',
      'yearClosingDueDays',
    ],
  },
  {
    title: '在线学习',
    keys: [
      'readingDwellPercent',
      'checkPassPercent',
      'heartbeatSeconds',
      'presenceCheckMinutes',
      'presenceAnswerSeconds',
      'unchangedStudyMinutes',
      'nightStudyMinutes',
    ],
  },
  {
    title: '资格考试',
    keys: [
      'examSubjectLabel',
      'examPassHundredths',
      'examDurationMinutes',
      'examGraceSeconds',
      'qualificationClaimMonths',
    ],
  },
  {
    title: '执法证件',
    keys: [
      'issuingAuthority',
      'numberPattern',
      'certificateValidityMonths',
      'suspensionMonthsMin',
      'suspensionMonthsMax',
      'recoverWorkdays',
      'reapplyBarMonths',
      'objectionWorkdays',
    ],
  },
  { title: '经办与复核', keys: ['secondPersonSubstitutes'] },
];

const SUBSTITUTE_LABELS: Readonly<Record<SecondPersonSubstitute, string>> = {
  leader: '分管领导复核',
  upper_bureau: '上级司法局复核',
  signed_form: '上传签字的审批单',
};

/** A value and its unit as a person reads them. */
export interface ShownValue {
  readonly text: string;
  readonly unit: string;
}

const shownWithUnit =
  (unit: string) =>
  (value: number): ShownValue => ({ text: formatCount(value), unit });

const creditHours = (seconds: number): ShownValue => ({
  text: formatHours(seconds).replace(' 学时', ''),
  unit: '学时',
});
const plain = (text: string): ShownValue => ({ text, unit: '' });

/** `{region}{year}{serial:5}` → 地区代码 6 位＋年份＋流水号 5 位; fixed letters and digits stay as they are. */
export function describePattern(pattern: string): string {
  return pattern
    .replace(/\{region\}/, '＋地区代码 6 位＋')
    .replace(/\{year\}/, '＋年份＋')
    .replace(/\{serial:(\d)\}/, '＋流水号 $1 位＋')
    .split('＋')
    .filter((part) => part !== '')
    .join('＋');
}

/** @param fieldNames 领域名称 by code; an unknown code is shown as it is */
export function showRule(
  key: RuleKey,
  rules: RegionRules,
  fieldNames: ReadonlyMap<string, string>,
): ShownValue {
  switch (key) {
    case 'yearlyCreditSeconds':
    case 'keyFieldCreditSeconds':
    case 'dailyStudyCapSeconds':
    case 'lectureYearCapSeconds':
      return creditHours(rules[key].value);
    case 'statedDayHundredths':
    case 'statedHalfDayHundredths':
      return creditHours(rules[key].value * 27);
    case 'keyFieldInsideYearly':
      return plain(rules[key].value ? '计入' : '另计');
    case 'secondPersonSubstitutes':
      return plain(rules[key].value.map((one) => SUBSTITUTE_LABELS[one]).join('、') || '不能办理');
    case 'proRata':
    case 'keyFieldProRata':
      return plain(rules[key].value ? '是' : '否');
    case 'yearWarnings':
      return plain(rules[key].value ? '启用' : '停用');
    case 'exemptionApprover':
      return plain(rules[key].value === 'unit_leader' ? '单位负责人或者司法局' : '司法局');
    case 'yearWarningDays':
      return { text: rules[key].value.join('、'), unit: '天' };
    case 'keyFields':
      return plain(rules[key].value.map((code) => fieldNames.get(code) ?? code).join('、') || '无');
    case 'examPassHundredths':
      return { text: formatCount(rules[key].value / 100), unit: '分' };
    case 'minutesPerCreditHour':
    case 'presenceCheckMinutes':
    case 'unchangedStudyMinutes':
    case 'nightStudyMinutes':
    case 'examDurationMinutes':
      return shownWithUnit('分钟')(rules[key].value);
    case 'heartbeatSeconds':
    case 'presenceAnswerSeconds':
    case 'examGraceSeconds':
      return shownWithUnit('秒')(rules[key].value);
    case 'readingDwellPercent':
    case 'checkPassPercent':
    case 'attendanceMinimumPercent':
    case 'lecturePercent':
    case 'claimSamplePercent':
      return shownWithUnit('%')(rules[key].value);
    case 'qualificationClaimMonths':
    case 'certificateValidityMonths':
    case 'reapplyBarMonths':
    case 'suspensionMonthsMin':
    case 'suspensionMonthsMax':
      return shownWithUnit('个月')(rules[key].value);
    case 'recoverWorkdays':
    case 'objectionWorkdays':
    case 'hoursNoticeWorkdays':
      return shownWithUnit('个工作日')(rules[key].value);
    case 'yearClosingDueDays':
      return { text: `次年第 ${rules[key].value}`, unit: '日' };
    case 'examSubjectLabel':
    case 'issuingAuthority':
      return plain(rules[key].value);
    case 'numberPattern':
      return plain(describePattern(rules[key].value));
  }
}
