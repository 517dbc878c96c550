import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import type { Day } from '#app/platform/time/day.ts';
import type { Content, ContentFault, Course, Lesson } from './content.ts';
import { citationSchema, schemaFaults } from './course.schema.ts';
import { isHonestLength, justifiedMinutes } from './honest-length.ts';
import type { LawCatalogue } from './laws.ts';
import { citationFault, lawCatalogueSchema } from './laws.ts';

export interface CourseFigures {
  readonly code: string;
  readonly title: string;
  readonly lessons: number;
  readonly characters: number;
  readonly checks: number;
  readonly citations: number;
  readonly nominalMinutes: number;
  /** Declared audio and video among it. */
  readonly mediaMinutes: number;
}

/** What `content:check` prints. */
export interface ContentReport {
  readonly faults: readonly ContentFault[];
  readonly courses: readonly CourseFigures[];
  readonly questions: number;
}

const questionFileSchema = z.array(
  z.looseObject({
    code: z.string().min(1),
    law: z.string(),
    article: z.number().int(),
    lawVersion: z.string(),
  }),
);

export async function readLawCatalogue(contentDir: string): Promise<LawCatalogue> {
  const text = await readFile(path.join(contentDir, 'laws.yaml'), 'utf8');
  return lawCatalogueSchema.parse(parseYaml(text));
}

/** Checks what compiling alone does not show: length, citations, links, and the citations of the question bank. */
export async function checkContent(contentDir: string, content: Content, today: Day): Promise<ContentReport> {
  const catalogue = await readLawCatalogue(contentDir);
  const faults: ContentFault[] = [...content.faults];
  for (const course of content.courses)
    for (const lesson of course.lessons)
      for (const text of lessonFaults(lesson, content, catalogue, today))
        faults.push({ file: `courses/${course.slug}/${lesson.fileName}`, text });
  for (const course of content.courses)
    for (const text of courseFaults(course, content))
      faults.push({ file: `courses/${course.slug}/course.yaml`, text });
  const questions = await checkQuestions(contentDir, catalogue, today, faults);
  return { faults, courses: content.courses.map(figuresOf), questions };
}

function lessonFaults(lesson: Lesson, content: Content, catalogue: LawCatalogue, today: Day): string[] {
  const cited = lesson.citations.flatMap((citation) => citationFault(catalogue, citation, today) ?? []);
  const length = { ...lesson, checks: lesson.checks.length };
  const lengthFault = isHonestLength(length)
    ? []
    : [
        `标称 ${lesson.nominalMinutes} 分钟，实际约 ${justifiedMinutes(length).toFixed(1)} 分钟，须在 0.7 至 1.5 倍之间`,
      ];
  const deadLinks = lesson.links.filter((link) => link.startsWith('/') && !isKnownPage(link, content));
  return [...cited, ...lengthFault, ...deadLinks.map((link) => `链接 ${link} 没有对应的课程`)];
}

function isKnownPage(link: string, content: Content): boolean {
  const [, , courseSlug, lessonSlug] = (link.split('#')[0] ?? '').split('/');
  const course = content.courses.find((one) => one.slug === courseSlug);
  return course !== undefined && (!lessonSlug || course.lessons.some((one) => one.slug === lessonSlug));
}

function courseFaults(course: Course, content: Content): string[] {
  const missing = course.prerequisites
    .filter((slug) => !content.courses.some((one) => one.slug === slug))
    .map((slug) => `先修课程 ${slug} 不存在`);
  const circle = comesBeforeItself(course, content) ? ['先修课程互为先修，无法学完'] : [];
  return [...missing, ...circle];
}

/** Courses that wait for each other could be completed by nobody. */
function comesBeforeItself(course: Course, content: Content): boolean {
  const seen = new Set<string>();
  const open = [...course.prerequisites];
  for (let slug = open.pop(); slug !== undefined; slug = open.pop()) {
    if (slug === course.slug) return true;
    if (seen.has(slug)) continue;
    seen.add(slug);
    open.push(...(content.courses.find((one) => one.slug === slug)?.prerequisites ?? []));
  }
  return false;
}

async function checkQuestions(
  contentDir: string,
  catalogue: LawCatalogue,
  today: Day,
  faults: ContentFault[],
): Promise<number> {
  const codes = new Set<string>();
  let questions = 0;
  const files = (await readdir(path.join(contentDir, 'questions')))
    .filter((name) => name.endsWith('.yaml'))
    .sort();
  for (const name of files) {
    const file = `questions/${name}`;
    const parsed = questionFileSchema.safeParse(
      parseYaml(await readFile(path.join(contentDir, file), 'utf8')),
    );
    if (!parsed.success) {
      faults.push(...schemaFaults(parsed.error).map((text) => ({ file, text })));
      continue;
    }
    for (const question of parsed.data) {
      questions += 1;
      if (codes.has(question.code)) faults.push({ file, text: `题目编号 ${question.code} 重复` });
      codes.add(question.code);
      const fault = questionCitationFault(question, catalogue, today);
      if (fault) faults.push({ file, text: `${question.code}：${fault}` });
    }
  }
  return questions;
}

function questionCitationFault(
  question: { law: string; article: number; lawVersion: string },
  catalogue: LawCatalogue,
  today: Day,
): string | null {
  const citation = citationSchema.safeParse({
    law: question.law,
    article: question.article,
    version: question.lawVersion,
  });
  return citation.success
    ? citationFault(catalogue, citation.data, today)
    : schemaFaults(citation.error).join('；');
}

function figuresOf(course: Course): CourseFigures {
  const sum = (of: (lesson: Lesson) => number): number =>
    course.lessons.reduce((total, lesson) => total + of(lesson), 0);
  return {
    code: course.code,
    title: course.title,
    lessons: course.lessons.length,
    characters: sum((lesson) => lesson.characters),
    checks: sum((lesson) => lesson.checks.length),
    citations: sum((lesson) => lesson.citations.length),
    nominalMinutes: sum((lesson) => lesson.nominalMinutes),
    mediaMinutes: sum((lesson) => lesson.mediaMinutes),
  };
}
