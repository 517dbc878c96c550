import { GRADES } from '#app/organization/register/assessment.ts';
import { isId } from '#app/platform/ids/id.ts';

export interface SentGrades {
  readonly year: number;
  readonly reason: string | null;
  readonly entries: readonly { readonly personId: string; readonly grade: (typeof GRADES)[number] }[];
}

const PREFIX = 'grade.';
const MAX_REASON = 200;

/** Reads a page of selects; those left at 「未登记」 say nothing. Null for what no form of ours sends. */
export function readGradesForm(form: FormData): SentGrades | null {
  const year = Number(form.get('year'));
  if (!Number.isInteger(year)) return null;
  const reason = String(form.get('reason') ?? '')
    .trim()
    .slice(0, MAX_REASON);
  const entries: { personId: string; grade: (typeof GRADES)[number] }[] = [];
  for (const [name, value] of form) {
    if (!name.startsWith(PREFIX) || value === '') continue;
    const personId = name.slice(PREFIX.length);
    const grade = GRADES.find((known) => known === value);
    if (!isId(personId) || grade === undefined) return null;
    entries.push({ personId, grade });
  }
  return { year, reason: reason === '' ? null : reason, entries };
}
