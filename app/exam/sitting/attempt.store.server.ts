import { z } from 'zod';
import { askTogether } from '#app/platform/db/ask-together.server.ts';
import type { Pool } from '#app/platform/db/db.server.ts';
import { fewRows } from '#app/platform/db/few-rows.ts';
import { frozenPaper } from '../paper/frozen-paper.schema.ts';
import { IS_HELD_SQL } from '../ahead/held.ts';
import { FOCUS_POLICIES } from './evidence/focus.ts';

const attemptRow = z.object({
  id: z.string(),
  registrationId: z.string(),
  sittingId: z.string(),
  title: z.string(),
  isDemo: z.boolean(),
  personName: z.string(),
  state: z.enum(['in_progress', 'handed_in', 'expired', 'finalised', 'void']),
  startedAt: z.date(),
  deadlineAt: z.date(),
  closeAt: z.date(),
  pausedAt: z.date().nullable(),
  /** Rests since before its common bell: no page of the paper yet. */
  isHeld: z.boolean(),
  noticeNo: z.number(),
  focusPolicy: z.enum(FOCUS_POLICIES),
  focusLimit: z.number().nullable(),
  earliestHandInSeconds: z.number(),
  deviceEpoch: z.number(),
  deviceKeyHash: z.instanceof(Buffer),
  content: frozenPaper,
  passMarkHundredths: z.number(),
  fullMarkHundredths: z.number(),
});
export type AttemptRow = z.infer<typeof attemptRow>;

interface OwnAsked {
  readonly attemptId: string;
  readonly accountId: string;
  readonly boundTo: string | null;
}

const keyOf = ({ attemptId, accountId, boundTo }: OwnAsked): string =>
  `${attemptId}\n${accountId}\n${boundTo ?? ''}`;

/** SQL: what was asked, as a table `o` with the same names; a statement joins it to the attempts with `OWN_SQL`. */
const ASKED_SQL = `${fewRows('unnest($1::uuid[], $2::uuid[], $3::uuid[])', '$4')}
  as o("attemptId", "accountId", "boundTo")`;
const OWN_SQL = `a.id = o."attemptId" and a.account_id = o."accountId"
  and (o."boundTo" is null or a.registration_id = o."boundTo")`;
const ownAsked = z.object({ attemptId: z.string(), accountId: z.string(), boundTo: z.string().nullable() });

/** Each question's row, null where there is none; one row per question that has one, which says what was asked. */
function answersTo<Row extends OwnAsked>(asked: readonly OwnAsked[], rows: readonly Row[]): (Row | null)[] {
  const found = new Map(rows.map((row) => [keyOf(row), row]));
  return asked.map((one) => found.get(keyOf(one)) ?? null);
}

const valuesOf = (asked: readonly OwnAsked[]): unknown[] => [
  asked.map(({ attemptId }) => attemptId),
  asked.map(({ accountId }) => accountId),
  asked.map(({ boundTo }) => boundTo),
  asked.length,
];

/** Papers in one statement: each is some ten kilobytes. */
const MAX_PAPERS = 32;
const ownAttemptRow = attemptRow.extend(ownAsked.shape);

const askOwnAttempts = askTogether<OwnAsked, AttemptRow | null>(MAX_PAPERS, async (pool, asked) => {
  const { rows } = await pool.query({
    name: 'exam-attempt-own',
    text: `select o.*, a.id, a.registration_id as "registrationId", s.id as "sittingId", s.title,
             s.is_demo as "isDemo", p.name as "personName", a.state, a.started_at as "startedAt",
             a.deadline_at as "deadlineAt", a.close_at as "closeAt", a.paused_at as "pausedAt",
             ${IS_HELD_SQL} as "isHeld", a.notice_no as "noticeNo", s.focus_policy as "focusPolicy",
             s.focus_limit as "focusLimit", s.earliest_hand_in_seconds as "earliestHandInSeconds",
             a.device_epoch as "deviceEpoch", a.device_key_hash as "deviceKeyHash", q.content,
             q.pass_mark_hundredths as "passMarkHundredths", q.full_mark_hundredths as "fullMarkHundredths"
           from ${ASKED_SQL} join attempt a on ${OWN_SQL} join paper q on q.id = a.paper_id
           join exam_registration r on r.id = a.registration_id
           join person p on p.id = r.person_id join exam_sitting s on s.id = r.sitting_id`,
    values: valuesOf(asked),
  });
  return answersTo(asked, z.array(ownAttemptRow).parse(rows));
});

