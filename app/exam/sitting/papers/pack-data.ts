import type { PaperData, PaperRow } from '#app/office/document/paper.ts';
import { formatClock, formatFullRange, formatInstant } from '#app/platform/time/day.ts';
import { turnoutValues } from '../../invigilation/invigilation-papers.ts';
import { planRows } from '../../seating/seat-grid.ts';
import type { PackRoom, PackSitting, TicketHolder } from './pack.store.server.ts';
import { PLAN_COLUMNS } from './room-papers.ts';

/** Everything the papers of a sitting are made of. */
export interface PackFacts {
  readonly sitting: PackSitting;
  readonly office: string;
  readonly subject: string;
  /** Person who draws the pack: 联系人. */
  readonly contact: string;
  readonly rooms: readonly PackRoom[];
  readonly people: readonly TicketHolder[];
}

/** A place that is written by hand or in Word. */
export const OPEN = '　　　　　　　　';

const two = (seatNo: number): string => String(seatNo).padStart(2, '0');
/** As the sitting says; else with the opening. */
const checkIn = ({ sitting }: PackFacts): string => formatInstant(sitting.checkInFrom ?? sitting.opensAt);
const minutes = (seconds: number): string => String(Math.round(seconds / 60));

export function sittingValues(facts: PackFacts): PaperRow {
  const { sitting, office, subject, people } = facts;
  return {
    场次: sitting.title,
    考试时间: formatFullRange(sitting.opensAt, sitting.hardEndAt),
    组织单位: office,
    科目: subject,
    应考人数: String(people.length),
    考场总数: String(facts.rooms.length),
    签到时间: checkIn(facts),
    最迟入场: formatClock(sitting.latestEntryAt),
    作答时长: minutes(sitting.durationSeconds),
    联系人: facts.contact,
    联系电话: OPEN,
  };
}

const peopleOf = ({ people }: PackFacts, room: PackRoom): TicketHolder[] =>
  people.filter((one) => one.roomId === room.id);

/** 考试通知 with one line for all rooms. */
export function noticeData(facts: PackFacts): PaperData {
  const rooms = facts.rooms.map((room) => `${room.name}：${room.place}（${peopleOf(facts, room).length}人）`);
  return {
    values: {
      ...sittingValues(facts),
      主送单位: '各有关单位',
      考场安排: rooms.length === 0 ? '远程考试' : rooms.join('；'),
    },
  };
}

export function rulesData(facts: PackFacts): PaperData {
  const { earliestHandInSeconds } = facts.sitting;
  const earliest =
    earliestHandInSeconds > 0 ? `开始作答${minutes(earliestHandInSeconds)}分钟后可以交卷` : '可以提前交卷';
  return { values: { ...sittingValues(facts), 最早交卷: earliest } };
}

function personRow(one: TicketHolder, room: PackRoom | undefined): PaperRow {
  return {
    准考证号: one.ticketNo,
    姓名: one.name,
    身份证号: one.idNumberMasked,
    单位名称: one.unitName,
    考场: room?.name ?? '',
    座位: one.seatNo === null ? '' : two(one.seatNo),
    地点: room?.place ?? '',
  };
}

/** 考场编排表. */
export function seatListData(facts: PackFacts): PaperData {
  const rooms = new Map(facts.rooms.map((room) => [room.id, room]));
  return {
    values: sittingValues(facts),
    rows: { 考生: facts.people.map((one) => personRow(one, rooms.get(one.roomId ?? ''))) },
  };
}

function roomValues(facts: PackFacts, room: PackRoom): PaperRow {
  const tickets = peopleOf(facts, room)
    .map((one) => one.ticketNo)
    .sort();
  return {
    ...sittingValues(facts),
    考场: room.name,
    地点: room.place,
    考场人数: String(tickets.length),
    起始准考证号: tickets[0] ?? '',
    截止准考证号: tickets.at(-1) ?? '',
    监考人员: room.invigilators.join('、'),
  };
}

/** 门贴: by seat. */
export function doorSignData(facts: PackFacts, room: PackRoom): PaperData {
  return {
    values: roomValues(facts, room),
    rows: { 考生: peopleOf(facts, room).map((one) => personRow(one, room)) },
  };
}

