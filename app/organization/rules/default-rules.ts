import type { RegionRules } from './region-rules.ts';

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
  attendanceMinimumPercent: {
    value: 80,
    basis: 'proposal',
    source: '出勤不足此比例的培训班不计学时，由本地区确认',
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
