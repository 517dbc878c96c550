import type { PaperData, PaperKind } from '#app/office/document/paper.ts';
import { MISCONDUCT_SHEET, ROOM_SHEET } from '../../invigilation/invigilation-papers.ts';
import type { ChangedResult, ReviewedResult } from './after.store.server.ts';
import { blankReviewAnswer, correctionData, passListData, reviewAnswerData } from './after-data.ts';
import { CORRECTION_NOTICE, PASS_LIST, REVIEW_ANSWER } from './after-papers.ts';
import { CANDIDATE_RULES, EXAM_NOTICE, INVIGILATOR_RULES } from './notice-papers.ts';
import type { PackFacts } from './pack-data.ts';
import {
  blankMisconduct,
  blankRoomRecord,
  deskLabelData,
  doorSignData,
  handoverData,
  noticeData,
  photoSignInData,
  rulesData,
  seatListData,
  seatPlanSheets,
  ticketData,
} from './pack-data.ts';
import type { PackRoom } from './pack.store.server.ts';
import {
  DESK_LABELS,
  DOOR_SIGN,
  HANDOVER_SHEET,
  PHOTO_SIGN_IN,
  SEAT_LIST,
  SEAT_PLAN,
  SEAT_PLAN_WIDE,
} from './room-papers.ts';
import { EXAM_SIGN_IN, SCORE_BOOK } from './sitting-papers.ts';
import { ADMISSION_TICKET } from './ticket-paper.ts';

/** One paper of the pack before it is drawn. */
export interface PackItem {
  readonly paper: PaperKind;
  readonly title: string;
  /** Folder inside the zip. */
  readonly folder: string;
  readonly data: PaperData;
}

export const BEFORE = '1 考前';
/** One sheet for each unit: too many to stand among the others. */
export const REVIEWS = '5 报名资格审查';
const TICKETS = '3 准考证';
const AFTER = '4 考后';
const roomFolder = (room: PackRoom): string => `2 ${room.name}`;

const titled = (paper: PaperKind, folder: string, data: PaperData, more = ''): PackItem => ({
  paper,
  folder,
  data,
  title: `${paper.title}${more}`,
});

function itemsOfRoom(facts: PackFacts, room: PackRoom): PackItem[] {
  const folder = roomFolder(room);
  const name = `（${room.name}）`;
  return [
    titled(DOOR_SIGN, folder, doorSignData(facts, room), name),
    titled(DESK_LABELS, folder, deskLabelData(facts, room), name),
    ...seatPlanSheets(facts, room).map(({ isWide, part, data }) =>
      titled(isWide ? SEAT_PLAN_WIDE : SEAT_PLAN, folder, data, `${name}${part}`),
    ),
    titled(PHOTO_SIGN_IN, folder, photoSignInData(facts, room), name),
    titled(ROOM_SHEET, folder, blankRoomRecord(facts, room), name),
    titled(MISCONDUCT_SHEET, folder, blankMisconduct(facts, room), name),
  ];
}

/** What is drawn from marks; null while the sitting is not over. */
export interface PackResults {
  readonly scoreBook: PaperData;
  /** Tickets of those who passed. */
  readonly passed: ReadonlySet<string>;
  readonly changed: readonly ChangedResult[];
  readonly reviewed: readonly ReviewedResult[];
}

/** Marks and announcements. What nobody has asked for or changed yet is there as a form to be written in Word. */
function itemsAfter(facts: PackFacts, { scoreBook, passed, changed, reviewed }: PackResults): PackItem[] {
  const blank = '（空白）';
  return [
    titled(SCORE_BOOK, AFTER, scoreBook),
    titled(PASS_LIST, AFTER, passListData(facts, passed)),
    titled(CORRECTION_NOTICE, AFTER, correctionData(facts, changed), changed.length === 0 ? blank : ''),
    ...reviewed.map((one) =>
      titled(REVIEW_ANSWER, AFTER, reviewAnswerData(facts, one), `（${one.name} ${one.ticketNo}）`),
    ),
    titled(REVIEW_ANSWER, AFTER, blankReviewAnswer(facts), blank),
  ];
}

/**
 * Every paper of an exam (domain.md §11.2): before, by room, tickets, and after it is over also marks and announcements.
 * @param registration papers of the batch (报名资格审查表, 报名汇总表)  @param signInData of the list without photos
 */
export function examPack(
  facts: PackFacts,
  more: {
    readonly registration: readonly PackItem[];
    readonly signIn: PaperData;
    readonly results: PackResults | null;
  },
): PackItem[] {
  const { results, registration, signIn } = more;
  const rooms = facts.rooms.filter((room) => facts.people.some((one) => one.roomId === room.id));
  return [
    titled(EXAM_NOTICE, BEFORE, noticeData(facts)),
    ...registration,
    titled(SEAT_LIST, BEFORE, seatListData(facts)),
    titled(HANDOVER_SHEET, BEFORE, handoverData(facts)),
    titled(INVIGILATOR_RULES, BEFORE, rulesData(facts)),
    titled(CANDIDATE_RULES, BEFORE, rulesData(facts)),
    titled(EXAM_SIGN_IN, BEFORE, signIn),
    ...rooms.flatMap((room) => itemsOfRoom(facts, room)),
    ...facts.people.map((one) =>
      titled(ADMISSION_TICKET, TICKETS, ticketData(facts, one), `（${one.name} ${one.ticketNo}）`),
    ),
    ...(results === null ? [] : itemsAfter(facts, results)),
  ];
}
