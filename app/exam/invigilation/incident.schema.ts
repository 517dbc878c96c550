import { z } from 'zod';
import { isId } from '#app/platform/ids/id.ts';
import { parseLocalInstant } from '#app/platform/time/day.ts';
import type { IncidentCode } from './incident.ts';
import { INCIDENT_CODES, MISCONDUCT_CODES, codesOf } from './incident.ts';
import type { IncidentInput } from './record-incident.server.ts';

const MAX_FACTS = 2000;
const MAX_HANDLING = 1000;
const MAX_WITNESSES = 100;

const optionalId = z
  .string()
  .optional()
  .transform((text, issue) => {
    if (text === undefined || text === '') return null;
    if (isId(text)) return text;
    issue.addIssue({ code: 'custom', message: '请重新选择。' });
    return z.NEVER;
  });

const form = z.object({
  commandId: z.string().refine(isId),
  code: z.enum([...INCIDENT_CODES, ...MISCONDUCT_CODES], { error: '请选择情形。' }),
  happenedAt: z.string().transform((text, issue) => {
    const instant = parseLocalInstant(text);
    if (instant) return instant;
    issue.addIssue({ code: 'custom', message: '请填写发生时间，例如 2026-11-23T09:30。' });
    return z.NEVER;
  }),
  roomId: optionalId,
  registrationId: optionalId,
  correctsId: optionalId,
  facts: z.string().trim().min(1, '请写明经过。').max(MAX_FACTS, `经过不超过 ${MAX_FACTS} 字。`),
  handling: z
    .string()
    .trim()
    .min(1, '请写明现场处理情况。')
    .max(MAX_HANDLING, `处理情况不超过 ${MAX_HANDLING} 字。`),
  witnesses: z
    .string()
    .trim()
    .max(MAX_WITNESSES, `在场人员不超过 ${MAX_WITNESSES} 字。`)
    .optional()
    .transform((text) => (text === undefined || text === '' ? null : text)),
});

export type ReadIncident =
  | { readonly ok: true; readonly input: Omit<IncidentInput, 'sittingId'> }
  | { readonly ok: false; readonly errors: Readonly<Record<string, readonly string[] | undefined>> };

const isIncident = (code: IncidentCode): boolean => codesOf('incident').includes(code);

/** Reads the form of a record; the kind follows from the code. */
export function readIncident(formData: FormData): ReadIncident {
  const parsed = form.safeParse(Object.fromEntries(formData));
  if (!parsed.success) return { ok: false, errors: z.flattenError(parsed.error).fieldErrors };
  const evidenceIds = formData
    .getAll('evidence')
    .filter((id): id is string => typeof id === 'string' && isId(id));
  return {
    ok: true,
    input: { ...parsed.data, kind: isIncident(parsed.data.code) ? 'incident' : 'misconduct', evidenceIds },
  };
}
