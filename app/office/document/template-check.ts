import type { PaperKind } from './paper.ts';
import { allFields, listNames } from './paper.ts';
import type { Tag, TagProblem } from './tags.ts';
import { tagsIn } from './tags.ts';

/** One thing wrong with a template, as its owner reads it. */
export interface TemplateProblem {
  /** 「正文第 3 段」, 「Sheet1!B5」. */
  readonly place: string;
  readonly text: string;
}

/** A text of the template: a paragraph, or a cell. `row` ties the cells of one table row together. */
export interface TemplateText {
  readonly place: string;
  readonly text: string;
  /** Cells with the same key stand in the same row of a table. */
  readonly row?: string | undefined;
}

const BRACES: Readonly<Record<TagProblem, (at: string) => string>> = {
  EMPTY: () => '有一对空的花括号“{}”，请写上字段名或删去',
  UNCLOSED: (at) => `“${at}”处的花括号没有闭合，请补上“}”`,
  UNOPENED: (at) => `“${at}”处多了一个“}”，或者缺少“{”`,
  BAD_NAME: (at) => `“${at}”不是可以填写的字段，请对照字段表改正`,
  FULL_WIDTH: (at) => `“${at}”用了全角花括号，请改为半角“{ }”`,
};

/**
 * Checks a .docx template against its paper: braces, names, and that every list is opened and closed around its fields.
 * @returns nothing for a template that can be filled
 */
export function checkDocxTexts(kind: PaperKind, texts: readonly TemplateText[]): readonly TemplateProblem[] {
  const problems: TemplateProblem[] = [];
  const known = fieldIndex(kind);
  let open: Open = null;
  for (const { place, text } of texts) {
    const read = tagsIn(text);
    problems.push(...read.problems.map(({ is, at }) => ({ place, text: BRACES[is](at) })));
    for (const tag of read.tags) {
      if (tag.is === 'field') {
        const wrong = fieldProblem(known, tag.name, open?.name ?? null);
        if (wrong) problems.push({ place, text: wrong });
        continue;
      }
      const step: LoopStep = loopStep(tag, open, place, kind);
      if (step.text) problems.push({ place, text: step.text });
      open = step.open;
    }
  }
  if (open)
    problems.push({
      place: open.place,
      text: `“{#${open.name}}”没有结束，请在重复内容的末尾写“{/${open.name}}”`,
    });
  return problems;
}

type Open = { readonly name: string; readonly place: string } | null;
type LoopStep = { readonly open: Open; readonly text: string | null };

function loopStep(tag: Exclude<Tag, { is: 'field' }>, open: Open, place: string, kind: PaperKind): LoopStep {
  if (tag.is === 'close') {
    if (open === null) return { open, text: `“{/${tag.name}}”前面没有“{#${tag.name}}”` };
    if (open.name !== tag.name)
      return { open: null, text: `“{#${open.name}}”应以“{/${open.name}}”结束，写成了“{/${tag.name}}”` };
    return { open: null, text: null };
  }
  if (open !== null)
    return {
      open: { name: tag.name, place },
      text: `“{#${tag.name}}”写在“{#${open.name}}”里面，重复内容不能嵌套`,
    };
  const isList = listNames(kind).includes(tag.name);
  const isValue = kind.fields.some((field) => field.name === tag.name && field.repeats === undefined);
  if (!isList && !(isValue && tag.is === 'open_if_empty'))
    return {
      open: { name: tag.name, place },
      text: `没有名为“${tag.name}”的列表${suggest(tag.name, listNames(kind))}`,
    };
  return { open: { name: tag.name, place }, text: null };
}

/**
 * Checks an .xlsx template: fields of a list stand together in one row, which is repeated; no loop marks are needed.
 * @param isMapped columns were named on screen, so the sheet needs no fields of its own
 */
