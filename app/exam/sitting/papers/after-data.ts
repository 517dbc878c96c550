import type { PaperData } from '#app/office/document/paper.ts';
import { dayOf, formatDay } from '#app/platform/time/day.ts';
import { VERSION_REASONS } from '../../result/version-reasons.ts';
import { marksText } from '../ui/paper-parts.ts';
import type { ChangedResult, ReviewedResult } from './after.store.server.ts';
import type { PackFacts } from './pack-data.ts';
import { OPEN, sittingValues } from './pack-data.ts';

const verdict = (passed: boolean): string => (passed ? '合格' : '不合格');
const marksOf = ({ scoreHundredths, passed }: { scoreHundredths: number; passed: boolean }): string =>
  `${marksText(scoreHundredths)}分，${verdict(passed)}`;

/** 合格人员公示. @param passed tickets of those who passed */
export function passListData(facts: PackFacts, passed: ReadonlySet<string>): PaperData {
  const people = facts.people.filter((one) => passed.has(one.ticketNo));
  return {
    values: { ...sittingValues(facts), 合格人数: String(people.length), 公示天数: '5' },
    rows: {
      考生: people.map((one) => ({ 准考证号: one.ticketNo, 姓名: one.name, 单位名称: one.unitName })),
    },
  };
}

/**
 * 更正公告: every result that reads otherwise now than it was announced, before and after, with the reasons on record.
 * Where none has changed, what was wrong is left open and written in Word; the announcement is named either way.
 */
export function correctionData(facts: PackFacts, changed: readonly ChangedResult[]): PaperData {
  const line = (one: ChangedResult, marks: ChangedResult['before']): string =>
    `${one.name}（${one.unitName}，准考证号${one.ticketNo}）：${marksOf(marks)}`;
  const lines = (which: 'before' | 'after'): string =>
    changed.length === 0 ? OPEN : changed.map((one) => line(one, one[which])).join('\n');
  const reasons = [...new Set(changed.map(({ reasonCode }) => VERSION_REASONS[reasonCode] ?? reasonCode))];
  return {
    values: {
      ...sittingValues(facts),
      原公告: `《关于${facts.sitting.title}合格人员的公示》`,
      更正原因: changed.length === 0 ? OPEN : `${changed.length}名考生的成绩有变动（${reasons.join('；')}）`,
      原内容: lines('before'),
      更正内容: lines('after'),
    },
  };
}

/** What the grading says of one who has asked for a review; whoever signs adds the rest in Word. */
function finding(one: ReviewedResult): { 复核情况: string; 复核结果: string } {
  const how = one.isHandedIn ? '本人交卷' : '到时系统交卷';
  const full = `满分${marksText(one.fullMarkHundredths)}分，合格线${marksText(one.passMarkHundredths)}分`;
  const isChanged =
    one.first.scoreHundredths !== one.last.scoreHundredths || one.first.passed !== one.last.passed;
  return {
    复核情况: `经调取试卷、作答记录和评分记录核对：试卷${one.itemCount}题，计分的作答${one.answered}题，${how}；评分记录共${one.versionNo}版。${one.note ?? ''}`,
    复核结果: isChanged
      ? `原成绩${marksOf(one.first)}；因${VERSION_REASONS[one.last.reasonCode] ?? one.last.reasonCode}，更正为${marksOf(one.last)}（${full}）。`
      : `成绩没有变动：${marksOf(one.last)}（${full}）。`,
  };
}

/** 复核答复 to one candidate who has asked for it, or about whose late answers was decided: the day is open then. */
export function reviewAnswerData(facts: PackFacts, one: ReviewedResult): PaperData {
  return {
    values: {
      ...sittingValues(facts),
      姓名: one.name,
      准考证号: one.ticketNo,
      申请日期: one.askedAt === null ? OPEN : formatDay(dayOf(one.askedAt)),
      申请事项: one.askedFor,
      ...finding(one),
    },
  };
}

/** 复核答复 for whoever asks on paper: to be written in Word. */
export function blankReviewAnswer(facts: PackFacts): PaperData {
  const open = ['姓名', '准考证号', '申请日期', '申请事项', '复核情况', '复核结果'];
  return { values: { ...sittingValues(facts), ...Object.fromEntries(open.map((name) => [name, OPEN])) } };
}