function label(one: TicketHolder | undefined, room: PackRoom): string {
  if (one === undefined) return '';
  return `${room.name}　${one.seatNo === null ? '' : two(one.seatNo)}\n${one.name}\n${one.ticketNo}\n${one.unitName}`;
}

/** 桌贴, two beside each other. */
export function deskLabelData(facts: PackFacts, room: PackRoom): PaperData {
  const people = peopleOf(facts, room);
  return {
    values: roomValues(facts, room),
    rows: {
      桌贴: Array.from({ length: Math.ceil(people.length / 2) }, (_, index) => ({
        左: label(people[index * 2], room),
        右: label(people[index * 2 + 1], room),
      })),
    },
  };
}

/** 带照片签到表. */
export function photoSignInData(facts: PackFacts, room: PackRoom): PaperData {
  return {
    values: roomValues(facts, room),
    rows: {
      考生: peopleOf(facts, room).map((one) => ({
        ...personRow(one, room),
        照片: one.personId,
        考生信息: `${one.name}\n${one.ticketNo}`,
        单位信息: `${one.unitName}\n${one.idNumberMasked}`,
      })),
    },
  };
}

/** 座次表 of a room: one sheet, or several where it is wider than the widest sheet. */
export function seatPlanSheets(
  facts: PackFacts,
  room: PackRoom,
): readonly { readonly isWide: boolean; readonly part: string; readonly data: PaperData }[] {
  const isWide = room.columns > PLAN_COLUMNS.narrow;
  const width = isWide ? PLAN_COLUMNS.wide : PLAN_COLUMNS.narrow;
  const at = new Map(peopleOf(facts, room).map((one) => [one.seatNo, one]));
  const rows = planRows(room);
  const count = Math.ceil(room.columns / width);
  return Array.from({ length: count }, (_, sheet) => {
    const from = sheet * width;
    const part = count === 1 ? '' : `（第${from + 1}–${Math.min(from + width, room.columns)}列）`;
    const cellsOf = (row: readonly number[]): PaperRow =>
      Object.fromEntries(
        Array.from({ length: width }, (__, index) => {
          const seatNo = row[from + index];
          const one = seatNo === undefined ? undefined : at.get(seatNo);
          const text =
            seatNo === undefined ? '' : one ? `${two(seatNo)} ${one.name}\n${one.unitName}` : two(seatNo);
          return [`第${index + 1}列`, text];
        }),
      );
    return {
      isWide,
      part,
      data: {
        values: { ...roomValues(facts, room), 列范围: part },
        rows: { 排: rows.map((row, index) => ({ 排号: String(index + 1), ...cellsOf(row) })) },
      },
    };
  });
}

/** Blank lines for what happens on the day. */
const RECORD_LINES = 12;

/** 考场情况记录单, to be written by hand. */
export function blankRoomRecord(facts: PackFacts, room: PackRoom): PaperData {
  return {
    values: {
      ...roomValues(facts, room),
      ...turnoutValues({ expected: peopleOf(facts, room).length, sat: null }),
    },
    rows: { 情况: Array.from({ length: RECORD_LINES }, () => ({ 时间: '' })) },
  };
}

/** 违纪记录单, to be written by hand. */
export function blankMisconduct(facts: PackFacts, room: PackRoom): PaperData {
  return { values: { ...sittingValues(facts), 考场座位: `${room.name}　　号` } };
}

export function handoverData(facts: PackFacts): PaperData {
  return {
    values: sittingValues(facts),
    rows: {
      考场清单: facts.rooms.map((room) => ({
        考场: room.name,
        地点: room.place,
        人数: String(peopleOf(facts, room).length),
        监考人员: room.invigilators.join('、'),
      })),
    },
  };
}

const SEX_LABELS: Readonly<Record<string, string>> = { male: '男', female: '女' };

/** 准考证 of one person. */
export function ticketData(facts: PackFacts, one: TicketHolder): PaperData {
  const room = facts.rooms.find(({ id }) => id === one.roomId);
  return {
    values: {
      ...sittingValues(facts),
      ...personRow(one, room),
      考场: room?.name ?? '远程考试',
      性别: SEX_LABELS[one.sex] ?? '',
      照片: one.personId,
    },
  };
}
