import { z } from 'zod';
import { parseDay } from '#app/platform/time/day.ts';
import type { QuestionContent } from './question.ts';
import { DIFFICULTIES, OPTION_LETTERS, QUESTION_TYPES, SECTIONS } from './question.ts';

const MAX_TEXT = 2_000;
const text = z.string().trim().min(1).max(MAX_TEXT);

const day = z.string().transform((value, context) => {
  const parsed = parseDay(value);
  if (parsed) return parsed;
  context.addIssue({ code: 'custom', message: `${value} 不是有效日期` });
  return z.NEVER;
});

const fileShape = z.strictObject({
  code: z.string().regex(/^[A-Z]{2}-\d{3}-\d{2}$/),
  type: z.enum(QUESTION_TYPES),
  stem: text,
  options: z.record(z.string(), z.coerce.string().trim().min(1).max(MAX_TEXT)).optional(),
  answer: z.array(z.string()).min(1),
  explanation: text,
  law: text,
  article: z.int().min(1),
  lawVersion: day,
  section: z.enum(SECTIONS),
  knowledgePoint: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  difficulty: z.enum(DIFFICULTIES),
});

type FileQuestion = z.infer<typeof fileShape>;

const MIN_OPTIONS = 3;

/** Options must be A, B, C … without a gap; null says what is wrong. */
function optionsFault(letters: readonly string[]): string | null {
  if (letters.length < MIN_OPTIONS) return `选项至少 ${MIN_OPTIONS} 个`;
  const expected = OPTION_LETTERS.slice(0, letters.length);
  return letters.join() === expected.join() ? null : `选项须依次为 ${expected.join('、')}`;
}

function choiceFault(question: FileQuestion): string | null {
  const letters = Object.keys(question.options ?? {});
  const fault = optionsFault(letters);
  if (fault) return fault;
  if (question.answer.some((mark) => !letters.includes(mark))) return '答案不在选项之中';
  if (question.type === 'single' && question.answer.length !== 1) return '单项选择题只有一个答案';
  if (question.type === 'multiple' && question.answer.length < 2) return '多项选择题至少两个答案';
  return null;
}

function answerFault(question: FileQuestion): string | null {
  const { answer } = question;
  if (answer.some((mark, index) => index > 0 && (answer[index - 1] ?? '') >= mark))
    return '答案须按字母顺序排列且不重复';
  if (question.type !== 'true_false') return choiceFault(question);
  if (question.options !== undefined) return '判断题不设选项';
  return answer.length === 1 && (answer[0] === 'T' || answer[0] === 'F') ? null : '判断题答案为 T 或 F';
}

/** One question of a file under `content/questions/`; a refusal names the field or says in Chinese what is wrong. */
export const questionInFile = fileShape
  .superRefine((question, context) => {
    const fault = answerFault(question);
    if (fault) context.addIssue({ code: 'custom', message: fault, path: ['answer'] });
  })
  .transform(({ code, options, ...rest }): { code: string; content: QuestionContent } => ({
    code,
    content: {
      ...rest,
      options: Object.entries(options ?? {}).map(([letter, optionText]) => ({ letter, text: optionText })),
    },
  }));

/** `content/laws.yaml`, as far as the bank needs it. */
export const lawsInFile = z.array(
  z.object({
    name: z.string().min(1),
    articles: z.int().min(1),
    versions: z.array(z.object({ version: day, inForce: day.optional() })).min(1),
  }),
);

/** The `options` column. */
const storedOptions = z.array(z.object({ letter: z.string(), text: z.string() }));

/** Columns of a version of a question as they come from the database, without what names it. */
export const storedVersion = {
  type: z.enum(QUESTION_TYPES),
  stem: z.string(),
  options: storedOptions,
  answer: z.array(z.string()),
  explanation: z.string(),
  law: z.string(),
  article: z.number(),
  lawVersion: z.string(),
  section: z.enum(SECTIONS),
  knowledgePoint: z.string(),
  difficulty: z.enum(DIFFICULTIES),
};
