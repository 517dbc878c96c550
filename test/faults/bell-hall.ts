import { openingCode } from '#app/exam/ahead/ahead-keys.server.ts';
import { listCodeRooms } from '#app/exam/ahead/ahead.store.server.ts';
import { viewOpeningCodes } from '#app/exam/ahead/opening-codes-view.server.ts';
import { createSessions } from '#app/accounts/session.server.ts';
import { drawRandom } from '#app/exam/paper/draw-random.ts';
import { receiveSealed } from '#app/exam/sitting/sealed/receive-sealed.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { systemClock } from '#app/platform/time/clock.ts';
import type { Candidate } from '#test/support/exam.ts';
import { prepareExam } from '#test/support/exam.ts';
import { act } from '#test/support/invigilation.ts';
import type { BellHall } from '#test/support/paper-ahead.ts';
import { aBellHall } from '#test/support/paper-ahead.ts';
import type { Desk } from './bell-candidate.ts';
import { liveThroughBell } from './bell-candidate.ts';
import type { BellCounts, BellLife } from './bell-page.ts';
import { noBellCounts, openBellPage } from './bell-page.ts';
import { COURSES } from './course.ts';
import { tryEarly } from './early.ts';
import type { Seat } from './life.ts';
import { firstPair } from './machine.ts';
import type { Verdict } from './oracle.ts';
import { judge } from './oracle.ts';
import type { FaultyPlatform } from './platform.ts';
import type { Record } from './record.ts';
import { emptyRecord } from './record.ts';
import type { Kills } from './staging.ts';
import { SETTLE_MS, allClosed, inTurns, persist, restart, secondsAfter, until, withCtx } from './staging.ts';

const GRACE_SECONDS = 2;
/** Late is late by this much at least. */
const LATE_MS = 500;
const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };

export interface BellPlan {
  readonly seed: string;
  readonly candidates: number;
  /** From the last check-in to the bell, and length of the exam; both longer where the machine is slow. */
  readonly leadSeconds: number;
  readonly seconds: number;
}

export interface BellReport extends Verdict {
  readonly counts: BellCounts;
  readonly serverKills: number;
  readonly databaseKills: number;
  readonly lastClosedSeconds: number;
}

interface Staged {
  readonly hall: BellHall;
  readonly seats: readonly Seat[];
  readonly records: readonly Record[];
  readonly bellAt: Date;
  readonly endAt: Date;
  readonly closeAt: Date;
  /** 开卷口令 by room, as on the sheets. */
  readonly sheets: ReadonlyMap<string, string>;
}

/** 入场候考, the same form to every server at once: one attempt and one key of the device come of it. */
async function checkIn(ctx: Ctx, urls: readonly string[], candidate: Candidate): Promise<Seat> {
  const { setCookie } = await createSessions({ pool: ctx.pool, secure: false }).create(candidate.ctx.actorId);
  const session = firstPair(setCookie);
  const { registrationId } = candidate;
  const body = new URLSearchParams({ registrationId, commandId: newId(), view: 'paper' }).toString();
  const answers = await Promise.all(
    urls.map((url) => {
      const headers = { ...FORM, Cookie: session, Origin: url };
      return fetch(`${url}/attempts/start`, { method: 'POST', headers, body, redirect: 'manual' });
    }),
  );
  const gates = answers.map((answer) => {
    const device = answer.headers.getSetCookie().map(firstPair);
    const key = device.find((pair) => pair.startsWith('zhifa_device_'))?.replace(/^[^=]*=/, '') ?? '';
    return { attemptId: answer.headers.get('location')?.split('/').at(-1) ?? '', key };
  });
  const [gate] = gates;
  if (!gate?.key || gates.some((other) => other.attemptId !== gate.attemptId || other.key !== gate.key))
    throw new Error(`checked in as ${JSON.stringify(gates)} (${answers.map(({ status }) => status).join()})`);
  return { ctx: candidate.ctx, attemptId: gate.attemptId, deviceKey: gate.key, session };
}

