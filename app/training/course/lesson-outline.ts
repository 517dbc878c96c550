import type { LessonSegment } from './lesson-segment.ts';

/** A heading of a lesson with the anchor that leads to it. */
export interface LessonHeading {
  readonly id: string;
  readonly level: 2 | 3;
  readonly text: string;
}

/** A stretch of a lesson under one heading, as plain text: what is searched and what a hit links to. */
export interface LessonSection {
  /** Null before the first heading. */
  readonly heading: LessonHeading | null;
  readonly text: string;
}

const BARE_HEADING = /<h([23]) class=/g;
const HEADING = /<h([23]) id="(s\d+)"[^>]*>([\s\S]*?)<\/h\1>/g;
const BLOCK_END = /<\/(p|li|dt|dd|td|th|tr|figcaption|h4|blockquote|span)>/g;

/** Numbers the headings of a lesson (`s1`, `s2`, …), so that contents, search and 「上次读到」 can point at them. */
export function withHeadingIds(html: string): string {
  let count = 0;
  return html.replace(BARE_HEADING, (_, level: string) => `<h${level} id="s${(count += 1)}" class=`);
}

/** What a person reads in a piece of our own HTML; blocks are kept apart by a blank. */
export function textOfHtml(html: string): string {
  return html
    .replace(BLOCK_END, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&quot;/g, '"')
    .replace(/&#x27;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();
}

function headingOf([, level, id, inner]: RegExpMatchArray): LessonHeading {
  return { level: level === '2' ? 2 : 3, id: id ?? '', text: textOfHtml(inner ?? '') };
}

/** Headings of the second and third level, in order. */
export function headingsOf(segments: readonly LessonSegment[]): LessonHeading[] {
  return segments.flatMap((segment) =>
    segment.kind === 'html' ? [...segment.html.matchAll(HEADING)].map(headingOf) : [],
  );
}

/** The lesson cut at its headings; questions are left out. */
export function sectionsOf(segments: readonly LessonSegment[]): LessonSection[] {
  const html = segments.map((segment) => (segment.kind === 'html' ? segment.html : ' ')).join('');
  const sections: LessonSection[] = [];
  let heading: LessonHeading | null = null;
  let from = 0;
  const close = (until: number): void => {
    const text = textOfHtml(html.slice(from, until));
    if (text !== '' || heading !== null) sections.push({ heading, text });
  };
  for (const match of html.matchAll(HEADING)) {
    close(match.index);
    heading = headingOf(match);
    from = match.index + match[0].length;
  }
  close(html.length);
  return sections;
}
