import { describe, expect, it } from 'vitest';
import { BatchFinished } from '#app/office/document/ui/batch-finished.tsx';
import { continueText } from '#app/office/document/ui/batch-words.ts';
import { parseDay } from '#app/platform/time/day.ts';
import { renderAt } from '../../platform/ui/render.tsx';

const LAST_DAY = parseDay('2026-11-29');
const page = (drawn: number): string =>
  LAST_DAY === null ? '' : renderAt('/', <BatchFinished batch={{ id: 'b', drawn }} lastDay={LAST_DAY} />);

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

  it('goes on with what is left, and begins anew where there is nothing yet', () => {
    expect(continueText(2, 1)).toBe('继续出具其余 1 份，已出具的保留');
    expect(continueText(0, 3)).toBe('重新出具 3 份');
  });
});
