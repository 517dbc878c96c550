import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { dayOf, startOfDay } from '#app/platform/time/day.ts';
import type { Interval } from '../ledger/interval.ts';
import { instantOf, intersect, measureSeconds, nextMidnight, secondOf, union } from '../ledger/interval.ts';
import type { Block } from './session.ts';

const DAY_SECONDS = 86_400;

export type MarkStanding = 'present' | 'absent' | 'leave';

/** One mark of one person in one block, as entered. */
export interface MarkInput {
  readonly personId: string;
  readonly blockId: string;
  readonly standing: MarkStanding;
  /** Present for a part only: from–to inside the block; null = the whole block. */
  readonly part: Interval | null;
  /** Why the person is on leave. */
  readonly reason: string | null;
}

/** A mark as stored; of several for one person and block the newest (highest `order`) counts. */
export interface Mark extends MarkInput {
  readonly order: number;
}

export type MarkRefusal =
  'BLOCK_UNKNOWN' | 'BLOCK_NOT_STARTED' | 'PART_OUTSIDE_BLOCK' | 'LEAVE_REASON_REQUIRED';

/** Checks one mark against its block. A mark before the block begins would be a guess. @param now epoch second */
export function decideMark(
  mark: MarkInput,
  block: Block | undefined,
  now: number,
): Outcome<MarkInput, MarkRefusal> {
  if (!block) return refused('BLOCK_UNKNOWN');
  if (now < block.interval.from) return refused('BLOCK_NOT_STARTED');
  if (mark.standing === 'leave' && (mark.reason ?? '').trim() === '') return refused('LEAVE_REASON_REQUIRED');
  if (mark.standing !== 'present') return done({ ...mark, part: null });
  const { part } = mark;
  if (part === null) return done(mark);
  if (part.to <= part.from || part.from < block.interval.from || part.to > block.interval.to)
    return refused('PART_OUTSIDE_BLOCK');
  const isWhole = part.from === block.interval.from && part.to === block.interval.to;
  return done(isWhole ? { ...mark, part: null } : mark);
}

/** One person's attendance of one class: the newest mark of each block. */
export interface Attendance {
  readonly personId: string;
  readonly marks: ReadonlyMap<string, Mark>;
}

/** Folds marks by person and block. Order and repetition of rows change nothing. */
export function foldMarks(personIds: readonly string[], marks: readonly Mark[]): Attendance[] {
  const byPerson = new Map(personIds.map((id) => [id, new Map<string, Mark>()]));
  for (const mark of marks) {
    const own = byPerson.get(mark.personId);
    const known = own?.get(mark.blockId);
    if (own && (!known || mark.order > known.order)) own.set(mark.blockId, mark);
  }
  return [...byPerson].map(([personId, own]) => ({ personId, marks: own }));
}

/** The stretches in which the person was there, inside the blocks only. */
export function presentStretches(attendance: Attendance, blocks: readonly Block[]): Interval[] {
  const present = blocks.flatMap((block) => {
    const mark = attendance.marks.get(block.id);
    if (mark?.standing !== 'present') return [];
    return intersect([mark.part ?? block.interval], [block.interval]);
  });
  return union(present);
}

/** Blocks nobody has said anything about. */
export function unmarkedBlocks(attendance: Attendance, blocks: readonly Block[]): readonly Block[] {
  return blocks.filter((block) => !attendance.marks.has(block.id));
}

export type AttendanceState = 'unmarked' | 'attended' | 'partial' | 'excused' | 'no_show';

/** How a person's part in a class reads in one word. Leave in every missed block excuses; else it is absence. */
export function attendanceState(attendance: Attendance, blocks: readonly Block[]): AttendanceState {
  if (unmarkedBlocks(attendance, blocks).length > 0) return 'unmarked';
  const present = measureSeconds(presentStretches(attendance, blocks));
  if (present === measureSeconds(union(blocks.map((block) => block.interval)))) return 'attended';
  if (present > 0) return 'partial';
  return [...attendance.marks.values()].every((mark) => mark.standing === 'leave') ? 'excused' : 'no_show';
}

/** A time of day inside a block as an epoch second; a block over midnight takes early times as the next morning's.
 *  @param clock `09:40`  @param block its stretch  @returns null when the text is no time */
export function secondInBlock(clock: string, block: Interval): number | null {
  const match = /^(\d{2}):(\d{2})$/.exec(clock);
  if (!match) return null;
  const offset = (Number(match[1]) * 60 + Number(match[2])) * 60;
  const sameDay = secondOf(startOfDay(dayOf(instantOf(block.from)))) + offset;
  return sameDay < block.from && nextMidnight(block.from) < block.to ? sameDay + DAY_SECONDS : sameDay;
}
