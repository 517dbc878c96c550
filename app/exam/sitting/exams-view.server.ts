import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, ownPersonId } from '#app/accounts/actor.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { itemCount, fullMarkHundredths } from '../paper/blueprint.ts';
import { blueprintSpec } from '../paper/blueprint.schema.ts';
import type { EntryRefusal } from './entry.ts';
import type { RegistrationStatus } from './registration.ts';
import type { EntryRow } from './sitting.store.server.ts';
import { listOwnEntries } from './sitting.store.server.ts';
import { entryNow } from './start-attempt.server.ts';

/** What the person can do with a sitting now, ready to be shown. */
export type ExamDoor =
  | { readonly kind: 'running'; readonly attemptId: string; readonly deadlineAt: Date }
  | { readonly kind: 'may_start'; readonly endsAt: Date }
  | { readonly kind: 'refused'; readonly code: EntryRefusal };

export interface FinishedAttempt {
  readonly attemptId: string;
  readonly attemptNo: number;
  readonly finalisedAt: Date;
  readonly passed: boolean;
  readonly scoreHundredths: number;
}

export interface OwnExam {
  readonly registrationId: string;
  readonly registrationStatus: RegistrationStatus;
  readonly ticketNo: string;
  readonly title: string;
  readonly blueprintTitle: string;
  readonly opensAt: Date;
  readonly latestEntryAt: Date;
  readonly hardEndAt: Date;
  readonly durationMinutes: number;
  readonly graceSeconds: number;
  readonly earliestHandInMinutes: number;
  readonly startMode: 'own' | 'bell';
  readonly attemptLimit: number;
  readonly itemCount: number;
  readonly fullMarkHundredths: number;
  readonly passMarkHundredths: number;
  readonly preconditionCourse: string | null;
  readonly door: ExamDoor;
  readonly finished: readonly FinishedAttempt[];
  /** Id of the start form. */
  readonly commandId: string;
}

function finishedOf(row: EntryRow): FinishedAttempt[] {
  return row.attempts.flatMap((attempt) => {
    const { id, attemptNo, finalisedAt, passed, scoreHundredths } = attempt;
    if (finalisedAt === null || passed === null || scoreHundredths === null) return [];
    return [{ attemptId: id, attemptNo, finalisedAt, passed, scoreHundredths }];
  });
}

async function examOf(ctx: ActorCtx, row: EntryRow, personId: string): Promise<OwnExam> {
  const entry = await entryNow(ctx, row, personId);
  const spec = blueprintSpec.parse(row.blueprintSpec);
  const { registrationId, registrationStatus, ticketNo, title, blueprintTitle } = row;
  const { opensAt, latestEntryAt, hardEndAt, startMode, attemptLimit, graceSeconds } = row;
  return {
    ...{ registrationId, registrationStatus, ticketNo, title, blueprintTitle },
    ...{ opensAt, latestEntryAt, hardEndAt, startMode, attemptLimit, graceSeconds },
    durationMinutes: Math.round(row.durationSeconds / 60),
    earliestHandInMinutes: Math.ceil(row.earliestHandInSeconds / 60),
    itemCount: itemCount(spec),
    fullMarkHundredths: fullMarkHundredths(spec),
    passMarkHundredths: spec.passMarkHundredths,
    preconditionCourse: row.preconditionCourse,
    door:
      entry.kind === 'running'
        ? { kind: 'running', attemptId: entry.attempt.id, deadlineAt: entry.attempt.deadlineAt }
        : entry.kind === 'may_start'
          ? { kind: 'may_start', endsAt: entry.deadlineAt }
          : entry,
    finished: finishedOf(row),
    commandId: newId(),
  };
}

/** The person's own sittings with what can be done now. Refuses FORBIDDEN. */
export async function viewOwnExams(ctx: ActorCtx): Promise<Outcome<readonly OwnExam[], 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'exam.read_own')) return refused('FORBIDDEN');
  const personId = ownPersonId(ctx);
  const rows = await listOwnEntries(ctx.pool, personId);
  const exams: OwnExam[] = [];
  for (const row of rows) exams.push(await examOf(ctx, row, personId));
  return done(exams);
}
