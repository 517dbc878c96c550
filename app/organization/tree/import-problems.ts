import type { RowDecision } from '#app/platform/import/kind.ts';
import type { FieldProblem } from '#app/platform/import/report.ts';
import { saysNothing } from '#app/platform/import/values/reading.ts';

export const problemOf = (
  fieldId: string | null,
  code: string,
  reason: string,
  fix: string | null,
): FieldProblem => ({ fieldId, code, reason, fix });

/** What becomes different, in words; nothing when it stays. */
export function changeOf(fieldId: string, label: string, from: string, to: string): readonly FieldProblem[] {
  return from === to
    ? []
    : [problemOf(fieldId, 'CHANGES', `${label}由“${from || '无'}”改为“${to || '无'}”`, null)];
}

/** Dashes and 「无」 in a cell mean that there is nothing. */
export const orNothing = (text: string | null): string | null =>
  text === null || saysNothing(text) ? null : text;

/** Whoever hangs below a refused row of this file has no place either. */
export function refuseBelow<Fact extends { readonly code: string; readonly parentCode: string | null }>(
  codes: readonly string[],
  decisions: readonly RowDecision<Fact>[],
  isThere: (code: string) => boolean,
): readonly RowDecision<Fact>[] {
  const current = [...decisions];
  for (let hasChanged = true; hasChanged;) {
    hasChanged = false;
    const refusedCodes = new Set(
      codes.filter((code, index) => current[index]?.verdict === 'refused' && !isThere(code)),
    );
    current.forEach((decision, index) => {
      if (decision.verdict !== 'new' && decision.verdict !== 'change') return;
      const { parentCode } = decision.fact;
      if (parentCode === null || !refusedCodes.has(parentCode)) return;
      const reason = `上级 ${parentCode} 那一行被退回`;
      current[index] = {
        verdict: 'refused',
        problems: [problemOf('parent', 'PARENT_REFUSED', reason, '请先改正上级那一行')],
      };
      hasChanged = true;
    });
  }
  return current;
}
