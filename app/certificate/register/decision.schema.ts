import { z } from 'zod';
import { daySchema } from '#app/platform/ui/form/day.schema.ts';
import type { ProposableKind } from './proposal.ts';
import { PROPOSABLE_KINDS } from './proposal.ts';
import type { ReasonCode } from './reasons.ts';
import { REASONS, isReasonCode } from './reasons.ts';
import type { DecidingBody, DetailField, Transition } from './transition-table.ts';
import { TRANSITIONS } from './transition-table.ts';

export const BASE_LABELS = {
  reasonCode: '事由',
  legalBasis: '法律依据',
  documentNo: '决定文号',
  decidingAuthority: '决定机关',
  decisionDay: '决定日期',
  effectiveFromDay: '生效日期',
  effectiveToDay: '截止日期',
} as const;

/** What the form of one decision asks for, read from the rows of the transition table. */
export interface DecisionForm {
  readonly kind: ProposableKind;
  readonly reasons: readonly { readonly value: ReasonCode; readonly label: string }[];
  readonly details: readonly DetailField[];
  readonly needsDocumentNo: boolean;
  readonly needsPeriod: boolean;
  readonly decidedBy: DecidingBody;
}

export function decisionForm(kind: ProposableKind): DecisionForm {
  const rows: readonly Transition[] = TRANSITIONS.filter((row) => row.kind === kind);
  const reasons = [...new Set(rows.flatMap((row) => row.reasons))];
  const details = new Map(rows.flatMap((row) => row.needs).map((field) => [field.name, field]));
  return {
    kind,
    reasons: reasons.map((value) => ({ value, label: REASONS[value] })),
    details: [...details.values()],
    needsDocumentNo: rows.some((row) => row.needsDocumentNo),
    decidedBy: rows.map((row) => row.decidedBy).find((body) => body !== 'system') ?? 'justice_body',
    needsPeriod: rows.some((row) => row.period === 'fresh' || row.period === 'extended'),
  };
}

const text = (label: string, most: number) =>
  z.string(`请填写${label}`).trim().min(1, `请填写${label}`).max(most, `${label}不超过 ${most} 个字`);

const stamp = { commandId: z.uuid('请刷新页面后再提交'), expectedVersion: z.coerce.number().int().min(1) };

/** Everything a proposal carries. Intents: look at it, go back to the form, send it to the second person. */
export function decisionSchema(form: DecisionForm) {
  const details: Record<string, z.ZodType<string, string>> = Object.fromEntries(
    form.details.map((field) => [
      field.name,
      field.type === 'day'
        ? daySchema(`${field.label}不对，请按 2026-11-21 的格式填写`)
        : text(field.label, 300),
    ]),
  );
  const documentNo = text(BASE_LABELS.documentNo, 60);
  const until = daySchema('截止日期不对，请按 2026-11-21 的格式填写');
  return z.object({
    ...stamp,
    intent: z.enum(['preview', 'edit', 'propose']),
    kind: z.literal(form.kind),
    reasonCode: z.string('请选择事由').refine(isReasonCode, '请选择事由'),
    legalBasis: text(BASE_LABELS.legalBasis, 200),
    documentNo: form.needsDocumentNo ? documentNo : documentNo.optional(),
    decidingAuthority: text(BASE_LABELS.decidingAuthority, 60),
    decisionDay: daySchema('决定日期不对，请按 2026-11-21 的格式填写'),
    effectiveFromDay: daySchema('生效日期不对，请按 2026-11-21 的格式填写'),
    effectiveToDay: form.needsPeriod ? until : until.optional(),
    // A form without such fields submits no group of them.
    details: form.details.length === 0 ? z.object(details).optional() : z.object(details),
  });
}

export const answerSchema = z.object({
  ...stamp,
  intent: z.enum(['confirm', 'decline']),
  proposalId: z.uuid(),
  opinion: z.string().trim().max(500, '意见不超过 500 个字').optional(),
});

export const kindSchema = z.enum(PROPOSABLE_KINDS);
