import { z } from 'zod';
import type { Day } from '#app/platform/time/day.ts';
import type { Citation } from './course.schema.ts';

/** `content/laws.yaml`: what may be cited, in which version, with how many articles. */
export const lawCatalogueSchema = z.array(
  z.strictObject({
    name: z.string().min(1),
    officialTitle: z.string().min(1),
    aliases: z.array(z.string()),
    kind: z.string(),
    articles: z.number().int().positive(),
    versions: z
      .array(
        z.strictObject({ version: z.string(), inForce: z.string().optional(), note: z.string().optional() }),
      )
      .min(1),
  }),
);
export type LawCatalogue = z.infer<typeof lawCatalogueSchema>;

/** What is wrong with a citation, as a sentence; null when law, version and article exist and are in force. */
export function citationFault(catalogue: LawCatalogue, citation: Citation, today: Day): string | null {
  const law = catalogue.find((one) => one.name === citation.law);
  if (!law) return `目录中没有《${citation.law}》`;
  const version = law.versions.find((one) => one.version === citation.version);
  if (!version) return `《${law.name}》没有 ${citation.version} 版本`;
  if (citation.article > law.articles)
    return `《${law.name}》只有 ${law.articles} 条，没有第 ${citation.article} 条`;
  if (version.inForce !== undefined && version.inForce > today)
    return `《${law.name}》${citation.version} 版本尚未施行`;
  return null;
}

const DIGITS = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'] as const;

/** 1 → 一, 10 → 十, 42 → 四十二, 105 → 一百零五. @param n integer 1–999 */
export function chineseNumber(n: number): string {
  const hundreds = Math.floor(n / 100);
  const tens = Math.floor((n % 100) / 10);
  const ones = n % 10;
  const head = hundreds > 0 ? `${DIGITS[hundreds]}百` : '';
  const middle =
    tens > 0 ? `${tens === 1 && hundreds === 0 ? '' : DIGITS[tens]}十` : hundreds > 0 && ones > 0 ? '零' : '';
  return `${head}${middle}${ones > 0 ? DIGITS[ones] : ''}`;
}

/** 第四十二条 */
export function articleText(article: number): string {
  return `第${chineseNumber(article)}条`;
}

const DIGIT_OF: Readonly<Record<string, number>> = {
  〇: 0,
  零: 0,
  一: 1,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};

/** 三十三 → 33, 一百零五 → 105, 十 → 10, '33' → 33; null for anything that is no number from 1 to 1999. */
export function parseArticleNumber(text: string): number | null {
  if (/^\d{1,4}$/.test(text)) {
    const plain = Number(text);
    return plain >= 1 && plain <= 1999 ? plain : null;
  }
  const match =
    /^(?:([一二三四五六七八九])百)?[〇零]?(?:([一二三四五六七八九])?(十))?([一二三四五六七八九])?$/.exec(
      text,
    );
  if (!match || text === '') return null;
  const [, hundreds, tens, ten, ones] = match;
  const value =
    (DIGIT_OF[hundreds ?? ''] ?? 0) * 100 +
    (ten === undefined ? 0 : (DIGIT_OF[tens ?? ''] ?? 1) * 10) +
    (DIGIT_OF[ones ?? ''] ?? 0);
  return value >= 1 ? value : null;
}
