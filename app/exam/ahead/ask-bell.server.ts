import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { toBase64url } from '#app/platform/text/base64url.ts';
import { isClosed } from '../sitting/deadline.ts';
import { hashDeviceKey } from '../sitting/device.server.ts';
import { codeNo, contentKeyOf } from './ahead-keys.server.ts';
import type { BellRow } from './ahead.store.server.ts';
import { findBell } from './ahead.store.server.ts';
import type { BellBody } from './bell.ts';

function stateOf(bell: BellRow, isThisDevice: boolean, now: Date): BellBody['state'] {
  if (bell.state !== 'in_progress' || isClosed(now, bell.closeAt, bell.pausedAt)) return 'over';
  if (!isThisDevice) return 'moved';
  return bell.isHeld || now.getTime() < bell.startedAt.getTime() ? 'waiting' : 'open';
}

/**
 * What a waiting page asks: how late it is, whether it is still the one, and from the bell on the key of its envelope.
 * One statement, nothing is written. The key is given to the device of the attempt alone, never before the bell of the
 * server's clock, and not while a pause from before the bell lasts. Refuses NOT_FOUND for an attempt that is unknown or another account's.
 */
export async function askBell(
  ctx: Pick<Ctx, 'pool' | 'clock' | 'secrets'>,
  asked: { readonly attemptId: string; readonly accountId: string; readonly deviceKey: string },
): Promise<Outcome<BellBody, 'NOT_FOUND'>> {
  const bell = await findBell(ctx.pool, asked.attemptId, asked.accountId);
  if (!bell) return refused('NOT_FOUND');
  const now = ctx.clock.now();
  const { attemptId } = asked;
  const { paperHash, deviceEpoch: epoch, releaseId, roomId, opensAt } = bell;
  const state = stateOf(bell, bell.deviceKeyHash.equals(hashDeviceKey(asked.deviceKey)), now);
  return done({
    state,
    serverNowMs: now.getTime(),
    bellAtMs: bell.startedAt.getTime(),
    epoch,
    lockNo: releaseId && roomId ? codeNo({ releaseId, roomId, opensAt }) : null,
    key: state === 'open' ? toBase64url(contentKeyOf(ctx.secrets, { attemptId, epoch, paperHash })) : null,
    deadlineAtMs: bell.deadlineAt.getTime(),
    closeAtMs: bell.closeAt.getTime(),
    pausedAtMs: bell.pausedAt?.getTime() ?? null,
    noticeNo: bell.noticeNo,
  });
}
