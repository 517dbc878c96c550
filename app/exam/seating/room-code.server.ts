import { randomInt } from 'node:crypto';
import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Secrets } from '#app/platform/secret/keys.server.ts';
import { makeAccessCode } from './access-code.ts';

/** Bound to its room: a cipher moved to another row opens nothing. */
const contextOf = (roomId: string): string => `exam_room:${roomId}`;

/** A fresh 开考口令 as it is kept. */
export function sealedCode(secrets: Secrets, roomId: string): Uint8Array<ArrayBuffer> {
  const code = makeAccessCode((bound) => randomInt(bound));
  return new Uint8Array(secrets.encrypt('access_code', Buffer.from(code, 'utf8'), contextOf(roomId)));
}

/** The code of a room; null where none was made. For the gate, and for people whose right was checked. */
export function openCode(
  secrets: Pick<Secrets, 'decrypt'>,
  roomId: string,
  cipher: Uint8Array | null,
): string | null {
  return cipher === null
    ? null
    : secrets.decrypt('access_code', Buffer.from(cipher), contextOf(roomId)).toString('utf8');
}

const codeRow = z.object({
  roomId: z.string(),
  regionId: z.string(),
  cipher: z.instanceof(Uint8Array).nullable(),
  isMine: z.boolean(),
});

/**
 * 开考口令 of the rooms of a sitting that the viewer may know: all of them for the bureau, one's own rooms for their
 * invigilators. Looking is noted in the audit log. Refusals: FORBIDDEN, NOT_FOUND (no room within reach).
 */
export async function readRoomCodes(
  ctx: ActorCtx,
  sittingId: string,
): Promise<Outcome<ReadonlyMap<string, string>, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'exam.invigilate')) return refused('FORBIDDEN');
  const { regionIds } = await reachFor(ctx, 'exam.manage');
  const { rows } = await ctx.pool.query({
    name: 'exam-room-codes',
    text: `select r.id as "roomId", s.region_id as "regionId", r.access_code_cipher as cipher,
             exists (select 1 from exam_room_invigilator i where i.room_id = r.id and i.account_id = $2) as "isMine"
           from exam_room r join exam_sitting s on s.id = r.sitting_id where r.sitting_id = $1`,
    values: [sittingId, ctx.actorId],
  });
  const known = z
    .array(codeRow)
    .parse(rows)
    .filter((room) => room.isMine || regionIds.has(room.regionId));
  if (known.length === 0) return refused('NOT_FOUND');
  await inTransaction(ctx, 'read-room-codes', (tx) =>
    appendAudit(tx, ctx, {
      action: 'exam.read_code',
      subjectKind: 'exam_sitting',
      subjectId: sittingId,
      regionId: known[0]?.regionId ?? null,
      detail: { rooms: known.length },
    }),
  );
  return done(
    new Map(
      known.flatMap(({ roomId, cipher }) => {
        const code = openCode(ctx.secrets, roomId, cipher);
        return code === null ? [] : [[roomId, code] as const];
      }),
    ),
  );
}
