import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { loadActor } from '#app/accounts/load-actor.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { fixedClock } from '#app/platform/time/clock.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addDays, startOfDay, yearOf } from '#app/platform/time/day.ts';
import { withdrawClaim } from '#app/training/claim/complete-claim.server.ts';
import { approveClaims, returnClaim, approveClaim } from '#app/training/claim/decide-claims.server.ts';
import { fileClaims, fileOwnClaim } from '#app/training/claim/file-claim.server.ts';
import type { Proof } from '#app/training/claim/proof.ts';
import { drawClaimSample, judgeSampledClaim } from '#app/training/claim/sample-claims.server.ts';
import { answerCorrection } from '#app/training/correction/decide-correction.server.ts';
import { raiseObjection, requestCorrection } from '#app/training/correction/request-correction.server.ts';
import { answerExemption } from '#app/training/target/answer-exemption.server.ts';
import { fileExemption } from '#app/training/target/file-exemption.server.ts';
import { BLANK_PAGE } from '../blank-page.ts';
import { demoId } from '../demo-id.server.ts';
import { setStage } from '../plan/cast.ts';
import type { PlannedCorrection, PlannedExemption } from '../plan/hours-requests.ts';
import { planCorrections, planExemptions } from '../plan/hours-requests.ts';
import type { ClaimStep, PlannedClaim, StoryLogin } from '../plan/training-story.ts';
import { planClaims, planLateClaim } from '../plan/training-story.ts';
import type { PersonIds, SeedRun } from '../seed-run.server.ts';
import { accountId, regionId } from '../seed-run.server.ts';

/** Ten in the morning, Shanghai. */
const AT_WORK_MS = 10 * 3_600_000;
const PROOF: Proof = { mediaType: 'application/pdf', fileName: '结业证明.pdf', bytes: BLANK_PAGE };
const commandOf = (label: string): string => demoId(`command:${label}`);

/** One of the cast at work on a day, as commands carry them. */
async function actorOn(run: SeedRun, login: StoryLogin, day: Day): Promise<ActorCtx> {
  const clock = fixedClock(new Date(startOfDay(day).getTime() + AT_WORK_MS));
  const ctx = { ...run.ctx, clock, actorId: accountId(login), requestId: `demo:${login}` };
  const actor = await loadActor(ctx, accountId(login));
  invariant(actor !== null, `the account ${login} was made before`);
  return { ...ctx, actor };
}

/**
 * Runs a command of the story unless its receipt is there already, and tells its outcome. Commands look at the world
 * before they look for their receipt, so a seed that was cut short must not simply ask again.
 */
async function told<T>(
  ctx: ActorCtx,
  commandId: string,
  shape: z.ZodType<T>,
  command: () => Promise<Outcome<T>>,
): Promise<T> {
  const known = await ctx.db.commandReceipt.findUnique({
    where: { actorId_commandId: { actorId: ctx.actorId, commandId } },
  });
  if (known !== null) return shape.parse(known.outcome);
  const outcome = await command();
  invariant(outcome.ok, `the story goes on: ${outcome.ok ? '' : outcome.code}`);
  return outcome.value;
}

const filedShape = z.object({ batchId: z.string(), claimIds: z.array(z.string()) });
const anything = z.unknown();

async function fileClaim(run: SeedRun, ids: PersonIds, planned: PlannedClaim): Promise<readonly string[]> {
  const { key, by, people, statement, daysAgo } = planned;
  const ctx = await actorOn(run, by, addDays(run.seedDay, -daysAgo));
  const filing = { statement, proofs: [PROOF], commandId: commandOf(`claim:${key}`) };
  const { claimIds } = await told(ctx, filing.commandId, filedShape, () =>
    people.length === 0
      ? fileOwnClaim(ctx, filing)
      : fileClaims(ctx, { ...filing, personIds: people.map((person) => ids(person)) }),
  );
  return claimIds;
}

async function stepClaims(
  run: SeedRun,
  key: string,
  claimIds: readonly string[],
  step: ClaimStep,
): Promise<void> {
  const ctx = await actorOn(run, step.by, addDays(run.seedDay, -step.daysAgo));
  const commandId = commandOf(`claim:${key}:${step.act}`);
  const [claimId = ''] = claimIds;
  const one = { claimId, version: 1, commandId };
  await told(ctx, commandId, anything, (): Promise<Outcome<unknown>> => {
    if (step.act === 'withdraw') return withdrawClaim(ctx, 'own', one);
    if (step.act === 'return') return returnClaim(ctx, { ...one, reason: step.reason });
    if (step.part !== undefined) return approveClaim(ctx, { ...one, ...step.part });
    return approveClaims(ctx, { claims: claimIds.map((id) => ({ claimId: id, version: 1 })), commandId });
  });
}

async function tellClaim(run: SeedRun, ids: PersonIds, planned: PlannedClaim): Promise<readonly string[]> {
  const claimIds = await fileClaim(run, ids, planned);
  if (planned.step !== null) await stepClaims(run, planned.key, claimIds, planned.step);
  return claimIds;
}

