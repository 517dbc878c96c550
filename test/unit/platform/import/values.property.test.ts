import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayReader, readDayRange, readMonth } from '#app/platform/import/values/day.ts';
import { idCheckCharacter, parseIdNumber } from '#app/platform/import/values/id-number.ts';
import { decimalReader, integerReader } from '#app/platform/import/values/number.ts';
import { normaliseName, parsePersonName, readPersonName } from '#app/platform/import/values/person-name.ts';
import { parsePhone, readPhone } from '#app/platform/import/values/phone.ts';
import { codeReader, textReader } from '#app/platform/import/values/text.ts';
import { compact } from '#app/platform/import/values/width.ts';
import { readSex, readYesNo } from '#app/platform/import/values/choice.ts';
import { addDays, daysBetween } from '#app/platform/time/day.ts';
import { number, text } from '#test/support/import-files.ts';

const FIRST_DAY = '1955-01-01';
const anyDay = fc
  .integer({ min: 0, max: daysBetween(FIRST_DAY, '2099-12-31') })
  .map((n) => addDays(FIRST_DAY, n));
const blank = fc.constantFrom('', ' ', '　', '\u00a0', '  ');

function valueOf<T>(reading: { ok: true; value: T } | { ok: false; problem: { code: string } }): T | string {
  return reading.ok ? reading.value : reading.problem.code;
}

describe('properties of days', () => {
  const forms: readonly ((year: string, month: string, day: string) => string)[] = [
    (y, m, d) => `${y}-${m}-${d}`,
    (y, m, d) => `${y}.${Number(m)}.${Number(d)}`,
    (y, m, d) => `${y}/${Number(m)}/${d}`,
    (y, m, d) => `${y}年${Number(m)}月${Number(d)}日`,
    (y, m, d) => `${y}${m}${d}`,
    (y, m, d) => `${y} 年 ${m} 月 ${d} 日`,
  ];

  it('every form of every day is read back as that day', () => {
    fc.assert(
      fc.property(anyDay, fc.constantFrom(...forms), blank, (day, form, around) => {
        const [year = '', month = '', dayOfMonth = ''] = day.split('-');
        const written = `${around}${form(year, month, dayOfMonth)}${around}`;
        expect(valueOf(dayReader()(text(written)))).toBe(day);
      }),
    );
  });

  it('every serial number is read back as its day', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const serial = daysBetween('1899-12-30', day);
        expect(valueOf(dayReader()(number(serial)))).toBe(day);
        expect(valueOf(dayReader()({ kind: 'date', text: 'x', value: serial + 0.5 }))).toBe(day);
      }),
    );
  });

  it('a range is read back with both ends, or refused when reversed', () => {
    fc.assert(
      fc.property(anyDay, anyDay, fc.constantFrom('-', '—', '至', '~', '－'), (a, b, between) => {
        const dotted = (day: string): string => day.replaceAll('-', '.');
        const read = valueOf(readDayRange(text(`${dotted(a)}${between}${dotted(b)}`)));
        expect(read).toEqual(b < a ? 'RANGE_REVERSED' : { from: a, until: b });
      }),
    );
  });

  it('no text makes the readers throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (anything) => {
        const cell = text(anything);
        for (const read of [dayReader(), readDayRange]) expect(read(cell)).toHaveProperty('ok');
      }),
    );
  });
});

describe('properties of ID numbers', () => {
  const body = fc
    .tuple(fc.integer({ min: 990_000, max: 999_999 }), anyDay, fc.integer({ min: 0, max: 999 }))
    .map(([area, day, sequence]) => `${area}${day.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`);
  const valid = body.map((digits) => digits + idCheckCharacter(digits));

  it('a right number is read whatever blanks stand in it', () => {
    fc.assert(
      fc.property(
        valid,
        fc.array(fc.tuple(fc.integer({ min: 0, max: 17 }), blank), { maxLength: 4 }),
        (id, blanks) => {
          const spaced = blanks.reduce((given, [at, gap]) => given.slice(0, at) + gap + given.slice(at), id);
          expect(valueOf(parseIdNumber(spaced))).toBe(id);
        },
      ),
    );
  });

  it('one wrong digit is always noticed', () => {
    fc.assert(
      fc.property(valid, fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 9 }), (id, at, step) => {
        const digit = (Number(id[at]) + step) % 10;
        expect(parseIdNumber(id.slice(0, at) + String(digit) + id.slice(at + 1)).ok).toBe(false);
      }),
    );
  });

  it('two neighbours swapped are always noticed', () => {
    fc.assert(
      fc.property(valid, fc.integer({ min: 0, max: 15 }), (id, at) => {
        fc.pre(id[at] !== id[at + 1]);
        const swapped = id.slice(0, at) + (id[at + 1] ?? '') + (id[at] ?? '') + id.slice(at + 2);
        expect(parseIdNumber(swapped).ok).toBe(false);
      }),
    );
  });

  it('no reader’s message ever holds a number that stands in the wrong column', () => {
    const readers = [
      dayReader(),
      readDayRange,
      readMonth,
      readPersonName,
      readPhone,
      readSex,
      readYesNo,
      codeReader(5),
      textReader(5),
      integerReader({ min: 0, max: 10 }),
      decimalReader({ min: 0, max: 10, scale: 2 }),
    ];
    const wide = (id: string): string =>
      id.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    const spaced = (id: string): string => `${id.slice(0, 6)} ${id.slice(6, 14)} ${id.slice(14)}`;
    const asIs = (id: string): string => id;
    fc.assert(
      fc.property(
        valid,
        fc.constantFrom(...readers),
        fc.constantFrom(asIs, wide, spaced),
        (id, read, write) => {
          const reading = read(text(`某 ${write(id)}`));
          if (reading.ok) return;
          const said = reading.problem.reason + (reading.problem.fix ?? '');
          expect(compact(said)).not.toContain(id.slice(6, 14));
        },
      ),
    );
  });

  it('no message about a wrong ID number holds it', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9Xx]{15,19}$/), (given) => {
        const parsed = parseIdNumber(given);
        if (!parsed.ok) expect(JSON.stringify(parsed.problem)).not.toContain(given.slice(0, 8));
      }),
    );
  });
});

describe('properties of names, figures and phones', () => {
  it('normalising a name twice changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (given) => {
        expect(normaliseName(normaliseName(given))).toBe(normaliseName(given));
      }),
    );
  });

  it('a name is the same with blanks anywhere in it', () => {
    const han = fc.constantFrom(...'张王李赵钱孙周吴郑卜杜热西提买江古丽');
    fc.assert(
      fc.property(fc.array(han, { minLength: 2, maxLength: 6 }), blank, (characters, gap) => {
        const parsed = parsePersonName(characters.join(gap));
        expect(parsed.ok && parsed.value).toBe(characters.join(''));
      }),
    );
  });

  it('decimals are exact: hundredths in, hundredths out', () => {
    const read = decimalReader({ min: 0, max: 10_000, scale: 2 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), (hundredths) => {
        const written = `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;
        expect(valueOf(read(text(written)))).toBe(hundredths);
        expect(valueOf(read(number(hundredths / 100)))).toBe(hundredths);
      }),
    );
  });

  it('a read phone is read again as itself', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9+() -]{5,16}$/), (given) => {
        const parsed = parsePhone(given);
        if (parsed.ok) expect(parsePhone(parsed.value)).toEqual(parsed);
      }),
    );
  });
});