/** 开卷口令 by room as they lie sealed on the sheets; another bell has others. */
async function sheetsOf(ctx: Ctx, sittingId: string): Promise<ReadonlyMap<string, string>> {
  const rooms = await listCodeRooms(ctx.pool, sittingId);
  return new Map(rooms.map((room) => [room.roomId, openingCode(ctx.secrets, room)]));
}

/** Odd, so that they sit in both rooms. */
const IMPATIENT_EVERY = 7;
/** A machine that is busy with other things gets more time, within bounds. */
const FEW_STARTS = 3;
const FEW_CHECK_INS = 2;
const LONGEST_MS = 120_000;

/**
 * Papers sealed and released by two people, machines to be released by an invigilator, everybody checked in, and the bell
 * in a moment.
 */
async function stage(
  ctx: Ctx,
  platform: FaultyPlatform,
  plan: BellPlan,
  counts: BellCounts,
): Promise<Staged> {
  await prepareExam(ctx);
  const hall = await aBellHall(ctx, { candidates: plan.candidates, needsDeviceRelease: true });
  const urls = platform.servers.map((server) => server.url);
  const fromMs = performance.now();
  const seats = await inTurns(hall.candidates, (candidate) => checkIn(ctx, urls, candidate));
  const checkInsMs = performance.now() - fromMs;
  const records = seats.map(({ attemptId }) => emptyRecord(attemptId));
  const early = { urls, counts, bellAtMs: hall.bellAt.getTime() };
  const codes = await sheetsOf(ctx, hall.sittingId);
  await inTurns(seats, async (seat, index) => {
    const record = records[index];
    const code = codes.get(hall.rooms[index % 2] ?? '');
    if (record && code && index % IMPATIENT_EVERY === 0) await tryEarly(early, seat, record, code);
  });
  const atLeast = (seconds: number, ms: number): number =>
    Math.max(seconds * 1_000, Math.min(LONGEST_MS, ms));
  const bellMs = systemClock.now().getTime() + atLeast(plan.leadSeconds, FEW_CHECK_INS * checkInsMs);
  const endMs = bellMs + atLeast(plan.seconds, FEW_STARTS * platform.startMs);
  const times = {
    bellAt: new Date(bellMs),
    endAt: new Date(endMs),
    closeAt: new Date(endMs + GRACE_SECONDS * 1_000),
  };
  await setBell(ctx, hall.sittingId, times);
  return { hall, seats, records, sheets: await sheetsOf(ctx, hall.sittingId), ...times };
}

/** Everything was prepared for a bell far ahead; it is set now that all have come, as by a change of date. */
async function setBell(
  ctx: Ctx,
  sittingId: string,
  at: { readonly bellAt: Date; readonly endAt: Date; readonly closeAt: Date },
): Promise<void> {
  const times = [sittingId, at.bellAt, at.endAt];
  await ctx.pool.query(
    `update exam_sitting set opens_at = $2, latest_entry_at = $3, hard_end_at = $3, grace_seconds = $4 where id = $1`,
    [...times, GRACE_SECONDS],
  );
  await ctx.pool.query(
    `update attempt a set started_at = $2, deadline_at = $3, close_at = $4 from exam_registration r
     where r.sitting_id = $1 and a.registration_id = r.id`,
    [...times, at.closeAt],
  );
}

/** From the bell on the codes are shown to who watches; not a moment before. Returns what was wrong. */
async function announce(staged: Staged, heard: Map<string, string>): Promise<string[]> {
  const { hall, bellAt, sheets } = staged;
  const look = () => persist(() => viewOpeningCodes(hall.bureau, hall.sittingId));
  const early = await look();
  const isEarly = systemClock.now().getTime() < bellAt.getTime();
  await until(bellAt.getTime());
  const shown = await look();
  const codes = (shown.ok && shown.value.codes) || [];
  for (const { roomId, code } of codes) heard.set(roomId, code);
  const isOther = [...sheets].some(([roomId, code]) => heard.get(roomId)?.replaceAll(' ', '') !== code);
  return [
    ...(isEarly && early.ok && early.value.codes !== null ? ['codes were shown before the bell'] : []),
    ...(isOther ? ['the codes that are shown are not those of the sheets'] : []),
  ];
}

