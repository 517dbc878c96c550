import { describe, expect, it } from 'vitest';
import type { MaybeCell } from '#app/platform/import/table/cell.ts';
import { readSex, readYesNo } from '#app/platform/import/values/choice.ts';
import { dayReader, readDayRange, readMonth } from '#app/platform/import/values/day.ts';
import { birthDayOfId, readIdNumber, sexOfId } from '#app/platform/import/values/id-number.ts';
import { decimalReader, integerReader } from '#app/platform/import/values/number.ts';
import { readPersonName } from '#app/platform/import/values/person-name.ts';
import { readPhone } from '#app/platform/import/values/phone.ts';
import type { CellReader } from '#app/platform/import/values/reading.ts';
import { codeReader, textReader } from '#app/platform/import/values/text.ts';
import { makeIdNumber } from '#test/support/id-number.ts';
import { number, text } from '#test/support/import-files.ts';

/** The value, or the code of the problem. */
function outcome<T>(reader: CellReader<T>, cell: MaybeCell | string): T | string | null {
  const reading = reader(typeof cell === 'string' ? text(cell) : cell);
  return reading.ok ? reading.value : reading.problem.code;
}

describe('names', () => {
  it.each([
    ['张　三', '张三'],
    [' 张 三 ', '张三'],
    ['张\u00a0三\u200b', '张三'],
    ['阿卜杜·热西提', '阿卜杜·热西提'],
    ['阿卜杜•热西提', '阿卜杜·热西提'],
    ['阿卜杜・热西提', '阿卜杜·热西提'],
    ['阿卜杜.热西提', '阿卜杜·热西提'],
    ['阿卜杜 · 热西提', '阿卜杜·热西提'],
    ['\u2f8f人', '行人'],
    ['Anna  Maria Smith', 'Anna Maria Smith'],
  ])('%s is read as %s', (given, name) => {
    expect(outcome(readPersonName, given)).toBe(name);
  });

  it.each([
    ['张三（借调）', 'NAME_WITH_REMARK'],
    ['张三1', 'NAME_MALFORMED'],
    ['=A1', 'NAME_MALFORMED'],
    ['张', 'NAME_LENGTH'],
    ['张\ue001', 'NAME_PRIVATE_CHARACTER'],
    ['·张三', 'NAME_MALFORMED'],
  ])('%s is refused as %s', (given, code) => {
    expect(outcome(readPersonName, given)).toBe(code);
  });
});

describe('ID numbers', () => {
  const valid = makeIdNumber(7);

  it('reads what people write around the digits', () => {
    const spaced = `${valid.slice(0, 6)} ${valid.slice(6, 14)}　${valid.slice(14)}`;
    expect(outcome(readIdNumber, valid)).toBe(valid);
    expect(outcome(readIdNumber, spaced)).toBe(valid);
    expect(outcome(readIdNumber, `'${valid}`)).toBe(valid);
    const fullWidth = valid.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    expect(outcome(readIdNumber, fullWidth)).toBe(valid);
  });

  it('reads a small x as X', () => {
    const withX = Array.from({ length: 200 }, (_, n) => makeIdNumber(n)).find((id) => id.endsWith('X')) ?? '';
    expect(outcome(readIdNumber, withX.toLowerCase())).toBe(withX);
  });

  it.each([
    ['1.40E+17', 'ID_SPOILT_BY_EXCEL'],
    ['1.40402E+17', 'ID_SPOILT_BY_EXCEL'],
    ['990001900101001', 'ID_OLD_15_DIGITS'],
    ['99000119900101001', 'ID_MALFORMED'],
    ['身份证99000119900101', 'ID_MALFORMED'],
    ['990001199013010010', 'ID_BIRTH_DATE'],
  ])('%s is refused as %s', (given, code) => {
    expect(outcome(readIdNumber, given)).toBe(code);
  });

  it('refuses a number cell: Excel has cut it', () => {
    expect(outcome(readIdNumber, number(990001199001010000))).toBe('ID_SPOILT_BY_EXCEL');
  });

  it('recognises trailing zeros as Excel damage when the check character fails', () => {
    expect(outcome(readIdNumber, '990001199001011000')).toBe('ID_SPOILT_BY_EXCEL');
  });

  it('refuses a wrong check character and never repeats the number', () => {
    const wrong = `${valid.slice(0, 17)}${valid.endsWith('1') ? '2' : '1'}`;
    const reading = readIdNumber(text(wrong));
    expect(reading).toMatchObject({ ok: false, problem: { code: 'ID_CHECKSUM' } });
    expect(JSON.stringify(reading)).not.toContain(wrong.slice(6, 14));
  });

  it('knows birth day and sex', () => {
    expect(birthDayOfId('990001199001010010')).toBe('1990-01-01');
    expect(sexOfId('99000119900101001X')).toBe('male');
    expect(sexOfId('99000119900101002X')).toBe('female');
  });
});

