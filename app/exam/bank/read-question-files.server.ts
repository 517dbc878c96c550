import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { CitationFault, LawCalendar } from './law-calendar.ts';
import { citationFault } from './law-calendar.ts';
import type { QuestionContent } from './question.ts';
import { questionInFile } from './question.schema.ts';

const CITATION_TEXTS: Readonly<Record<CitationFault, string>> = {
  LAW_UNKNOWN: '法律法规目录中没有这部法',
  ARTICLE_UNKNOWN: '该法没有这一条',
  VERSION_UNKNOWN: '法律法规目录中没有这个版本',
};

export interface FileQuestion {
  readonly code: string;
  readonly content: QuestionContent;
}

/** A question, or a whole file, that could not be read; the others load. */
export interface BrokenQuestion {
  readonly file: string;
  /** Code of the question, `#3` for the third when it has none, null for the whole file. */
  readonly where: string | null;
  readonly reason: string;
}

export interface QuestionFiles {
  readonly questions: readonly FileQuestion[];
  readonly broken: readonly BrokenQuestion[];
  /** Every code that stands in a file, readable question or not. */
  readonly codes: ReadonlySet<string>;
}

const codeOf = z.object({ code: z.string() });

function readOne(raw: unknown, laws: LawCalendar): FileQuestion | string {
  const parsed = questionInFile.safeParse(raw);
  if (!parsed.success)
    return parsed.error.issues.map((issue) => `${issue.path.join('.')}：${issue.message}`).join('；');
  const fault = citationFault(laws, parsed.data.content);
  return fault ? `${parsed.data.content.law}：${CITATION_TEXTS[fault]}` : parsed.data;
}

function parseFile(text: string): unknown[] | string {
  try {
    const raw: unknown = parse(text);
    return Array.isArray(raw) ? raw : '文件内容不是题目列表';
  } catch (error) {
    if (error instanceof Error) return `不是有效的 YAML：${error.message.split('\n')[0] ?? ''}`;
    throw error;
  }
}

/** All questions under `content/questions/`, in the order of files. A broken one is named and does not stop the rest. */
export async function readQuestionFiles(rootDir: string, laws: LawCalendar): Promise<QuestionFiles> {
  const folder = path.join(rootDir, 'content', 'questions');
  const files = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort();
  const questions = new Map<string, FileQuestion>();
  const broken: BrokenQuestion[] = [];
  const codes = new Set<string>();
  for (const file of files) {
    const items = parseFile(await readFile(path.join(folder, file), 'utf8'));
    if (typeof items === 'string') {
      broken.push({ file, where: null, reason: items });
      continue;
    }
    for (const [index, raw] of items.entries()) {
      const named = codeOf.safeParse(raw);
      const where = named.success ? named.data.code : `#${index + 1}`;
      if (named.success) codes.add(named.data.code);
      const read = readOne(raw, laws);
      if (typeof read === 'string') broken.push({ file, where, reason: read });
      else if (questions.has(read.code)) broken.push({ file, where, reason: '题号重复' });
      else questions.set(read.code, read);
    }
  }
  return { questions: [...questions.values()], broken, codes };
}
