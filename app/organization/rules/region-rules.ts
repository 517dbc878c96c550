import { z } from 'zod';
import type { Day } from '#app/platform/time/day.ts';
import { parseDay } from '#app/platform/time/day.ts';
import type { Basis, RuleStanding } from './rule-basis.ts';
import { BASES } from './rule-basis.ts';

/** A value that differs between places, as data (design invariant 5). */
export interface RuleValue<T> {
  readonly value: T;
  readonly basis: Basis;
  /** The document, so that it can be found: title, number, article. */
  readonly source: string;
  /** Last day on which the document is in force, where it says one. */
  readonly until?: Day | undefined;
}

const wholeNumber = (least: number, most: number) => z.number().int().min(least).max(most);
/** Who or what may answer in place of a second account of the bureau (design.md invariant 11). */
export const SECOND_PERSON_SUBSTITUTES = ['leader', 'upper_bureau', 'signed_form'] as const;
export type SecondPersonSubstitute = (typeof SECOND_PERSON_SUBSTITUTES)[number];

const fieldCodes = z.array(z.string().regex(/^[A-Z_]{2,20}$/));

/** One value with what it rests on. Unknown parts and values out of range are refused: a mistyped rule must not pass. */
const ruleOf = <S extends z.ZodType>(value: S) =>
  z.strictObject({
    value,
    basis: z.enum(BASES),
    source: z.string().min(1).max(300),
    until: z
      .string()
      .refine((text) => parseDay(text) !== null, 'not a day')
      .optional(),
  });

/** What each key may hold; units in the name. The single list of keys. */
const RULE_SHAPES = {
  yearlyCreditSeconds: ruleOf(wholeNumber(0, 2700 * 400)),
  keyFieldCreditSeconds: ruleOf(wholeNumber(0, 2700 * 400)),
  keyFieldInsideYearly: ruleOf(z.boolean()),
  keyFields: ruleOf(fieldCodes),
  /** Newcomers owe the months from the one they came in; off: the whole year. */
  proRata: ruleOf(z.boolean()),
  /** Who comes into a key field owes its hours from that month on; off: the whole figure. */
  keyFieldProRata: ruleOf(z.boolean()),
  /** Who approves 免训 and 核减 at least; the bureau may always. */
  exemptionApprover: ruleOf(z.enum(['unit_leader', 'justice_bureau'])),
  yearWarnings: ruleOf(z.boolean()),
  /** Days before the end of the year on which those who are behind are warned. */
  yearWarningDays: ruleOf(z.array(wholeNumber(1, 180)).min(1).max(6)),
  minutesPerCreditHour: ruleOf(wholeNumber(1, 120)),
  readingDwellPercent: ruleOf(wholeNumber(0, 100)),
  checkPassPercent: ruleOf(wholeNumber(0, 100)),
  heartbeatSeconds: ruleOf(wholeNumber(5, 300)),
  presenceCheckMinutes: ruleOf(wholeNumber(1, 120)),
  presenceAnswerSeconds: ruleOf(wholeNumber(10, 600)),
  dailyStudyCapSeconds: ruleOf(wholeNumber(0, 86_400)),
  /** Minutes a day, over all lessons, with unchanging signs of a hand; from then on it is listed to be judged. */
  unchangedStudyMinutes: ruleOf(wholeNumber(1, 600)),
  /** Minutes between 0 and 5 in the morning, over all lessons; from then on it is listed to be judged. */
  nightStudyMinutes: ruleOf(wholeNumber(1, 300)),
  attendanceMinimumPercent: ruleOf(wholeNumber(0, 100)),
  /** Hundredths of a 学时 suggested for a whole day (and a half day) of a training that states none. */
  statedDayHundredths: ruleOf(wholeNumber(0, 2400)),
  statedHalfDayHundredths: ruleOf(wholeNumber(0, 1200)),
  lecturePercent: ruleOf(wholeNumber(0, 1000)),
  lectureYearCapSeconds: ruleOf(wholeNumber(0, 2700 * 400)),
  claimSamplePercent: ruleOf(wholeNumber(1, 100)),
  examPassHundredths: ruleOf(wholeNumber(0, 100_000)),
  examDurationMinutes: ruleOf(wholeNumber(1, 600)),
  examGraceSeconds: ruleOf(wholeNumber(0, 600)),
  qualificationClaimMonths: ruleOf(wholeNumber(1, 600)),
  certificateValidityMonths: ruleOf(wholeNumber(1, 600)),
  reapplyBarMonths: ruleOf(wholeNumber(0, 600)),
  suspensionMonthsMin: ruleOf(wholeNumber(0, 60)),
  suspensionMonthsMax: ruleOf(wholeNumber(0, 60)),
  recoverWorkdays: ruleOf(wholeNumber(0, 250)),
  objectionWorkdays: ruleOf(wholeNumber(0, 250)),
  /** How long the hours of a year stand on the notice board before they count as unobjected. */
  hoursNoticeWorkdays: ruleOf(wholeNumber(1, 60)),
  /** Last day for closing a year, as the number of days of the following year: 31 is 31 January. */
  yearClosingDueDays: ruleOf(wholeNumber(1, 365)),
  /** What may stand for the second person where a bureau has one person only; with none such a deed is refused. */
  secondPersonSubstitutes: ruleOf(z.array(z.enum(SECOND_PERSON_SUBSTITUTES)).max(3)),
  examSubjectLabel: ruleOf(z.string().min(1).max(40)),
  issuingAuthority: ruleOf(z.string().min(1).max(60)),
  /** Template of a register number: `{region}` (6 digits), `{year}`, `{serial:N}` (N digits); see register-number.ts. */
  numberPattern: ruleOf(z.string().regex(/^(?:[0-9A-Z-]|\{region\}|\{year\}|\{serial:[1-9]\}){1,60}$/)),
} as const;

