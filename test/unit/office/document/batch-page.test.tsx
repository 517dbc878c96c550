import { describe, expect, it } from 'vitest';
import type { BatchState } from '#app/office/document/batch.store.server.ts';
import type { BatchFileStand } from '#app/office/document/batch-view.server.ts';
import { BatchFinished } from '#app/office/document/ui/batch-finished.tsx';
import { continueText } from '#app/office/document/ui/batch-words.ts';
import { parseDay } from '#app/platform/time/day.ts';
import { renderAt } from '../../platform/ui/render.tsx';

const LAST_DAY = parseDay('2026-11-29');
const page = (
  drawn: number,
  readable = drawn,
  file: BatchFileStand = drawn > 0 ? 'ready' : 'none',
  state: BatchState = 'finished',
): string => {
  if (LAST_DAY === null) return '';
  const shown = { batch: { id: 'b', drawn, state }, readable, file, lastDay: LAST_DAY };
  return renderAt('/', <BatchFinished page={shown} />);
};

describe('a batch that is through', () => {
  it('offers its zip with the day it ends', () => {
    expect(page(3)).toContain('已出具 3 份');
    expect(page(3)).toContain('/b/file');
    expect(page(3)).toContain('2026年11月29日');
  });

  it('offers no file when nothing was drawn, but says what to do', () => {
    expect(page(0)).toContain('一份也没有出具');
    expect(page(0)).toContain('重新出具');
    expect(page(0)).not.toContain('/file');
  });

  it('asks to begin anew once its week is over: nothing of it can be drawn any more', () => {
    const expired = page(0, 0, 'none', 'expired');
    expect(expired).toContain('已过保存期，请重新选择人员出具');
    expect(expired).not.toContain('处理后重新出具');
    expect(page(0)).not.toContain('已过保存期');
  });

  it('says how many of it are kept for whom since part of it has gone elsewhere', () => {
    expect(page(3, 2)).toContain('/b/file');
    expect(page(3, 2)).toContain('其中 2 份');
    expect(page(3, 2)).toContain('其余 1 份现不在您的权限范围内');
  });

  it.each([
    ['out_of_reach', 0, '现不在您的权限范围内'],
    ['past', 3, '压缩包已过保存期'],
  ] as const)('shows no link that would not open (%s), but says why', (file, readable, words) => {
    const html = page(3, readable, file);
    expect(html).not.toContain('/file');
    expect(html).toContain(words);
  });

  it('goes on with what is left, and begins anew where there is nothing yet', () => {
    expect(continueText(2, 1)).toBe('继续出具其余 1 份，已出具的保留');
    expect(continueText(0, 3)).toBe('重新出具 3 份');
  });
});
