/** Front matter and body of a lesson file, as text. */
export interface LessonSource {
  readonly frontMatter: string;
  readonly body: string;
}

const FRONT_MATTER = /^---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]*)$/;
const HAN = /\p{Script=Han}/gu;

/** Null when the file does not begin with a front matter block. A byte order mark is passed over. */
export function splitLessonSource(text: string): LessonSource | null {
  const match = FRONT_MATTER.exec(text.replace(/^\uFEFF/, ''));
  return match ? { frontMatter: match[1] ?? '', body: match[2] ?? '' } : null;
}

/** Chinese characters in a text: what reading time is made of. */
export function countHan(text: string): number {
  return text.match(HAN)?.length ?? 0;
}

/** Everything a person reads in a lesson's questions. */
export function checkText(check: {
  stem: string;
  options?: Readonly<Record<string, string | undefined>>;
}): string {
  return [check.stem, ...Object.values(check.options ?? {})].join('\n');
}
