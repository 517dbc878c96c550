import type { Pool } from '#app/platform/db/db.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { LawCalendar } from './bank/law-calendar.ts';
import type { CandidateRecords } from './eligibility/records.ts';
import type { CoursePrecondition } from './sitting/precondition.ts';

/** What the composition root gives to the exam: knowledge of other slices, and content that is read once. */
export interface ExamPorts {
  readonly precondition: CoursePrecondition;
  readonly laws: LawCalendar;
  readonly records: CandidateRecords;
}

const known = new WeakMap<Pool, ExamPorts>();

export function provideExamPorts(pool: Pool, ports: ExamPorts): void {
  known.set(pool, ports);
}

/** The ports of the application around this pool; `examPart` provides them before anything is served. */
export function examPorts(pool: Pool): ExamPorts {
  const ports = known.get(pool);
  invariant(ports, 'the exam slice was prepared before it is used');
  return ports;
}

/** True once the exam slice was prepared: a seed that runs apart from the application does without running exams. */
export function hasExamPorts(pool: Pool): boolean {
  return known.has(pool);
}
