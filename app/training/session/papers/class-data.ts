import type { PaperData, PaperKind, PaperRow } from '#app/office/document/paper.ts';
import { formatHours } from '#app/platform/ui/text/format.ts';
import { CATEGORY_LABELS, floorToHundredths } from '../../ledger/hours.ts';
import type { PersonLine, SessionView } from '../session-view.server.ts';
import { FORM_LABELS } from '../session.ts';
import {
  CLASS_NOTICE,
  CLASS_RECORD,
  CLASS_SIGN_IN,
  CLASS_TIMETABLE,
  COMPLETION_PROOF,
} from './class-papers.ts';

const ATTENDANCE_WORDS: Readonly<Record<PersonLine['state'], string>> = {
  unmarked: '未登记',
  attended: '全程到场',
  partial: '部分到场',
  excused: '请假',
  no_show: '缺勤',
};

function classValues(view: SessionView): PaperRow {
  const { session, blocks } = view;
  const [first] = blocks;
  const last = blocks.at(-1);
  const when =
    blocks.length > 1
      ? `${first?.when ?? ''}等 ${blocks.length} 个时段（至 ${last?.when ?? ''}）`
      : (first?.when ?? '');
  return {
    班名: session.title,
    主办单位: view.unitName,
    培训形式: FORM_LABELS[session.form],
    培训类别: CATEGORY_LABELS[session.category],
    授课人: session.lecturer,
    地点: session.place,
    时间: when,
    学时:
      session.statedCreditSeconds === null
        ? `按到课时间折算（${view.minutesPerCreditHour} 分钟为 1 学时）`
        : formatHours(session.statedCreditSeconds),
    人数: String(view.people.length),
  };
}

function personRow(person: PersonLine): PaperRow {
  return {
    姓名: person.name,
    身份证号: person.idNumberMasked,
    单位名称: person.unitName,
    考勤: ATTENDANCE_WORDS[person.state],
    计入学时: String(floorToHundredths(person.credit?.creditSeconds ?? 0) / 100),
  };
}

/** People to whom the closed class has credited hours. */
export function creditedPeople(view: SessionView): readonly PersonLine[] {
  return view.session.status === 'closed'
    ? view.people.filter((person) => (person.credit?.creditSeconds ?? 0) > 0)
    : [];
}

/** Papers of the whole class; its record only once it is closed. */
export function papersOfClass(status: SessionView['session']['status']): readonly PaperKind[] {
  const papers = [CLASS_NOTICE, CLASS_TIMETABLE, CLASS_SIGN_IN];
  return status === 'closed' ? [...papers, CLASS_RECORD] : papers;
}

/** The data of every paper of the whole class: each takes the fields it names. */
export function classData(view: SessionView): PaperData {
  const { session, blocks } = view;
  return {
    values: classValues(view),
    rows: {
      时段: blocks.map(({ when }) => ({
        上课时间: when,
        内容: session.title,
        讲师: session.lecturer,
        教室: session.place,
      })),
      学员: view.people.map(personRow),
    },
  };
}

export interface ClassPaper {
  readonly paper: PaperKind;
  readonly title: string;
  readonly folder: string;
  readonly data: PaperData;
}

/** 一班一档: every paper of the class, and a 结业证明 for each person with credit. */
export function classFile(view: SessionView): readonly ClassPaper[] {
  const data = classData(view);
  const { title } = view.session;
  const whole = papersOfClass(view.session.status).map((paper) => ({
    paper,
    title: `${paper.title}（${title}）`,
    folder: '',
    data,
  }));
  const proofs = creditedPeople(view).map((person) => ({
    paper: COMPLETION_PROOF,
    title: `${COMPLETION_PROOF.title}（${person.name}）`,
    folder: COMPLETION_PROOF.title,
    data: {
      values: {
        ...data.values,
        ...personRow(person),
        计入学时: formatHours(person.credit?.creditSeconds ?? 0),
      },
    },
  }));
  return [...whole, ...proofs];
}
