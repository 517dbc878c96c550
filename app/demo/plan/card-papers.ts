import type { CertificateState } from '#app/certificate/register/certificate.ts';
import type { ReasonCode } from '#app/certificate/register/reasons.ts';
import type { EventKind } from '#app/certificate/register/transition-table.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addDays, yearOf } from '#app/platform/time/day.ts';
import { DEFAULT_RULES } from '#app/organization/rules/region-rules.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { CardStory, Episode } from './card-story.ts';

/** One entry of an invented card's history. Who acted is not known: it was before the system. */
export interface PlannedCardEvent {
  readonly kind: EventKind;
  readonly fromState: CertificateState | null;
  readonly toState: CertificateState;
  readonly reasonCode: ReasonCode;
  readonly documentNo: string | null;
  readonly day: Day;
  readonly untilDay: Day | null;
  readonly detail: Readonly<Record<string, string>>;
}

/** A card's papers and the projection that follows from them. */
export interface CardPapers {
  readonly events: readonly PlannedCardEvent[];
  readonly state: CertificateState;
  readonly stateSinceDay: Day;
  readonly isLost: boolean;
}

export const AUTHORITY = DEFAULT_RULES.issuingAuthority.value;
/** No measure is cited for what never happened. */
export const INVENTED_BASIS = '演示数据：办理依据从略';

type Act = Omit<PlannedCardEvent, 'fromState' | 'documentNo' | 'untilDay' | 'detail'> &
  Partial<Pick<PlannedCardEvent, 'documentNo' | 'untilDay' | 'detail'>>;

const documentNo = (word: string, day: Day, key: string): string =>
  `演示〔${yearOf(day)}〕${word}${key.replaceAll(/\D/g, '')}号`;

/** @param numberOf certificate number by card key, given in the order of issue */
function actsOf(episode: Episode, card: CardStory, numberOf: (key: string) => string): Act[] {
  const { day } = episode;
  switch (episode.kind) {
    case 'suspension':
      return suspensionActs(episode, card);
    case 'loss':
      return [
        {
          kind: 'loss_reported',
          toState: 'active',
          reasonCode: 'lost',
          day,
          detail: { lostDay: addDays(day, -1) },
        },
      ];
    case 'succession': {
      const successorNo = numberOf(episode.successorKey);
      const common = { toState: 'superseded', day } as const;
      if (episode.how === 'renewed')
        return [{ ...common, kind: 'renewed', reasonCode: 'renewal', detail: { successorNo } }];
      if (episode.how === 'amended') {
        const detail = { successorNo, cardDestroyed: '旧证收回销毁' };
        return [{ ...common, kind: 'amended', reasonCode: 'details_changed', detail }];
      }
      const detail = { successorNo, noticeMedium: '本地报刊', noticeDay: addDays(day, -7) };
      return [{ ...common, kind: 'replaced_after_loss', reasonCode: 'replaced_after_loss', detail }];
    }
    case 'recovery': {
      const detail = { leaveDay: episode.leaveDay, receiver: '单位法制机构' };
      return [{ kind: 'recovered', toState: 'recovered', reasonCode: episode.reason, day, detail }];
    }
    case 'cancellation': {
      const detail = { cardDestroyed: '证件已销毁' };
      const no = documentNo('注', day, card.key);
      return [
        { kind: 'cancelled', toState: 'cancelled', reasonCode: episode.reason, day, documentNo: no, detail },
      ];
    }
    case 'revocation': {
      const { reapplyNotBeforeDay } = episode;
      const detail = {
        statement: '已听取陈述申辩',
        servedDay: day,
        appealResult: '未提出申诉',
        reapplyNotBeforeDay,
      };
      const no = documentNo('吊', day, card.key);
      return [
        { kind: 'revoked', toState: 'revoked', reasonCode: episode.reason, day, documentNo: no, detail },
      ];
    }
    case 'expiry':
      return [{ kind: 'expiry_recorded', toState: 'active', reasonCode: 'validity_ended', day }];
  }
}

function suspensionActs(episode: Extract<Episode, { kind: 'suspension' }>, card: CardStory): Act[] {
  const { day, untilDay, reason, reinstatedDay } = episode;
  const held: Act = {
    kind: 'suspended',
    toState: 'suspended',
    reasonCode: reason,
    day,
    untilDay,
    documentNo: documentNo('暂', day, card.key),
    detail: { statement: '已听取陈述申辩', cardHeldBy: '单位法制机构' },
  };
  if (reinstatedDay === null) return [held];
  const back: Act = {
    kind: 'reinstated',
    toState: 'active',
    reasonCode: 'suspension_served',
    day: reinstatedDay,
    documentNo: documentNo('返', reinstatedDay, card.key),
    detail: { proof: '离岗培训考核合格' },
  };
  return [held, back];
}

/** The papers of one card. Kept right by a test that runs every event through the register's own transition table. */
export function papersOf(card: CardStory, numberOf: (key: string) => string): CardPapers {
  const { key, issuedDay, validToDay, reason } = card;
  const issued: Act = {
    kind: 'issued',
    toState: 'pending_print',
    reasonCode: reason,
    day: issuedDay,
    detail: { certificateNo: numberOf(key), validFromDay: issuedDay, validToDay },
  };
  const handedOver: Act = {
    kind: 'handed_over',
    toState: 'active',
    reasonCode: 'handed_over',
    day: issuedDay,
  };
  const acts = [issued, handedOver, ...card.episodes.flatMap((episode) => actsOf(episode, card, numberOf))];
  const events: PlannedCardEvent[] = [];
  let state: CertificateState | null = null;
  let stateSinceDay = issuedDay;
  let isLost = false;
  for (const act of acts) {
    events.push({ documentNo: null, untilDay: null, detail: {}, ...act, fromState: state });
    if (act.toState !== state) stateSinceDay = act.day;
    state = act.toState;
    isLost = act.kind === 'loss_reported' || (isLost && (state === 'active' || state === 'suspended'));
  }
  invariant(state !== null, 'a card is issued');
  return { events, state, stateSinceDay, isLost };
}
