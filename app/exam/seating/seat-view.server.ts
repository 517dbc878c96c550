import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, ownPersonId } from '#app/accounts/actor.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { OwnExam } from '../sitting/exams-view.server.ts';
import { examOf } from '../sitting/exams-view.server.ts';
import { findEntry } from '../sitting/sitting.store.server.ts';
import { waitsForSignIn } from './door-rules.ts';

export interface OwnSeat {
  readonly exam: OwnExam;
  readonly personName: string;
}

/**
 * The exam a session of the door was opened for. Refusals: FORBIDDEN; NOT_FOUND for an ordinary session; DOOR_NOT_OPEN
 * before 签到, when a session serves a check of the machine only.
 */
export async function viewOwnSeat(
  ctx: ActorCtx,
): Promise<Outcome<OwnSeat, 'FORBIDDEN' | 'NOT_FOUND' | 'DOOR_NOT_OPEN'>> {
  if (!mayDo(ctx, 'exam.sit')) return refused('FORBIDDEN');
  const { boundTo } = ctx.actor;
  if (boundTo === undefined) return refused('NOT_FOUND');
  const personId = ownPersonId(ctx);
  const row = await findEntry(ctx.pool, boundTo, personId);
  if (!row) return refused('NOT_FOUND');
  if (waitsForSignIn(row, ctx.clock.now())) return refused('DOOR_NOT_OPEN');
  return done({ exam: await examOf(ctx, row, personId), personName: row.personName });
}
