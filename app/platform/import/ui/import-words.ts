import { formatCount } from '#app/platform/ui/text/format.ts';
import type { BadgeShape, BadgeTone } from '#app/platform/ui/feedback/state-badge.tsx';
import type { RowCounts, RowIssue } from '../report.ts';
import type { RunProgress, RunState } from '../run/import-run.ts';

export interface StateLook {
  readonly word: string;
  readonly shape: BadgeShape;
  readonly tone: BadgeTone;
}

/** How the state of a run is said. */
export const STATE_LOOKS: Readonly<Record<RunState, StateLook>> = {
  received: { word: '等待核对', shape: 'dot', tone: 'pending' },
  checking: { word: '正在核对', shape: 'dot', tone: 'pending' },
  needs_mapping: { word: '待对应列', shape: 'half', tone: 'caution' },
  checked: { word: '待确认', shape: 'half', tone: 'caution' },
  applying: { word: '正在写入', shape: 'dot', tone: 'pending' },
  applied: { word: '已导入', shape: 'solid', tone: 'positive' },
  refused: { word: '无法读取', shape: 'hollow', tone: 'danger' },
  failed: { word: '处理中断', shape: 'hollow', tone: 'danger' },
  withdrawn: { word: '已撤回', shape: 'hollow', tone: 'neutral' },
};

export const ISSUE_LOOKS: Readonly<Record<RowIssue['verdict'], StateLook>> = {
  refused: { word: '退回', shape: 'hollow', tone: 'danger' },
  warning: { word: '提醒', shape: 'half', tone: 'caution' },
  change: { word: '变更', shape: 'dot', tone: 'pending' },
};

const PHASES: Readonly<Record<RunProgress['phase'], string>> = {
  reading: '正在读取文件',
  checking: '正在逐行核对',
  applying: '正在写入',
};

export function progressWords(progress: RunProgress | null): {
  readonly label: string;
  readonly detail: string;
} {
  if (progress === null) return { label: '等待处理', detail: '前面还有其他任务' };
  const { phase, done, total } = progress;
  const detail = total === 0 ? '' : `已处理 ${formatCount(done)} / ${formatCount(total)} 行`;
  return { label: PHASES[phase], detail };
}

/** 「共 10 人：新增 8 人，变更 1 人，无变化 1 人，退回 0 人」 */
export function countsInWords(counts: RowCounts, rowWord: string): string {
  const part = (word: string, count: number): string => `${word} ${formatCount(count)} ${rowWord}`;
  return `${part('共', counts.total)}：${[
    part('新增', counts.new),
    part('变更', counts.change),
    part('无变化', counts.same),
    part('退回', counts.refused),
  ].join('，')}`;
}
