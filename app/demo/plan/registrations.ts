import { judge } from '#app/exam/eligibility/eligibility.ts';
import type { Judgement } from '#app/exam/eligibility/eligibility.ts';
import type { RegistrationStatus } from '#app/exam/sitting/registration.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { PlannedPerson } from './people.ts';

/** How one person of the demo's open batch is registered. */
export interface PlannedRegistration {
  readonly person: PlannedPerson;
  readonly status: RegistrationStatus;
  readonly route: 'regular' | 'late';
  readonly asked: 'defer' | 'exempt' | null;
  readonly note: string | null;
  readonly judgement: Judgement;
}

type Part = Pick<PlannedRegistration, 'status'> & Partial<Pick<PlannedRegistration, 'asked' | 'note'>>;

/** Dealt out one after the other, so that every state stands on the first page. */
const PARTS: readonly Part[] = [
  { status: 'registered' },
  { status: 'approved' },
  { status: 'registered' },
  { status: 'approved' },
  { status: 'returned', note: '请说明拟任执法岗位，补充后重新报名' },
  { status: 'approved' },
  { status: 'registered' },
  { status: 'approved', asked: 'defer', note: '培训期间住院，申请参加下一批次' },
  { status: 'refused', note: '试用期考核未结束，不在本批次报考范围' },
  { status: 'approved' },
  { status: 'deferred', note: '产假，同意参加下一批次' },
  { status: 'registered' },
  { status: 'exempt', note: '持有法律职业资格证书' },
  { status: 'withdrawn', note: '已调离执法岗位' },
  { status: 'approved' },
];

/** In townships the 司法所 checks first: half has been, the others wait. */
const TOWNSHIP_PARTS: readonly Part[] = [{ status: 'first_checked' }, { status: 'registered' }];

/** Late ones at the end of the list. */
const LATE_SHARE = 10;
/** Every so many people has not completed the course yet. */
const EVERY_SLOW_LEARNER = 4;

const isTownship = ({ unit }: PlannedPerson): boolean => unit.regionKey.split('/').length > 2;

/** The people of the batch as registered, judged by the very rules of registration on the facts of the plan. */
export function planRegistrations(people: readonly PlannedPerson[], day: Day): PlannedRegistration[] {
  return people.map((person, index) => {
    const parts = isTownship(person) ? TOWNSHIP_PARTS : PARTS;
    const { status, asked = null, note = null } = parts[index % parts.length] ?? { status: 'registered' };
    const { establishment, isEnforcementPost, hasLegalQualification } = person;
    const judgement = judge(
      {
        post: { isOfUnit: true, establishment, isEnforcementPost },
        entity: { name: person.unit.name, isEntrusted: false },
        absence: null,
        hasCompletedCourse: index % EVERY_SLOW_LEARNER !== 0,
        assessment: null,
        sanction: null,
        qualificationUntil: null,
        liveCardNo: null,
        barredUntil: null,
        hasLegalQualification: hasLegalQualification || status === 'exempt',
        hasPhoto: false,
        deferredFrom: null,
        otherBatch: null,
      },
      day,
      'qualification',
    );
    const route = index >= people.length - LATE_SHARE ? 'late' : 'regular';
    return { person, status, route, asked, note, judgement };
  });
}
