import type { PaperKind } from '#app/office/document/paper.ts';
import { formatDay } from '#app/platform/time/day.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { ApplicationState } from '../application/application.ts';
import type { EventKind } from '../register/transition-table.ts';
import { APPLICANT_ROSTER, APPLICATION_LETTER, REFUSAL_NOTICE, REVIEW_FORM } from './application-papers.ts';
import {
  DECISION_PAPERS,
  NOTICE_PAPERS,
  RETURN_NOTICE,
  SERVICE_RECEIPT,
  STATEMENT_RECORD,
} from './decision-papers.ts';

interface EventLike {
  readonly id: string;
  readonly kind: EventKind;
  readonly effectiveFromDay: Day;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** A paper that can be drawn now for one event of a card. */
export interface OfferedPaper {
  readonly paper: PaperKind;
  readonly eventId: string;
  /** 暂扣决定书（2026年11月21日） */
  readonly label: string;
}

const NOTICES: Readonly<Record<string, PaperKind>> = NOTICE_PAPERS;

/** Which papers an event calls for: the decision and its service, the notice while it is only proposed. */
export function papersOfEvent(event: Pick<EventLike, 'kind' | 'detail'>): readonly PaperKind[] {
  const { kind } = event;
  if (kind === 'suspended' || kind === 'suspension_extended')
    return [DECISION_PAPERS.suspended, SERVICE_RECEIPT];
  if (kind === 'recovered' || kind === 'cancelled' || kind === 'revoked')
    return [DECISION_PAPERS[kind], SERVICE_RECEIPT];
  if (kind === 'reinstated' || kind === 'returned_to_post') return [RETURN_NOTICE, SERVICE_RECEIPT];
  if (kind !== 'decision_proposed') return [];
  const { proposedKind } = event.detail;
  const isKnown = typeof proposedKind === 'string' && Object.hasOwn(NOTICES, proposedKind);
  const notice = isKnown ? NOTICES[proposedKind] : undefined;
  return notice ? [notice, STATEMENT_RECORD, SERVICE_RECEIPT] : [];
}

/** Papers of a card's history, those of the latest event first. */
export function offeredPapers(events: readonly EventLike[]): readonly OfferedPaper[] {
  return [...events].reverse().flatMap((event) =>
    papersOfEvent(event).map((paper) => ({
      paper,
      eventId: event.id,
      label: `${paper.title}（${formatDay(event.effectiveFromDay)}）`,
    })),
  );
}

/** Papers of one application in its state. */
export function papersOfApplication(state: ApplicationState): readonly PaperKind[] {
  if (state === 'rejected') return [REFUSAL_NOTICE, REVIEW_FORM];
  return [REVIEW_FORM, APPLICATION_LETTER, APPLICANT_ROSTER];
}
