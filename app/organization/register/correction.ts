import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';

/** What of a person can be put right, in the order in which pages show it. Sex and birth follow from the ID number. */
export const CORRECTABLE = ['name', 'idNumber', 'education', 'hasLegalQualification', 'phone'] as const;
export type Correctable = (typeof CORRECTABLE)[number];

export const CORRECTABLE_LABELS: Readonly<Record<Correctable, string>> = {
  name: '姓名',
  idNumber: '身份证号',
  education: '学历',
  hasLegalQualification: '法律职业资格',
  phone: '联系电话',
};

/** By these a person is known: another person has to agree. */
const IDENTIFYING: readonly Correctable[] = ['name', 'idNumber'];

/** Values as people may see them: ID number and phone masked, never whole. */
export interface FieldChange {
  readonly field: Correctable;
  readonly before: string;
  readonly after: string;
}

export interface PersonDetails {
  readonly name: string;
  readonly idNumber: string;
  readonly education: string | null;
  readonly hasLegalQualification: boolean;
  readonly phone: string | null;
}

export const CORRECTION_STATES = ['filed', 'applied', 'declined', 'withdrawn'] as const;
export type CorrectionState = (typeof CORRECTION_STATES)[number];
export const CORRECTION_STATE_LABELS: Readonly<Record<CorrectionState, string>> = {
  filed: '待复核',
  applied: '已更正',
  declined: '未同意',
  withdrawn: '已撤回',
};

/** What becomes different, and whether a second person has to agree. @param show what may be seen of a field's value */
export function decideCorrection(
  known: PersonDetails,
  wanted: PersonDetails,
  show: (field: Correctable, details: PersonDetails) => string,
): Outcome<{ readonly changes: readonly FieldChange[]; readonly needsSecond: boolean }, 'NOTHING_CORRECTED'> {
  const changed = CORRECTABLE.filter((field) => known[field] !== wanted[field]);
  if (changed.length === 0) return refused('NOTHING_CORRECTED');
  return done({
    changes: changed.map((field) => ({ field, before: show(field, known), after: show(field, wanted) })),
    needsSecond: changed.some((field) => IDENTIFYING.includes(field)),
  });
}

export type DecideFiledRefusal = 'CORRECTION_ANSWERED' | 'MAKER_IS_CHECKER' | 'NOTE_REQUIRED';

/** Whether this person may answer a filed correction this way. @param key the natural person behind an account */
export function decideAnswer(
  correction: { readonly state: CorrectionState; readonly filedByKey: string },
  answer: {
    readonly act: 'apply' | 'decline' | 'withdraw';
    readonly byKey: string;
    readonly note: string | null;
  },
): Outcome<CorrectionState, DecideFiledRefusal> {
  if (correction.state !== 'filed') return refused('CORRECTION_ANSWERED');
  if (answer.act === 'withdraw') return done('withdrawn');
  if (correction.filedByKey === answer.byKey) return refused('MAKER_IS_CHECKER');
  if (answer.act === 'apply') return done('applied');
  return (answer.note ?? '').trim() === '' ? refused('NOTE_REQUIRED') : done('declined');
}
