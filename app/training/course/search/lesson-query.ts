import { articleText, parseArticleNumber } from '../laws.ts';
import { fold } from './fold.ts';

/** Longest query; what is longer is cut. */
export const MAX_LESSON_QUERY = 60;
const MAX_TERMS = 6;

/** A law by the names people write. */
export interface LawNames {
  readonly name: string;
  readonly officialTitle: string;
  readonly aliases: readonly string[];
}

/** A statute somebody asks for: 「处罚法33」 is law 行政处罚法, article 33. */
export interface AskedStatute {
  readonly law: string;
  readonly article: number;
}

export interface LessonQuery {
  readonly statutes: readonly AskedStatute[];
  /** Each as its spellings, the first as typed; folded. */
  readonly terms: readonly (readonly string[])[];
}

const CHINESE = '[〇零一二三四五六七八九十百]+';
/** An article as typed behind a law's name: figures may stand alone, Chinese numbers need 第 or 条 beside them. */
const ARTICLE = `\\s*(?:第?\\s*(\\d{1,4})\\s*条?|第\\s*(${CHINESE})\\s*条?|(${CHINESE})\\s*条)`;
const BARE_ARTICLE = new RegExp(`^(?:第(\\d{1,4})条?|(\\d{1,4})条|第(${CHINESE})条?)$`);
const SEPARATORS = /[\s,，。、；;:：()（）《》“”"'?？!！·]+/;

const escapePattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Longest names first, so that 中华人民共和国行政处罚法 is not read as 处罚法 with something before it. */
function spellings(laws: readonly LawNames[]): { typed: string; law: string }[] {
  return laws
    .flatMap((law) =>
      [law.name, law.officialTitle, ...law.aliases].map((typed) => ({ typed: fold(typed), law: law.name })),
    )
    .sort((a, b) => b.typed.length - a.typed.length);
}

function takeStatutes(text: string, laws: readonly LawNames[]): { statutes: AskedStatute[]; rest: string } {
  const statutes: AskedStatute[] = [];
  let rest = text;
  for (const { typed, law } of spellings(laws)) {
    const pattern = new RegExp(`《?${escapePattern(typed)}》?${ARTICLE}`, 'g');
    rest = rest.replace(pattern, (whole: string, ...groups: (string | undefined)[]) => {
      const article = parseArticleNumber(groups.slice(0, 3).find((one) => one !== undefined) ?? '');
      if (article === null) return whole;
      if (!statutes.some((one) => one.law === law && one.article === article))
        statutes.push({ law, article });
      return ' ';
    });
  }
  return { statutes, rest };
}

/** 第33条 and 第三十三条 are one article in two spellings. */
function spellingsOfTerm(term: string): string[] {
  const match = BARE_ARTICLE.exec(term);
  const article = match ? parseArticleNumber(match[1] ?? match[2] ?? match[3] ?? '') : null;
  return article === null ? [term] : [articleText(article), `第${article}条`];
}

/** What somebody typed, taken apart: statutes asked for by law and article, and words. Null when nothing is left. */
export function parseLessonQuery(typed: string, laws: readonly LawNames[]): LessonQuery | null {
  const { statutes, rest } = takeStatutes(fold(typed.trim().slice(0, MAX_LESSON_QUERY)), laws);
  const words = [...new Set(rest.split(SEPARATORS).filter((word) => word !== ''))];
  const terms = words.slice(0, MAX_TERMS).map(spellingsOfTerm);
  return statutes.length + terms.length === 0 ? null : { statutes, terms };
}
