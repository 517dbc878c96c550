import { z } from 'zod';
import { parseDateText } from '#app/platform/ui/text/date-text.ts';
import { daySchema } from '#app/platform/ui/form/day.schema.ts';
import { CATEGORIES, parseStatedHours } from '../ledger/hours.ts';
import type { ClaimStatement } from './claim.ts';
import { CLAIM_FORMS, CLAIM_KINDS } from './claim.ts';

const MAX_MINUTES = 60 * 24 * 366;

const text = (most: number) => z.string().trim().min(2).max(most);

/** The form of a claim. An empty last day means a training of one day. */
export const claimFormSchema = z
  .object({
    kind: z.enum(CLAIM_KINDS),
    title: text(100),
    organiser: text(100),
    fromDay: daySchema(),
    toDay: daySchema().optional(),
    form: z.enum(CLAIM_FORMS),
    category: z.enum(CATEGORIES),
    place: z.string().trim().max(100).optional(),
    lengthKind: z.enum(['hours', 'minutes']),
    amount: z.string().trim().max(10),
    result: z.string().trim().max(100).optional(),
    commandId: z.uuid(),
    expectedVersion: z.coerce.number().int().min(1).optional(),
  })
  .superRefine((form, ctx) => {
    if (statedOf(form) === null)
      ctx.addIssue({
        code: 'custom',
        path: ['amount'],
        message:
          form.lengthKind === 'hours' ? '学时请填数字，最多两位小数，如 8 或 1.5' : '分钟请填整数，如 90',
      });
  });
export type ClaimForm = z.infer<typeof claimFormSchema>;

function statedOf(form: Pick<ClaimForm, 'lengthKind' | 'amount'>): ClaimStatement['stated'] | null {
  if (form.lengthKind === 'hours') {
    const hundredths = parseStatedHours(form.amount);
    return hundredths === null || hundredths === 0 ? null : { kind: 'hours', amount: hundredths };
  }
  const minutes = /^\d{1,6}$/.test(form.amount) ? Number(form.amount) : 0;
  return minutes < 1 || minutes > MAX_MINUTES ? null : { kind: 'minutes', amount: minutes };
}

/** What a checked form says. */
export function statementOf(form: ClaimForm): ClaimStatement {
  const { kind, title, organiser, fromDay, toDay, category, place, result } = form;
  return {
    kind,
    title,
    organiser,
    fromDay,
    toDay: toDay ?? fromDay,
    form: form.form,
    category,
    place: place ?? null,
    stated: statedOf(form) ?? { kind: 'hours', amount: 0 },
    result: result ?? null,
  };
}

/** A statement as the form's fields show it. */
export function fieldsOf(statement: ClaimStatement): Record<string, string> {
  const { stated } = statement;
  return {
    kind: statement.kind,
    title: statement.title,
    organiser: statement.organiser,
    fromDay: statement.fromDay,
    toDay: statement.toDay,
    form: statement.form,
    category: statement.category,
    place: statement.place ?? '',
    lengthKind: stated.kind,
    amount: stated.kind === 'hours' ? String(stated.amount / 100) : String(stated.amount),
    result: statement.result ?? '',
  };
}

export const CLAIM_LABELS = {
  kind: '种类',
  title: '培训名称',
  organiser: '主办单位',
  fromDay: '开始日期',
  toDay: '结束日期',
  form: '培训形式',
  category: '培训类别',
  place: '地点',
  lengthKind: '学时依据',
  amount: '学时或分钟数',
  result: '考核结果',
  proofs: '证明材料',
} as const;

/** Reads the two days of a half-filled form for the suggestion beside it. */
export function typedDays(form: FormData): { readonly fromDay: string; readonly toDay: string } | null {
  const fromDay = parseDateText(String(form.get('fromDay') ?? ''));
  const toDay = parseDateText(String(form.get('toDay') ?? '')) ?? fromDay;
  return fromDay === null || toDay === null ? null : { fromDay, toDay };
}

/** The forms on a claim's desk. */
export const deskFormSchema = z.discriminatedUnion('intent', [
  z.object({
    intent: z.literal('approve'),
    commandId: z.uuid(),
    expectedVersion: z.coerce.number().int(),
    hours: z.string().trim().max(10).optional(),
    note: z.string().trim().max(300).optional(),
  }),
  z.object({
    intent: z.literal('return'),
    commandId: z.uuid(),
    expectedVersion: z.coerce.number().int(),
    reason: z.string().trim().min(2).max(300),
  }),
  z.object({
    intent: z.literal('withdraw'),
    commandId: z.uuid(),
    expectedVersion: z.coerce.number().int(),
  }),
]);

/** A form nobody has touched yet. */
export const NEW_CLAIM: Readonly<Record<string, string>> = {
  kind: 'external',
  category: 'public_law',
  form: 'class',
  lengthKind: 'hours',
};
