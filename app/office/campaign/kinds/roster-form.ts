import type { Day } from '#app/platform/time/day.ts';
import { addMonths, formatDay } from '#app/platform/time/day.ts';
import { parseDateText } from '#app/platform/ui/text/date-text.ts';
import type { PaperData } from '../../document/paper.ts';
import type { FormValues, ReadForm } from './form-values.ts';
import { formReader } from './form-values.ts';
import type { ClearingStatus, RosterAnswer, RosterException, RosterPerson } from './roster-clearing.ts';
import { CLEARING_LABELS, CLEARING_STATUSES, isLeaving } from './roster-clearing.ts';

/** How far from today a leaving may lie: the same bounds as for a leaver reported alone. */
const MONTHS_BACK = 24;
const MONTHS_AHEAD = 6;

const statusOf = (text: string | undefined): ClearingStatus | null =>
  CLEARING_STATUSES.find((known) => known === text) ?? null;

type Reader = ReturnType<typeof formReader>;

function readException(
  read: Reader,
  person: RosterPerson,
  status: ClearingStatus,
  today: Day,
): RosterException {
  const at = (field: string): string => `${person.personId}.${field}`;
  const day = read.day(at('day'));
  const earliest = addMonths(today, -MONTHS_BACK);
  const latest = addMonths(today, MONTHS_AHEAD);
  if (day === null) read.fail(at('day'), `请填写${person.name}的${isLeaving(status) ? '离岗' : '离开'}日期`);
  else if (day < earliest || day > latest)
    read.fail(at('day'), `日期应在${formatDay(earliest)}至${formatDay(latest)}之间`);
  const until = isLeaving(status) ? null : read.day(at('until'));
  if (!isLeaving(status)) {
    if (until === null) read.fail(at('until'), `请填写${person.name}的预计返回日期`);
    else if (day !== null && until <= day) read.fail(at('until'), '预计返回日期应晚于离开日期');
  }
  return {
    personId: person.personId,
    name: person.name,
    status,
    day: day ?? today,
    until,
    proofNo: read.needed(at('proofNo'), `请填写${person.name}的依据文号`),
    note: read.text(at('note')),
  };
}

/** Reads a filled-in roster: who is not named otherwise is 在岗. Persons who are not of the unit are not read at all. */
export function readRosterForm(
  values: FormValues,
  people: readonly RosterPerson[],
  today: Day,
): ReadForm<RosterAnswer> {
  const read = formReader(values);
  const preparer = read.needed('preparer', '请填写填表人');
  const phone = read.text('phone');
  const exceptions = people.flatMap((person) => {
    const status = statusOf(values[`${person.personId}.status`]);
    return status === null ? [] : [readException(read, person, status, today)];
  });
  if (Object.keys(read.problems).length > 0) return { ok: false, problems: read.problems };
  return { ok: true, content: { preparer, phone, headcount: people.length, exceptions } };
}

/** An answer as the form that gives it. */
export function rosterFormValues(
  answer: Pick<RosterAnswer, 'preparer' | 'phone' | 'exceptions'>,
): FormValues {
  const parts = answer.exceptions.map((one) => ({
    [`${one.personId}.status`]: one.status,
    [`${one.personId}.day`]: one.day,
    [`${one.personId}.until`]: one.until ?? '',
    [`${one.personId}.proofNo`]: one.proofNo,
    [`${one.personId}.note`]: one.note ?? '',
  }));
  return Object.assign({ preparer: answer.preparer, phone: answer.phone ?? '' }, ...parts);
}

/** 人员清理表 with what is filled in so far: the unit has it stamped before it hands the answer in. */
export function clearingFormData(
  people: readonly RosterPerson[],
  form: { readonly title: string; readonly unitName: string; readonly values: FormValues },
): PaperData {
  const { values } = form;
  const rows = people.map((person) => {
    const status = statusOf(values[`${person.personId}.status`]);
    const day = parseDateText(values[`${person.personId}.day`] ?? '');
    return {
      姓名: person.name,
      身份证号: person.idNumberMasked,
      情形: status === null ? '在岗' : CLEARING_LABELS[status],
      日期: status === null || day === null ? '' : formatDay(day),
      依据文号: status === null ? '' : (values[`${person.personId}.proofNo`] ?? ''),
    };
  });
  return {
    values: {
      任务名称: form.title,
      单位名称: form.unitName,
      在册人数: String(people.length),
      在岗人数: String(rows.filter((row) => row.情形 === '在岗').length),
      填表人: values.preparer ?? '',
      联系电话: values.phone ?? '',
    },
    rows: { 人员: rows },
  };
}
