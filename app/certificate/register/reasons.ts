/** Closed reason codes of the register. Labels are what officials use; grounds come from domain.md §6.5 and §6.3 T9. */
export const REASONS = {
  first_issue: '首次核发',
  handed_over: '制证并发放',
  rude_conduct: '执法语言粗暴、歧视或侮辱当事人',
  card_not_shown: '执法时不按规定出示证件',
  refused_supervision: '拒不接受行政执法监督',
  card_lent: '将证件转借他人使用',
  card_altered: '涂改、伪造证件',
  procedure_breach: '违反法定程序且后果严重',
  beyond_power: '超越职权且后果严重',
  favouring: '徇私舞弊、吃拿卡要',
  law_test_failed: '法律知识考试或复训考试不合格',
  disciplined: '受到处分',
  criminal_liability: '被依法追究刑事责任',
  obtained_by_fraud: '以欺骗手段取得证件',
  further_inquiry: '事实需进一步核实',
  suspension_served: '暂扣期满且培训考核合格',
  retired: '退休',
  transferred: '调离',
  dismissed: '辞退',
  resigned: '辞职',
  expelled: '开除',
  deceased: '死亡',
  post_changed: '岗位调整',
  unit_abolished: '机构撤并',
  review_failed: '年度审验未通过',
  review_passed: '年度审验通过',
  returned_to_post: '重新从事行政执法工作',
  validity_ended: '有效期届满',
  lost: '遗失',
  renewal: '有效期届满换发',
  details_changed: '单位、姓名或执法领域变更',
  replaced_after_loss: '遗失补发',
  secondment: '借调',
  temporary_post: '挂职',
  village_post: '驻村',
  maternity: '产假',
  long_illness: '长病假',
  data_error: '登记差错更正',
  other: '其他',
} as const satisfies Readonly<Record<string, string>>;

export type ReasonCode = keyof typeof REASONS;

export function isReasonCode(text: string): text is ReasonCode {
  return Object.keys(REASONS).includes(text);
}

/** The label of a reason; a code that an imported history brought along is shown as it is. */
export function reasonLabel(code: string): string {
  return isReasonCode(code) ? REASONS[code] : code;
}

/** Ways out of an enforcement post that lead to 收回 (T9, HY11, ZY11). */
export const LEAVING_REASONS = [
  'retired',
  'transferred',
  'dismissed',
  'resigned',
  'expelled',
  'deceased',
  'post_changed',
  'unit_abolished',
  'review_failed',
  'other',
] as const satisfies readonly ReasonCode[];

/** Temporary absence: the card is kept (代管), its state stays, no timer runs (domain.md §11.4). */
export const ABSENCE_REASONS = [
  'secondment',
  'temporary_post',
  'village_post',
  'maternity',
  'long_illness',
] as const satisfies readonly ReasonCode[];

export const SUSPENSION_REASONS = [
  'rude_conduct',
  'card_not_shown',
  'refused_supervision',
  'card_lent',
  'procedure_breach',
  'beyond_power',
  'favouring',
  'law_test_failed',
  'disciplined',
  'other',
] as const satisfies readonly ReasonCode[];

export const REVOCATION_REASONS = [
  'card_altered',
  'card_lent',
  'obtained_by_fraud',
  'criminal_liability',
  'beyond_power',
  'procedure_breach',
  'favouring',
  'law_test_failed',
  'disciplined',
  'other',
] as const satisfies readonly ReasonCode[];