export type RuleKey = keyof typeof RULE_SHAPES;
export type RuleValueOf<K extends RuleKey> = z.infer<(typeof RULE_SHAPES)[K]>['value'];
export type RegionRules = { readonly [K in RuleKey]: RuleValue<RuleValueOf<K>> };
/** What one region states itself; the rest comes from the regions above and from the defaults. */
export type StatedRules = { readonly [K in RuleKey]?: RuleValue<RuleValueOf<K>> | undefined };

// `Object.keys` of a literal object has exactly its keys.
export const RULE_KEYS = Object.keys(RULE_SHAPES) as readonly RuleKey[];

/** The Json column of region_rules. */
export const statedRulesSchema = z.strictObject(RULE_SHAPES).partial() satisfies z.ZodType<StatedRules>;

/** 1 学时 in seconds: 45 minutes (HY). */
const CREDIT_HOUR = 2700;
/** 《…三年行动…》 cover 2023–2025. */
const PLAN_END = '2025-12-31';

const ZY = '《张掖市提升行政执法质量三年行动工作方案(2023—2025年)》';
const HY = '《河源市提升行政执法质量三年行动计划实施方案（2023—2025年）》';

/**
 * What holds where no region has stated anything. Each line repeats what domain.md (§2, §4–§6) found and how firmly:
 * numbers that no document gives are proposals, also where some province uses the same figure.
 */
