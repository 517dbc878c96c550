import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, ownPersonId } from '#app/accounts/actor.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { itemCount, fullMarkHundredths } from '../paper/blueprint.ts';
import { blueprintSpec } from '../paper/blueprint.schema.ts';
import { asksForCode } from '../seating/gate.ts';
import type { Entry, EntryRefusal } from './entry.ts';
import type { FocusRule } from './evidence/focus.ts';
import type { RegistrationStatus } from './registration.ts';
import type { EntryRow } from './sitting.store.server.ts';
import { listOwnEntries } from './sitting.store.server.ts';
import { entryNow } from './start-attempt.server.ts';

/** What the person can do with a sitting now, ready to be shown. */
export type ExamDoor =
  | { readonly kind: 'running'; readonly attemptId: string; readonly deadlineAt: Date }
  /** Checked in: the attempt begins with the bell. */
  | { readonly kind: 'waiting'; readonly attemptId: string; readonly bellAt: Date }
  | { readonly kind: 'may_start'; readonly endsAt: Date }
  | { readonly kind: 'may_check_in'; readonly bellAt: Date }
  | { readonly kind: 'refused'; readonly code: EntryRefusal };

export interface FinishedAttempt {
  readonly attemptId: string;
  readonly attemptNo: number;
  readonly finalisedAt: Date;
  readonly passed: boolean;
  readonly scoreHundredths: number;
}

export interface OwnExam extends FocusRule {
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
  /** Room and seat, where the sitting is held in rooms and seats are laid out. */
  readonly seat: { readonly room: string; readonly place: string; readonly seatNo: number } | null;
  readonly isInRooms: boolean;
  /** The start asks for the 开考口令 that the invigilator reads out. */
  readonly asksForCode: boolean;
  readonly door: ExamDoor;
  /** Empty while the bureau keeps the results back. */
  readonly finished: readonly FinishedAttempt[];
  /** How often the exam was taken to its end, whether the results are told already or not. */
  readonly takenCount: number;
  /** Handed in, and the results of the sitting are not released yet. */
  readonly awaitsRelease: boolean;
  /** Id of the start form. */
  readonly commandId: string;
}

function finishedOf(row: EntryRow): FinishedAttempt[] {
  return row.attempts.flatMap((attempt) => {
    const { id, attemptNo, finalisedAt, passed, scoreHundredths } = attempt;
    if (finalisedAt === null || passed === null || scoreHundredths === null) return [];
    if (attempt.state === 'void') return [];
    return [{ attemptId: id, attemptNo, finalisedAt, passed, scoreHundredths }];
  });
}

function doorOf(entry: Entry, { startMode, opensAt }: EntryRow, now: Date): ExamDoor {
  switch (entry.kind) {
    case 'running': {
      const { id: attemptId, deadlineAt } = entry.attempt;
      const isWaiting = startMode === 'bell' && now.getTime() < opensAt.getTime();
      return isWaiting
        ? { kind: 'waiting', attemptId, bellAt: opensAt }
        : { kind: 'running', attemptId, deadlineAt };
    }
    case 'may_start':
      return { kind: 'may_start', endsAt: entry.deadlineAt };
    case 'may_check_in':
      return { kind: 'may_check_in', bellAt: entry.bellAt };
    case 'refused':
      return entry;
  }
}

/** One sitting of a person as it is shown to them now. */
export async function examOf(ctx: ActorCtx, row: EntryRow, personId: string): Promise<OwnExam> {
  const entry = await entryNow(ctx, row, personId);
  const spec = blueprintSpec.parse(row.blueprintSpec);
  const { registrationId, registrationStatus, ticketNo, title, blueprintTitle } = row;
  const { opensAt, latestEntryAt, hardEndAt, startMode, attemptLimit, graceSeconds } = row;
  const { focusPolicy, focusLimit } = row;
  return {
    ...{ registrationId, registrationStatus, ticketNo, title, blueprintTitle },
    ...{ opensAt, latestEntryAt, hardEndAt, startMode, attemptLimit, graceSeconds },
    ...{ focusPolicy, focusLimit },
    durationMinutes: Math.round(row.durationSeconds / 60),
    earliestHandInMinutes: Math.ceil(row.earliestHandInSeconds / 60),
    itemCount: itemCount(spec),
    fullMarkHundredths: fullMarkHundredths(spec),
    passMarkHundredths: spec.passMarkHundredths,
    preconditionCourse: row.preconditionCourse,
    seat:
      row.roomName === null || row.seatNo === null
        ? null
        : { room: row.roomName, place: row.roomPlace ?? '', seatNo: row.seatNo },
    isInRooms: row.placeMode === 'rooms',
    asksForCode: asksForCode({
      needsAccessCode: row.needsAccessCode,
      hasRoomCode: row.codeCipher !== null,
      admittedAt: row.admittedAt,
    }),
    door: doorOf(entry, row, ctx.clock.now()),
    finished: row.isWithheld ? [] : finishedOf(row),
    takenCount: finishedOf(row).length,
    awaitsRelease: row.isWithheld && finishedOf(row).length > 0,
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