/** What the officials do for the candidate of this number. */
function deskOf(staged: Staged, heard: ReadonlyMap<string, string>, index: number, life: BellLife): Desk {
  const { hall, sheets, closeAt } = staged;
  const [one, two] = hall.rooms;
  const [room, other] = index % 2 === 0 ? [one, two] : [two, one];
  // An invigilator watches the first room alone.
  const watcher = index % 2 === 0 ? hall.invigilator : hall.bureau;
  const registrationId = hall.candidates[index]?.registrationId ?? '';
  const { counts, record } = life;
  return {
    otherCode: sheets.get(other) ?? '',
    announced: () => heard.get(room) ?? null,
    release: async () => {
      const commandId = newId();
      const release = { kind: 'release_device' } as const;
      const acted = await persist(() =>
        act(watcher, hall.sittingId, [registrationId], release, { commandId }),
      );
      if (!acted.ok || acted.value.done !== 1)
        record.wrongs.push(`attempt ${record.attemptId}: not released: ${JSON.stringify(acted)}`);
    },
    receive: async (text) => {
      counts.uploads += 2;
      const upload = () => persist(() => receiveSealed(hall.invigilator, text));
      const outcomes = await Promise.all([upload(), upload()]);
      if (outcomes.some((outcome) => !outcome.ok))
        record.wrongs.push(`attempt ${record.attemptId}: a file was refused: ${JSON.stringify(outcomes)}`);
    },
    afterEnd: () => until(closeAt.getTime() + LATE_MS),
  };
}

/** kill -9 of one server before the bell and of the other right after it, of the database in the exam, of a server at its end. */
async function strike(platform: FaultyPlatform, plan: BellPlan, staged: Staged, kills: Kills): Promise<void> {
  const [one, two] = platform.servers;
  if (!one || !two) throw new Error('two servers are there to be killed');
  const random = drawRandom(`strike-${plan.seed}`);
  const bellMs = staged.bellAt.getTime();
  await until(bellMs - 300 - random.below(700));
  const first = restart(one, 0, kills);
  await until(bellMs + random.below(300));
  await Promise.all([first, restart(two, 0, kills)]);
  await until(bellMs + (staged.endAt.getTime() - bellMs) * 0.6);
  kills.database += 1;
  await platform.killDatabase();
  await until(staged.closeAt.getTime() + SETTLE_MS + random.below(300));
  await restart(random.below(2) === 0 ? one : two, random.below(300), kills);
}

/** One exam with papers ahead and a common bell under fire, and what the oracle says about it. */
export async function runBellHall(platform: FaultyPlatform, plan: BellPlan): Promise<BellReport> {
  return withCtx(platform, async (ctx) => {
    const urls = platform.servers.map((server) => server.url);
    const counts = noBellCounts();
    const staged = await stage(ctx, platform, plan, counts);
    const { seats, records } = staged;
    const kills: Kills = { servers: 0, database: 0 };
    const heard = new Map<string, string>();
    const runningAt = (at: Date): number => performance.now() + at.getTime() - systemClock.now().getTime();
    const times = { bellMs: runningAt(staged.bellAt), endsAtMs: runningAt(staged.endAt) };
    const lives = seats.map((seat, index) => {
      const record = records[index];
      const course = COURSES[index % COURSES.length];
      if (!record || !course) throw new Error('every seat has its record and its course');
      const random = drawRandom(`${plan.seed}-${index}`);
      const life: BellLife = {
        ...{ seat, urls, random, counts, record, ...times, bellAtMs: staged.bellAt.getTime() },
        open: (machine) => openBellPage(life, machine),
      };
      return liveThroughBell(life, course, deskOf(staged, heard, index, life));
    });
    const [said] = await Promise.all([
      announce(staged, heard),
      strike(platform, plan, staged, kills),
      ...lives,
    ]);
    const last = await allClosed(
      ctx,
      seats.map((seat) => seat.attemptId),
    );
    const verdict = await judge(ctx.pool, records);
    return {
      ...{ ...verdict, wrongs: [...said, ...verdict.wrongs] },
      counts,
      serverKills: kills.servers,
      databaseKills: kills.database,
      lastClosedSeconds: secondsAfter(staged.closeAt, last),
    };
  });
}
