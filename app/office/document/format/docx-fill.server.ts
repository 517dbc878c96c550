import Docxtemplater from 'docxtemplater';
import PizZip from 'pizzip';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { PaperData } from '../paper.ts';

/** Looks a name up and does nothing else: no expression, no inherited property, no path. */
function plainParser(tag: string) {
  const name = tag.trim();
  return {
    get: (scope: unknown): unknown =>
      typeof scope === 'object' && scope !== null && Object.hasOwn(scope, name)
        ? (scope as Readonly<Record<string, unknown>>)[name]
        : undefined,
  };
}

/** What docxtemplater throws for templates it cannot fill; anything else is a bug and passes on. */
interface TemplateFault {
  readonly properties: {
    readonly errors?: readonly unknown[];
    readonly explanation?: string;
    readonly xtag?: string;
  };
}

function isTemplateFault(error: unknown): error is TemplateFault {
  return error instanceof Error && 'properties' in error && typeof error.properties === 'object';
}

function faultText(fault: TemplateFault): string {
  const faults = fault.properties.errors?.filter(isTemplateFault) ?? [fault];
  const tags = [
    ...new Set(faults.map(({ properties }) => properties.xtag).filter((tag) => tag !== undefined)),
  ];
  return tags.length === 0
    ? '模板里的字段标记有误，无法填写。请对照字段表检查花括号是否成对、重复内容是否完整。'
    : `模板里的字段标记有误：${tags.map((tag) => `“{${tag}}”`).join('、')}。请检查花括号是否成对、重复内容的开始和结束是否在同一表格行或同一级段落。`;
}

/**
 * Fills a .docx that has passed `readTemplate`. A loop in a table row repeats the row; a name without a value becomes
 * empty; line breaks in values stay. Refusal: TEMPLATE_HAS_PROBLEMS (detail: text).
 */
export function fillDocx(bytes: Uint8Array, data: PaperData): Outcome<Uint8Array, 'TEMPLATE_HAS_PROBLEMS'> {
  try {
    const document = new Docxtemplater(new PizZip(bytes), {
      paragraphLoop: true,
      linebreaks: true,
      parser: plainParser,
      nullGetter: () => '',
      errorLogging: false,
    });
    document.render({ ...data.values, ...data.rows });
    return done(new Uint8Array(document.getZip().generate({ type: 'nodebuffer', compression: 'DEFLATE' })));
  } catch (error) {
    if (isTemplateFault(error)) return refused('TEMPLATE_HAS_PROBLEMS', { count: 1, text: faultText(error) });
    throw error;
  }
}
