import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, ownPersonId } from '#app/accounts/actor.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { insertDeviceCheck, isOwnRegistration } from './device-check.store.server.ts';
import type { DeviceVerdict } from './judge-device.ts';
import { judgeDevice, verdictOf } from './judge-device.ts';
import type { Measurements } from './measurement.ts';
import { rehearsalTimes } from './rehearsal.ts';

export type CheckRefusal = 'FORBIDDEN' | 'NOT_FOUND';

/** A session of the exam door checks for its own registration, and reads of no other. */
export const servesCheck = ({ boundTo }: ActorCtx['actor'], registrationId: string | null): boolean =>
  boundTo === undefined || boundTo === registrationId;

async function mayRecord(ctx: ActorCtx, registrationId: string | null): Promise<CheckRefusal | null> {
  if (!mayDo(ctx, 'exam.check_device')) return 'FORBIDDEN';
  if (!servesCheck(ctx.actor, registrationId)) return 'NOT_FOUND';
  if (registrationId === null) return null;
  return (await isOwnRegistration(ctx.pool, registrationId, ownPersonId(ctx))) ? null : 'NOT_FOUND';
}

export interface DeviceCheckInput {
  readonly commandId: string;
  readonly registrationId: string | null;
  readonly seatLabel: string | null;
  readonly deviceMark: string;
  readonly measurements: Measurements;
}

/**
 * Keeps what a machine has measured, with the verdict the server reads from it; the same form sent twice is one check.
 * Refuses NOT_FOUND for a registration that is not one's own.
 */
export async function recordCheck(
  ctx: ActorCtx,
  input: DeviceCheckInput,
): Promise<Outcome<DeviceVerdict, CheckRefusal>> {
  const { commandId, registrationId, seatLabel, deviceMark, measurements } = input;
  const refusal = await mayRecord(ctx, registrationId);
  if (refusal) return refused(refusal);
  const verdict = verdictOf(judgeDevice(measurements));
  await insertDeviceCheck(ctx.db, {
    id: commandId,
    accountId: ctx.actorId,
    personId: ownPersonId(ctx),
    kind: 'check',
    occurredAt: ctx.clock.now(),
    ...{ registrationId, verdict, measurements, seatLabel, deviceMark },
  });
  return done(verdict);
}

/**
 * Keeps that a rehearsal was handed in: its page hands in only after the server has confirmed every answer, so save, time
 * and hand-in have worked on that machine. Nothing else of a rehearsal is kept. Refuses NOT_FOUND for what is none.
 */
export async function recordRehearsal(
  ctx: ActorCtx,
  input: { readonly rehearsalId: string; readonly registrationId: string | null },
): Promise<Outcome<null, CheckRefusal>> {
  const { rehearsalId, registrationId } = input;
  const refusal = await mayRecord(ctx, registrationId);
  if (refusal) return refused(refusal);
  const now = ctx.clock.now();
  if (!rehearsalTimes(rehearsalId, now.getTime())) return refused('NOT_FOUND');
  await insertDeviceCheck(ctx.db, {
    id: rehearsalId,
    accountId: ctx.actorId,
    personId: ownPersonId(ctx),
    kind: 'rehearsal',
    verdict: 'ready',
    measurements: null,
    seatLabel: null,
    deviceMark: null,
    occurredAt: now,
    registrationId,
  });
  return done(null);
}
