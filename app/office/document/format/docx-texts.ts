import type { TemplateText } from '../template-check.ts';

const STORY = /^word\/(document|header\d*|footer\d*|footnotes|endnotes)\.xml$/;
const TOKEN = /<(\/?)w:(p|t|tab|br|cr)((?:\s[^>]*)?)>|([^<]+)/g;

const STORY_NAMES: Readonly<Record<string, string>> = {
  document: '正文',
  header: '页眉',
  footer: '页脚',
  footnotes: '脚注',
  endnotes: '尾注',
};

/**
 * The paragraphs of a .docx in reading order, runs put together: a field may be cut into any number of runs.
 * @param parts parts of the file as texts, by name
 */
export function docxTexts(parts: ReadonlyMap<string, string>): readonly TemplateText[] {
  return [...parts].flatMap(([name, xml]) => {
    const story = STORY.exec(name)?.[1]?.replace(/\d+$/, '');
    return story === undefined ? [] : paragraphsOf(xml, STORY_NAMES[story] ?? story);
  });
}

function paragraphsOf(xml: string, story: string): TemplateText[] {
  const texts: TemplateText[] = [];
  /** Paragraphs nest where a text box stands in one. */
  const open: string[] = [];
  let isText = false;
  let count = 0;
  const add = (text: string): void => {
    if (open.length > 0) open[open.length - 1] = `${open.at(-1) ?? ''}${text}`;
  };
  for (const [, slash, tag, attributes = '', characters] of xml.matchAll(TOKEN)) {
    const isEnd = slash === '/';
    const isEmpty = attributes.endsWith('/');
    if (characters !== undefined) {
      if (isText) add(unescape(characters));
    } else if (tag === 't') isText = !isEnd && !isEmpty;
    else if (tag !== 'p') {
      if (!isEnd) add(' ');
    } else if (isEnd) {
      const text = open.pop() ?? '';
      count += 1;
      if (text.trim() !== '') texts.push({ place: `${story}第 ${count} 段`, text });
    } else if (isEmpty) count += 1;
    else open.push('');
  }
  return texts;
}

function unescape(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}
