import type { Day } from '#app/platform/time/day.ts';

/** 编制. The first three may hold a card; the others are known so that eligibility can refuse them (domain.md §11.1). */
export const ESTABLISHMENTS = [
  'admin',
  'civil_like',
  'public_institution',
  'worker',
  'enterprise',
  'contract',
  'dispatched_labour',
  'public_welfare',
] as const;
export type Establishment = (typeof ESTABLISHMENTS)[number];

export const ESTABLISHMENT_LABELS: Readonly<Record<Establishment, string>> = {
  admin: '行政编制',
  civil_like: '参公编制',
  public_institution: '事业编制',
  worker: '工勤编制',
  enterprise: '企业编制',
  contract: '合同制（编外）',
  dispatched_labour: '劳务派遣（编外）',
  public_welfare: '公益性岗位（编外）',
};

export type Sex = 'male' | 'female';
export const SEX_LABELS: Readonly<Record<Sex, string>> = { male: '男', female: '女' };

/** What may be shown of a person anywhere inside the office: never the whole ID number. */
export interface PersonCard {
  readonly id: string;
  readonly name: string;
  readonly sex: Sex;
  readonly idNumberMasked: string;
}

/** Where a person belongs on one day (「编制所在单位」), with what goes with the post. */
export interface HomeLink {
  readonly personId: string;
  readonly unitId: string;
  /** Region of the unit on that day. */
  readonly regionId: string;
  readonly establishment: Establishment;
  readonly fieldCode: string | null;
  readonly isEnforcementPost: boolean;
  readonly position: string | null;
  readonly department: string | null;
  readonly enforcementArea: string | null;
  /** First day of this stretch. */
  readonly validFrom: Day;
}

/** One line of a list of people. */
export interface PersonRow extends PersonCard {
  readonly unitId: string;
  readonly unitName: string;
  readonly department: string | null;
  readonly position: string | null;
  readonly establishment: Establishment;
  readonly isEnforcementPost: boolean;
  readonly fieldCode: string | null;
  readonly hasLegalQualification: boolean;
}

export const PEOPLE_SORTS = ['name', 'unit', 'establishment', 'position', 'field'] as const;
export type PeopleSort = (typeof PEOPLE_SORTS)[number];

/** What a list of people is asked for; every part comes from the URL and is checked before. */
export interface PeopleQuery {
  /** From 1. */
  readonly page: number;
  readonly size: number;
  readonly sort: { readonly field: PeopleSort; readonly direction: 'asc' | 'desc' };
  /** Part of the name, or the beginning of its pinyin or of its initials; empty for all. */
  readonly text: string;
  readonly establishment?: Establishment | undefined;
  readonly fieldCode?: string | undefined;
  readonly isEnforcementPost?: boolean | undefined;
  /** These people alone. */
  readonly personIds?: readonly string[] | undefined;
}
