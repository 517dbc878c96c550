import type { Category } from '#app/training/ledger/hours.ts';
import { CREDIT_HOUR_SECONDS } from '#app/training/ledger/hours.ts';
import type { EntryKind } from '#app/training/ledger/entry.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addDays, makeDay } from '#app/platform/time/day.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import { onWeekday } from '../calendar.ts';
import { diceFor } from '../dice.ts';

/** One class as a unit's people attended it, out of the old 学时台账. */
export interface PlannedClass {
  /** Name of the class: the same for all who sat in it. */
  readonly key: string;
  readonly title: string;
  readonly category: Category;
  readonly kind: EntryKind;
  readonly day: Day;
  /** Stated 学时 as seconds. */
  readonly statedSeconds: number;
}

interface ClassKind {
  readonly month: number;
  readonly title: string;
  readonly category: Category;
  readonly kind: Extract<EntryKind, 'session' | 'external'>;
  readonly hours: number;
}

const klass = (month: number, hours: number, category: Category, title: string): ClassKind => ({
  month,
  title,
  category,
  kind: 'session',
  hours,
});

/** A year of classes: 62 学时, so that who attends all of them is just past the 60 (ZY1, HY2; YC4 categories). */
const ORDINARY_YEAR: readonly ClassKind[] = [
  klass(3, 8, 'public_law', '公共法律知识集中培训'),
  klass(4, 8, 'business', '业务知识培训班'),
  klass(5, 8, 'skill', '执法文书与证据实训'),
  klass(6, 8, 'public_law', '行政处罚法专题培训'),
  { ...klass(7, 6, 'specialised_law', '专业法律知识讲座'), kind: 'external' },
  klass(8, 8, 'business', '业务能力提升班'),
  klass(9, 8, 'skill', '执法技能比武练兵'),
  klass(10, 8, 'public_law', '依法行政专题轮训'),
];

/** Key fields: 32 of the 62 are 专业法律知识 (ZY2). */
const KEY_FIELD_YEAR: readonly ClassKind[] = [
  klass(3, 8, 'public_law', '公共法律知识集中培训'),
  klass(4, 8, 'specialised_law', '专业法律知识培训班（一）'),
  klass(5, 8, 'skill', '执法文书与证据实训'),
  klass(6, 8, 'specialised_law', '专业法律知识培训班（二）'),
  { ...klass(7, 6, 'business', '系统业务知识培训'), kind: 'external' },
  klass(8, 8, 'specialised_law', '专业法律知识培训班（三）'),
  klass(9, 8, 'public_law', '依法行政专题轮训'),
  klass(10, 8, 'specialised_law', '专业法律知识培训班（四）'),
];

const MAKE_UP: ClassKind = klass(12, 8, 'public_law', '年终补训');

/** A class is held in several rounds, because nobody can leave the office empty. */
const ROUNDS = 3;
const DAYS_BETWEEN_ROUNDS = 7;

function classOf(
  kind: ClassKind,
  nth: number,
  place: { areaCode: string; year: number; round: number },
): PlannedClass {
  const { areaCode, year, round } = place;
  const first = makeDay(year, kind.month, 2 + diceFor(`class:${areaCode}:${year}:${nth}`).below(9));
  invariant(first !== null, 'every month has a tenth day');
  return {
    key: `${year}-${areaCode}-${String(nth).padStart(2, '0')}-${round}`,
    title: `${year}年${kind.title}（第${round}期）`,
    category: kind.category,
    kind: kind.kind,
    day: onWeekday(addDays(first, DAYS_BETWEEN_ROUNDS * (round - 1))),
    statedSeconds: kind.hours * CREDIT_HOUR_SECONDS,
  };
}

/** The year's classes of one round, in the order of days; the last one is for making up what was missed. */
export interface ClassYear {
  readonly regular: readonly PlannedClass[];
  readonly makeUp: PlannedClass;
}

/** Classes by place, year, round and line; each is made once however many people attend. */
export function classBook(): (
  areaCode: string,
  year: number,
  round: number,
  isKeyField: boolean,
) => ClassYear {
  const known = new Map<string, ClassYear>();
  return (areaCode, year, round, isKeyField) => {
    const key = `${areaCode}:${year}:${round}:${String(isKeyField)}`;
    const found = known.get(key);
    if (found) return found;
    const place = { areaCode: isKeyField ? `${areaCode}K` : areaCode, year, round };
    const kinds = isKeyField ? KEY_FIELD_YEAR : ORDINARY_YEAR;
    const made = {
      regular: kinds.map((kind, index) => classOf(kind, index + 1, place)),
      makeUp: classOf(MAKE_UP, kinds.length + 1, place),
    };
    known.set(key, made);
    return made;
  };
}

/** 1 … 3, by the unit's number: a unit goes together. */
export function roundOf(unitCode: string): number {
  return 1 + diceFor(`round:${unitCode}`).below(ROUNDS);
}
