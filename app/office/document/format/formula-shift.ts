const REFERENCE = /(\$?[A-Z]{1,3})(\$?)(\d{1,7})(?::(\$?[A-Z]{1,3})(\$?)(\d{1,7}))?(?![\w(])/g;

/**
 * Moves the references of a formula after `extra` rows were put in below row `at` as copies of it: what stands lower
 * moves down, a range that ends on the row grows with it (`SUM(D5:D5)` → `SUM(D5:D9)`). Strings and references to
 * other sheets stay.
 */
export function shiftFormula(formula: string, at: number, extra: number): string {
  return formula
    .split(/("(?:[^"]|"")*"|'(?:[^']|'')*'![$A-Z\d:]+|[\p{L}\w.]+![$A-Z\d:]+)/u)
    .map((part, index) => (index % 2 === 1 ? part : shiftReferences(part, at, extra)))
    .join('');
}

/**
 * Moves the references of a formula to another sheet, where rows were put in; everything else stays. A formula of that
 * sheet itself is `shiftFormula`'s.
 */
export function shiftForeign(
  formula: string,
  rows: { readonly sheet: string; readonly at: number; readonly extra: number },
): string {
  return formula
    .split(/("(?:[^"]|"")*"|'(?:[^']|'')*'![$A-Z\d:]+|[\p{L}\w.]+![$A-Z\d:]+)/u)
    .map((part, index) => {
      if (index % 2 === 0 || part.startsWith('"')) return part;
      const at = part.lastIndexOf('!');
      const name = part.slice(0, at).replace(/^'|'$/g, '').replace(/''/g, "'");
      return name === rows.sheet
        ? `${part.slice(0, at)}!${shiftReferences(part.slice(at + 1), rows.at, rows.extra)}`
        : part;
    })
    .join('');
}

/** `A1:F20` and the like, several parted by commas. */
export function shiftReferences(text: string, at: number, extra: number): string {
  return text.replace(
    REFERENCE,
    (
      whole,
      column: string,
      fixed: string,
      row: string,
      toColumn?: string,
      toFixed?: string,
      toRow?: string,
      offset?: number,
      all?: string,
    ) => {
      // Part of a longer word (a name, a function): no reference.
      const before = typeof offset === 'number' && offset > 0 ? (all ?? '')[offset - 1] : '';
      if (before !== undefined && /[\w.$]/.test(before)) return whole;
      const from = Number(row) > at ? Number(row) + extra : Number(row);
      if (toColumn === undefined || toRow === undefined) return `${column}${fixed}${from}`;
      const to = Number(toRow) >= at ? Number(toRow) + extra : Number(toRow);
      return `${column}${fixed}${from}:${toColumn}${toFixed ?? ''}${to}`;
    },
  );
}
