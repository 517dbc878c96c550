import { askBell } from '#app/exam/ahead/ask-bell.server.ts';
import type { BellBody } from '#app/exam/ahead/bell.ts';
import type { WaitingView } from '#app/exam/sitting/attempt-view.server.ts';
import { viewAttempt } from '#app/exam/sitting/attempt-view.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { released, sealed } from './custody.ts';
import type { Sitting } from './exam.ts';
import type { WatchedHall } from './invigilation.ts';
import { aWatchedHall } from './invigilation.ts';

const MINUTE_MS = 60_000;

export interface BellHall extends WatchedHall {
  readonly bellAt: Date;
}

/**
 * A sitting in two rooms whose bell rings in ten minutes and whose check-in is open, sealed and released by two people
 * unless the test does that itself.
 */
export async function aBellHall(
  ctx: Ctx,
  options: { candidates?: number; isReleased?: boolean; needsDeviceRelease?: boolean } = {},
): Promise<BellHall> {
  const at = (minutes: number): Date => new Date(ctx.clock.now().getTime() + minutes * MINUTE_MS);
  const bellAt = at(10);
  const times = { opensAt: bellAt, latestEntryAt: at(40), hardEndAt: at(130) };
  const hall = await aWatchedHall(ctx, {
    candidates: options.candidates ?? 2,
    sitting: { ...times, startMode: 'bell' },
    needsDeviceRelease: options.needsDeviceRelease ?? false,
  });
  const { sittingId } = hall;
  await ctx.db.examSitting.update({ where: { id: sittingId }, data: { checkInFrom: at(-20) } });
  const bureau = { maker: hall.bureau, checker: hall.bureau2 };
  await sealed(bureau, sittingId);
  if (options.isReleased !== false) await released(bureau, sittingId);
  return { ...hall, bellAt };
}

/** What the device of an attempt is told when it asks for the bell. */
export async function askAs(
  sitting: Sitting,
  asked: { deviceKey?: string; accountId?: string } = {},
): Promise<BellBody> {
  const { ctx } = sitting.candidate;
  const { attemptId, deviceKey } = sitting;
  const outcome = await askBell(ctx, { attemptId, deviceKey, accountId: ctx.actorId, ...asked });
  if (!outcome.ok) throw new Error(outcome.code);
  return outcome.value;
}

/** The page before the bell, which must be it. */
export async function waitingPage(sitting: Sitting, deviceKey = sitting.deviceKey): Promise<WaitingView> {
  const outcome = await viewAttempt(sitting.candidate.ctx, { attemptId: sitting.attemptId, deviceKey });
  if (!outcome.ok || outcome.value.kind !== 'waiting') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}
