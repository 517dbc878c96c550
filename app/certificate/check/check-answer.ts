import type { Day } from '#app/platform/time/day.ts';
import { addMonths, formatDay } from '#app/platform/time/day.ts';
import type { ShownStanding } from '../register/certificate.ts';
import { isFinal } from '../register/certificate.ts';
import type { Status } from '../register/status-on.ts';

/** What the public is told of one card: the fields of domain.md §6.8 and nothing else. */
export interface CheckAnswer {
  readonly standing: ShownStanding;
  /** One sentence with the date of that state. */
  readonly since: string;
  readonly personName: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly certificateNo: string;
  readonly fieldName: string;
  readonly area: string;
  readonly issuingAuthority: string;
  readonly validFromDay: Day;
  readonly validToDay: Day;
}

/** Since when the word holds, said as what happened. A card that is not handed over yet is nothing public. */
export function sinceSentence(status: Status, validToDay: Day): string {
  const day = formatDay(status.shownSinceDay);
  const until = status.suspendedUntilDay;
  switch (status.shown) {
    case 'active':
      return `有效期至 ${formatDay(validToDay)}`;
    case 'suspended':
      return until === null ? `自 ${day} 起暂扣` : `自 ${day} 起暂扣，至 ${formatDay(until)}`;
    case 'lost':
      return `自 ${day} 起挂失`;
    case 'expired':
      return `有效期已于 ${formatDay(validToDay)} 届满`;
    case 'recovered':
      return `${day} 收回`;
    case 'cancelled':
      return `${day} 注销`;
    case 'revoked':
      return `${day} 吊销`;
    case 'superseded':
      return `${day} 换发新证`;
    case 'pending_print':
      return '尚未发放';
  }
}

/** How long a card that has ended is still found by number; by its token it is answered for ever (§6.8). */
export const ENDED_SHOWN_MONTHS = 12;

export function isFoundByNumber(status: Status, today: Day): boolean {
  if (status.state === 'pending_print') return false;
  return !isFinal(status.state) || today <= addMonths(status.stateSinceDay, ENDED_SHOWN_MONTHS);
}

const FULL_WIDTH_SHIFT = 0xfee0;

/** `９９０１ 0120` → `99010120`: numbers are printed in groups, and input methods leave full-width forms behind. */
export function normaliseNumber(text: string): string {
  return text
    .replace(/[！-～]/g, (char) => String.fromCharCode(char.charCodeAt(0) - FULL_WIDTH_SHIFT))
    .replace(/\s+/g, '')
    .toUpperCase();
}

/** `张　三` → `张三`. */
export function normaliseName(text: string): string {
  return text.replace(/\s+/g, '');
}
