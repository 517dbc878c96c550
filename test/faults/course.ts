/** What becomes of a candidate in a hall with a common bell, and of the machine at which the waiting began. */
export interface Course {
  readonly cutOff: 'never' | 'before_bell' | 'in_exam';
  /** When that machine has network again. */
  readonly back: 'in_exam' | 'after_end' | 'never';
  /** When the candidate goes on at another machine, which has network. */
  readonly moves: 'no' | 'before_bell' | 'in_exam';
  /** When a sealed file of that machine is handed over. */
  readonly files: 'none' | 'after' | 'in_exam_and_after';
  /** Hears the 开卷口令 and types it where the server does not answer. */
  readonly hasCode: boolean;
  readonly handsIn: boolean;
}

const STAYS: Course = {
  cutOff: 'never',
  back: 'in_exam',
  moves: 'no',
  files: 'none',
  hasCode: true,
  handsIn: false,
};
const CUT: Course = { ...STAYS, cutOff: 'before_bell' };

/** By turns over the candidates of a hall; their number is odd, so that each comes in both rooms. */
export const COURSES: readonly Course[] = [
  { ...STAYS, hasCode: false, handsIn: true },
  { ...CUT, back: 'in_exam' },
  { ...CUT, back: 'never', files: 'in_exam_and_after' },
  // Moved away; what the first machine holds comes while the exam goes on.
  { ...CUT, moves: 'in_exam', back: 'in_exam' },
  STAYS,
  { ...CUT, back: 'after_end' },
  // Moved before the bell: somebody opens the machine that was left by the code, and its file is handed over.
  { ...CUT, moves: 'before_bell', back: 'never', files: 'in_exam_and_after' },
  { ...CUT, back: 'never', files: 'after' },
  // Nobody hears the code there: the attempt ends with no answers, unless the bell was quicker than the cut.
  { ...CUT, back: 'never', hasCode: false, files: 'after' },
  { ...CUT, cutOff: 'in_exam', back: 'never', files: 'in_exam_and_after' },
  { ...CUT, cutOff: 'in_exam', moves: 'in_exam', back: 'after_end' },
];
