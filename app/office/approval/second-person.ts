import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { SecondPersonSubstitute } from '#app/organization/rules/region-rules.ts';

/** Who stood beside the maker: a colleague of the bureau, or what takes a colleague's place where there is none. */
export const SECOND_PERSON_WAYS = ['colleague', 'leader', 'upper_bureau', 'signed_form'] as const;
export type SecondPersonWay = (typeof SECOND_PERSON_WAYS)[number];

export const WAY_LABELS: Readonly<Record<SecondPersonWay, string>> = {
  colleague: '本局其他人员复核',
  leader: '分管领导复核',
  upper_bureau: '上级司法局复核',
  signed_form: '凭签字的审批单办理',
};

/** Somebody who may answer; `key` is the natural person, so that two accounts of one person are one. */
export interface Answerer {
  readonly key: string;
  readonly name: string;
}

/** A deed that takes two people: who made it, and who there is besides. */
export interface SecondPersonScene {
  /** Null where nobody of an office made it: then any of the bureau is the second. */
  readonly makerKey: string | null;
  readonly colleagues: readonly Answerer[];
  readonly leaders: readonly Answerer[];
  readonly upper: readonly Answerer[];
  /** What the region's rules allow where the bureau has one person only. */
  readonly allowed: readonly SecondPersonSubstitute[];
}

/** How the actor stands to the deciding bureau by the rights in hand; null for anybody else. */
export type Standing = Exclude<SecondPersonWay, 'signed_form'> | null;

/**
 * The ways that are open (design.md invariant 11): a colleague, where there is one; only a bureau of one person takes what
 * its region's rules allow instead, as far as there is such a person. None: the deed cannot be done there.
 */
export function openWays({ colleagues, leaders, upper, allowed }: SecondPersonScene): SecondPersonWay[] {
  if (colleagues.length > 0) return ['colleague'];
  return allowed.filter((way) => {
    if (way === 'leader') return leaders.length > 0;
    return way === 'upper_bureau' ? upper.length > 0 : true;
  });
}

export type SecondPersonRefusal =
  | 'MAKER_IS_CHECKER'
  | 'OTHER_DECIDES'
  | 'NO_SECOND_PERSON'
  | 'SIGNED_FORM_MISSING'
  | 'SIGNED_FORM_NOT_ALLOWED';

/**
 * Which way the deed is confirmed by. The maker alone needs the signed form, and only where it is open; nobody else may
 * replace the own answer by a form. Refusals: NO_SECOND_PERSON (nothing is open); MAKER_IS_CHECKER; SIGNED_FORM_MISSING;
 * SIGNED_FORM_NOT_ALLOWED; OTHER_DECIDES (not one of those who may).
 */
export function decideWay(
  scene: SecondPersonScene,
  by: { readonly key: string; readonly standing: Standing; readonly hasSignedForm: boolean },
): Outcome<SecondPersonWay, SecondPersonRefusal> {
  const ways = openWays(scene);
  if (by.key === scene.makerKey) {
    if (ways.includes('signed_form'))
      return by.hasSignedForm ? done('signed_form') : refused('SIGNED_FORM_MISSING');
    return ways.length === 0 ? refused('NO_SECOND_PERSON') : refused('MAKER_IS_CHECKER');
  }
  if (by.hasSignedForm) return refused('SIGNED_FORM_NOT_ALLOWED');
  // Whoever is not the maker and stands in the bureau is the colleague, also on the first day of a new account.
  if (by.standing === 'colleague') return done('colleague');
  return by.standing !== null && ways.includes(by.standing) ? done(by.standing) : refused('OTHER_DECIDES');
}

const NAMES_SHOWN = 3;

function named(people: readonly Answerer[]): string {
  if (people.length === 0) return '';
  const names = [...new Set(people.map((one) => one.name))];
  const shown = names.slice(0, NAMES_SHOWN).join('、');
  return `（${shown}${names.length > NAMES_SHOWN ? '等' : ''}）`;
}

/** One sentence for whoever waits: who may answer now. */
export function tellWays(scene: SecondPersonScene): string {
  const parts = openWays(scene).map((way) => {
    switch (way) {
      case 'colleague':
        return `由本局其他人员${named(scene.colleagues)}复核`;
      case 'leader':
        return `由分管领导${named(scene.leaders)}登录后复核，手机上也可办理`;
      case 'upper_bureau':
        return `由上级司法局${named(scene.upper)}复核`;
      case 'signed_form':
        return '由经办人上传分管领导签字的审批单后办理';
    }
  });
  return parts.length === 0
    ? '本局只有一名经办人员，本地区规则也没有其他复核方式，请先开通第二名人员的账号'
    : parts.join('；或者');
}
