import type { Day } from '#app/platform/time/day.ts';
import { formatDay, formatInstant } from '#app/platform/time/day.ts';
import { groupDigits } from '#app/platform/ui/text/format.ts';
import type { ApplicationEventKind } from '../application/application.ts';
import { APPLICATION_EVENT_LABELS } from '../application/application.ts';
import type { QualificationSubject } from './qualification.ts';
import { SUBJECT_LABELS } from './qualification.ts';
import { reasonLabel } from './reasons.ts';
import type { EventKind } from './transition-table.ts';
import { EVENT_LABELS, TRANSITIONS } from './transition-table.ts';

/** One line of a person's way from exam to card. */
export interface HistoryItem {
  readonly key: string;
  /** For the order only. */
  readonly sortKey: string;
  readonly at: string;
  readonly title: string;
  readonly actor: string | null;
  readonly notes: readonly string[];
  /** A paper on its way or declined: nothing that holds. */
  readonly isPaper: boolean;
}

export interface CertificateEventLike {
  readonly id: string;
  readonly seq: number;
  readonly kind: EventKind;
  readonly reasonCode: string;
  readonly legalBasis: string;
  readonly documentNo: string | null;
  readonly decidingAuthority: string;
  readonly effectiveFromDay: Day;
  readonly effectiveToDay: Day | null;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
  readonly operatorName: string | null;
  readonly approverName: string | null;
  readonly recordedAt: Date;
}

const DETAIL_FIELDS = new Map(TRANSITIONS.flatMap((row) => row.needs).map((field) => [field.name, field]));
/** Said elsewhere on the line, or only for the machine. */
const HIDDEN_DETAIL = new Set(['proposalId', 'proposedKind', 'opinion']);

/** Order of what happens on one day: the exam, the application, the end of the old card, the new card. */
const RANK = { exam: 1, application: 2, oldCard: 3, card: 4 } as const;
const END_BY_SUCCESSOR: readonly EventKind[] = ['renewed', 'amended', 'replaced_after_loss'];

const padded = (seq: number): string => String(seq).padStart(6, '0');

/** Numbers of cards, which are read in groups. */
const CARD_NUMBERS = new Set(['certificateNo', 'successorNo']);

function detailText(field: { readonly name: string; readonly type: string }, value: string): string {
  if (CARD_NUMBERS.has(field.name)) return groupDigits(value);
  return field.type === 'day' ? formatDay(value) : value;
}

/** In the order of the table, whatever order the database keeps. */
function detailNotes(detail: CertificateEventLike['detail']): string[] {
  return [...DETAIL_FIELDS.values()].flatMap((field) => {
    const value = detail[field.name];
    if (HIDDEN_DETAIL.has(field.name) || value === undefined || value === null || value === '') return [];
    return [`${field.label}：${detailText(field, String(value))}`];
  });
}

function isKind(text: unknown): text is EventKind {
  return typeof text === 'string' && Object.keys(EVENT_LABELS).includes(text);
}

const isPaper = ({ kind }: CertificateEventLike): boolean =>
  kind === 'decision_proposed' || kind === 'decision_declined';

function titleOf(event: CertificateEventLike): string {
  const { proposedKind } = event.detail;
  const about = isPaper(event) && isKind(proposedKind) ? `：${EVENT_LABELS[proposedKind]}` : '';
  return `${EVENT_LABELS[event.kind]}${about}`;
}

function handsOfEvent({ operatorName, approverName }: CertificateEventLike): string | null {
  const hands = [
    ...(operatorName === null ? [] : [`经办 ${operatorName}`]),
    ...(approverName === null ? [] : [`复核 ${approverName}`]),
  ];
  return hands.length > 0 ? hands.join('，') : null;
}

export function certificateItem(event: CertificateEventLike): HistoryItem {
  const until = event.effectiveToDay === null ? [] : [`截止：${formatDay(event.effectiveToDay)}`];
  const rank = END_BY_SUCCESSOR.includes(event.kind) ? RANK.oldCard : RANK.card;
  const number = event.documentNo === null ? '' : `，${event.documentNo}`;
  return {
    key: event.id,
    sortKey: `${event.effectiveFromDay} ${rank} ${padded(event.seq)}`,
    at: formatDay(event.effectiveFromDay),
    title: titleOf(event),
    actor: handsOfEvent(event),
    notes: [
      `事由：${reasonLabel(event.reasonCode)}`,
      `依据：${event.legalBasis}${number}`,
      `决定机关：${event.decidingAuthority}`,
      ...until,
      ...detailNotes(event.detail),
      ...(typeof event.detail.opinion === 'string' ? [`意见：${event.detail.opinion}`] : []),
      `登记时间：${formatInstant(event.recordedAt)}`,
    ],
    isPaper: isPaper(event),
  };
}

const QUALIFICATION_TITLES = {
  granted: '取得执法资格',
  voided: '执法资格失去效力（成绩更正）',
  restored: '执法资格恢复（成绩更正）',
  disqualified: '取消执法资格',
} as const;
const EXEMPTION_TITLES = { ...QUALIFICATION_TITLES, voided: '执法资格失去效力（免考撤销）' } as const;

export interface QualificationEventLike {
  readonly id: string;
  readonly subject: QualificationSubject;
  readonly seq: number;
  readonly kind: keyof typeof QUALIFICATION_TITLES;
  readonly legalBasis: string;
  readonly effectiveDay: Day;
  readonly validUntilDay: Day;
  /** Rests on a 免考, not on a result. */
  readonly isExemption?: boolean | undefined;
  readonly detail?: { readonly reason?: string | undefined } | undefined;
}

export function qualificationItem(event: QualificationEventLike): HistoryItem {
  return {
    key: event.id,
    sortKey: `${event.effectiveDay} ${RANK.exam} ${padded(event.seq)}`,
    at: formatDay(event.effectiveDay),
    title: event.isExemption
      ? `${SUBJECT_LABELS[event.subject]}免考：${EXEMPTION_TITLES[event.kind]}`
      : `${SUBJECT_LABELS[event.subject]}考试：${QUALIFICATION_TITLES[event.kind]}`,
    actor: null,
    notes: [
      ...(event.detail?.reason ? [`理由：${event.detail.reason}`] : []),
      `依据：${event.legalBasis}`,
      ...(event.kind === 'granted' ? [`申领期至 ${formatDay(event.validUntilDay)}`] : []),
    ],
    isPaper: false,
  };
}

export interface ApplicationEventLike {
  readonly id: string;
  readonly seq: number;
  readonly kind: ApplicationEventKind;
  readonly opinion: string | null;
  readonly actorName: string;
  readonly occurredAt: Date;
}

/** @param day Shanghai day of the event, for the order */
export function applicationItem(event: ApplicationEventLike, day: Day): HistoryItem {
  return {
    key: event.id,
    sortKey: `${day} ${RANK.application} ${padded(event.seq)}`,
    at: formatInstant(event.occurredAt),
    title: `申领：${APPLICATION_EVENT_LABELS[event.kind]}`,
    actor: event.actorName,
    notes: event.opinion === null ? [] : [`意见：${event.opinion}`],
    isPaper: false,
  };
}

/** Oldest first; within one day by rank. */
export function inOrder(items: readonly HistoryItem[]): HistoryItem[] {
  return [...items].sort((a, b) => (a.sortKey < b.sortKey ? -1 : a.sortKey > b.sortKey ? 1 : 0));
}
