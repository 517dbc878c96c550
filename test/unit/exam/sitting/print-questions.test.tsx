import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { CandidateItem } from '#app/exam/paper/frozen-paper.ts';
import { paperPrinter } from '#app/exam/sitting/ui/print-questions.server.tsx';
import { MapCell } from '#app/exam/sitting/ui/map-cell.tsx';
import type { QuestionLook } from '#app/exam/sitting/ui/question-block.tsx';
import { QuestionBlock } from '#app/exam/sitting/ui/question-block.tsx';

const ignore = (): void => undefined;
const drawn = (look: QuestionLook): string =>
  renderToString(<QuestionBlock {...look} onChoose={ignore} onReach={ignore} />);

const options = (...texts: string[]) => texts.map((text, index) => ({ letter: 'ABCDE'[index] ?? 'F', text }));

const item = (position: number, given: Partial<CandidateItem> = {}): CandidateItem => ({
  position,
  type: 'single',
  stem: '对当事人的同一个违法行为，不得给予几次以上罚款的行政处罚？',
  options: options('一次', '两次', '三次', '四次'),
  markHundredths: 100,
  ...given,
});

const look = (position: number, given: Partial<CandidateItem> = {}, seen: Partial<QuestionLook> = {}) => ({
  item: item(position, given),
  ...{ choice: '', isFlagged: false, isHidden: false, isDisabled: false },
  ...seen,
});

describe('questions printed by the server', () => {
  it.each([
    ['of one answer', look(7)],
    ['with an answer', look(8, {}, { choice: 'C' })],
    [
      'of several answers',
      look(9, { type: 'multiple', options: options('甲', '乙', '丙', '丁', '戊') }, { choice: 'BDE' }),
    ],
    ['true or false', look(10, { type: 'true_false', options: [] }, { choice: 'F' })],
    ['with a choice that is not there', look(13, {}, { choice: 'AZ' })],
    ['flagged, hidden and closed', look(80, {}, { isFlagged: true, isHidden: true, isDisabled: true })],
    [
      'with signs of HTML',
      look(11, { stem: `<b>"A" & 'B'</b>`, options: options('<script>', '&amp;', '"', "'") }),
    ],
    [
      'with what a stencil is cut with',
      look(12, { stem: '987654321 \ue000', options: options('\ue001', '987654321') }),
    ],
  ])('are what React draws: %s', (_what, one) => {
    expect(paperPrinter.questions([one])).toBe(drawn(one));
    // From the stencil that is known by now.
    expect(paperPrinter.questions([one, one])).toBe(drawn(one).repeat(2));
  });

  it('share a stencil, never a text', () => {
    const [first, second] = [look(1), look(2, { stem: '第二题', options: options('子', '丑', '寅', '卯') })];
    expect(paperPrinter.questions([first, second])).toBe(drawn(first) + drawn(second));
  });
});

describe('the question map printed by the server', () => {
  it('is what React draws, whatever state a question is in', () => {
    const both = [false, true];
    const looks = both.flatMap((isAnswered) =>
      both.flatMap((isFlagged) =>
        both.map((isCurrent, n) => ({ position: 3 + n * 40, isAnswered, isFlagged, isCurrent })),
      ),
    );
    const cells = looks.map((one) => renderToString(<MapCell {...one} onGo={ignore} />)).join('');
    expect(paperPrinter.cells(looks)).toBe(cells);
    // From the stencils that are known by now.
    expect(paperPrinter.cells(looks)).toBe(cells);
  });
});
