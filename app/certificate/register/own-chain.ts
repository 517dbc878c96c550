import type { ApplicationState } from '../application/application.ts';
import type { EligibilityCheck, EligibilityCode } from '../application/eligibility.ts';
import type { Clause } from '../clauses.ts';
import { CLAUSES } from '../clauses.ts';

/** One link of the way to a card: what is there, what is missing, and the clause that asks for it. */
export interface ChainStep {
  readonly key: string;
  readonly title: string;
  readonly standing: 'done' | 'waiting' | 'missing';
  readonly text: string;
  readonly clause: Clause;
  /** The person's own next act, where there is one. */
  readonly next: { readonly to: string; readonly label: string } | null;
}

export interface OwnApplication {
  readonly state: ApplicationState;
  /** Why it was returned or refused. */
  readonly opinion: string | null;
}

/** These two speak of the application itself, which has steps of its own below. */
const NOT_A_STEP: readonly EligibilityCode[] = ['APPLICATION_OPEN', 'LIVE_CARD_IN_FIELD'];

function checkStep(check: EligibilityCheck): ChainStep {
  const toExams = check.code === 'NO_QUALIFICATION' && !check.isMet;
  return {
    key: check.code,
    title: check.title,
    standing: check.isMet ? 'done' : 'missing',
    text: check.reason,
    clause: check.clause,
    next: toExams ? { to: '/exams', label: '查看考试安排' } : null,
  };
}

/** How far each state has come: filed, reviewed, approved, issued. */
const PROGRESS: Readonly<Record<ApplicationState, number>> = {
  draft: 0,
  returned: 0,
  rejected: 0,
  submitted: 1,
  under_review: 2,
  approved: 3,
  issued: 4,
};

const OFFICE_STEPS = [
  {
    key: 'file',
    title: '单位申报',
    done: '单位已申报。',
    waiting: '由单位联络员申报。',
    clause: CLAUSES.twoPersons,
  },
  {
    key: 'review',
    title: '初审',
    done: '初审已通过。',
    waiting: '等待司法局（乡镇由司法所）初审。',
    clause: CLAUSES.justiceOfficeHelps,
  },
  {
    key: 'approve',
    title: '批准',
    done: '已批准核发。',
    waiting: '等待司法局批准。',
    clause: CLAUSES.twoPersons,
  },
  {
    key: 'issue',
    title: '核发证件',
    done: '证件已核发。',
    waiting: '等待制证并发放。',
    clause: CLAUSES.noCardNoDuty,
  },
] as const;

/** A card that has ended begins the way anew: its application counts no longer. */
const isOver = (application: OwnApplication): boolean =>
  application.state === 'issued' || application.state === 'rejected';

/**
 * The whole way to a card for one person, in order: what they must be, what they must have passed, and what the office
 * does with it. Everything missing is named at once, not one after the other.
 */
export function ownChain(
  checks: readonly EligibilityCheck[],
  application: OwnApplication | null,
): ChainStep[] {
  const current = application !== null && !isOver(application) ? application : null;
  const progress = current === null ? 0 : PROGRESS[current.state];
  const opinion = application?.opinion ?? null;
  const said = application?.state === 'returned' ? '已退回单位补正' : '上次申领不予核发';
  const comesBack =
    opinion !== null && (application?.state === 'returned' || application?.state === 'rejected');
  return [
    ...checks.filter((check) => !NOT_A_STEP.includes(check.code)).map(checkStep),
    ...OFFICE_STEPS.map((step, index): ChainStep => {
      const standing =
        index < progress ? 'done' : index === progress && current !== null ? 'waiting' : 'missing';
      const text = standing === 'done' ? step.done : step.waiting;
      const why = index === 0 && comesBack ? `${said}：${opinion}。${text}` : text;
      return { key: step.key, title: step.title, standing, text: why, clause: step.clause, next: null };
    }),
  ];
}
