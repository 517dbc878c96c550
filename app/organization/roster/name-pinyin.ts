import { pinyin } from 'pinyin-pro';

export interface NamePinyin {
  /** Syllables joined, without tones: 张三 → zhangsan. */
  readonly full: string;
  /** zs */
  readonly initials: string;
}

/** Pinyin of a person's name for search and order; surnames get their surname reading (单 → shan). Latin letters stay,
 *  dots and blanks go. */
export function namePinyin(name: string): NamePinyin {
  const syllables = pinyin(name, {
    toneType: 'none',
    type: 'array',
    surname: 'head',
    nonZh: 'consecutive',
    v: true,
  })
    .map((syllable) => syllable.toLowerCase().replace(/[^a-z]/g, ''))
    .filter((syllable) => syllable !== '');
  return { full: syllables.join(''), initials: syllables.map((syllable) => syllable.charAt(0)).join('') };
}
