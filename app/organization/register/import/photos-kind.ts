import type { FieldSpec, RowDecision } from '#app/platform/import/kind.ts';
import { defineImportKind } from '#app/platform/import/kind.ts';
import type { FieldProblem } from '#app/platform/import/report.ts';
import { integerReader } from '#app/platform/import/values/number.ts';
import { cellReader, read } from '#app/platform/import/values/reading.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { PhotoName, PhotoNameProblem } from '../photo-name.ts';
import { readPhotoName, shownPhotoName } from '../photo-name.ts';
import type { PictureProblem } from '../picture.ts';
import { MAX_PICTURE_BYTES, MIN_HEIGHT_PX, MIN_WIDTH_PX, PICTURE_PROBLEM_TEXTS } from '../picture.ts';
import { rowProblem } from './who.ts';

/** Photos of one zip. 30 MB hold some 600 photos of 50 KB. */
export const MAX_PHOTOS = 3_000;
/** Heads of the table that `photo-zip` makes of a zip. */
export const PHOTO_HEADS = ['位置', '文件', '图片'] as const;

const readWhole = cellReader((text) => read(text));

const fields = {
  at: {
    label: '位置',
    synonyms: [],
    required: true,
    hint: '在压缩包里的顺序',
    read: integerReader({ min: 0, max: MAX_PHOTOS }),
  },
  fileName: { label: '文件', synonyms: [], required: true, hint: '文件名', read: readWhole },
  content: { label: '图片', synonyms: [], required: true, hint: '由系统读取', read: readWhole },
} as const satisfies Record<string, FieldSpec<unknown>>;

export interface PhotoRow {
  readonly at: number;
  readonly name: PhotoName;
  readonly shownName: string;
  readonly sha256: string;
}

export interface PhotoFact {
  readonly personId: string;
  readonly at: number;
  readonly sha256: string;
}

export interface PhotoContext {
  /** People of the place, by the ID numbers of this zip. */
  readonly people: ReadonlyMap<string, { readonly personId: string; readonly name: string }>;
  /** Hash of the photo a person has. */
  readonly present: ReadonlyMap<string, string>;
}

const NAME_TEXTS: Readonly<Record<PhotoNameProblem, { reason: string; fix: string }>> = {
  NAME_WITHOUT_ID: {
    reason: '文件名里没有 18 位身份证号',
    fix: '文件名请用「身份证号.jpg」或「姓名+身份证号.jpg」',
  },
  NAME_ID_WRONG: { reason: '文件名里的身份证号不对，校验位不符', fix: '请对照身份证核对号码' },
};

const isPictureProblem = (content: string): content is PictureProblem =>
  Object.hasOwn(PICTURE_PROBLEM_TEXTS, content);

/** The file is named in every message, its number masked: rows of a zip have no other place to look at. */
function fileProblem(shownName: string, code: string, words: { reason: string; fix: string }): FieldProblem {
  return rowProblem(null, code, `${shownName}：${words.reason}`, words.fix);
}

function decideAll(rows: readonly PhotoRow[], context: PhotoContext): RowDecision<PhotoFact>[] {
  const hashes = new Map<string, Set<string>>();
  for (const { name, sha256 } of rows)
    hashes.set(name.idNumber, (hashes.get(name.idNumber) ?? new Set()).add(sha256));
  const taken = new Set<string>();
  return rows.map((row) => {
    const { idNumber } = row.name;
    if ((hashes.get(idNumber)?.size ?? 0) > 1)
      return refuse(row, 'PHOTO_AMBIGUOUS', '同一人有几张不同的照片', '请只留一张');
    if (taken.has(idNumber)) return refuse(row, 'PHOTO_TWICE', '与前面的文件相同', '不必处理，已取前一个');
    taken.add(idNumber);
    return decide(row, context);
  });
}

function refuse(row: PhotoRow, code: string, reason: string, fix: string): RowDecision<PhotoFact> {
  return { verdict: 'refused', problems: [fileProblem(row.shownName, code, { reason, fix })] };
}

function decide(row: PhotoRow, context: PhotoContext): RowDecision<PhotoFact> {
  const { name, at, sha256 } = row;
  const person = context.people.get(name.idNumber);
  if (person === undefined)
    return refuse(
      row,
      'PERSON_UNKNOWN',
      '本单位（辖区）在岗人员中没有这个身份证号',
      '请核对号码，或先登记人员',
    );
  if (name.personName !== null && name.personName !== person.name)
    return refuse(row, 'NAME_DIFFERS', '文件名里的姓名与身份证号不是同一个人', '请核对姓名和身份证号');
  const { personId } = person;
  const present = context.present.get(personId);
  if (present === sha256) return { verdict: 'same', warnings: [] };
  const fact = { personId, at, sha256 };
  if (present === undefined) return { verdict: 'new', fact, warnings: [] };
  const change = rowProblem(null, 'CHANGED', `${row.shownName}：替换 ${person.name} 现有的照片`, null);
  return { verdict: 'change', fact, warnings: [], changes: [change] };
}

/** 照片: a zip of `身份证号.jpg` or `姓名+身份证号.jpg` (domain.md §11.3). One row per file. */
export const photosKind = defineImportKind<typeof fields, PhotoRow, PhotoFact, PhotoContext>({
  id: 'photos',
  title: '照片',
  rowWord: '张',
  maxRows: MAX_PHOTOS,
  files: {
    accept: '.zip',
    words: 'ZIP 压缩包',
    hint: `文件名为“身份证号.jpg”或“姓名+身份证号.jpg”；JPG 或 PNG，每张不超过 ${MAX_PICTURE_BYTES / 1024 / 1024} MB、不小于 ${MIN_WIDTH_PX}×${MIN_HEIGHT_PX} 像素，一次最多 ${MAX_PHOTOS} 张`,
  },
  fields,
  readRow: ({ at, fileName, content }) => {
    invariant(at !== null && fileName !== null && content !== null, 'a zip gives every value');
    const shownName = shownPhotoName(fileName);
    if (isPictureProblem(content)) {
      return { ok: false, problems: [fileProblem(shownName, content, PICTURE_PROBLEM_TEXTS[content])] };
    }
    const name = readPhotoName(fileName);
    if (typeof name === 'string')
      return { ok: false, problems: [fileProblem(shownName, name, NAME_TEXTS[name])] };
    const sha256 = content.split('|').at(-1) ?? '';
    return { ok: true, warnings: [], row: { at, name, shownName, sha256 } };
  },
  naturalKey: ({ at }) => String(at),
  naturalKeyWord: '位置',
  naturalKeyField: 'at',
  decideRows: decideAll,
});
