import type { Establishment } from './person.ts';
import { ESTABLISHMENT_LABELS } from './person.ts';

/** 编制 that may hold a card; all others are recognised in order to be refused by name (domain.md §6.5, §11.1). */
export const ADMITTED_ESTABLISHMENTS = [
  'admin',
  'civil_like',
  'public_institution',
] as const satisfies readonly Establishment[];

export function isAdmittedEstablishment(establishment: Establishment): boolean {
  return ADMITTED_ESTABLISHMENTS.some((admitted) => admitted === establishment);
}

/** Why a person of this 编制 gets no card, for the page that shows 「不得申领」; null where the 编制 is admitted. */
export function admissionRefusal(establishment: Establishment): string | null {
  if (isAdmittedEstablishment(establishment)) return null;
  return `${ESTABLISHMENT_LABELS[establishment]}：行政执法证只核发给在编在岗人员，此类人员不在核发范围内，可作为执法辅助人员管理。`;
}