/**
 * An attempt with its paper; null when it is unknown or belongs to another account.
 * @param boundTo registration of a session of the exam door: other attempts of the same person are not found then
 */
export const findOwnAttempt = (
  pool: Pool,
  attemptId: string,
  accountId: string,
  boundTo: string | undefined,
): Promise<AttemptRow | null> => askOwnAttempts(pool, { attemptId, accountId, boundTo: boundTo ?? null });

const clockRow = z.object({
  state: z.string(),
  deadlineAt: z.date(),
  closeAt: z.date(),
  pausedAt: z.date().nullable(),
  noticeNo: z.number(),
  deviceEpoch: z.number(),
  deviceKeyHash: z.instanceof(Buffer),
});
export type AttemptClock = z.infer<typeof clockRow>;

/**
 * State, times and device of an own attempt; the cheap question a page asks while nothing is to be saved.
 * @param boundTo see `findOwnAttempt`
 */
export async function findAttemptClock(
  pool: Pool,
  attemptId: string,
  accountId: string,
  boundTo: string | undefined,
): Promise<AttemptClock | null> {
  const { rows } = await pool.query({
    name: 'exam-attempt-clock',
    text: `select state, deadline_at as "deadlineAt", close_at as "closeAt", paused_at as "pausedAt",
             notice_no as "noticeNo", device_epoch as "deviceEpoch", device_key_hash as "deviceKeyHash" from attempt
           where id = $1 and account_id = $2 and ($3::uuid is null or registration_id = $3)`,
    values: [attemptId, accountId, boundTo ?? null],
  });
  return z.array(clockRow).parse(rows)[0] ?? null;
}

const handInRow = clockRow.extend({
  ...ownAsked.shape,
  startedAt: z.date(),
  earliestHandInSeconds: z.number(),
});
type HandInRow = z.infer<typeof handInRow>;

const MAX_HAND_INS = 100;

const askHandIns = askTogether<OwnAsked, HandInRow | null>(MAX_HAND_INS, async (pool, asked) => {
  const { rows } = await pool.query({
    name: 'exam-attempt-hand-in',
    text: `select o.*, a.state, a.deadline_at as "deadlineAt", a.close_at as "closeAt", a.paused_at as "pausedAt",
             a.notice_no as "noticeNo", a.device_epoch as "deviceEpoch", a.device_key_hash as "deviceKeyHash",
             a.started_at as "startedAt", s.earliest_hand_in_seconds as "earliestHandInSeconds"
           from ${ASKED_SQL} join attempt a on ${OWN_SQL} join exam_registration r on r.id = a.registration_id
           join exam_sitting s on s.id = r.sitting_id`,
    values: valuesOf(asked),
  });
  return answersTo(asked, z.array(handInRow).parse(rows));
});

/** What decides whether an own attempt may be handed in. @param boundTo see `findOwnAttempt` */
export const findHandIn = (
  pool: Pool,
  attemptId: string,
  accountId: string,
  boundTo: string | undefined,
): Promise<HandInRow | null> => askHandIns(pool, { attemptId, accountId, boundTo: boundTo ?? null });

/** Whether an attempt is one of this registration. @param attemptId anything; what is no id is no attempt */
export async function isAttemptOf(pool: Pool, attemptId: string, registrationId: string): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'exam-attempt-of',
    text: `select 1 from attempt where registration_id = $2 and id::text = $1`,
    values: [attemptId, registrationId],
  });
  return rowCount === 1;
}
