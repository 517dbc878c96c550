import type { Day } from '#app/platform/time/day.ts';
import { formatDay } from '#app/platform/time/day.ts';
import { groupDigits } from '#app/platform/ui/text/format.ts';
import type { Clause } from '../clauses.ts';
import { CLAUSES } from '../clauses.ts';
import { STANDING_WORDS } from './certificate.ts';
import type { QualificationOnDay } from './qualification.ts';
import { isHeldOn } from './qualification.ts';
import type { Status } from './status-on.ts';

/** What was true of one person on one day, as known now. */
export interface EntitlementFacts {
  readonly day: Day;
  /** First day of which anything about this person is recorded; null when nothing is. */
  readonly firstRecordedDay: Day | null;
  readonly post: { readonly unitName: string; readonly isEnforcementPost: boolean } | null;
  readonly entityName: string | null;
  readonly qualifications: readonly QualificationOnDay[];
  /** Cards that existed on the day, with their status on it. */
  readonly cards: readonly { readonly certificateNo: string; readonly status: Status }[];
}

export type EntitlementAnswer = 'entitled' | 'not_entitled' | 'no_record';

export interface EntitlementLine {
  readonly title: string;
  readonly isMet: boolean;
  readonly text: string;
  readonly clause: Clause;
}

export interface Entitlement {
  readonly answer: EntitlementAnswer;
  readonly lines: readonly EntitlementLine[];
}

/** What is said of a day before the first record: no claim at all (domain.md §11.2). */
export const NO_RECORD_TEXT = '本系统无该期间记录';

function postLine({ post }: EntitlementFacts): EntitlementLine {
  return {
    title: '在岗',
    isMet: post !== null,
    text:
      post === null
        ? '当日不在任何单位在岗。'
        : `在 ${post.unitName} 在岗，${post.isEnforcementPost ? '执法岗位' : '非执法岗位'}。`,
    clause: CLAUSES.enforcementPost,
  };
}

function entityLine({ entityName }: EntitlementFacts): EntitlementLine {
  return {
    title: '执法主体',
    isMet: entityName !== null,
    text: entityName === null ? '所在单位当日不是经确认的行政执法主体。' : `以 ${entityName} 名义执法。`,
    clause: CLAUSES.organWithPower,
  };
}

/**
 * A card proves the qualification it was issued on, also after the period for claiming one has ended; it does not outlive
 * a 免考 that was taken back, though nobody has decided about the card yet.
 */
function qualificationLine(facts: EntitlementFacts): EntitlementLine {
  const held = facts.qualifications.find((one) => isHeldOn(one, facts.day));
  const byCard = facts.cards.some(({ status }) => status.shown === 'active');
  const takenBack = facts.qualifications.find(({ endedDay }) => endedDay && endedDay <= facts.day)?.endedDay;
  if (!held && takenBack)
    return {
      title: '执法资格',
      isMet: false,
      text: `免考已于${formatDay(takenBack)}撤销，${byCard ? '当日证件尚未处理' : '当日不具备执法资格'}。`,
      clause: CLAUSES.penaltyNeedsQualifiedOfficers,
    };
  return {
    title: '执法资格',
    isMet: held !== undefined || byCard,
    text: held
      ? `${formatDay(held.obtainedDay)}${held.exemptedFor ? `免考（${held.exemptedFor}）` : ''}取得执法资格。`
      : byCard
        ? '由当日有效的证件证明（资格取得早于本系统记录）。'
        : '当日未取得执法资格。',
    clause: CLAUSES.penaltyNeedsQualifiedOfficers,
  };
}

function cardLine({ cards }: EntitlementFacts): EntitlementLine {
  const valid = cards.find(({ status }) => status.shown === 'active');
  const [first] = cards;
  const said = valid ?? first;
  return {
    title: '执法证件',
    isMet: valid !== undefined,
    text: said
      ? `证件 ${groupDigits(said.certificateNo)} 当日状态：${STANDING_WORDS[said.status.shown]}。`
      : '当日没有证件。',
    clause: CLAUSES.cardIsShown,
  };
}

/**
 * "Was X entitled to enforce on day D?" (AJ7). Entitled = all four lines hold. A day before the first record is
 * answered with neither yes nor no.
 */
export function decideEntitlement(facts: EntitlementFacts): Entitlement {
  if (facts.firstRecordedDay === null || facts.day < facts.firstRecordedDay)
    return { answer: 'no_record', lines: [] };
  const lines = [postLine(facts), entityLine(facts), qualificationLine(facts), cardLine(facts)];
  return { answer: lines.every((line) => line.isMet) ? 'entitled' : 'not_entitled', lines };
}
