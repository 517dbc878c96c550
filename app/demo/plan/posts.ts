import type { Establishment } from '#app/organization/person/person.ts';
import type { Dice } from '../dice.ts';
import type { CastName } from './cast.ts';
import type { Category } from './category.ts';
import type { PlannedUnit } from './city.ts';

/** What a person is in the unit: 内设机构、职务、编制、执法岗. */
export interface PlannedPost {
  readonly department: string;
  readonly position: string;
  readonly establishment: Establishment;
  readonly isEnforcementPost: boolean;
}

interface Seat {
  readonly unit: PlannedUnit;
  readonly category: Category;
  readonly nth: number;
  readonly isReviewer: boolean;
  readonly cast: CastName | null;
}

const OFFICE_RANKS: readonly [string, ...string[]] = [
  '一级科员',
  '四级主任科员',
  '三级主任科员',
  '二级主任科员',
  '副科长',
  '科长',
];
const TEAM_RANKS: readonly [string, ...string[]] = ['执法队员', '执法队员', '执法队员', '副中队长', '中队长'];
const SUPPORT_RANKS: readonly [string, ...string[]] = ['执法辅助员', '协管员'];
const SQUADS: readonly [string, ...string[]] = ['一中队', '二中队', '三中队', '直属中队'];
const ROOMS: readonly [string, ...string[]] = ['执法监督科', '业务一科', '业务二科', '行政审批科', '综合科'];
const OUTSIDE: readonly [Establishment, ...Establishment[]] = [
  'contract',
  'dispatched_labour',
  'public_welfare',
];

const LEGAL_ROOM = '政策法规科';
const GENERAL_OFFICE = '办公室';

const isTeam = (unit: PlannedUnit): boolean => unit.unitType === 'team' || unit.unitType === 'township_team';

function establishmentOf(dice: Dice, { unit, category }: Seat): Establishment {
  if (category === 'auxiliary') return dice.pick(OUTSIDE);
  if (unit.unitType === 'team') return dice.chance(60) ? 'civil_like' : 'public_institution';
  if (unit.unitType === 'township_team') return dice.chance(75) ? 'public_institution' : 'admin';
  if (unit.unitType === 'authorised' || unit.unitType === 'entrusted') return 'public_institution';
  return category === 'office' && dice.chance(15) ? 'worker' : 'admin';
}

function departmentOf(dice: Dice, { unit, category, isReviewer, cast }: Seat): string {
  if (cast === 'liaison' || cast === 'liaison2' || isReviewer) return LEGAL_ROOM;
  if (cast === 'applicant' || cast === 'officer') return '执法监督科';
  if (category === 'office' || cast === 'leader') return GENERAL_OFFICE;
  return isTeam(unit) ? dice.pick(SQUADS) : dice.pick(ROOMS);
}

/** The head of a township team is its mayor or director (YC7). */
function positionOf(dice: Dice, { unit, category, nth, cast }: Seat): string {
  if (cast === 'leader') return '副局长';
  if (cast === 'applicant') return '一级科员';
  if (category === 'auxiliary') return dice.pick(SUPPORT_RANKS);
  if (unit.unitType === 'township_team' && nth === 0)
    return unit.areaName.endsWith('街道') ? '街道办事处主任兼队长' : '乡镇长兼队长';
  if (category === 'candidate') return isTeam(unit) ? '执法队员（试用）' : '一级科员（试用）';
  return isTeam(unit) && category !== 'office' ? dice.pick(TEAM_RANKS) : dice.pick(OFFICE_RANKS);
}

export function postOf(dice: Dice, seat: Seat): PlannedPost {
  const { category } = seat;
  return {
    establishment: establishmentOf(dice, seat),
    department: departmentOf(dice, seat),
    position: positionOf(dice, seat),
    isEnforcementPost: category !== 'office' && category !== 'auxiliary',
  };
}
