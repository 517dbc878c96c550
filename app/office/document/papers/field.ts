import type { PaperField, PaperPicture } from '../paper.ts';

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

/** Whose photo stands there; its value is the id of the person. */
export function photoField(name: string, photo: Omit<PaperPicture, 'is'>, list?: string): PaperField {
  const label = '照片，由系统放入；没有照片的留出位置';
  return { name, label, example: '', repeats: list, picture: { is: 'person_photo', ...photo } };
}
