import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Category } from '../ledger/hours.ts';
import type { Interval } from '../ledger/interval.ts';
import { measureSeconds, union } from '../ledger/interval.ts';

/** Forms of training (ZY4, YC5, YC6). */
export const FORMS = [
  'class',
  'lecture',
  'group_study',
  'live_class',
  'on_site',
  'shadowing',
  'simulation',
  'quiz',
  'contest',
  'lecture_series',
  'online',
] as const;
export type Form = (typeof FORMS)[number];

export const FORM_LABELS: Readonly<Record<Form, string>> = {
  class: '培训班',
  lecture: '法治专题讲座',
  group_study: '集中学习',
  live_class: '同步课堂',
  on_site: '现场教学',
  shadowing: '跟班学习',
  simulation: '模拟训练',
  quiz: '专业知识竞答',
  contest: '执法技能比武',
  lecture_series: '行政执法大讲堂',
  online: '网络业务培训',
};

/** 离岗培训 is for officers whose card is suspended (domain.md §4.2 case 5); its hours are tagged. */
export const PURPOSES = ['regular', 'off_post'] as const;
export type Purpose = (typeof PURPOSES)[number];

export type SessionStatus = 'scheduled' | 'closed' | 'cancelled';

/** A scheduled stretch of a class. Attendance counts only inside blocks. */
export interface Block {
  readonly id: string;
  readonly interval: Interval;
}

export interface TrainingSession {
  readonly id: string;
  readonly title: string;
  readonly category: Category;
  readonly form: Form;
  readonly unitId: string;
  readonly place: string;
  readonly lecturer: string;
  readonly capacity: number;
  /** Stated 学时 as credit seconds; null = computed from time attended (HY3: stated hours win). */
  readonly statedCreditSeconds: number | null;
  readonly purpose: Purpose;
  readonly status: SessionStatus;
  readonly version: number;
  readonly blocks: readonly Block[];
}

export const MAX_BLOCKS = 20;
export const MAX_CAPACITY = 5000;
const MAX_BLOCK_SECONDS = 12 * 3600;
const DAY_SECONDS = 86_400;
/** Classes are mostly planned, sometimes entered afterwards from a paper list. */
export const OLDEST_DAYS = 60;
export const FURTHEST_DAYS = 366;

export type ScheduleRefusal =
  'BLOCKS_MISSING' | 'BLOCK_NOT_IN_ORDER' | 'BLOCK_TOO_LONG' | 'BLOCKS_OVERLAP' | 'BLOCK_OUT_OF_RANGE';

/** Blocks in the order of time. @param now epoch second */
export function decideBlocks(blocks: readonly Interval[], now: number): Outcome<Interval[], ScheduleRefusal> {
  if (blocks.length === 0 || blocks.length > MAX_BLOCKS) return refused('BLOCKS_MISSING');
  const sorted = [...blocks].sort((a, b) => a.from - b.from);
  for (const [index, block] of sorted.entries()) {
    const number = blocks.indexOf(block) + 1;
    if (block.to <= block.from) return refused('BLOCK_NOT_IN_ORDER', { number });
    if (block.to - block.from > MAX_BLOCK_SECONDS) return refused('BLOCK_TOO_LONG', { number });
    const before = sorted[index - 1];
    if (before && block.from < before.to) return refused('BLOCKS_OVERLAP', { number });
    const isTooOld = block.from < now - OLDEST_DAYS * DAY_SECONDS;
    if (isTooOld || block.to > now + FURTHEST_DAYS * DAY_SECONDS)
      return refused('BLOCK_OUT_OF_RANGE', { number });
  }
  return done(sorted);
}

/** Whole scheduled time of a class in seconds. */
export function scheduledSeconds(blocks: readonly Block[]): number {
  return measureSeconds(union(blocks.map((block) => block.interval)));
}

/** Epoch second in which the last block ends. */
export function sessionEnd(blocks: readonly Block[]): number {
  return Math.max(...blocks.map((block) => block.interval.to));
}
