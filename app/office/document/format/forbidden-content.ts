import { outwardFormula } from './outward-formula.ts';

/** Parts of an Office file as texts, by name; binary parts are empty texts. */
export type PartTexts = ReadonlyMap<string, string>;

const FORBIDDEN_PARTS: readonly { readonly is: RegExp; readonly why: string }[] = [
  {
    is: /vbaproject|vbadata|\/macrosheets\/|\/dialogsheets\//i,
    why: '文件含有宏。请另存为不含宏的 .docx 或 .xlsx 后上传。',
  },
  { is: /(^|\/)activex\/|\/ctrlprops\//i, why: '文件含有控件。请删去按钮等控件后再上传。' },
  { is: /(^|\/)embeddings\/|oleobject/i, why: '文件嵌入了其他文件或对象（OLE）。请删去嵌入对象后再上传。' },
  {
    is: /(^|\/)externallinks\/|\/connections\.xml$|\/querytables\/|\/model\//i,
    why: '文件连接了其他工作簿或数据源。请断开链接后再上传。',
  },
  { is: /(^|\/)(afchunk|webextensions?|customui)/i, why: '文件含有外部插入的内容或加载项，不能作为模板。' },
  { is: /^xl\/charts\//i, why: '工作簿含有图表，填写后无法保留。请删去图表后再上传。' },
  { is: /^xl\/pivot(tables|cache)\//i, why: '工作簿含有数据透视表，填写后无法保留。请删去后再上传。' },
];

/** Fields of Word that only number, date or refer inside the document. */
const HARMLESS_FIELDS = new Set(
  (
    'PAGE NUMPAGES SECTIONPAGES SECTION DATE TIME CREATEDATE SAVEDATE PRINTDATE TITLE SUBJECT AUTHOR TOC SEQ REF ' +
    'PAGEREF NOTEREF STYLEREF SYMBOL EQ = FORMTEXT FORMCHECKBOX FORMDROPDOWN ADVANCE LISTNUM'
  ).split(' '),
);

/**
 * What a template must not hold, whoever made it: macros, controls, embedded objects, links to anywhere outside, Word
 * fields that fetch, formulas that reach out. @returns the reason with its remedy, or null
 */
export function forbiddenContent(parts: PartTexts): string | null {
  for (const name of parts.keys()) {
    const found = FORBIDDEN_PARTS.find(({ is }) => is.test(name));
    if (found) return found.why;
  }
  for (const [name, text] of parts) {
    const why = forbiddenInPart(name, text);
    if (why !== null) return why;
  }
  return null;
}

function forbiddenInPart(name: string, text: string): string | null {
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) return '文件内部格式异常（含实体声明），不予读取。';
  if (/macroEnabled|vnd\.ms-office\.(vbaProject|activeX)/i.test(text) && name === '[Content_Types].xml')
    return '文件含有宏。请另存为不含宏的 .docx 或 .xlsx 后上传。';
  if (/\.rels$/i.test(name)) return externalRelation(text);
  if (/^word\/.*\.xml$/i.test(name)) return forbiddenField(text);
  if (/^xl\/.*\.xml$/i.test(name)) return forbiddenFormula(text);
  return null;
}

function externalRelation(text: string): string | null {
  for (const [relation] of text.matchAll(/<(?:\w+:)?Relationship\b[^>]*>/gi)) {
    const target = unescapeXml(/\bTarget\s*=\s*["']([^"']*)["']/i.exec(relation)?.[1] ?? '');
    const isOutside =
      /TargetMode\s*=\s*["']\s*External/i.test(relation) ||
      /^\s*[a-z][a-z\d+.-]*:|^\s*[\\/]{2}/i.test(target);
    if (isOutside) return `文件链接到外部（${shorten(target)}）。请删去超链接、外部图片或附加模板后再上传。`;
  }
  return null;
}

/** Instructions of Word fields may be cut into any number of runs; they are put together between begin and separate. */
function forbiddenField(text: string): string | null {
  const instructions: string[] = [];
  let open: number[] = [];
  const token =
    /<w:fldChar\b[^>]*w:fldCharType\s*=\s*["'](begin|separate|end)["'][^>]*>|<w:instrText\b[^>]*>([^<]*)<|<w:fldSimple\b[^>]*w:instr\s*=\s*(?:"([^"]*)"|'([^']*)')/gi;
  for (const match of text.matchAll(token)) {
    const simple = match[3] ?? match[4];
    if (simple !== undefined) instructions.push(simple);
    else if (match[1] === 'begin') {
      open.push(instructions.length);
      instructions.push('');
    } else if (match[1] !== undefined) open = match[1] === 'end' ? open.slice(0, -1) : open;
    else {
      const at = open.at(-1) ?? instructions.push('') - 1;
      instructions[at] = `${instructions[at] ?? ''}${match[2] ?? ''}`;
    }
  }
  for (const instruction of instructions.map(unescapeXml)) {
    const word =
      instruction
        .trim()
        .split(/[\s\\"{]/u)[0]
        ?.toUpperCase() ?? '';
    const keyword = word.startsWith('=') ? '=' : word;
    if (!HARMLESS_FIELDS.has(keyword))
      return `文件含有会引用外部内容或无法识别的域（${shorten(keyword === '' ? instruction : keyword)}）。请在 Word 中按 Ctrl+A、Ctrl+Shift+F9 取消域后再上传。`;
  }
  return null;
}

function forbiddenFormula(text: string): string | null {
  const formula =
    /<(?:\w+:)?(f|formula|formula1|formula2|definedName|calculatedColumnFormula)\b[^>]*>([^<]*)</g;
  for (const match of text.matchAll(formula)) {
    const found = outwardFormula(unescapeXml(match[2] ?? ''));
    if (found !== null) return `工作簿的公式会引用外部内容（${shorten(found)}）。请改为普通内容后再上传。`;
  }
  return /<(?:\w+:)?ddeLink\b/i.test(text) ? '工作簿含有动态数据交换（DDE）链接，请删去后再上传。' : null;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescapeXml(text: string): string {
  return text.replace(/&(#x[\da-f]+|#\d+|\w+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name] ?? whole;
    const code = name[1]?.toLowerCase() === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}

function shorten(text: string): string {
  const plain = text.replace(/\s+/gu, ' ').trim();
  return plain.length > 40 ? `${plain.slice(0, 40)}…` : plain;
}