export const DEFAULT_RULES: RegionRules = {
  yearlyCreditSeconds: {
    value: 60 * CREDIT_HOUR,
    basis: 'policy',
    source: `${ZY}、${HY}：每人每年不少于60学时`,
    until: PLAN_END,
  },
  keyFieldCreditSeconds: {
    value: 30 * CREDIT_HOUR,
    basis: 'policy',
    source: `${ZY}：重点领域专业法律知识每年不少于30学时`,
    until: PLAN_END,
  },
  keyFieldInsideYearly: {
    value: true,
    basis: 'proposal',
    source: '文件未写明30学时是否计入60学时，按计入处理，由本地区确认',
  },
  keyFields: {
    value: ['ECO', 'WATER', 'FOREST', 'AGRI'],
    basis: 'policy',
    source: `${ZY}：生态环保、水务、林草、农业农村等重点领域`,
    until: PLAN_END,
  },
  proRata: {
    value: true,
    basis: 'proposal',
    source: '未查到年中新入职人员的折算规定；按入职当月起的月数折算，两种算法并列显示，由本地区确认',
  },
  keyFieldProRata: {
    value: false,
    basis: 'proposal',
    source: '文件未写明年中转入重点领域的算法；12月31日在重点领域的按全额计，由本地区确认',
  },
  exemptionApprover: {
    value: 'justice_bureau',
    basis: 'proposal',
    source: '未查到免训、核减由谁批准的规定；由单位提出、司法局批准，本地区可改为单位负责人批准',
  },
  yearWarnings: { value: true, basis: 'proposal', source: '年末学时预警，由本地区决定是否启用' },
  yearWarningDays: {
    value: [90, 60, 30],
    basis: 'proposal',
    source: '年末前预警的天数，由本地区确认',
  },
  minutesPerCreditHour: {
    value: 45,
    basis: 'policy',
    source: `${HY}：未明确学时的，45分钟折算1学时`,
    until: PLAN_END,
  },
  readingDwellPercent: {
    value: 60,
    basis: 'proposal',
    source: '图文课停留时间下限；参照外地无纸化学法“时长与次数达到60%为合格”的做法',
  },
  checkPassPercent: { value: 80, basis: 'proposal', source: '课后自测合格线，由本地区确认' },
  heartbeatSeconds: { value: 30, basis: 'proposal', source: '在线学习计时间隔，由本地区确认' },
  presenceCheckMinutes: {
    value: 15,
    basis: 'proposal',
    source: '在学确认间隔；外地平台有5至15分钟随机确认的做法',
  },
  presenceAnswerSeconds: { value: 60, basis: 'proposal', source: '在学确认应答时间，由本地区确认' },
  dailyStudyCapSeconds: {
    value: 8 * CREDIT_HOUR,
    basis: 'proposal',
    source: '每日在线学习计入上限8学时；参照党员教育培训每天8学时的折算办法',
  },
  unchangedStudyMinutes: {
    value: 15,
    basis: 'proposal',
    source: '当日各课操作始终没有变化的学习时间累计达到此数的，列出供人工核实，由本地区确认',
  },
  nightStudyMinutes: {
    value: 45,
    basis: 'proposal',
    source: '当日0时至5时各课学习时间累计达到此数的，列出供人工核实，由本地区确认',
  },
  attendanceMinimumPercent: {
    value: 80,
    basis: 'proposal',
    source: '出勤不足此比例的培训班不计学时，由本地区确认',
  },
  statedDayHundredths: {
    value: 800,
    basis: 'search',
    source: '党员教育培训学时管理制度：每天8学时；南京干部培训按每天6学时',
  },
  statedHalfDayHundredths: {
    value: 400,
    basis: 'search',
    source: '党员教育培训学时管理制度：半天4学时；南京干部培训按半天3学时',
  },
  lecturePercent: {
    value: 200,
    basis: 'proposal',
    source: '未查到统一规定；南京干部培训按5倍，由本地区确认',
  },
  lectureYearCapSeconds: {
    value: 20 * CREDIT_HOUR,
    basis: 'proposal',
    source: '授课学时每年计入上限，由本地区确认',
  },
  claimSamplePercent: {
    value: 10,
    basis: 'proposal',
    source: '司法局对已认定的外出培训学时可以抽查，比例由本地区确认',
  },
  examPassHundredths: {
    value: 6000,
    basis: 'search',
    source: '安徽、四川行政执法资格考试通知：百分制60分合格',
  },
  examDurationMinutes: {
    value: 90,
    basis: 'proposal',
    source: '未查到省级资格考试的统一时长，参照国家工作人员学法考试（60至120分钟）',
  },
  examGraceSeconds: { value: 30, basis: 'proposal', source: '到时后仍接收在途答案的时间，由本地区确认' },
  qualificationClaimMonths: {
    value: 24,
    basis: 'proposal',
    source: '考试合格后申领证件的期限；浙江为5年（《浙江省综合行政执法条例》第二十八条）',
  },
  certificateValidityMonths: {
    value: 60,
    basis: 'proposal',
    source: '各省2至6年不等，湖南、广西为5年，由本地区确认',
  },
  reapplyBarMonths: {
    value: 24,
    basis: 'proposal',
    source: '吊销后重新申领的间隔；吉林、淄博为2年',
  },
  suspensionMonthsMin: { value: 1, basis: 'proposal', source: '未查到省级暂扣期限规定，由本地区确认' },
  suspensionMonthsMax: { value: 6, basis: 'proposal', source: '未查到省级暂扣期限规定，由本地区确认' },
  recoverWorkdays: {
    value: 10,
    basis: 'proposal',
    source: `离岗收回证件的期限；${HY}只要求“及时收回并注销”`,
  },
  objectionWorkdays: {
    value: 10,
    basis: 'proposal',
    source: '对暂扣、吊销、收回提出异议的期限；原电力监管执法证管理办法为10日',
  },
  hoursNoticeWorkdays: {
    value: 5,
    basis: 'proposal',
    source: '各地年度学时公示5个工作日、逾期视为无异议的做法，由本地区确认',
  },
  yearClosingDueDays: {
    value: 31,
    basis: 'proposal',
    source: '上年度学时于次年1月31日前封账；未查到统一规定，由本地区确认',
  },
  secondPersonSubstitutes: {
    value: ['leader', 'upper_bureau', 'signed_form'],
    basis: 'proposal',
    source:
      '一人经办、另一人复核；只有一名经办人员的司法局，可由分管领导、上级司法局复核，或者凭签字的审批单办理',
  },
  examSubjectLabel: {
    value: '公共法律知识',
    basis: 'policy',
    source: `${HY}及运城等地用语；安徽、湖南、四川称“通用法律知识”，广东、吉林称“综合法律知识”`,
  },
  issuingAuthority: {
    value: '某省人民政府',
    basis: 'policy',
    source: '行政执法“三项制度”试点工作实施方案：执法证件由省级人民政府核发；名称由本地区填写',
  },
  numberPattern: {
    value: '{region}{year}{serial:5}',
    basis: 'proposal',
    source: '未查到全国统一证件的编号规则；省里统一编号的，按下发的号码录入',
  },
};

/** Later ones win, value by value: a county that states one value keeps all others of its city. */
export function mergeRules(base: RegionRules, ...stated: readonly StatedRules[]): RegionRules {
  const given = stated.map((one) =>
    Object.fromEntries(Object.entries(one).filter(([, value]) => value !== undefined)),
  );
  return Object.assign({}, base, ...given) as RegionRules;
}

/** A basis that ends within this many days is announced. */
export const LAPSING_DAYS = 90;

/** Whether the document behind a value still holds on `day`. A lapsed basis does not change the value: it warns, and
 *  the region decides what takes its place (domain.md §11.1: the three-year action plan ran to the end of 2025). */
export function standingOf(rule: RuleValue<unknown>, day: Day, dayOfWarning: Day): RuleStanding {
  if (rule.until === undefined) return 'in_force';
  if (rule.until < day) return 'lapsed';
  return rule.until <= dayOfWarning ? 'lapsing' : 'in_force';
}

/** Keys whose basis has ended before `day`, in the fixed order of keys. */
export function lapsedRules(rules: RegionRules, day: Day): RuleKey[] {
  return RULE_KEYS.filter((key) => standingOf(rules[key], day, day) === 'lapsed');
}
