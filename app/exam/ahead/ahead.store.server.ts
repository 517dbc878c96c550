import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import { IS_HELD_SQL } from './held.ts';

/** A set may be released again, with new codes (`release/`): of one seal's releases the last one counts. */
const LATER_FIRST = 'z.seal_no desc, w.occurred_at desc, w.id desc';

/** The last release of a sitting; null while nothing was released. A paper that lies ahead is locked under its code. */
const LAST_RELEASE = `(select w.id from exam_release w join exam_seal z on z.id = w.seal_id
  where w.sitting_id = s.id order by ${LATER_FIRST} limit 1)`;

const placeRow = z.object({
  paperHash: z.string(),
  releaseId: z.string().nullable(),
  roomId: z.string().nullable(),
  /** The bell as it is set now. */
  opensAt: z.date(),
});
/** What the envelope of an attempt is made from. */
export type EnvelopeFacts = z.infer<typeof placeRow>;

/** Null for an unknown attempt. The caller has found the attempt to be its candidate's own. */
export async function findEnvelopeFacts(pool: Pool, attemptId: string): Promise<EnvelopeFacts | null> {
  const { rows } = await pool.query({
    name: 'exam-ahead-envelope',
    text: `select q.content_hash as "paperHash", ${LAST_RELEASE} as "releaseId", r.room_id as "roomId",
             s.opens_at as "opensAt"
           from attempt a join paper q on q.id = a.paper_id join exam_registration r on r.id = a.registration_id
           join exam_sitting s on s.id = r.sitting_id where a.id = $1`,
    values: [attemptId],
  });
  return z.array(placeRow).parse(rows)[0] ?? null;
}

const bellRow = placeRow.extend({
  state: z.string(),
  startedAt: z.date(),
  deadlineAt: z.date(),
  closeAt: z.date(),
  pausedAt: z.date().nullable(),
  isHeld: z.boolean(),
  noticeNo: z.number(),
  deviceEpoch: z.number(),
  deviceKeyHash: z.instanceof(Buffer),
});
export type BellRow = z.infer<typeof bellRow>;

/** An own attempt as the bell finds it; null when it is unknown or another account's. */
export async function findBell(pool: Pool, attemptId: string, accountId: string): Promise<BellRow | null> {
  const { rows } = await pool.query({
    name: 'exam-ahead-bell',
    text: `select a.state, a.started_at as "startedAt", a.deadline_at as "deadlineAt", a.close_at as "closeAt",
             a.paused_at as "pausedAt", ${IS_HELD_SQL} as "isHeld", a.notice_no as "noticeNo", a.device_epoch as "deviceEpoch",
             a.device_key_hash as "deviceKeyHash", q.content_hash as "paperHash", ${LAST_RELEASE} as "releaseId",
             r.room_id as "roomId", s.opens_at as "opensAt"
           from attempt a join paper q on q.id = a.paper_id join exam_registration r on r.id = a.registration_id
           join exam_sitting s on s.id = r.sitting_id where a.id = $1 and a.account_id = $2`,
    values: [attemptId, accountId],
  });
  return z.array(bellRow).parse(rows)[0] ?? null;
}

const codeRoomRow = z.object({
  roomId: z.string(),
  roomNo: z.number(),
  opensAt: z.date(),
  roomName: z.string(),
  place: z.string(),
  releaseId: z.string(),
  releasedAt: z.date(),
});
export type CodeRoom = z.infer<typeof codeRoomRow>;

/** Every release of a bell sitting with every room, by room, the last release first: a page may wait under an earlier one. */
export async function listCodeRooms(pool: Pool, sittingId: string): Promise<CodeRoom[]> {
  const { rows } = await pool.query({
    name: 'exam-ahead-codes',
    text: `select m.id as "roomId", m.no as "roomNo", s.opens_at as "opensAt", m.name as "roomName", m.place, w.id as "releaseId", w.occurred_at as "releasedAt"
           from exam_release w join exam_seal z on z.id = w.seal_id join exam_room m on m.sitting_id = w.sitting_id
             join exam_sitting s on s.id = w.sitting_id
           where w.sitting_id = $1 and s.start_mode = 'bell' order by m.no, ${LATER_FIRST}`,
    values: [sittingId],
  });
  return z.array(codeRoomRow).parse(rows);
}