describe('days', () => {
  const day = dayReader();

  it.each([
    '2022.11.1',
    '2022/11/1',
    '2022-11-01',
    '2022年11月1日',
    '20221101',
    '2022．11．1',
    '２０２２年１１月１日',
    '2022-11-01 00:00:00',
    '2022-11-1 8:30',
    '2022 年 11 月 1 日',
    '44866',
  ])('%s is 1 November 2022', (given) => {
    expect(outcome(day, given)).toBe('2022-11-01');
  });

  it('reads date cells, serial numbers and digits in number cells', () => {
    expect(outcome(day, { kind: 'date', text: '2022-11-01', value: 44866.75 })).toBe('2022-11-01');
    expect(outcome(day, number(44866))).toBe('2022-11-01');
    expect(outcome(day, number(20221101))).toBe('2022-11-01');
  });

  it.each([
    ['2023-02-30', 'DATE_NOT_EXISTING'],
    ['2023-02-29', 'DATE_NOT_EXISTING'],
    ['2023.13.1', 'DATE_NOT_EXISTING'],
    ['20230230', 'DATE_NOT_EXISTING'],
    ['1899-12-31', 'DATE_OUT_OF_RANGE'],
    ['2101-01-01', 'DATE_OUT_OF_RANGE'],
    ['22.11.1', 'DATE_TWO_DIGIT_YEAR'],
    ['2021.3', 'DATE_WITHOUT_DAY'],
    ['2021', 'DATE_MALFORMED'],
    ['去年', 'DATE_MALFORMED'],
    ['=TODAY()', 'DATE_MALFORMED'],
  ])('%s is refused as %s', (given, code) => {
    expect(outcome(day, given)).toBe(code);
  });

  it('takes 29 February of a leap year', () => {
    expect(outcome(day, '2024.2.29')).toBe('2024-02-29');
  });

  it('takes a month by its first or last day where the kind says so', () => {
    expect(outcome(dayReader('first_day'), '2021.3')).toBe('2021-03-01');
    expect(outcome(dayReader('last_day'), '2024年2月')).toBe('2024-02-29');
    expect(outcome(dayReader('last_day'), '202112')).toBe('2021-12-31');
    expect(outcome(readMonth, '2021.3')).toBe('2021-03');
    expect(outcome(readMonth, '1990-05-06')).toBe('1990-05');
  });

  it('refuses the month that Excel has made ambiguous, but not the one it shows whole', () => {
    expect(outcome(readMonth, number(2021.1))).toBe('DATE_MONTH_AMBIGUOUS');
    expect(outcome(readMonth, number(2021.1, '2021.10'))).toBe('2021-10');
    expect(outcome(readMonth, number(2021.3))).toBe('2021-03');
    expect(outcome(readMonth, '2021.1')).toBe('2021-01');
  });

  it.each([
    ['2022.11.1-2027.10.31', '2022-11-01', '2027-10-31'],
    ['2022-11-01-2027-10-31', '2022-11-01', '2027-10-31'],
    ['2022-11-01至2027-10-31', '2022-11-01', '2027-10-31'],
    ['2022年11月1日—2027年10月31日', '2022-11-01', '2027-10-31'],
    ['自2022年11月1日起至2027年10月31日止', '2022-11-01', '2027-10-31'],
    ['20221101-20271031', '2022-11-01', '2027-10-31'],
    ['2022.11-2027.10', '2022-11-01', '2027-10-31'],
    ['2022/11/1 ~ 2027/10/31', '2022-11-01', '2027-10-31'],
    ['2027.10.31', null, '2027-10-31'],
    ['至2027年10月31日', null, '2027-10-31'],
    ['有效期至2027.10', null, '2027-10-31'],
  ])('%s is a range', (given, from, until) => {
    expect(outcome(readDayRange, given)).toEqual({ from, until });
  });

  it('refuses a range that ends before it begins or holds a day that does not exist', () => {
    expect(outcome(readDayRange, '2027.10.31-2022.11.1')).toBe('RANGE_REVERSED');
    expect(outcome(readDayRange, '2022.11.31-2027.10.31')).toBe('DATE_NOT_EXISTING');
  });
});

