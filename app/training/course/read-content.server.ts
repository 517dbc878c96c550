import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse as parseYaml, YAMLParseError } from 'yaml';
import { fewAtATime } from './few-at-a-time.ts';
import { compileLesson } from './compile-lesson.server.ts';
import type { BrokenLesson, Content, ContentFault, Course, Lesson } from './content.ts';
import { courseFileSchema, lessonFileSchema, schemaFaults } from './course.schema.ts';
import { placementFaults } from './lesson-guard.ts';
import { checkText, countHan, splitLessonSource } from './lesson-source.ts';
import { renderLesson } from './render-lesson.server.ts';

const LESSON_FILE = /^\d{2}-([a-z0-9]+(?:-[a-z0-9]+)*)\.mdx$/;

export interface ReadOptions {
  /** The folder `content/`. */
  readonly contentDir: string;
  readonly cacheDir: string;
  /** Told after each lesson that had to be compiled: how many of how many are done. */
  readonly onCompiled?: ((done: number, total: number, file: string) => void) | undefined;
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** YAML as data; a syntax error becomes a fault instead. */
function readYaml(text: string): { value: unknown } | { fault: string } {
  try {
    return { value: parseYaml(text) };
  } catch (error) {
    if (error instanceof YAMLParseError) return { fault: `YAML 有误：${error.message.split('\n')[0] ?? ''}` };
    throw error;
  }
}

/** Names of the courses in `content/courses`, and of the lesson files of each, in order. */
async function listFiles(contentDir: string): Promise<{ slug: string; lessons: string[] }[]> {
  const root = path.join(contentDir, 'courses');
  const folders = await readdir(root, { withFileTypes: true });
  const names = folders.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (slug) => {
      const files = await readdir(path.join(root, slug));
      return { slug, lessons: files.filter((file) => file.endsWith('.mdx')).sort() };
    }),
  );
}

/**
 * Lessons compiled at once: one waits for the bundler while another is parsed. More gains nothing, and each holds its
 * whole tree in memory.
 */
const COMPILED_AT_ONCE = 2;

/** Addresses of the course area that are pages of their own. */
const RESERVED_COURSES: readonly string[] = ['search'];
const RESERVED_LESSONS: readonly string[] = ['print'];

/**
 * Reads, checks, compiles and renders all of `content/courses`, a few lessons at a time. A broken file is named and left
 * out; everything else loads.
 */
export async function readContent(options: ReadOptions): Promise<Content> {
  const folders = await listFiles(options.contentDir);
  const total = folders.reduce((sum, folder) => sum + folder.lessons.length, 0);
  const courses: Course[] = [];
  const faults: ContentFault[] = [];
  let done = 0;
  for (const folder of folders) {
    const course = await readCourse(options, folder, faults, (file, isCompiled) => {
      done += 1;
      if (isCompiled) options.onCompiled?.(done, total, file);
    });
    if (!course) continue;
    if (courses.some((other) => other.code === course.code))
      faults.push({ file: `courses/${course.slug}/course.yaml`, text: `课程代码 ${course.code} 重复` });
    else courses.push(course);
  }
  return { courses, faults };
}

async function readCourse(
  options: ReadOptions,
  folder: { slug: string; lessons: string[] },
  faults: ContentFault[],
  onLesson: (file: string, isCompiled: boolean) => void,
): Promise<Course | null> {
  const { slug } = folder;
  const courseFile = `courses/${slug}/course.yaml`;
  if (RESERVED_COURSES.includes(slug)) return named(faults, courseFile, [`${slug} 是保留的名称`]);
  const text = await readFile(path.join(options.contentDir, courseFile), 'utf8').catch(absentAsNull);
  if (text === null) return named(faults, courseFile, ['缺少 course.yaml']);
  const yaml = readYaml(text);
  if ('fault' in yaml) return named(faults, courseFile, [yaml.fault]);
  const parsed = courseFileSchema.safeParse(yaml.value);
  if (!parsed.success) return named(faults, courseFile, schemaFaults(parsed.error));
  const lessons: Lesson[] = [];
  const broken: BrokenLesson[] = [];
  const hashes: string[] = [];
  const files = await fewAtATime(folder.lessons, COMPILED_AT_ONCE, async (fileName) => {
    const file = `courses/${slug}/${fileName}`;
    const source = await readFile(path.join(options.contentDir, file), 'utf8');
    const read = await readLesson(options.cacheDir, fileName, source);
    onLesson(file, 'isCompiled' in read && read.isCompiled);
    return { file, fileName, source, read };
  });
  for (const { file, fileName, source, read } of files) {
    hashes.push(fileName, hashOf(source));
    if ('faults' in read) {
      named(faults, file, read.faults);
      broken.push({ slug: LESSON_FILE.exec(fileName)?.[1] ?? fileName, fileName });
    } else lessons.push(read.lesson);
  }
  if (lessons.length === 0) return named(faults, courseFile, ['没有可以使用的课']);
  const { statedHours, ...rest } = parsed.data;
  const contentHash = hashOf([text, ...hashes].join('\n'));
  return { ...rest, slug, contentHash, statedHundredths: statedHours, lessons, broken };
}

function absentAsNull(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
  throw error;
}

function named(faults: ContentFault[], file: string, texts: readonly string[]): null {
  faults.push(...texts.map((text) => ({ file, text })));
  return null;
}

async function readLesson(
  cacheDir: string,
  fileName: string,
  source: string,
): Promise<{ lesson: Lesson; isCompiled: boolean } | { faults: string[] }> {
  const slug = LESSON_FILE.exec(fileName)?.[1];
  if (!slug) return { faults: ['文件名须为 NN-name.mdx，如 01-definition.mdx'] };
  if (RESERVED_LESSONS.includes(slug)) return { faults: [`${slug} 是保留的名称`] };
  const parts = splitLessonSource(source);
  if (!parts) return { faults: ['文件须以 --- 起止的说明部分开头'] };
  const yaml = readYaml(parts.frontMatter);
  if ('fault' in yaml) return { faults: [yaml.fault] };
  const parsed = lessonFileSchema.safeParse(yaml.value);
  if (!parsed.success) return { faults: schemaFaults(parsed.error) };
  const firstLine = parts.frontMatter.split('\n').length + 2;
  const compiled = await compileLesson({ body: parts.body, firstLine, cacheDir });
  if (!compiled.ok) return { faults: [...compiled.faults] };
  const { findings, code } = compiled.lesson;
  const misplaced = placementFaults(findings, parsed.data);
  if (misplaced.length > 0) return { faults: misplaced };
  const read = [...findings.texts, ...parsed.data.checks.map(checkText)].join('');
  return {
    isCompiled: !compiled.isFromCache,
    lesson: {
      ...parsed.data,
      slug,
      fileName,
      contentHash: hashOf(source),
      characters: countHan(read),
      links: findings.links,
      segments: renderLesson(code),
    },
  };
}
