import type { PaperField } from '../paper.ts';

/** A field that stands once. */
export function field(name: string, example: string, label: string = name): PaperField {
  return { name, label, example };
}

/** A field of every row of a list. */
export function rowField(list: string, name: string, example: string, label: string = name): PaperField {
  return { name, label, example, repeats: list };
}

/** A figure of every row of a list: kept as a number in a workbook. */
export function rowFigure(list: string, name: string, example: string, label: string = name): PaperField {
  return { ...rowField(list, name, example, label), isFigure: true };
}
