import type { PaperData, PaperKind } from '#app/office/document/paper.ts';
import {
  blanks,
  column,
  form,
  item,
  note,
  paragraph,
  rowNumbers,
  table,
  title,
  wideItem,
} from '#app/office/document/papers/blocks.ts';
import { field, rowField } from '#app/office/document/papers/field.ts';
import { formatClock, formatFullRange, formatInstant } from '#app/platform/time/day.ts';
import type { IncidentCode } from './incident.ts';
import { CONSEQUENCE_LABELS, INCIDENT_CODE_LIST, INCIDENT_KIND_LABELS } from './incident.ts';
import type { IncidentKind } from './incident.ts';

const PAPER = { area: '考试', issuer: 'bureau', reads: 'exam.manage' } as const;
const LIST = '情况';

/** 考场情况记录单: what happened in one room, in the order of the day. */
export const ROOM_SHEET: PaperKind = {
  ...PAPER,
  code: 'exam.room_record',
  title: '考场情况记录单',
  format: 'docx',
  fields: [
    field('场次', '2026年第二次公共法律知识考试'),
    field('考试时间', '2026年11月24日 09:00–10:40'),
    field('考场', '第1考场'),
    field('地点', '行政中心机房'),
    field('应考人数', '30'),
    field('实考人数', '29', '考试结束后填写'),
    field('缺考人数', '1', '考试结束后填写'),
    rowField(LIST, '时间', '09:42'),
    rowField(LIST, '类别', '考场情况'),
    rowField(LIST, '情形', '网络故障'),
    rowField(LIST, '考生', '张某（2026110001）', '考生姓名和准考证号；整个考场的情况留空'),
    rowField(LIST, '经过', '09:42 起全场断网 4 分钟'),
    rowField(LIST, '处理', '暂停作答，恢复后补回时间'),
  ],
  layout: {
    orientation: 'landscape',
    blocks: [
      title('考场情况记录单'),
      paragraph('场次：{场次}　　考试时间：{考试时间}　　考场：{考场}（{地点}）'),
      table(
        LIST,
        rowNumbers(),
        column('时间', { weight: 0.7, align: 'center' }),
        column('类别', { weight: 0.9, align: 'center' }),
        column('情形', { weight: 1.4 }),
        column('考生', { weight: 1.4 }),
        column('经过', { weight: 3 }),
        column('处理', { weight: 2 }),
      ),
      note('应考{应考人数}人，实考{实考人数}人，缺考{缺考人数}人。'),
      blanks('监考人员（签名）：', '考点负责人（签名）：'),
    ],
  },
};

/** 违纪记录单: one candidate, one record; signed by two invigilators, with the candidate's own words. */
export const MISCONDUCT_SHEET: PaperKind = {
  ...PAPER,
  code: 'exam.misconduct_record',
  title: '违纪记录单',
  format: 'docx',
  fields: [
    field('场次', '2026年第二次公共法律知识考试'),
    field('考场座位', '第1考场 7 号'),
    field('姓名', '张某'),
    field('身份证号', '1404**********1234', '身份证号，隐去中间各位'),
    field('准考证号', '2026110001'),
    field('单位名称', '示例市城市管理局'),
    field('发生时间', '2026年11月24日 09:42'),
    field('违纪情形', '在座位上使用手机等通讯工具'),
    field('参照依据', '违纪行为代码参照人社部令第31号'),
    field('建议处理', '当次科目成绩无效'),
    field('经过', '09:42 在座位上使用手机'),
    field('现场处理', '收缴手机，继续考试'),
    field('在场人员', '李某'),
  ],
  layout: {
    blocks: [
      title('违纪记录单'),
      form(
        wideItem('场次'),
        item('姓名'),
        item('准考证号'),
        item('身份证号'),
        item('考场座位'),
        wideItem('单位', '{单位名称}'),
        item('发生时间'),
        item('在场人员'),
        wideItem('违纪情形'),
        wideItem('参照依据'),
        wideItem('经过'),
        wideItem('现场处理'),
        wideItem('建议处理'),
      ),
      paragraph('考生陈述（可另附页）：'),
      blanks('考生（签名）：', '监考人员（签名）：', '监考人员（签名）：'),
      note(
        '本单记录现场所见，是否认定违纪及如何处理，由司法局审查决定后另行告知。考生对记录内容有异议的，可在上栏注明。',
      ),
    ],
  },
};

/** For the office's paper counter. */
export const INVIGILATION_PAPERS: readonly PaperKind[] = [ROOM_SHEET, MISCONDUCT_SHEET];

interface SheetSitting {
  readonly title: string;
  readonly opensAt: Date;
  readonly hardEndAt: Date;
}

interface SheetRecord {
  readonly kind: IncidentKind;
  readonly code: IncidentCode;
  readonly happenedAt: Date;
  readonly personName: string | null;
  readonly ticketNo: string | null;
  readonly idNumberMasked: string | null;
  readonly unitName: string | null;
  readonly roomName: string | null;
  readonly seatNo: number | null;
  readonly facts: string;
  readonly handling: string;
  readonly witnesses: string | null;
}

/** A figure that is written by hand. */
const BY_HAND = '　　　　';

/** 应考, 实考, 缺考 of a room. @param turnout.sat null while nobody knows yet who has not come */
export function turnoutValues({
  expected,
  sat,
}: {
  readonly expected: number;
  readonly sat: number | null;
}): Record<string, string> {
  return {
    应考人数: String(expected),
    实考人数: sat === null ? BY_HAND : String(sat),
    缺考人数: sat === null ? BY_HAND : String(expected - sat),
  };
}

/** 考场情况记录单 of one room with its records in the order of the day. */
export function roomSheetData(
  sitting: SheetSitting,
  room: { readonly name: string; readonly place: string },
  records: readonly SheetRecord[],
  turnout: { readonly expected: number; readonly sat: number | null },
): PaperData {
  const inOrder = [...records].sort((a, b) => a.happenedAt.getTime() - b.happenedAt.getTime());
  return {
    values: {
      场次: sitting.title,
      考试时间: formatFullRange(sitting.opensAt, sitting.hardEndAt),
      考场: room.name,
      地点: room.place,
      ...turnoutValues(turnout),
    },
    rows: {
      [LIST]: inOrder.map((record) => ({
        时间: formatClock(record.happenedAt),
        类别: INCIDENT_KIND_LABELS[record.kind],
        情形: INCIDENT_CODE_LIST[record.code].label,
        考生: record.personName === null ? '' : `${record.personName}（${record.ticketNo ?? ''}）`,
        经过: record.facts,
        处理: record.handling,
      })),
    },
  };
}

export function misconductData(sitting: SheetSitting, record: SheetRecord): PaperData {
  const { label, basis, consequence } = INCIDENT_CODE_LIST[record.code];
  return {
    values: {
      场次: sitting.title,
      考场座位: record.roomName === null ? '' : `${record.roomName} ${record.seatNo ?? ''} 号`,
      姓名: record.personName ?? '',
      身份证号: record.idNumberMasked ?? '',
      准考证号: record.ticketNo ?? '',
      单位名称: record.unitName ?? '',
      发生时间: formatInstant(record.happenedAt),
      违纪情形: label,
      参照依据: basis ?? '',
      建议处理: consequence === null ? '' : CONSEQUENCE_LABELS[consequence],
      经过: record.facts,
      现场处理: record.handling,
      在场人员: record.witnesses ?? '',
    },
  };
}
