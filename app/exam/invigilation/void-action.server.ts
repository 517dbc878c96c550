import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { isId } from '#app/platform/ids/id.ts';
import { typedTexts } from '#app/platform/ui/form/form-texts.ts';
import { INVIGILATION_REFUSALS } from './invigilation-refusals.ts';
import { decideVoid, proposeVoid } from './void-attempt.server.ts';
import { VOID_GROUNDS } from './void.ts';

const MAX_REASON = 1000;
const id = z.string().refine(isId);

const proposal = z.object({
  commandId: id,
  attemptId: id,
  ground: z.enum(VOID_GROUNDS, { error: '请选择作废的性质。' }),
  incidentId: z
    .union([id, z.literal('')])
    .optional()
    .transform((text) => (text === undefined || text === '' ? null : text)),
  voidReason: z
    .string()
    .trim()
    .min(1, '请写明提请作废的理由。')
    .max(MAX_REASON, `理由不超过 ${MAX_REASON} 字。`),
});

const decision = z.object({
  commandId: id,
  voidId: id,
  decision: z.enum(['confirm', 'decline']),
  note: z
    .string()
    .trim()
    .max(MAX_REASON, `意见不超过 ${MAX_REASON} 字。`)
    .optional()
    .transform((text) => (text === undefined || text === '' ? null : text)),
});

/** Null when it was done; otherwise what is said, at which field, and what was typed. */
export interface VoidAnswer {
  readonly form: 'void';
  readonly status: number;
  readonly text: string;
  readonly errors: Readonly<Record<string, string>>;
  readonly typed: Readonly<Record<string, string>>;
}

const said = (
  form: FormData,
  answer: { status: number; text: string; errors?: VoidAnswer['errors'] },
): VoidAnswer => ({ form: 'void', errors: {}, ...answer, typed: typedTexts(form) });

/** The first message of each field. */
function wrongFields(form: FormData, error: z.ZodError): VoidAnswer {
  const errors: Record<string, string> = {};
  for (const { path, message } of error.issues) errors[String(path[0] ?? '')] ??= message;
  return said(form, { status: 422, text: error.issues[0]?.message ?? '', errors });
}

/** One posted proposal. */
export async function handleVoid(ctx: ActorCtx, form: FormData): Promise<VoidAnswer | null> {
  const parsed = proposal.safeParse(Object.fromEntries(form));
  if (!parsed.success) return wrongFields(form, parsed.error);
  const { voidReason, ...rest } = parsed.data;
  const outcome = await proposeVoid(ctx, { ...rest, reason: voidReason });
  return outcome.ok ? null : said(form, answerFor(outcome, INVIGILATION_REFUSALS));
}

const NOTE_NEEDED = '不同意作废的，请写明意见。';

/** One posted decision; declining needs a word of why. */
export async function handleVoidDecision(ctx: ActorCtx, form: FormData): Promise<VoidAnswer | null> {
  const parsed = decision.safeParse(Object.fromEntries(form));
  if (!parsed.success) return wrongFields(form, parsed.error);
  const { voidId, note, commandId } = parsed.data;
  const isConfirmed = parsed.data.decision === 'confirm';
  if (!isConfirmed && note === null)
    return said(form, { status: 422, text: NOTE_NEEDED, errors: { note: NOTE_NEEDED } });
  const outcome = await decideVoid(ctx, { voidId, isConfirmed, note, commandId });
  return outcome.ok ? null : said(form, answerFor(outcome, INVIGILATION_REFUSALS));
}
