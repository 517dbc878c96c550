import type { ActorCtx } from '#app/accounts/actor.server.ts';
import type { Drawn, DrawRefusal } from '#app/office/document/draw-paper.server.ts';
import { drawPaper } from '#app/office/document/draw-paper.server.ts';
import type { PaperRow } from '#app/office/document/paper.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { formatDay, formatDays } from '#app/platform/time/day.ts';
import { floorToHundredths } from '../ledger/hours.ts';
import { CONCLUSION_LABELS } from '../target/year-standing.ts';
import type { UnitYear } from './closing-scope.server.ts';
import { takeUnit } from './closing-scope.server.ts';
import type { ClosingView } from './closing-view.server.ts';
import { viewClosing } from './closing-view.server.ts';
import { NOTICE_LIST } from './papers/year-papers.ts';
import type { ListRow } from './year-list.ts';

export const CLOSING_SUBJECT = 'year_closing';

/** A unit's year as documents name it, also before anybody has begun to close it. */
export const subjectOf = ({ unitId, year }: UnitYear): string => `${unitId}:${year}`;

const figure = (seconds: number): string => String(floorToHundredths(Math.max(seconds, 0)) / 100);

/** In words: every required course in force, or how many are missing. */
export function requiredWords(required: ListRow['required']): string {
  const inForce = required.filter((course) => !course.isLapsed);
  const missing = inForce.filter((course) => !course.isComplete).length;
  if (inForce.length === 0) return '无';
  return missing === 0 ? '已完成' : `缺 ${missing} 门`;
}

function rowOf(row: ListRow): PaperRow {
  const { seconds } = row;
  return {
    姓名: row.name,
    公共法律: figure(seconds.public_law),
    // Three-column forms count specialised law under business knowledge (domain.md §4.1).
    业务知识: figure(seconds.business + seconds.specialised_law),
    专业法律: figure(seconds.specialised_law),
    执法技能: figure(seconds.skill),
    合计: figure(row.totalSeconds),
    应完成: figure(row.targets.find((target) => target.kind === 'yearly')?.targetSeconds ?? 0),
    必修课: requiredWords(row.required),
    结论: CONCLUSION_LABELS[row.conclusion],
  };
}

function noticePeriod({ closing, today, noticeEnd }: ClosingView): string {
  const [from, until] =
    closing?.way === 'notice' ? [closing.publishedDay, closing.objectionsUntilDay] : [today, noticeEnd];
  return from === null || until === null ? '' : formatDays(from, until);
}

/** 学时公示表 of the unit's list as it stands. Refusals: FORBIDDEN, NOT_FOUND, those of `drawPaper`. */
export async function drawNoticeList(
  ctx: ActorCtx,
  input: UnitYear & { readonly commandId: string },
): Promise<Outcome<Drawn, DrawRefusal>> {
  const { commandId, ...place } = input;
  const unit = await takeUnit(ctx, 'hours.read_closing', place);
  if (!unit.ok) return unit;
  const view = await viewClosing(ctx, place);
  if (!view.ok) return view;
  const { rows, today, year } = view.value;
  return drawPaper(ctx, {
    paper: NOTICE_LIST,
    regionId: unit.value.regionId,
    unitId: unit.value.officeId,
    subject: { kind: CLOSING_SUBJECT, id: subjectOf(place) },
    title: `${year}年度学时公示表（${unit.value.name}）`,
    data: {
      values: {
        单位名称: unit.value.name,
        年度: String(year),
        公示期: noticePeriod(view.value),
        人数: String(rows.length),
        制表日期: formatDay(today),
      },
      rows: { 人员: rows.map(rowOf) },
    },
    commandId,
  });
}
