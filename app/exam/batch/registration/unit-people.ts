import type { Judgement, ReasonCode, Verdict } from '../../eligibility/eligibility.ts';
import type { RegistrationStatus } from '../../sitting/registration.ts';
import { afterAct } from '../../sitting/registration.ts';
import type { Phase } from '../batch.ts';

/** One of the own people as the registration page lists them. */
export interface UnitPerson {
  readonly personId: string;
  readonly name: string;
  readonly idNumberMasked: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly position: string | null;
  readonly judgement: Judgement;
  readonly registration: {
    readonly id: string;
    /** The unit that registered the person; after a move not the unit above. */
    readonly unitId: string;
    /** Whether that unit is the viewer's; else neither what it asks for nor what it was answered is told. */
    readonly isOurs: boolean;
    readonly status: RegistrationStatus;
    readonly asked: 'defer' | 'exempt' | null;
    readonly answerNote: string | null;
  } | null;
  /** Belongs to a sitting of the batch that was held. */
  readonly isThrough: boolean;
}

/** Reasons that say: this exam is not for this person. They are left out unless everybody is asked for. */
const NOT_CONCERNED: readonly ReasonCode[] = [
  'HOLDS_CARD',
  'HOLDS_NO_CARD',
  'QUALIFIED_ALREADY',
  'ESTABLISHMENT_NOT_ADMITTED',
];

export function isConcerned(person: UnitPerson): boolean {
  if (person.registration !== null) return true;
  return !person.judgement.reasons.some((one) => NOT_CONCERNED.includes(one.code));
}

/** Whether the liaison may choose the person now. */
export function mayBeChosen(person: UnitPerson, phase: Phase): boolean {
  if (phase !== 'regular' && phase !== 'late') return false;
  if (person.judgement.verdict === 'refused' || person.isThrough) return false;
  const { registration } = person;
  return registration === null || afterAct(registration.status, 'register_again') !== null;
}

export const PEOPLE_SORTS = ['name', 'unit', 'verdict'] as const;
export type UnitPeopleSort = (typeof PEOPLE_SORTS)[number];

export interface PeopleFilter {
  readonly text: string;
  readonly verdict: string | null;
  /** `none`: not registered; else a status. */
  readonly standing: string | null;
  readonly all: boolean;
  readonly sort: { readonly field: UnitPeopleSort; readonly direction: 'asc' | 'desc' };
}

const VERDICT_ORDER: readonly Verdict[] = ['eligible', 'needs_look', 'refused'];

/** People that match, in the order asked for; the input is in the order of names. */
export function choosePeople(people: readonly UnitPerson[], filter: PeopleFilter): UnitPerson[] {
  const matches = people.filter(
    (one) =>
      (filter.all || isConcerned(one)) &&
      (filter.text === '' || one.name.includes(filter.text) || one.unitName.includes(filter.text)) &&
      (filter.verdict === null || one.judgement.verdict === filter.verdict) &&
      (filter.standing === null || (one.registration?.status ?? 'none') === filter.standing),
  );
  const rank = (one: UnitPerson): number => VERDICT_ORDER.indexOf(one.judgement.verdict);
  const { field, direction } = filter.sort;
  if (field === 'verdict') matches.sort((a, b) => rank(a) - rank(b));
  if (field === 'unit')
    matches.sort((a, b) => (a.unitName < b.unitName ? -1 : a.unitName > b.unitName ? 1 : 0));
  return direction === 'desc' ? matches.reverse() : matches;
}
