import type { AbsenceKind } from '#app/organization/change/absence.ts';
import { ABSENCE_LABELS } from '#app/organization/change/absence.ts';
import { isAdmittedEstablishment } from '#app/organization/person/card-admission.ts';
import type { Establishment } from '#app/organization/person/person.ts';
import { ESTABLISHMENT_LABELS } from '#app/organization/person/person.ts';
import type { Grade } from '#app/organization/register/assessment.ts';
import { gradeLabel, isBadGrade } from '#app/organization/register/assessment.ts';
import type { Basis } from '#app/organization/rules/rule-basis.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addDays, formatDay } from '#app/platform/time/day.ts';
import type { DeclaredSanction } from './sanction.ts';
import { isBarringSanction, isSanctionInForce, SANCTION_LABELS, sanctionEnd } from './sanction.ts';
import type { Source } from './sources.ts';
import { SOURCES } from './sources.ts';

/** What a batch is for: 资格考试 for those who have no card yet, or 换证/年度考试 for those who have one (domain.md §5.2). */
export type ExamPurpose = 'qualification' | 'renewal';

/** Everything the rules know of one person on one day. */
export interface CandidateFacts {
  /** The home on the day; null when the person is nowhere in post. */
  readonly post: {
    readonly isOfUnit: boolean;
    readonly establishment: Establishment;
    readonly isEnforcementPost: boolean;
  } | null;
  /** The body in whose name the unit acts; null when there is none on the day. */
  readonly entity: { readonly name: string; readonly isEntrusted: boolean } | null;
  readonly absence: { readonly kind: AbsenceKind; readonly expectedReturnDay: Day } | null;
  /** Null when the batch asks for no course. */
  readonly hasCompletedCourse: boolean | null;
  /** The latest 年度考核 that stands; null when none is registered. */
  readonly assessment: { readonly year: number; readonly grade: Grade } | null;
  /** As declared by the unit; null where it declares that there is none. */
  readonly sanction: DeclaredSanction | null;
  /** A pass on which a card may still be claimed. */
  readonly qualificationUntil: Day | null;
  /** A card that has not ended. */
  readonly liveCardNo: string | null;
  /** Out of a revocation; null without one. */
  readonly barredUntil: Day | null;
  readonly hasLegalQualification: boolean;
  readonly hasPhoto: boolean;
  /** Title of an earlier batch in which the person was given 缓考 and has not sat since. */
  readonly deferredFrom: string | null;
  /** Title of another open batch of the same kind in which the person is registered. */
  readonly otherBatch: string | null;
}

export type ReasonCode =
  | 'NOT_IN_POST'
  | 'NOT_OF_UNIT'
  | 'ESTABLISHMENT_NOT_ADMITTED'
  | 'UNIT_IS_NO_ENTITY'
  | 'ASSESSMENT_FAILED'
  | 'SANCTION_IN_FORCE'
  | 'BARRED'
  | 'REGISTERED_ELSEWHERE'
  | 'NOT_ENFORCEMENT_POST'
  | 'SECONDED'
  | 'AWAY'
  | 'COURSE_NOT_COMPLETED'
  | 'QUALIFIED_ALREADY'
  | 'HOLDS_CARD'
  | 'HOLDS_NO_CARD'
  | 'WARNED'
  | 'MAY_BE_EXEMPT'
  | 'DEFERRED_BEFORE'
  | 'NO_PHOTO';

/** refuses: cannot be registered · look: a person must decide · note: worth knowing, stands in nobody's way. */
export type Weight = 'refuses' | 'look' | 'note';

export interface Reason {
  readonly code: ReasonCode;
  readonly weight: Weight;
  /** As a sentence for the unit and for the person. */
  readonly text: string;
  readonly source: string;
  readonly basis: Basis;
}

export const VERDICTS = ['eligible', 'needs_look', 'refused'] as const;
export type Verdict = (typeof VERDICTS)[number];

export const VERDICT_LABELS: Readonly<Record<Verdict, string>> = {
  eligible: '符合',
  needs_look: '需核实',
  refused: '不符合',
};

export interface Judgement {
  readonly verdict: Verdict;
  /** The heaviest first. */
  readonly reasons: readonly Reason[];
}

const reason = (code: ReasonCode, weight: Weight, text: string, from: Source): Reason => ({
  code,
  weight,
  text,
  source: from.source,
  basis: from.basis,
});

type Rule = (facts: CandidateFacts, day: Day, purpose: ExamPurpose) => Reason | null;

const inPost: Rule = ({ post }) => {
  if (post === null)
    return reason('NOT_IN_POST', 'refuses', '当日不在任何单位在岗。', SOURCES.permanentStaff);
  if (!post.isOfUnit)
    return reason(
      'NOT_OF_UNIT',
      'refuses',
      '当日不是本单位人员，请由现工作单位报名。',
      SOURCES.permanentStaff,
    );
  return null;
};

const establishment: Rule = ({ post }) => {
  if (post === null || isAdmittedEstablishment(post.establishment)) return null;
  const text = `${ESTABLISHMENT_LABELS[post.establishment]}，不在报考范围内；执法辅助人员另行培训考核。`;
  return reason('ESTABLISHMENT_NOT_ADMITTED', 'refuses', text, SOURCES.permanentStaff);
};

const entity: Rule = ({ entity: body }) =>
  body === null
    ? reason(
        'UNIT_IS_NO_ENTITY',
        'refuses',
        '所在单位当日不是经确认的行政执法主体，也无有效委托。',
        SOURCES.organWithPower,
      )
    : null;

