import { z } from 'zod';
import { ROLES } from '#app/accounts/role.ts';
import { parseDay } from '#app/platform/time/day.ts';
import { CATEGORIES, parseStatedHours } from '../ledger/hours.ts';
import { REGION_LEVELS, UNIT_TYPES } from '#app/organization/tree/tree.ts';

/**
 * Whom a course may be meant for: roles of accounts, and 法制审核人员 (AJ6), who are known by the register of their terms and
 * need no role of their own.
 */
export const TRAINED_AS = [...ROLES, 'legal_reviewer'] as const;
export type TrainedAs = (typeof TRAINED_AS)[number];

/** What stands in `content/courses/<slug>/course.yaml` and in the front matter of its lessons. */

const text = (max: number) => z.string().trim().min(1, '不能为空').max(max, `不超过 ${max} 个字`);
const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, '只用小写字母、数字和连字符');
const day = z.string().refine((value) => parseDay(value) !== null, '须为存在的日期，如 2026-01-31');

export const citationSchema = z.strictObject({
  law: text(40),
  article: z.number().int().min(1).max(2000),
  version: day,
});
export type Citation = z.infer<typeof citationSchema>;

const required = z
  .strictObject({ from: day, to: day, basis: text(200) })
  .refine((span) => span.from <= span.to, { path: ['to'], message: '结束日期早于开始日期' });

const statedHours = z.union([z.string(), z.number()]).transform((value, context) => {
  const hundredths = parseStatedHours(String(value));
  if (hundredths !== null && hundredths > 0) return hundredths;
  context.addIssue({ code: 'custom', message: '规定学时须为正数，最多两位小数' });
  return z.NEVER;
});

const courseFile = z.strictObject({
  code: z.string().regex(/^[A-Z]+\d+$/, '如 C2'),
  title: text(60),
  summary: text(300),
  category: z.enum(CATEGORIES),
  axes: z.strictObject({
    level: z.enum(['province', 'city', 'county', 'township']),
    audience: z.enum(['enforcement', 'supervision']),
    subject: text(30),
  }),
  trainingKind: z.enum(['induction', 'promotion', 'in_service', 'special_task']),
  actKinds: z.array(z.enum(['licence', 'penalty', 'coercion', 'inspection'])),
  targets: z.strictObject({
    fields: z.array(z.string().regex(/^[A-Z][A-Z0-9_]*$/, '执法领域代码如 URBAN')),
    levels: z.array(z.enum(REGION_LEVELS)),
    unitTypes: z.array(z.enum(UNIT_TYPES)),
    roles: z.array(z.enum(TRAINED_AS)),
  }),
  prerequisites: z.array(slug),
  required: required.nullable(),
  statedHours: statedHours.nullable(),
});
/** Figures of required courses count officers: a course required of reviewers is one that officers owe, too. */
export const courseFileSchema = courseFile.refine(
  ({ required: span, targets: { roles } }) =>
    span === null || !roles.includes('legal_reviewer') || roles.includes('officer'),
  { path: ['targets', 'roles'], message: '必修课程以法制审核人员为对象的，须同时包括执法人员' },
);
export type CourseFile = z.infer<typeof courseFileSchema>;

const LETTERS = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
const letter = z.enum(LETTERS);

const checkCommon = {
  id: z.string().regex(/^[a-z][a-z0-9-]{0,20}$/, '题号如 c1'),
  stem: text(400),
  explanation: text(600),
  citation: citationSchema,
};

const choiceCheck = z
  .strictObject({
    ...checkCommon,
    type: z.enum(['single', 'multiple']),
    options: z.partialRecord(letter, text(200)),
    answer: z.array(letter).min(1),
  })
  .superRefine((check, context) => {
    const letters = Object.keys(check.options);
    const known = check.answer.every((one) => letters.includes(one));
    if (letters.length < 2) context.addIssue({ code: 'custom', path: ['options'], message: '至少两个选项' });
    if (!known) context.addIssue({ code: 'custom', path: ['answer'], message: '答案不在选项之中' });
    if (new Set(check.answer).size !== check.answer.length)
      context.addIssue({ code: 'custom', path: ['answer'], message: '答案重复' });
    if ((check.type === 'single') !== (check.answer.length === 1))
      context.addIssue({ code: 'custom', path: ['answer'], message: '单选题一个答案，多选题两个以上' });
  });

const trueFalseCheck = z.strictObject({
  ...checkCommon,
  type: z.literal('true_false'),
  answer: z.array(z.enum(['T', 'F'])).length(1),
});

export const checkSchema = z.union([trueFalseCheck, choiceCheck]);
export type Check = z.infer<typeof checkSchema>;

export const lessonFileSchema = z
  .strictObject({
    title: text(60),
    nominalMinutes: z.number().int().min(1).max(240),
    /** Playing time of audio or video in the lesson. */
    mediaMinutes: z.number().int().min(0).max(240).default(0),
    citations: z.array(citationSchema),
    checks: z.array(checkSchema).min(1).max(20),
  })
  .superRefine((lesson, context) => {
    const ids = lesson.checks.map((check) => check.id);
    if (new Set(ids).size !== ids.length)
      context.addIssue({ code: 'custom', path: ['checks'], message: '题号重复' });
  });
export type LessonFile = z.infer<typeof lessonFileSchema>;

/** `citations[0].law：不能为空`: every fault of a file with its place. */
export function schemaFaults(error: z.ZodError): string[] {
  return error.issues.map((issue) => {
    const place = issue.path
      .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
      .join('');
    return `${place.replace(/^\./, '') || '文件'}：${issue.message}`;
  });
}
