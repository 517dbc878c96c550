/** 考场情况: what happens to a room or a candidate without anybody being at fault. */
export const INCIDENT_CODES = [
  'power',
  'network',
  'device',
  'illness',
  'paper_doubt',
  'late_entry',
  'disturbance',
  'other_incident',
] as const;

/**
 * 违纪行为代码. Modelled on 专业技术人员资格考试违纪违规行为处理规定（人社部令第31号）, whose 第六条 lists acts that void the
 * paper and which treats impersonation and organised cheating as heavier. It does not govern this exam; it serves as a
 * code list (domain.md §5.5, proposal); what may follow is this product's proposal, not the regulation's. A code is what was observed; what follows is decided by the bureau, never by
 * the record.
 */
export const MISCONDUCT_CODES = [
  'items_at_seat',
  'outside_signal',
  'wrong_seat',
  'talking',
  'leaving_room',
  'device_misuse',
  'copying',
  'passing',
  'communication_device',
  'paper_taken',
  'impersonation',
  'organised',
  'refusing_order',
] as const;

export const INCIDENT_KINDS = ['incident', 'misconduct'] as const;
export type IncidentKind = (typeof INCIDENT_KINDS)[number];
export type IncidentCode = (typeof INCIDENT_CODES)[number] | (typeof MISCONDUCT_CODES)[number];

export const INCIDENT_KIND_LABELS: Readonly<Record<IncidentKind, string>> = {
  incident: '考场情况',
  misconduct: '违纪',
};

/** What the bureau may decide after such an act: a proposal of this product (domain.md §5.5); no regulation provides the bans. */
export type Consequence = 'VOID_SUBJECT' | 'BAN_1Y' | 'BAN_2Y';

export const CONSEQUENCE_LABELS: Readonly<Record<Consequence, string>> = {
  VOID_SUBJECT: '当次科目成绩无效（建议，由本地区确认）',
  BAN_1Y: '当次成绩无效，一年内不得报名（建议，由本地区确认）',
  BAN_2Y: '当次成绩无效，两年内不得报名（建议，由本地区确认）',
};

export interface CodeEntry {
  readonly label: string;
  /** Where the model regulation has it; null for incidents. */
  readonly basis: string | null;
  readonly consequence: Consequence | null;
}

const BASIS = '违纪行为代码参照人社部令第31号';
const misconduct = (label: string, consequence: Consequence): CodeEntry => ({
  label,
  basis: BASIS,
  consequence,
});
const incident = (label: string): CodeEntry => ({ label, basis: null, consequence: null });

export const INCIDENT_CODE_LIST: Readonly<Record<IncidentCode, CodeEntry>> = {
  power: incident('停电'),
  network: incident('网络故障'),
  device: incident('考试设备故障'),
  illness: incident('考生突发疾病或身体不适'),
  paper_doubt: incident('考生对试题提出疑问'),
  late_entry: incident('考生迟到'),
  disturbance: incident('考场受到干扰'),
  other_incident: incident('其他情况'),
  items_at_seat: misconduct('携带规定以外的物品进入座位，经提醒仍不改正', 'VOID_SUBJECT'),
  outside_signal: misconduct('开考信号发出前或结束信号发出后作答，经提醒仍不改正', 'VOID_SUBJECT'),
  wrong_seat: misconduct('未在规定的座位参加考试，经提醒仍不改正', 'VOID_SUBJECT'),
  talking: misconduct('交头接耳、互打暗号手势，经提醒仍不改正', 'VOID_SUBJECT'),
  leaving_room: misconduct('未经允许擅自离开座位或考场', 'VOID_SUBJECT'),
  device_misuse: misconduct('违反规定操作考试系统或考试设备', 'VOID_SUBJECT'),
  copying: misconduct('抄袭他人作答，或同意他人抄袭', 'BAN_1Y'),
  passing: misconduct('传递纸条或其他与考试内容有关的资料', 'BAN_1Y'),
  communication_device: misconduct('在座位上使用手机等通讯工具', 'VOID_SUBJECT'),
  paper_taken: misconduct('将试题内容带出考场或向外传送', 'BAN_1Y'),
  impersonation: misconduct('由他人代考或代替他人参加考试', 'BAN_2Y'),
  organised: misconduct('参与有组织作弊', 'BAN_2Y'),
  refusing_order: misconduct('拒不服从监考人员管理，扰乱考场秩序', 'BAN_2Y'),
};

export function codesOf(kind: IncidentKind): readonly IncidentCode[] {
  return kind === 'incident' ? INCIDENT_CODES : MISCONDUCT_CODES;
}

/** A moment of the attempt that shows what is recorded; the replay opens there. */
export interface EvidenceLink {
  readonly eventId: string;
  readonly kind: string;
  readonly at: string;
}
