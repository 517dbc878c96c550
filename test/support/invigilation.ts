import type { ActorCtx } from '#app/accounts/actor.server.ts';
import type { Act, Reason } from '#app/exam/invigilation/act.ts';
import { actOnCandidates } from '#app/exam/invigilation/act-on-candidates.server.ts';
import type { Target } from '#app/exam/invigilation/act-target.ts';
import type { NewSitting } from '#app/exam/sitting/create-sitting.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Hall } from './exam.ts';
import { aHall } from './exam.ts';
import { anActor } from './world.ts';

/** A sitting in two rooms (candidates by turns), an invigilator of the first room, and two people of the bureau. */
export interface WatchedHall extends Hall {
  readonly rooms: readonly [string, string];
  readonly invigilator: ActorCtx;
  readonly bureau: ActorCtx;
  readonly bureau2: ActorCtx;
}

async function aRoom(ctx: Ctx, sittingId: string, no: number): Promise<string> {
  const id = newId<'ExamRoom'>();
  await ctx.db.examRoom.create({
    data: {
      id,
      sittingId,
      no,
      name: `第${no}考场`,
      place: '行政中心机房',
      seatRows: 10,
      seatColumns: 10,
      createdAt: ctx.clock.now(),
    },
  });
  return id;
}

export async function aWatchedHall(
  ctx: Ctx,
  options: { candidates?: number; sitting?: Partial<NewSitting>; needsDeviceRelease?: boolean } = {},
): Promise<WatchedHall> {
  const hall = await aHall(ctx, { candidates: options.candidates ?? 4, sitting: options.sitting ?? {} });
  const { sittingId, regionId } = hall;
  await ctx.db.examSitting.update({
    where: { id: sittingId },
    data: { placeMode: 'rooms', needsDeviceRelease: options.needsDeviceRelease ?? false },
  });
  const rooms = [await aRoom(ctx, sittingId, 1), await aRoom(ctx, sittingId, 2)] as const;
  for (const [index, { registrationId }] of hall.candidates.entries())
    await ctx.db.examRegistration.update({
      where: { id: registrationId },
      data: { roomId: rooms[index % 2] ?? rooms[0], seatNo: Math.floor(index / 2) + 1 },
    });
  const invigilator = await anActor(ctx, {
    grants: [{ role: 'invigilator', scopeKind: 'region', regionId }],
  });
  await ctx.db.examRoomInvigilator.create({
    data: { roomId: rooms[0], accountId: invigilator.actorId, assignedAt: ctx.clock.now() },
  });
  const ofBureau = () =>
    anActor(ctx, { grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId }] });
  const people = { invigilator, bureau: await ofBureau(), bureau2: await ofBureau() };
  forgetTree(ctx);
  return { ...hall, rooms, ...people };
}

const POWER: Reason = { code: 'power_failure', note: '配电间跳闸' };

/** One act, under a command of its own unless the test repeats one. */
export function act(
  by: ActorCtx,
  sittingId: string,
  target: Target | readonly string[],
  what: Act,
  more: { reason?: Reason; commandId?: string; confirmation?: string } = {},
) {
  return actOnCandidates(by, {
    sittingId,
    target: 'kind' in target ? target : { kind: 'people', registrationIds: target },
    act: what,
    reason: more.reason ?? POWER,
    confirmation: more.confirmation,
    commandId: more.commandId ?? newId(),
  });
}
