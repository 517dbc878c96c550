const OUTWARD_FUNCTIONS =
  /\b(WEBSERVICE|FILTERXML|HYPERLINK|RTD|CALL|REGISTER(?:\.ID)?|EXEC|IMAGE|STOCKHISTORY|CUBE\w+|SQL\.REQUEST|DDE|IMPORT\w+|INFO|FILES|DIRECTORY|GET\.\w+|EVALUATE)\s*\(/i;

/**
 * What in a formula reaches outside its workbook: another file (`[1]Sheet1!A1`, `'C:\x\[b.xlsx]S'!A1`), a program
 * (`cmd|' /c …'!A0`), or a function that fetches. Strings in the formula count as text. @returns it, or null
 */
export function outwardFormula(formula: string): string | null {
  const plain = formula.replace(/"(?:[^"]|"")*"/g, '""');
  const call = OUTWARD_FUNCTIONS.exec(plain.replace(/_xlfn\.|_xll\.|_xlws\./gi, ''));
  if (call) return call[1] ?? '';
  if (/\|/.test(plain)) return formula;
  if (/\[[^\]]*\](?=[^\]]*!)/.test(plain)) return formula;
  return null;
}
