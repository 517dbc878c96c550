/** One `{…}` in a text of a template. `field` is a value, the others open and close a repeated part. */
export type Tag =
  | { readonly is: 'field'; readonly name: string }
  | { readonly is: 'open' | 'open_if_empty' | 'close'; readonly name: string };

/** A piece of text: words as they stand, or a field to be filled. */
export type TextPiece = { readonly text: string } | { readonly field: string };

const TAG = /\{([^{}]*)\}/gu;
/** Letters, figures, and the signs that names in offices have. */
const NAME = /^[\p{L}\p{N}_·、（）()-]{1,40}$/u;

export type TagProblem = 'EMPTY' | 'UNCLOSED' | 'UNOPENED' | 'BAD_NAME' | 'FULL_WIDTH';

/** What stands between one pair of braces; null when it is no tag we fill. */
export function readTag(inner: string): Tag | null {
  const text = inner.trim();
  const is = text.startsWith('#')
    ? 'open'
    : text.startsWith('^')
      ? 'open_if_empty'
      : text.startsWith('/')
        ? 'close'
        : 'field';
  const name = is === 'field' ? text : text.slice(1).trim();
  return NAME.test(name) ? { is, name } : null;
}

/** Every tag of a text in order, and what is wrong with its braces. */
export function tagsIn(text: string): {
  readonly tags: readonly Tag[];
  readonly problems: readonly { readonly is: TagProblem; readonly at: string }[];
} {
  const tags: Tag[] = [];
  const problems: { is: TagProblem; at: string }[] = [];
  for (const match of text.matchAll(TAG)) {
    const inner = match[1] ?? '';
    const tag = readTag(inner);
    if (tag) tags.push(tag);
    else problems.push({ is: inner.trim() === '' ? 'EMPTY' : 'BAD_NAME', at: match[0] });
  }
  const rest = text.replace(TAG, '');
  if (rest.includes('{')) problems.push({ is: 'UNCLOSED', at: around(text, text.lastIndexOf('{')) });
  if (rest.includes('}')) problems.push({ is: 'UNOPENED', at: around(text, text.indexOf('}') - 8) });
  const wide = /[｛﹛][^｝﹜]{1,40}[｝﹜]/u.exec(text);
  if (wide) problems.push({ is: 'FULL_WIDTH', at: wide[0] });
  return { tags, problems };
}

function around(text: string, from: number): string {
  return text.slice(Math.max(0, from), Math.max(0, from) + 20);
}

/** Cuts a text at its fields; what is no field (a loop, a stray brace) stays text. */
export function piecesOf(text: string): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let from = 0;
  for (const match of text.matchAll(TAG)) {
    const tag = readTag(match[1] ?? '');
    if (tag?.is !== 'field') continue;
    if (match.index > from) pieces.push({ text: text.slice(from, match.index) });
    pieces.push({ field: tag.name });
    from = match.index + match[0].length;
  }
  if (from < text.length || pieces.length === 0) pieces.push({ text: text.slice(from) });
  return pieces;
}

/** Fills the fields of one text. A name nobody gave a value for becomes empty, never `undefined`. */
export function fillText(text: string, values: Readonly<Record<string, string>>): string {
  return piecesOf(text)
    .map((piece) => ('text' in piece ? piece.text : valueOf(values, piece.field)))
    .join('');
}

/** Own values only: `{constructor}` or `{__proto__}` is a name like any other and has no value. */
export function valueOf(values: Readonly<Record<string, unknown>>, name: string): string {
  if (!Object.hasOwn(values, name)) return '';
  const value = values[name];
  return typeof value === 'string' ? value : '';
}
