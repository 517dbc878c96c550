import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import remarkGfm from 'remark-gfm';
import { z } from 'zod';
import { parseJson } from '#app/platform/db/embedded/parse-json.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { LessonFindings, TreeNode } from './lesson-guard.ts';
import { inspectTree } from './lesson-guard.ts';

/** Goes into every cache key: raise it when options of the compiler or the guard's findings change. */
const COMPILER_VERSION = 'mdx-bundler 10.1, guard 1';

const compiledSchema = z.object({
  /** The lesson as a function body; run only by the renderer. */
  code: z.string(),
  findings: z.object({
    faults: z.array(z.string()),
    checkIds: z.array(z.string()),
    statutes: z.array(z.object({ law: z.string(), article: z.number(), version: z.string() })),
    links: z.array(z.string()),
    texts: z.array(z.string()),
  }),
});
export type CompiledLesson = z.infer<typeof compiledSchema>;

export type CompileOutcome =
  | { readonly ok: true; readonly lesson: CompiledLesson; readonly isFromCache: boolean }
  | { readonly ok: false; readonly faults: string[] };

/** Where compiled lessons are kept, by content hash: `.cache/lessons` below the repository root. */
export function lessonCacheDir(rootDir: string): string {
  return path.join(rootDir, '.cache', 'lessons');
}

/**
 * Compiles the body of one lesson, or takes it from the cache. Nothing of the lesson runs here: the guard walks its
 * tree inside the compiler, before any code is made of it, and a fault ends the compilation.
 * @param body the file without its front matter  @param firstLine line of the file on which the body begins
 */
export async function compileLesson(options: {
  body: string;
  firstLine: number;
  cacheDir: string;
}): Promise<CompileOutcome> {
  const source = '\n'.repeat(options.firstLine) + options.body;
  const key = createHash('sha256').update(`${COMPILER_VERSION}\n${source}`).digest('hex');
  const cacheFile = path.join(options.cacheDir, `${key}.json`);
  const cached = await readCached(cacheFile);
  if (cached) return { ok: true, lesson: cached, isFromCache: true };
  const outcome = await compile(source);
  if (outcome.ok) await writeCached(cacheFile, outcome.lesson);
  return outcome;
}

async function compile(source: string): Promise<CompileOutcome> {
  // Loaded only when something has to be compiled: a warm start does without the compiler.
  const { bundleMDX } = await import('mdx-bundler');
  const walked: { findings: LessonFindings | null } = { findings: null };
  const guard = () => (tree: TreeNode) => {
    walked.findings = inspectTree(tree);
    if (walked.findings.faults.length > 0) throw new Error('refused by the guard');
  };
  try {
    const { code } = await bundleMDX({
      source,
      // Our front matter is read by ourselves: the bundler's own reader would run `---js` blocks.
      mdxOptions: (mdx) => ({ ...mdx, remarkPlugins: [remarkGfm, guard] }),
      esbuildOptions: (build) => ({ ...build, logLevel: 'silent' }),
    });
    if (walked.findings === null) return { ok: false, faults: ['课件未经检查'] };
    return { ok: true, lesson: { code, findings: walked.findings }, isFromCache: false };
  } catch (error) {
    const faults = walked.findings?.faults ?? [];
    return { ok: false, faults: faults.length > 0 ? faults : compilerFaults(error) };
  }
}

const buildFailure = z.object({
  errors: z.array(
    z.object({
      text: z.string(),
      detail: z.object({ cause: z.object({ message: z.string() }).optional() }).nullish(),
    }),
  ),
});

/** The compiler's own complaints (an unclosed tag, a stray brace), with line and column. Anything else is a bug. */
function compilerFaults(error: unknown): string[] {
  const failure = buildFailure.safeParse(error);
  if (!failure.success) throw error;
  return failure.data.errors.map(({ text, detail }) => `无法解析：${detail?.cause?.message ?? text}`);
}

async function readCached(file: string): Promise<CompiledLesson | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  // A file cut short by a crash or a full disk is compiled anew.
  const parsed = compiledSchema.safeParse(parseJson(text));
  return parsed.success ? parsed.data : null;
}

/** Written beside and moved into place: a reader sees the whole file or none. */
async function writeCached(file: string, lesson: CompiledLesson): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const partial = `${file}.${newId()}.part`;
  await writeFile(partial, JSON.stringify(lesson));
  await rename(partial, file);
}