describe('numbers', () => {
  const hours = decimalReader({ min: 0, max: 100, scale: 2, units: ['学时', '小时'] });

  it('keeps decimals exact as whole hundredths', () => {
    expect(outcome(hours, '3.5')).toBe(350);
    expect(outcome(hours, number(0.1 + 0.2))).toBe(30);
    expect(outcome(hours, '４．２５学时')).toBe(425);
    expect(outcome(hours, '8 小时')).toBe(800);
    expect(outcome(hours, '1.005')).toBe('NUMBER_TOO_PRECISE');
    expect(outcome(hours, '101')).toBe('NUMBER_OUT_OF_RANGE');
    expect(outcome(hours, '-1')).toBe('NUMBER_OUT_OF_RANGE');
    expect(outcome(hours, '两学时')).toBe('NUMBER_MALFORMED');
  });

  it('reads whole numbers with thousands commas and refuses decimals', () => {
    const whole = integerReader({ min: 0, max: 10_000 });
    expect(outcome(whole, '1,234')).toBe(1234);
    expect(outcome(whole, number(12))).toBe(12);
    expect(outcome(whole, '12.0')).toBe(12);
    expect(outcome(whole, '12.5')).toBe('NUMBER_NOT_WHOLE');
  });
});

describe('words, codes and phones', () => {
  it('reads yes and no in the signs people tick with', () => {
    for (const sign of ['是', '√', '有', 'Y', '１']) expect(outcome(readYesNo, sign)).toBe(true);
    for (const sign of ['否', '×', '无', 'no', '0']) expect(outcome(readYesNo, sign)).toBe(false);
    expect(outcome(readYesNo, '也许')).toBe('CHOICE_UNKNOWN');
    expect(outcome(readYesNo, null)).toBeNull();
    expect(outcome(readSex, '女性')).toBe('female');
  });

  it('keeps a text that begins with = as text', () => {
    expect(outcome(textReader(50), '=HYPERLINK("http://x")')).toBe('=HYPERLINK("http://x")');
    expect(outcome(textReader(3), '四个汉字')).toBe('TEXT_TOO_LONG');
    expect(outcome(textReader(20), '市  市场\n监管局')).toBe('市 市场 监管局');
  });

  it('keeps codes as text and refuses those that Excel has cut', () => {
    expect(outcome(codeReader(32), ' 0401 0100 012 ')).toBe('04010100012');
    expect(outcome(codeReader(32), number(14040220001))).toBe('14040220001');
    expect(outcome(codeReader(32), '1.4E+11')).toBe('NUMBER_SPOILT_BY_EXCEL');
    expect(outcome(codeReader(32), '5E12')).toBe('5E12');
  });

  it.each([
    ['139 0000 0000', '13900000000'],
    ['+86-13900000000', '13900000000'],
    ['0350-3020000', '03503020000'],
    ['(010)62000000', '01062000000'],
    ['13900000000/13800000000', 'PHONE_SEVERAL'],
    ['1390000000', 'PHONE_MALFORMED'],
    ['12345', 'PHONE_MALFORMED'],
  ])('the phone %s gives %s', (given, expected) => {
    expect(outcome(readPhone, given)).toBe(expected);
  });

  it('tells formula errors and formulas without a saved result apart from blanks', () => {
    expect(outcome(textReader(10), { kind: 'error', text: '#REF!' })).toBe('CELL_ERROR');
    expect(outcome(textReader(10), { kind: 'text', text: '', isFormula: true })).toBe(
      'FORMULA_WITHOUT_VALUE',
    );
    expect(outcome(textReader(10), { kind: 'text', text: ' \u200b　' })).toBeNull();
  });
});
