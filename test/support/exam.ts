import path from 'node:path';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { readLawCalendar } from '#app/exam/bank/law-calendar.server.ts';
import { loadBank } from '#app/exam/bank/load-bank.server.ts';
import { ensureBlueprints } from '#app/exam/paper/blueprint.store.server.ts';
import { provideExamPorts } from '#app/exam/ports.server.ts';
import type { NewSitting } from '#app/exam/sitting/create-sitting.server.ts';
import { createSitting } from '#app/exam/sitting/create-sitting.server.ts';
import { deviceKey } from '#app/exam/sitting/device.server.ts';
import { registerCandidates } from '#app/exam/sitting/register-candidates.server.ts';
import { saveAnswers } from '#app/exam/sitting/save-answers.server.ts';
import { startAttempt } from '#app/exam/sitting/start-attempt.server.ts';
import type { SentAnswer } from '#app/exam/sitting/wire.ts';
import { cardRecords } from '#app/certificate/register/candidate-records.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { aPerson, aRegion, aUnit, anActor } from './world.ts';

export const ROOT_DIR = path.resolve('.');
const HOUR_MS = 3_600_000;

/** Course slugs that count as completed; everything else is not. */
export async function prepareExam(ctx: Ctx, completed: ReadonlySet<string> = new Set()): Promise<void> {
  provideExamPorts(ctx.pool, {
    precondition: { hasCompleted: (_pool, _person, slug) => Promise.resolve(completed.has(slug)) },
    laws: await readLawCalendar(ROOT_DIR),
    records: {
      ...cardRecords,
      courses: () => Promise.resolve([...completed].map((slug) => ({ value: slug, label: slug }))),
      completedBy: (_reader, personIds, slug) =>
        Promise.resolve(new Set(completed.has(slug) ? personIds : [])),
    },
  });
  await loadBank({ system: ctx, rootDir: ROOT_DIR });
  await ensureBlueprints(ctx);
}

export interface Hall {
  readonly regionId: string;
  readonly unitId: string;
  readonly sittingId: string;
  readonly candidates: readonly Candidate[];
}

export interface Candidate {
  readonly ctx: ActorCtx;
  readonly personId: string;
  readonly registrationId: string;
}

/** A published sitting of the public exam without rooms. Opens an hour before the clock's now, ends a day later. @returns its id */
export async function aSitting(
  ctx: Ctx,
  options: Partial<NewSitting> & Pick<NewSitting, 'regionId'>,
): Promise<string> {
  const now = ctx.clock.now().getTime();
  const created = await createSitting(ctx, {
    title: '公共法律知识考试',
    blueprintCode: 'P1',
    opensAt: new Date(now - HOUR_MS),
    latestEntryAt: new Date(now + 20 * HOUR_MS),
    hardEndAt: new Date(now + 24 * HOUR_MS),
    graceSeconds: 30,
    earliestHandInSeconds: 0,
    startMode: 'own',
    preconditionCourse: null,
    attemptLimit: 1,
    ...options,
  });
  if (!created.ok) throw new Error(created.code);
  return created.value.sittingId;
}

/** A published sitting with approved candidates. Opens an hour before the clock's now and ends a day later. */
export async function aHall(
  ctx: Ctx,
  options: { candidates?: number; sitting?: Partial<NewSitting>; isApproved?: boolean } = {},
): Promise<Hall> {
  const regionId = options.sitting?.regionId ?? (await aRegion(ctx));
  const unitId = await aUnit(ctx, { regionId });
  const sittingId = await aSitting(ctx, { ...options.sitting, regionId });
  const people: { ctx: ActorCtx; personId: string }[] = [];
  for (let n = 0; n < (options.candidates ?? 1); n += 1) {
    const personId = await aPerson(ctx, { unitId });
    people.push({
      personId,
      ctx: await anActor(ctx, { personId, grants: [{ role: 'applicant', scopeKind: 'self' }] }),
    });
  }
  await inTransaction(ctx, 'register', (tx) =>
    registerCandidates(tx, ctx, {
      sittingId,
      candidates: people.map(({ personId }) => ({ personId, unitId })),
      isApproved: options.isApproved ?? true,
    }),
  );
  const registrations = await ctx.db.examRegistration.findMany({ where: { sittingId } });
  const byPerson = new Map(registrations.map((row) => [row.personId, row.id]));
  const candidates = people.map((one) => ({ ...one, registrationId: byPerson.get(one.personId) ?? '' }));
  return { regionId, unitId, sittingId, candidates };
}

export interface Sitting {
  readonly candidate: Candidate;
  readonly attemptId: string;
  readonly deviceKey: string;
}

/** A candidate with a running attempt and the key of the device. */
export async function aRunningAttempt(candidate: Candidate): Promise<Sitting> {
  const outcome = await startAttempt(candidate.ctx, {
    registrationId: candidate.registrationId,
    commandId: newId(),
  });
  if (!outcome.ok || outcome.value.deviceKey === null) throw new Error(JSON.stringify(outcome));
  return { candidate, attemptId: outcome.value.attemptId, deviceKey: outcome.value.deviceKey };
}

export function answer(
  seq: number,
  position: number,
  choice: string,
  more: Partial<SentAnswer> = {},
): SentAnswer {
  return { epoch: 1, seq, position, choice, clientTime: null, ...more };
}

/** Sends answers of a running attempt as its device would, received now. */
export async function send(sitting: Sitting, events: readonly SentAnswer[], key = sitting.deviceKey) {
  const { ctx } = sitting.candidate;
  const outcome = await saveAnswers(ctx, {
    attemptId: sitting.attemptId,
    accountId: ctx.actorId,
    deviceKey: key,
    receivedAt: ctx.clock.now(),
    events,
  });
  if (!outcome.ok) throw new Error(outcome.code);
  return outcome.value;
}

/** A key no device of this attempt holds. */
export const strangeKey = (ctx: Ctx): string => deviceKey(ctx.secrets, 'nowhere', newId());

/** The right answers of a paper by position, straight from the frozen paper. */
export async function keyOf(ctx: Ctx, attemptId: string): Promise<Map<number, string>> {
  const { rows } = await ctx.pool.query<{ position: number; key: string[] }>(
    `select (i->>'position')::int as position, array(select jsonb_array_elements_text(i->'key')) as key
     from attempt a join paper p on p.id = a.paper_id, jsonb_array_elements(p.content->'items') i where a.id = $1`,
    [attemptId],
  );
  return new Map(rows.map((row) => [row.position, row.key.join('')]));
}
