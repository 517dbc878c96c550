import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, ownPersonId } from '#app/accounts/actor.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { RoomView } from '../sitting/attempt-view.server.ts';
import { sealingFor } from '../sitting/sealed/sealing.server.ts';
import type { LastChecks, OwnSeat } from './device-check.store.server.ts';
import { findLastChecks, isOwnRegistration, listOwnSeats } from './device-check.store.server.ts';
import type { Finding } from './judge-device.ts';
import { judgeDevice } from './judge-device.ts';
import { servesCheck } from './record-check.server.ts';
import { REHEARSAL_ITEMS, rehearsalKey, rehearsalTimes } from './rehearsal.ts';

export interface DeviceCheckView {
  /** Exams ahead, the next one first. */
  readonly seats: readonly OwnSeat[];
  readonly last: {
    readonly verdict: NonNullable<LastChecks['check']>['verdict'];
    readonly findings: readonly Finding[];
    readonly seatLabel: string | null;
    readonly occurredAt: Date;
  } | null;
  readonly rehearsedAt: Date | null;
  /** Registration the check is made for; null for none in particular. */
  readonly registrationId: string | null;
  /** Id of the form. */
  readonly commandId: string;
}

/**
 * One's own check page. Refuses FORBIDDEN, and NOT_FOUND for a registration that is not one's own, or not the one a session
 * of the exam door serves.
 */
export async function viewDeviceCheck(
  ctx: ActorCtx,
  registrationId: string | null,
): Promise<Outcome<DeviceCheckView, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'exam.check_device')) return refused('FORBIDDEN');
  if (!servesCheck(ctx.actor, registrationId)) return refused('NOT_FOUND');
  const personId = ownPersonId(ctx);
  if (registrationId !== null && !(await isOwnRegistration(ctx.pool, registrationId, personId)))
    return refused('NOT_FOUND');
  const [seats, { check, rehearsedAt }] = await Promise.all([
    listOwnSeats(ctx.pool, personId, ctx.clock.now()),
    findLastChecks(ctx.pool, personId, ctx.actor.boundTo ?? null),
  ]);
  return done({
    seats: registrationId === null ? seats : seats.filter((seat) => seat.registrationId === registrationId),
    last: check
      ? {
          verdict: check.verdict,
          findings: check.measured ? judgeDevice(check.measured) : [],
          seatLabel: check.seatLabel,
          occurredAt: check.occurredAt,
        }
      : null,
    rehearsedAt,
    registrationId,
    commandId: newId(),
  });
}

/**
 * The real exam room on a practice paper. Answers live on the device and in acknowledgements only; nobody watches, and
 * nothing counts. Null when its time is over, or for what is no rehearsal.
 */
export async function viewRehearsal(
  ctx: ActorCtx,
  input: { readonly rehearsalId: string; readonly personName: string; readonly leaveTo: string },
): Promise<RoomView | null> {
  if (!mayDo(ctx, 'exam.check_device')) return null;
  const nowMs = ctx.clock.now().getTime();
  const times = rehearsalTimes(input.rehearsalId, nowMs);
  if (!times || nowMs > times.closeAtMs) return null;
  const attemptId = rehearsalKey(input.rehearsalId);
  const { deadlineAtMs, closeAtMs, startedAtMs } = times;
  return {
    kind: 'room',
    attemptId,
    title: '考前演练（不计成绩）',
    personName: input.personName,
    items: REHEARSAL_ITEMS,
    fullMarkHundredths: REHEARSAL_ITEMS.reduce((sum, item) => sum + item.markHundredths, 0),
    start: {
      epoch: 1,
      answers: [],
      lastSeq: 0,
      savedAtMs: null,
      serverNowMs: nowMs,
      pausedAtMs: null,
      noticeNo: 0,
      ...{ deadlineAtMs, closeAtMs },
    },
    handInFromMs: startedAtMs,
    issuedSeq: 1,
    sealing: await sealingFor(ctx, attemptId, 1),
    flags: [],
    messages: [],
    watch: null,
    leaveTo: input.leaveTo,
    isByTicket: ctx.actor.boundTo !== undefined,
  };
}