const assessment: Rule = ({ assessment: last, post }) => {
  if (last === null || !isBadGrade(last.grade)) return null;
  const text = `${last.year}年度考核为${gradeLabel(last.grade, post?.establishment ?? null)}。`;
  return reason('ASSESSMENT_FAILED', 'refuses', text, SOURCES.failedAssessment);
};

const sanction: Rule = ({ sanction: declared }, day) => {
  if (declared === null || !isSanctionInForce(declared, day)) return null;
  const lastDay = formatDay(addDays(sanctionEnd(declared), -1));
  const text = `受${SANCTION_LABELS[declared.kind]}处分，处分期至${lastDay}`;
  const period = SOURCES.sanctionPeriod.source;
  return isBarringSanction(declared.kind)
    ? reason('SANCTION_IN_FORCE', 'refuses', `${text}，期内不得报考。`, {
        ...SOURCES.sanctionBars,
        source: `${SOURCES.sanctionBars.source}；期间见${period}`,
      })
    : reason('WARNED', 'note', `${text}，不影响报考。`, SOURCES.sanctionPeriod);
};

const bar: Rule = ({ barredUntil }, day) =>
  barredUntil !== null && day < barredUntil
    ? reason(
        'BARRED',
        'refuses',
        `证件曾被吊销，${formatDay(barredUntil)}前不得重新报考。`,
        SOURCES.reapplyBar,
      )
    : null;

const elsewhere: Rule = ({ otherBatch }) =>
  otherBatch === null
    ? null
    : reason('REGISTERED_ELSEWHERE', 'refuses', `已在“${otherBatch}”报名。`, SOURCES.oneRegistration);

const enforcementPost: Rule = ({ post }) =>
  post === null || post.isEnforcementPost
    ? null
    : reason(
        'NOT_ENFORCEMENT_POST',
        'look',
        '未登记为执法岗位；拟从事执法工作的，请单位说明拟任岗位。',
        SOURCES.enforcementPost,
      );

const absence: Rule = ({ absence: away }) => {
  if (away === null) return null;
  const until = `预计${formatDay(away.expectedReturnDay)}返回`;
  return away.kind === 'secondment'
    ? reason('SECONDED', 'look', `借调在外，${until}；请核实是否仍在本单位执法岗位。`, SOURCES.seconded)
    : reason('AWAY', 'note', `${ABSENCE_LABELS[away.kind]}，${until}；能否到考请单位确认。`, SOURCES.resit);
};

const course: Rule = ({ hasCompletedCourse }) =>
  hasCompletedCourse === false
    ? reason(
        'COURSE_NOT_COMPLETED',
        'look',
        '尚未学完本批次规定的课程；开考前仍未学完的，不能入场。',
        SOURCES.course,
      )
    : null;

const qualified: Rule = ({ qualificationUntil, liveCardNo }, day, purpose) => {
  if (purpose === 'renewal')
    return liveCardNo === null
      ? reason(
          'HOLDS_NO_CARD',
          'look',
          '没有未终止的执法证件，不需参加换证考试。',
          SOURCES.examGivesQualification,
        )
      : null;
  if (liveCardNo !== null)
    return reason(
      'HOLDS_CARD',
      'look',
      '已持有执法证件，一般不再参加资格考试。',
      SOURCES.examGivesQualification,
    );
  if (qualificationUntil === null || qualificationUntil < day) return null;
  const text = `已取得执法资格，${formatDay(qualificationUntil)}前可以申领证件，一般不需再考。`;
  return reason('QUALIFIED_ALREADY', 'look', text, SOURCES.examGivesQualification);
};

const exemption: Rule = ({ hasLegalQualification }) =>
  hasLegalQualification
    ? reason(
        'MAY_BE_EXEMPT',
        'note',
        '持有法律职业资格，可以凭证明申请免考。',
        SOURCES.legalQualificationExempt,
      )
    : null;

const deferred: Rule = ({ deferredFrom }) =>
  deferredFrom === null
    ? null
    : reason('DEFERRED_BEFORE', 'note', `“${deferredFrom}”缓考，本批次参加。`, SOURCES.resit);

const photo: Rule = ({ hasPhoto }) =>
  hasPhoto
    ? null
    : reason('NO_PHOTO', 'note', '没有照片，准考证将留空，请在“照片”中补传。', SOURCES.ticketPhoto);

/** In the order in which a unit would put them right; sorted by weight afterwards. */
const RULES: readonly Rule[] = [
  inPost,
  establishment,
  entity,
  assessment,
  sanction,
  bar,
  elsewhere,
  enforcementPost,
  absence,
  qualified,
  course,
  exemption,
  deferred,
  photo,
];

const HEAVIEST_FIRST: readonly Weight[] = ['refuses', 'look', 'note'];

export function verdictOf(reasons: readonly Pick<Reason, 'weight'>[]): Verdict {
  if (reasons.some(({ weight }) => weight === 'refuses')) return 'refused';
  return reasons.some(({ weight }) => weight === 'look') ? 'needs_look' : 'eligible';
}

/**
 * 资格审核 of one person by the rules of domain.md §5.5, with every reason. It proposes: the bureau decides on what needs a
 * look, and nobody is registered against a reason that refuses (the register is corrected first).
 */
export function judge(facts: CandidateFacts, day: Day, purpose: ExamPurpose): Judgement {
  const found = RULES.flatMap((rule) => rule(facts, day, purpose) ?? []);
  const reasons = HEAVIEST_FIRST.flatMap((weight) => found.filter((one) => one.weight === weight));
  return { verdict: verdictOf(reasons), reasons };
}