async function tellExemption(run: SeedRun, ids: PersonIds, planned: PlannedExemption): Promise<void> {
  const { key, person, filedDay, answer, ...asked } = planned;
  const ctx = await actorOn(run, 'liaison', filedDay);
  const commandId = commandOf(`exemption:${key}`);
  const scan = { type: 'application/pdf' as const, name: '审批单.pdf', bytes: BLANK_PAGE };
  const request = { ...asked, personId: ids(person), remark: '', absenceId: null, scan, commandId };
  const { requestId } = await told(ctx, commandId, z.object({ requestId: z.string() }), () =>
    fileExemption(ctx, request),
  );
  if (answer === null) return;
  const bureau = await actorOn(run, 'bureau', answer.day);
  const answerId = commandOf(`exemption:${key}:${answer.act}`);
  const given = { requestId, act: answer.act, note: answer.note, commandId: answerId };
  await told(bureau, answerId, anything, () => answerExemption(bureau, given));
}

/** The newest entry of a person that stands and that nobody has asked about. */
async function newestEntry(run: SeedRun, personId: string): Promise<{ id: string; seconds: number } | null> {
  const { rows } = await run.ctx.pool.query<{ id: string; seconds: number }>(
    `select e.id::text, e.credit_seconds as seconds from hour_entry e
     where e.person_id = $1 and e.kind not in ('reversal', 'correction') and e.credit_seconds > 5400
       and e.source_kind = 'history' and not exists (select 1 from hour_entry r where r.reverses_entry_id = e.id)
     order by e.occurred_day desc, e.entry_key limit 1`,
    [personId],
  );
  return rows[0] ?? null;
}

const correctionShape = z.object({ correctionId: z.string() });

async function tellCorrection(run: SeedRun, ids: PersonIds, planned: PlannedCorrection): Promise<void> {
  const { key, person, by, reason, daysAgo, answer } = planned;
  const ctx = await actorOn(run, by, addDays(run.seedDay, -daysAgo));
  const commandId = commandOf(`correction:${key}`);
  const isTold = (await ctx.db.commandReceipt.count({ where: { commandId } })) > 0;
  const entry = await newestEntry(run, ids(person));
  if (entry === null && !isTold) return;
  const { id: entryId, seconds } = entry ?? { id: '', seconds: 0 };
  const wanted = { wantedSeconds: Math.floor(seconds / 2), reasonCode: 'wrong_attendance' as const, reason };
  const { correctionId } = await told(ctx, commandId, correctionShape, () =>
    by === 'officer'
      ? raiseObjection(ctx, { entryId, objection: reason, proofs: [PROOF], commandId })
      : requestCorrection(ctx, entryId, { ...wanted, proofs: [PROOF], commandId }),
  );
  if (answer === null) return;
  const leader = await actorOn(run, 'leader', addDays(run.seedDay, -answer.daysAgo));
  const answerId = commandOf(`correction:${key}:${answer.act}`);
  const { act, note } = answer;
  await told(leader, answerId, anything, () =>
    answerCorrection(leader, { correctionId, version: 1, act, note, commandId: answerId }),
  );
}

/**
 * Claims, exemptions and corrections of the liaison's unit, through the commands of their rooms: each in the hands of
 * those who may, on its day, with its task and notice. After the accounts, before the years are closed.
 */
export async function seedTrainingStory(run: SeedRun, ids: PersonIds): Promise<void> {
  const { plan } = run;
  const [exemptions, claims, corrections] = [planExemptions(plan), planClaims(plan), planCorrections(plan)];
  for (const planned of exemptions) await tellExemption(run, ids, planned);
  for (const planned of claims) await tellClaim(run, ids, planned);
  for (const planned of corrections) await tellCorrection(run, ids, planned);
  run.progress(
    `学时办理：认定 ${claims.length} 批、免训核减 ${exemptions.length} 件、更正 ${corrections.length} 件`,
  );
}

/** The oldest claim of a sample that the bureau's own hands have not been on. */
async function sampledClaim(run: SeedRun, sampleId: string): Promise<string | null> {
  const { rows } = await run.ctx.pool.query<{ id: string }>(
    `select c.id::text from claim_sample_item i join external_claim c on c.id = i.claim_id
     where i.sample_id = $1 and c.decided_by <> $2 order by c.filed_at, c.title limit 1`,
    [sampleId, accountId('bureau')],
  );
  return rows[0]?.id ?? null;
}

/** What comes after the closing: a late claim beside a seal, and the bureau's sample of what was approved. */
export async function seedAfterClosing(run: SeedRun, ids: PersonIds): Promise<void> {
  const { plan, seedDay } = run;
  // The liaison's unit has not closed the last year: the one before it is the youngest sealed one.
  const sealedYear = yearOf(seedDay) - 2;
  const late = sealedYear < plan.calendar.firstYear ? null : planLateClaim(plan, sealedYear);
  if (late !== null) await tellClaim(run, ids, late);
  const cityId = regionId(setStage(plan.plan).city.key);
  const bureau = await actorOn(run, 'bureau2', addDays(seedDay, -1));
  const commandId = commandOf('sample');
  const period = { fromDay: addDays(seedDay, -90), toDay: addDays(seedDay, -2), sharePercent: 100 };
  const { sampleId } = await told(
    bureau,
    commandId,
    z.object({ sampleId: z.string(), size: z.number() }),
    () => drawClaimSample(bureau, { ...period, regionId: cityId, commandId }),
  );
  const claimId = await sampledClaim(run, sampleId);
  if (claimId === null) return;
  const judgeId = commandOf('sample:judge');
  const judgement = { sampleId, claimId, judgement: 'genuine' as const, note: null, commandId: judgeId };
  await told(bureau, judgeId, anything, () => judgeSampledClaim(bureau, judgement));
}