export function checkXlsxTexts(
  kind: PaperKind,
  texts: readonly TemplateText[],
  isMapped: boolean,
): readonly TemplateProblem[] {
  const problems: TemplateProblem[] = [];
  const known = fieldIndex(kind);
  const listOfRow = new Map<string, string>();
  let fields = 0;
  for (const { place, text, row = place } of texts) {
    const read = tagsIn(text);
    problems.push(...read.problems.map(({ is, at }) => ({ place, text: BRACES[is](at) })));
    for (const tag of read.tags) {
      if (tag.is !== 'field') {
        problems.push({
          place,
          text: `表格里不用写“{${tag.is === 'close' ? '/' : '#'}${tag.name}}”：含列表字段的一行会自动逐行重复`,
        });
        continue;
      }
      fields += 1;
      const lists = known.get(tag.name);
      if (lists === undefined) problems.push({ place, text: unknownField(known, tag.name) });
      const list = lists?.find((one) => one !== null) ?? null;
      if (list === null || lists?.includes(null)) continue;
      const other = listOfRow.get(row);
      // 序号 belongs to whatever list its row repeats.
      if (other !== undefined && !lists?.includes(other))
        problems.push({ place, text: `同一行里有“${other}”和“${list}”两个列表的字段，一行只能重复一个列表` });
      else if (other === undefined && lists?.length === 1) listOfRow.set(row, list);
    }
  }
  const repeatedRows = [...listOfRow.values()];
  const twice = repeatedRows.find((list, index) => repeatedRows.indexOf(list) !== index);
  if (twice) problems.push({ place: '整个文件', text: `“${twice}”的字段分在了两行，请放在同一行` });
  if (fields === 0 && !isMapped && problems.length === 0)
    problems.push({
      place: '整个文件',
      text: '没有找到任何字段，请按字段表写上“{字段名}”，或选择“按列对应”',
    });
  return problems;
}

/** Lists each name belongs to; null = stands once. */
function fieldIndex(kind: PaperKind): ReadonlyMap<string, readonly (string | null)[]> {
  const index = new Map<string, (string | null)[]>();
  for (const { name, repeats } of allFields(kind))
    index.set(name, [...(index.get(name) ?? []), repeats ?? null]);
  return index;
}

function fieldProblem(
  known: ReadonlyMap<string, readonly (string | null)[]>,
  name: string,
  open: string | null,
): string | null {
  const lists = known.get(name);
  if (lists === undefined) return unknownField(known, name);
  if (lists.includes(null) || lists.includes(open)) return null;
  const list = lists[0] ?? '';
  return `“{${name}}”是列表“${list}”的字段，要写在“{#${list}}”和“{/${list}}”之间`;
}

function unknownField(known: ReadonlyMap<string, unknown>, name: string): string {
  return `没有名为“${name}”的字段${suggest(name, [...known.keys()])}`;
}

/** 「，是否想写“单位名称”？」 for a name that is nearly one of ours. */
function suggest(name: string, names: readonly string[]): string {
  const near = names
    .map((candidate) => ({ candidate, shared: sharedCharacters(name, candidate) }))
    .filter(({ candidate, shared }) => shared * 2 >= Math.max(name.length, candidate.length) && shared > 0)
    .sort((a, b) => b.shared - a.shared)[0];
  return near ? `，是否想写“${near.candidate}”？` : '';
}

function sharedCharacters(a: string, b: string): number {
  const rest = [...b];
  let shared = 0;
  for (const character of a) {
    const at = rest.indexOf(character);
    if (at === -1) continue;
    rest.splice(at, 1);
    shared += 1;
  }
  return shared;
}

/** A default layout must itself pass: every field it names exists. Used by tests over all papers. */
export function checkLayout(kind: PaperKind): readonly TemplateProblem[] {
  const known = fieldIndex(kind);
  return layoutTexts(kind).flatMap(({ place, text, list }) => {
    const { tags, problems } = tagsIn(text);
    return [
      ...problems.map(({ is, at }) => ({ place, text: BRACES[is](at) })),
      ...tags.flatMap((tag) => {
        const wrong = tag.is === 'field' ? fieldProblem(known, tag.name, list) : '默认版式里不写循环标记';
        return wrong === null ? [] : [{ place, text: wrong }];
      }),
    ];
  });
}

function layoutTexts(kind: PaperKind): { place: string; text: string; list: string | null }[] {
  return kind.layout.blocks.flatMap(
    (block, index): { place: string; text: string; list: string | null }[] => {
      const place = `${kind.code} 第 ${index + 1} 块`;
      switch (block.kind) {
        case 'fields':
          return block.items.map(({ text }) => ({ place, text, list: null }));
        case 'table':
          return block.columns.map(({ text }) => ({ place, text, list: block.list }));
        case 'signature':
          return [block.office, block.day].map((text) => ({ place, text, list: null }));
        case 'blanks':
          return block.labels.map((text) => ({ place, text, list: null }));
        case 'title':
        case 'number':
        case 'addressee':
        case 'heading':
        case 'paragraph':
        case 'note':
          return [{ place, text: block.text, list: null }];
      }
    },
  );
}
