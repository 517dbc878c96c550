import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_PAGES, SHEET_KINDS, readScanned, sheetCode, ticketIn } from '#app/exam/release/sheet-code.ts';

const aTicket = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 12, maxLength: 20 });
const aSheet = fc.record({
  ticketNo: aTicket,
  kind: fc.constantFrom(...SHEET_KINDS),
  page: fc.integer({ min: 1, max: MOST_PAGES }),
});

describe('the code on a printed sheet', () => {
  it('is read back as the sheet it was printed on, whatever the ticket, kind and page', () => {
    fc.assert(
      fc.property(aSheet, (sheet) => {
        expect(readScanned(sheetCode(sheet))).toEqual({ is: 'sheet', sheet });
      }),
    );
  });

  it('is refused with one wrong figure, and with two neighbours in wrong order', () => {
    fc.assert(
      fc.property(aSheet, fc.nat(), fc.integer({ min: 1, max: 9 }), (sheet, where, more) => {
        const code = sheetCode(sheet);
        const at = where % code.length;
        const figure = code[at] ?? '';
        fc.pre(figure !== '-');
        const wrong = String((Number(figure) + more) % 10);
        expect(readScanned(`${code.slice(0, at)}${wrong}${code.slice(at + 1)}`)).toEqual({
          is: 'wrong_check',
        });
        const next = code[at + 1] ?? '-';
        fc.pre(next !== '-' && next !== figure);
        const swapped = `${code.slice(0, at)}${next}${figure}${code.slice(at + 2)}`;
        expect(readScanned(swapped)).toEqual({ is: 'wrong_check' });
      }),
    );
  });

  it('holds figures and strokes only: no letter for an input method to swallow, nothing of the person', () => {
    expect(sheetCode({ ticketNo: '20269900010100001', kind: 'answer_sheet', page: 1 })).toMatch(
      /^20269900010100001-101-\d{2}$/,
    );
    expect(sheetCode({ ticketNo: '20269900010100001', kind: 'question_paper', page: 12 })).toContain('-212-');
  });

  it.each([
    ['20269900010100001', '20269900010100001'],
    [' ２０２６９９０００１０１００００１ ', '20269900010100001'],
    ['2026 9900 0101 00001', '20269900010100001'],
  ])('a plain ticket number %j is taken as it is', (typed, ticketNo) => {
    expect(readScanned(typed)).toEqual({ is: 'ticket', ticketNo });
  });

  it('is read with the strokes and widths a keyboard makes of it', () => {
    const code = sheetCode({ ticketNo: '20269900010100001', kind: 'answer_sheet', page: 2 });
    for (const typed of [code.replaceAll('-', '－'), code.replaceAll('-', '—'), ` ${code}\r`])
      expect(readScanned(typed)).toMatchObject({ is: 'sheet', sheet: { page: 2 } });
  });

  it.each(['', '张某', '2026', '20269900010100001-1', '20269900010100001-101-47-3'])(
    '%j is neither number nor code, and stays what it was',
    (typed) => {
      expect(readScanned(typed)).toEqual({ is: 'unknown' });
      expect(ticketIn(typed)).toBe(typed);
    },
  );

  it('of an unknown kind or of page 0 is refused even when its check is right', () => {
    // 97-10 check figures of these, reckoned apart.
    const withCheck = (body: string): string => {
      const rest = Number(BigInt(`${body.replaceAll('-', '')}00`) % 97n);
      return `${body}-${String(98 - rest).padStart(2, '0')}`;
    };
    expect(readScanned(withCheck('20269900010100001-101'))).toMatchObject({ is: 'sheet' });
    expect(readScanned(withCheck('20269900010100001-901'))).toEqual({ is: 'wrong_check' });
    expect(readScanned(withCheck('20269900010100001-100'))).toEqual({ is: 'wrong_check' });
  });
});
