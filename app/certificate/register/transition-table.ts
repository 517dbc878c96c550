import type { CertificateState, Standing } from './certificate.ts';
import type { ReasonCode } from './reasons.ts';
import {
  ABSENCE_REASONS,
  LEAVING_REASONS,
  REASONS,
  REVOCATION_REASONS,
  SUSPENSION_REASONS,
} from './reasons.ts';

/** Everything that can be entered in a card's history. */
export const EVENT_KINDS = [
  'issued',
  'handed_over',
  'suspended',
  'suspension_extended',
  'reinstated',
  'revoked',
  'recovered',
  'cancelled',
  'expiry_recorded',
  'renewed',
  'amended',
  'replaced_after_loss',
  'returned_to_post',
  'corrected',
  'review_passed',
  'review_failed',
  'loss_reported',
  'decision_proposed',
  'decision_declined',
  'custody_began',
  'custody_ended',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** Words of the act, as they stand in the history. */
export const EVENT_LABELS: Readonly<Record<EventKind, string>> = {
  issued: '核发',
  handed_over: '发放',
  suspended: '暂扣',
  suspension_extended: '延长暂扣',
  reinstated: '恢复使用',
  revoked: '吊销',
  recovered: '收回',
  cancelled: '注销',
  expiry_recorded: '有效期届满登记',
  renewed: '期满换发',
  amended: '变更换发',
  replaced_after_loss: '遗失补发',
  returned_to_post: '返还',
  corrected: '登记更正',
  review_passed: '审验通过',
  review_failed: '审验未通过',
  loss_reported: '挂失',
  decision_proposed: '拟办',
  decision_declined: '拟办未获同意',
  custody_began: '代管',
  custody_ended: '代管结束',
};

export interface DetailField {
  readonly name: string;
  readonly label: string;
  readonly type: 'text' | 'day' | 'flag' | 'number';
}

/** Who decides; the system only records what a date has brought about. */
export type DecidingBody = 'issuing_body' | 'justice_body' | 'unit';

export interface Transition {
  /** Row of domain.md §6.3; L = loss flag of §6.2; P = two-step decision of this house; C = custody of §11.4. */
  readonly rule: `T${number}` | 'L' | 'P' | 'C';
  readonly kind: EventKind;
  readonly from: readonly (Standing | 'none')[];
  readonly lost: 'any' | 'must' | 'must_not';
  readonly to: CertificateState | 'unchanged' | 'named_in_detail';
  readonly setsLost: boolean;
  readonly decidedBy: DecidingBody | 'system';
  readonly reasons: readonly ReasonCode[];
  readonly needs: readonly DetailField[];
  readonly needsDocumentNo: boolean;
  /** 经办 ≠ 复核; a correction has a second approver. */
  readonly persons: 'none' | 'two' | 'three';
  readonly period: 'none' | 'fresh' | 'extended' | 'must_be_over';
  /** Burdens the person: takes no effect before the decision. */
  readonly isSanction: boolean;
  readonly isCorrection: boolean;
}

const PLAIN = {
  lost: 'any',
  setsLost: false,
  needs: [],
  needsDocumentNo: false,
  persons: 'two',
  period: 'none',
  isSanction: false,
  isCorrection: false,
} as const satisfies Partial<Transition>;

const text = (name: string, label: string): DetailField => ({ name, label, type: 'text' });
const day = (name: string, label: string): DetailField => ({ name, label, type: 'day' });
const EVERY_REASON = Object.keys(REASONS) as ReasonCode[];

const REVOCATION = {
  ...PLAIN,
  kind: 'revoked',
  to: 'revoked',
  decidedBy: 'issuing_body',
  reasons: REVOCATION_REASONS,
  needs: [
    text('statement', '陈述申辩情况'),
    day('servedDay', '决定送达日期'),
    text('appealResult', '申诉或复核结果'),
    day('reapplyNotBeforeDay', '可重新申领的最早日期'),
  ],
  needsDocumentNo: true,
  isSanction: true,
} as const satisfies Partial<Transition>;

const SUCCESSOR = text('successorNo', '新证证号');
const ALL_STATES = [
  'pending_print',
  'active',
  'suspended',
  'expired',
  'recovered',
  'cancelled',
  'revoked',
  'superseded',
] as const;

/** The whole transition table of domain.md §6.3 as data. An event without a row does not happen. */
export const TRANSITIONS: readonly Transition[] = [
  {
    ...PLAIN,
    rule: 'T4',
    kind: 'issued',
    from: ['none'],
    to: 'pending_print',
    decidedBy: 'issuing_body',
    reasons: ['first_issue', 'renewal', 'details_changed', 'replaced_after_loss'],
    needs: [text('certificateNo', '证号'), day('validFromDay', '有效期起'), day('validToDay', '有效期止')],
  },
  {
    ...PLAIN,
    rule: 'T4',
    kind: 'handed_over',
    from: ['pending_print'],
    to: 'active',
    decidedBy: 'issuing_body',
    reasons: ['handed_over'],
  },
  {
    ...PLAIN,
    rule: 'T5',
    kind: 'suspended',
    from: ['active'],
    to: 'suspended',
    decidedBy: 'justice_body',
    reasons: SUSPENSION_REASONS,
    needs: [text('statement', '陈述申辩情况'), text('cardHeldBy', '证件保管单位')],
    needsDocumentNo: true,
    period: 'fresh',
    isSanction: true,
  },
  {
    ...PLAIN,
    rule: 'T6',
    kind: 'suspension_extended',
    from: ['suspended'],
    to: 'unchanged',
    decidedBy: 'justice_body',
    reasons: ['law_test_failed', 'further_inquiry', 'other'],
    needsDocumentNo: true,
    period: 'extended',
    isSanction: true,
  },
  {
    ...PLAIN,
    rule: 'T7',
    kind: 'reinstated',
    from: ['suspended'],
    to: 'active',
    decidedBy: 'justice_body',
    reasons: ['suspension_served'],
    needs: [text('proof', '离岗培训与考核合格证明')],
    needsDocumentNo: true,
    period: 'must_be_over',
  },
  { ...REVOCATION, rule: 'T8', from: ['suspended'] },
  {
    ...PLAIN,
    rule: 'T9',
    kind: 'recovered',
    from: ['active', 'suspended', 'expired'],
    to: 'recovered',
    decidedBy: 'unit',
    reasons: LEAVING_REASONS,
    needs: [day('leaveDay', '离岗日期'), text('receiver', '收证人')],
  },
  {
    ...PLAIN,
    rule: 'T10',
    kind: 'cancelled',
    from: ['recovered', 'expired'],
    to: 'cancelled',
    decidedBy: 'issuing_body',
    reasons: [...LEAVING_REASONS, 'validity_ended'],
    needs: [text('cardDestroyed', '实体证件处置情况')],
    needsDocumentNo: true,
  },
  {
    ...PLAIN,
    rule: 'T10',
    kind: 'cancelled',
    from: ['active'],
    lost: 'must',
    to: 'cancelled',
    decidedBy: 'issuing_body',
    reasons: ['lost', ...LEAVING_REASONS],
    needs: [text('cardDestroyed', '实体证件处置情况')],
    needsDocumentNo: true,
  },
  { ...REVOCATION, rule: 'T11', from: ['active'] },
  {
    ...PLAIN,
    rule: 'T12',
    kind: 'expiry_recorded',
    from: ['expired'],
    to: 'unchanged',
    decidedBy: 'system',
    reasons: ['validity_ended'],
    persons: 'none',
  },
  {
    ...PLAIN,
    rule: 'T13',
    kind: 'renewed',
    from: ['active', 'expired'],
    lost: 'must_not',
    to: 'superseded',
    decidedBy: 'issuing_body',
    reasons: ['renewal'],
    needs: [SUCCESSOR],
  },
  {
    ...PLAIN,
    rule: 'T14',
    kind: 'amended',
    from: ['active'],
    lost: 'must_not',
    to: 'superseded',
    decidedBy: 'issuing_body',
    reasons: ['details_changed'],
    needs: [SUCCESSOR, text('cardDestroyed', '旧证处置情况')],
  },
  {
    ...PLAIN,
    rule: 'T15',
    kind: 'replaced_after_loss',
    from: ['active'],
    lost: 'must',
    to: 'superseded',
    decidedBy: 'issuing_body',
    reasons: ['replaced_after_loss'],
    needs: [SUCCESSOR, text('noticeMedium', '遗失声明刊登媒体'), day('noticeDay', '遗失声明刊登日期')],
  },
  {
    ...PLAIN,
    rule: 'T16',
    kind: 'returned_to_post',
    from: ['recovered'],
    to: 'active',
    decidedBy: 'issuing_body',
    reasons: ['returned_to_post'],
    needs: [text('note', '返岗情况')],
  },
  {
    ...PLAIN,
    rule: 'T17',
    kind: 'corrected',
    from: ALL_STATES,
    to: 'named_in_detail',
    decidedBy: 'issuing_body',
    reasons: ['data_error'],
    needs: [
      text('restoredState', '更正后的状态'),
      text('oldValue', '更正前'),
      text('newValue', '更正后'),
      text('secondApprover', '第二复核人'),
    ],
    needsDocumentNo: true,
    persons: 'three',
    isCorrection: true,
  },
  {
    ...PLAIN,
    rule: 'T18',
    kind: 'review_passed',
    from: ['active'],
    to: 'unchanged',
    decidedBy: 'justice_body',
    reasons: ['review_passed'],
    needs: [{ name: 'reviewYear', label: '审验年度', type: 'number' }],
  },
  {
    ...PLAIN,
    rule: 'T18',
    kind: 'review_failed',
    from: ['active'],
    to: 'recovered',
    decidedBy: 'justice_body',
    reasons: ['review_failed'],
    needs: [{ name: 'reviewYear', label: '审验年度', type: 'number' }, text('items', '未通过项目')],
    needsDocumentNo: true,
  },
  {
    ...PLAIN,
    rule: 'L',
    kind: 'loss_reported',
    from: ['active', 'suspended'],
    lost: 'must_not',
    to: 'unchanged',
    setsLost: true,
    decidedBy: 'unit',
    reasons: ['lost'],
    needs: [day('lostDay', '遗失日期')],
  },
  {
    ...PLAIN,
    rule: 'P',
    kind: 'decision_proposed',
    from: ['active', 'suspended', 'expired', 'recovered'],
    to: 'unchanged',
    decidedBy: 'justice_body',
    reasons: EVERY_REASON,
    needs: [text('proposedKind', '拟办事项')],
    persons: 'none',
  },
  {
    ...PLAIN,
    rule: 'P',
    kind: 'decision_declined',
    from: ['active', 'suspended', 'expired', 'recovered'],
    to: 'unchanged',
    decidedBy: 'justice_body',
    reasons: EVERY_REASON,
    needs: [text('proposalId', '拟办编号'), text('opinion', '意见')],
    persons: 'none',
  },
  {
    ...PLAIN,
    rule: 'C',
    kind: 'custody_began',
    from: ['active', 'suspended', 'expired'],
    to: 'unchanged',
    decidedBy: 'unit',
    reasons: ABSENCE_REASONS,
    needs: [text('keeper', '代管单位或人员'), day('expectedReturnDay', '预计返岗日期')],
    persons: 'none',
  },
  {
    ...PLAIN,
    rule: 'C',
    kind: 'custody_ended',
    from: ['active', 'suspended', 'expired', 'recovered'],
    to: 'unchanged',
    decidedBy: 'unit',
    reasons: ABSENCE_REASONS,
    persons: 'none',
  },
];
