import type { BadgeShape, BadgeTone } from '#app/platform/ui/feedback/state-badge.tsx';
import type { Condition, Tile } from '../tile.ts';

/** Shape and tone of each condition; the word always stands beside them. */
export const CONDITION_LOOK: Readonly<
  Record<Condition, { shape: BadgeShape; tone: BadgeTone; edge: string }>
> = {
  silent: { shape: 'dot', tone: 'danger', edge: 'border-l-danger' },
  paused: { shape: 'half', tone: 'caution', edge: 'border-l-caution' },
  noticed: { shape: 'dot', tone: 'caution', edge: 'border-l-caution' },
  running: { shape: 'solid', tone: 'positive', edge: 'border-l-positive' },
  waiting: { shape: 'half', tone: 'pending', edge: 'border-l-accent' },
  admitted: { shape: 'dot', tone: 'pending', edge: 'border-l-accent' },
  expected: { shape: 'hollow', tone: 'neutral', edge: 'border-l-line-strong' },
  absent: { shape: 'hollow', tone: 'neutral', edge: 'border-l-line-strong' },
  ended: { shape: 'hollow', tone: 'neutral', edge: 'border-l-line-strong' },
  void: { shape: 'hollow', tone: 'danger', edge: 'border-l-line-strong' },
};

/** `8 秒前`, `3 分钟前`. */
export function agoText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} 秒前`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 120 ? `${minutes} 分钟前` : `${Math.floor(minutes / 60)} 小时前`;
}

/** What was noticed, in words; empty when nothing was. */
export function signTexts(tile: Tile): string[] {
  return [
    tile.marks > 0 ? `标记 ${tile.marks}` : '',
    tile.incidents > 0 ? `记录 ${tile.incidents}` : '',
    tile.focusLosses > 0 ? `离开 ${tile.focusLosses}` : '',
    tile.gaps > 0 ? `中断 ${tile.gaps}` : '',
    tile.epoch > 1 ? `换机 ${tile.epoch - 1}` : '',
    tile.isReleased ? '已允许换机' : '',
  ].filter((text) => text !== '');
}
