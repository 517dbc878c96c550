import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import type { Outcome, Refused } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { formatClock, formatRange } from '#app/platform/time/day.ts';
import { listCreditOfSource } from '../ledger/hour-entry.store.server.ts';
import type { Interval } from '../ledger/interval.ts';
import { instantOf, secondOf } from '../ledger/interval.ts';
import type { AttendanceState, MarkStanding } from './attendance.ts';
import { attendanceState, foldMarks } from './attendance.ts';
import type { CloseRefusal, PersonCredit } from './credits.ts';
import { decideCredits } from './credits.ts';
import type { Participant } from './roster.store.server.ts';
import { listMarks, listParticipants } from './roster.store.server.ts';
import type { Block, TrainingSession } from './session.ts';
import { sessionEnd } from './session.ts';
import type { SealedNote } from './sealed-view.server.ts';
import { sealedNote, sealedOf } from './sealed-view.server.ts';
import { findOwnSession, loadCreditPolicy } from './session-scope.server.ts';

export interface BlockView {
  readonly id: string;
  /** 11月23日 09:00–11:30 */
  readonly when: string;
  readonly from: string;
  readonly to: string;
  readonly hasStarted: boolean;
  /** People without a mark in this block. */
  readonly unmarked: number;
}

export interface MarkView {
  readonly standing: MarkStanding;
  /** Times of a part, `09:40`; null for the whole block. */
  readonly from: string | null;
  readonly to: string | null;
  readonly reason: string | null;
}

export interface PersonLine extends Participant {
  readonly state: AttendanceState;
  readonly marks: Readonly<Record<string, MarkView>>;
  /** What closing gives, or has given; null while it cannot be said. */
  readonly credit: Pick<PersonCredit, 'creditSeconds' | 'presentSeconds' | 'isBelowMinimum'> | null;
}

export interface SessionView {
  readonly session: Omit<TrainingSession, 'blocks'>;
  readonly unitName: string;
  readonly blocks: readonly BlockView[];
  readonly people: readonly PersonLine[];
  readonly isOver: boolean;
  /** Why it cannot be closed now; null when it can. */
  readonly closeRefusal: Refused<CloseRefusal> | null;
  /** What has to be known before closing writes into sealed years; null when it does not. */
  readonly sealedNote: SealedNote | null;
  readonly minimumPercent: number;
  readonly minutesPerCreditHour: number;
  readonly may: { readonly schedule: boolean; readonly mark: boolean; readonly close: boolean };
}

/** One class: its people, their attendance block by block, and what closing would credit. */
export async function sessionView(
  ctx: ActorCtx,
  sessionId: string,
): Promise<Outcome<SessionView, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'session.read')) return refused('FORBIDDEN');
  const found = await findOwnSession(ctx, 'session.read', sessionId);
  if (!found) return refused('NOT_FOUND');
  const { session, tree } = found;
  const now = secondOf(ctx.clock.now());
  const people = await listParticipants(ctx.pool, sessionId);
  const attendances = foldMarks(
    people.map((person) => person.personId),
    await listMarks(ctx.pool, sessionId),
  );
  const policy = await loadCreditPolicy(ctx, session, tree);
  // The same rule closes the class: the preview is what will be credited. Of a closed one the ledger is what counts.
  const credits = decideCredits({ ...session, status: 'scheduled' }, attendances, policy, now);
  const decided = new Map(credits.ok ? credits.value.map((credit) => [credit.personId, credit]) : []);
  const booked =
    session.status === 'closed' ? await listCreditOfSource(ctx.pool, 'training_session', session.id) : null;
  const attendanceOf = new Map(attendances.map((attendance) => [attendance.personId, attendance]));
  const isOpen = session.status === 'scheduled' && credits.ok;
  const { blocks, ...rest } = session;
  return done({
    session: rest,
    unitName: tree.units.get(session.unitId)?.name ?? '',
    blocks: blocks.map((block) => blockView(block, now, attendances)),
    people: people.map((person): PersonLine => {
      const attendance = attendanceOf.get(person.personId) ?? { personId: person.personId, marks: new Map() };
      return {
        ...person,
        state: attendanceState(attendance, blocks),
        marks: Object.fromEntries([...attendance.marks].map(([id, mark]) => [id, markView(mark)])),
        credit: creditView(decided.get(person.personId), booked, person.personId),
      };
    }),
    isOver: now >= sessionEnd(blocks),
    closeRefusal: credits.ok ? null : credits,
    sealedNote: isOpen ? sealedNote(await sealedOf(ctx, session, credits.value, people)) : null,
    minimumPercent: policy.attendanceMinimumPercent,
    minutesPerCreditHour: policy.minutesPerCreditHour,
    may: {
      schedule: mayDo(ctx, 'session.schedule'),
      mark: mayDo(ctx, 'session.mark'),
      close: mayDo(ctx, 'session.close'),
    },
  });
}

function creditView(
  decided: PersonCredit | undefined,
  booked: ReadonlyMap<string, number> | null,
  personId: string,
): PersonLine['credit'] {
  if (!decided) return null;
  const { presentSeconds, isBelowMinimum } = decided;
  return {
    presentSeconds,
    isBelowMinimum,
    creditSeconds: booked ? (booked.get(personId) ?? 0) : decided.creditSeconds,
  };
}

function blockView(block: Block, now: number, attendances: ReturnType<typeof foldMarks>): BlockView {
  const { from, to } = block.interval;
  return {
    id: block.id,
    when: formatRange(instantOf(from), instantOf(to)),
    from: formatClock(instantOf(from)),
    to: formatClock(instantOf(to)),
    hasStarted: now >= from,
    unmarked: attendances.filter((attendance) => !attendance.marks.has(block.id)).length,
  };
}

function markView(mark: { standing: MarkStanding; part: Interval | null; reason: string | null }): MarkView {
  return {
    standing: mark.standing,
    from: mark.part && formatClock(instantOf(mark.part.from)),
    to: mark.part && formatClock(instantOf(mark.part.to)),
    reason: mark.reason,
  };
}
