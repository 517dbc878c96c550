import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, ownPersonId } from '#app/accounts/actor.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { doorOpensAt, waitsForSignIn } from '../seating/door-rules.ts';
import { isInRanges } from '../seating/ip-range.ts';
import { findEntry } from '../sitting/sitting.store.server.ts';
import type { DeviceCheckView } from './check-view.server.ts';
import { viewDeviceCheck } from './check-view.server.ts';

export interface DoorCheckView {
  readonly check: DeviceCheckView;
  readonly title: string;
  readonly personName: string;
  readonly opensAt: Date;
  readonly hardEndAt: Date;
  readonly isInRooms: boolean;
  readonly seat: { readonly room: string; readonly place: string; readonly seatNo: number } | null;
  /** 签到 begins: the session for the check ends then. */
  readonly signInFrom: Date;
  /** Whether this machine could sign in where it stands; `any` where no networks are named. */
  readonly network: 'any' | 'inside' | 'outside';
}

/**
 * The check of somebody who came in at the exam door before 签到 (behaviour.md part 4, idea 16). Refuses FORBIDDEN;
 * NOT_FOUND for an ordinary session and for a registration that is gone; SIGN_IN_OPEN once 签到 has begun, and where nothing
 * is to be waited for any more: the seat knows why.
 */
export async function viewDoorCheck(
  ctx: ActorCtx,
  clientAddress: string | null,
): Promise<Outcome<DoorCheckView, 'FORBIDDEN' | 'NOT_FOUND' | 'SIGN_IN_OPEN'>> {
  if (!mayDo(ctx, 'exam.check_device')) return refused('FORBIDDEN');
  const { boundTo } = ctx.actor;
  if (boundTo === undefined) return refused('NOT_FOUND');
  const row = await findEntry(ctx.pool, boundTo, ownPersonId(ctx));
  if (!row) return refused('NOT_FOUND');
  if (!waitsForSignIn(row, ctx.clock.now())) return refused('SIGN_IN_OPEN');
  const signInFrom = doorOpensAt(row);
  const check = await viewDeviceCheck(ctx, boundTo);
  if (!check.ok) return check;
  const { title, personName, opensAt, hardEndAt, roomName, roomPlace, seatNo, ipRanges } = row;
  const isInside = isInRanges(clientAddress, ipRanges);
  return done({
    ...{ check: check.value, title, personName, opensAt, hardEndAt, signInFrom },
    seat: roomName === null || seatNo === null ? null : { room: roomName, place: roomPlace ?? '', seatNo },
    isInRooms: row.placeMode === 'rooms',
    network: ipRanges.length === 0 ? 'any' : isInside ? 'inside' : 'outside',
  });
}
