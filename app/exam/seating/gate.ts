import { normaliseCode } from './access-code.ts';
import { isInRanges } from './ip-range.ts';

/** What decides whether a seated person may begin on this machine (domain.md §5.5). */
export interface GateFacts {
  readonly placeMode: 'rooms' | 'remote';
  /** A seat is given; asked in rooms only. */
  readonly isSeated: boolean;
  readonly needsAccessCode: boolean;
  /** 开考口令 of the room; null where none was made. */
  readonly roomCode: string | null;
  /** What was typed; null where nothing was. */
  readonly givenCode: string | null;
  /** Too many wrong codes were typed: seconds until the next may be; null while one may. */
  readonly codeBlockedSeconds: number | null;
  /** The invigilator has seen the person and let them in: stands for the code. */
  readonly admittedAt: Date | null;
  /** Address of the machine as the platform knows it; null when it is unknown. */
  readonly ip: string | null;
  /** Networks of the room, or of the sitting where the room has none; empty lets all through. */
  readonly ranges: readonly string[];
  readonly now: Date;
  /** 签到 begins; null: with the opening. */
  readonly checkInFrom: Date | null;
}

export type GateRefusal =
  | 'SEAT_NOT_GIVEN'
  | 'CHECK_IN_NOT_OPEN'
  | 'WRONG_NETWORK'
  | 'ACCESS_CODE_MISSING'
  | 'ACCESS_CODE_WRONG'
  | 'CODE_TRIES_USED_UP'
  | 'ADMISSION_NEEDED';

/** What the page can say beforehand: whether the start asks for a code. */
export function asksForCode(facts: {
  readonly needsAccessCode: boolean;
  readonly hasRoomCode: boolean;
  readonly admittedAt: Date | null;
}): boolean {
  return facts.needsAccessCode && facts.hasRoomCode && facts.admittedAt === null;
}

/**
 * Why the start is refused at the gate, null when it is open. A gate that asks for a code and has none opens by the
 * invigilator's admission only. After too many wrong codes a right one opens nothing either, until the time is over or the
 * invigilator admits. Entering a running attempt again does not pass here: a person who has begun is let in.
 */
export function decideGate(facts: GateFacts): GateRefusal | null {
  if (facts.placeMode === 'rooms' && !facts.isSeated) return 'SEAT_NOT_GIVEN';
  if (facts.checkInFrom !== null && facts.now.getTime() < facts.checkInFrom.getTime())
    return 'CHECK_IN_NOT_OPEN';
  if (!isInRanges(facts.ip, facts.ranges)) return 'WRONG_NETWORK';
  if (!facts.needsAccessCode || facts.admittedAt !== null) return null;
  if (facts.roomCode === null) return 'ADMISSION_NEEDED';
  if (facts.codeBlockedSeconds !== null) return 'CODE_TRIES_USED_UP';
  const given = normaliseCode(facts.givenCode ?? '');
  if (given === '') return 'ACCESS_CODE_MISSING';
  return given === facts.roomCode ? null : 'ACCESS_CODE_WRONG';
}
