import { exemptedFacts } from '#app/exam/batch/registration/exemption-fact.ts';
import { keepProof } from '#app/exam/batch/registration/registration-proof.server.ts';
import { QUALIFICATION_BLUEPRINT } from '#app/exam/paper/blueprint.ts';
import { createSittingIn } from '#app/exam/sitting/create-sitting.server.ts';
import type { RegistrationEventKind } from '#app/exam/sitting/registration-events.ts';
import { loadRules } from '#app/organization/rules/rules.store.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { appendOutbox } from '#app/platform/outbox/outbox.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import { addDays, startOfDay, yearOf } from '#app/platform/time/day.ts';
import { BLANK_PAGE } from '../blank-page.ts';
import { demoId } from '../demo-id.server.ts';
import { setStage } from '../plan/cast.ts';
import type { PlannedPerson } from '../plan/people.ts';
import type { PlannedRegistration } from '../plan/registrations.ts';
import { planRegistrations } from '../plan/registrations.ts';
import type { PersonIds, SeedRun } from '../seed-run.server.ts';
import { accountId, regionId, unitId } from '../seed-run.server.ts';
import { candidatesOf } from './accounts.server.ts';
import { DEMO_COURSE } from './exam.server.ts';

const HOUR_MS = 3_600_000;
const DAYS_SINCE_OPENING = 6;
/** Counted from the day of the seed. */
const DAY_OF_REGISTRATION = -3;
const DAY_OF_VERDICT = DAY_OF_REGISTRATION + 1;
/** The first few are left for the liaisons to register. */
const FIRST = 4;
const REGISTERED = 60;
/** People whom the 司法所 of the cast finds waiting. */
const WAITING_AT_OFFICE = 3;

const batchId = demoId<'ExamBatch'>('open-batch');

const afterOpening = (run: SeedRun, days: number, hours = 0): Date =>
  new Date(startOfDay(addDays(run.seedDay, days)).getTime() + hours * HOUR_MS);

async function createBatch(tx: Tx, run: SeedRun, cityId: string): Promise<void> {
  const year = yearOf(run.seedDay);
  const last = await tx.examBatch.aggregate({ where: { regionId: cityId, year }, _max: { no: true } });
  const no = (last._max.no ?? 0) + 1;
  await tx.examBatch.create({
    data: {
      id: batchId,
      regionId: cityId,
      year,
      no,
      title: `${year}年第${no}批行政执法资格考试`,
      blueprintCode: QUALIFICATION_BLUEPRINT.code,
      preconditionCourse: DEMO_COURSE,
      registerFrom: afterOpening(run, -DAYS_SINCE_OPENING, 9),
      registerUntil: afterOpening(run, 10, 18),
      lateUntil: afterOpening(run, 14, 18),
      withdrawUntil: afterOpening(run, 16, 18),
      status: 'open',
      version: 2,
      createdBy: accountId('bureau'),
      createdAt: afterOpening(run, -DAYS_SINCE_OPENING, 8),
    },
  });
  await tx.examBatchEvent.createMany({
    data: (['created', 'opened'] as const).map((kind, index) => ({
      id: demoId(`open-batch:${kind}`, run.seedDay),
      batchId,
      kind,
      detail: {},
      actorId: accountId('bureau'),
      occurredAt: afterOpening(run, -DAYS_SINCE_OPENING, 8 + index),
    })),
  });
}

async function addSitting(tx: Tx, run: SeedRun, cityId: string): Promise<void> {
  const rules = await loadRules(run.ctx.pool, cityId, run.seedDay);
  const sitting = {
    title: '行政执法资格考试（市直及各县区第一场）',
    blueprintCode: QUALIFICATION_BLUEPRINT.code,
    regionId: cityId,
    batchId,
    opensAt: afterOpening(run, 25, 9),
    checkInFrom: afterOpening(run, 25, 8.5),
    latestEntryAt: afterOpening(run, 25, 9.5),
    hardEndAt: afterOpening(run, 25, 11),
    graceSeconds: rules.examGraceSeconds.value,
    earliestHandInSeconds: 1_800,
    startMode: 'bell',
    preconditionCourse: DEMO_COURSE,
    attemptLimit: 1,
    placeMode: 'rooms',
    needsAccessCode: true,
    needsDeviceRelease: true,
    resultRelease: 'by_bureau',
  } as const;
  await createSittingIn(tx, run.ctx, sitting, (code) => {
    throw new Error(`the demo's sitting can be made: ${code}`);
  });
}

const registrationId = (person: PlannedPerson): string =>
  demoId<'ExamRegistration'>(`open-batch:${person.serial}`);

const eventId = (run: SeedRun, person: PlannedPerson, kind: RegistrationEventKind): string =>
  demoId(`open-batch:${person.serial}:${kind}`, run.seedDay);

/** What the unit does itself. */
const BY_UNIT = /^(registered|withdrawn|asked_)/;

/** What happened to a registration until it stood where it stands. */
function eventsOf({ status, asked }: PlannedRegistration): RegistrationEventKind[] {
  if (asked !== null) return ['registered', 'approved', `asked_${asked}`];
  return status === 'registered' ? ['registered'] : ['registered', status];
}

async function writeRegistrations(
  tx: Tx,
  run: SeedRun,
  ids: PersonIds,
  registrations: readonly PlannedRegistration[],
): Promise<void> {
  await tx.examRegistration.createMany({
    data: registrations.map(({ person, status, route, asked, note, judgement }) => ({
      id: registrationId(person),
      batchId,
      personId: ids(person),
      unitId: unitId(person.unit.key),
      status,
      route,
      verdict: judgement.verdict,
      reasons: judgement.reasons.map((reason) => ({ ...reason })),
      declared: { sanction: null },
      asked,
      askedNote: asked === null ? null : note,
      answerNote: asked === null && status !== 'withdrawn' ? note : null,
      registeredBy: accountId('liaison'),
      registeredAt: afterOpening(run, DAY_OF_REGISTRATION, 10),
    })),
  });
  await tx.registrationEvent.createMany({
    data: registrations.flatMap((one) =>
      eventsOf(one).map((kind, index, kinds) => ({
        id: eventId(run, one.person, kind),
        registrationId: registrationId(one.person),
        kind,
        note: index === kinds.length - 1 ? one.note : null,
        actorId: accountId(BY_UNIT.test(kind) ? 'liaison' : 'bureau'),
        occurredAt: afterOpening(run, DAY_OF_REGISTRATION + index, 10),
      })),
    ),
  });
  const proof = {
    type: 'application/pdf',
    name: '法律职业资格证书（演示）.pdf',
    bytes: new Uint8Array(BLANK_PAGE),
  } as const;
  const keeper = { ...run.ctx, actorId: accountId('liaison') };
  const batch = await tx.examBatch.findUniqueOrThrow({ where: { id: batchId } });
  for (const { person, note } of registrations.filter((one) => one.status === 'exempt')) {
    await keepProof(tx, keeper, { registrationId: registrationId(person), purpose: 'exempt', proof });
    const granted = {
      exemptionId: eventId(run, person, 'exempt'),
      registrationId: registrationId(person),
      personId: ids(person),
      unitId: unitId(person.unit.key),
      reason: note ?? '',
      decidedBy: accountId('bureau'),
    };
    await appendOutbox(tx, exemptedFacts(batch, granted, afterOpening(run, DAY_OF_VERDICT, 10)));
  }
}

/** Whoever the 司法所 of the cast is to check, and candidates over the whole city. */
function peopleOf(run: SeedRun): PlannedPerson[] {
  const { plan, size } = run;
  const { regionKey } = setStage(plan.plan).justiceOffice;
  const ofOffice = plan.people.filter(
    (person) =>
      person.unit.regionKey === regionKey &&
      person.unit.unitType !== 'justice_office' &&
      person.left === null &&
      (person.category === 'office' || person.category === 'candidate'),
  );
  const waiting = ofOffice.slice(0, WAITING_AT_OFFICE);
  const others = candidatesOf(plan, size).slice(FIRST, FIRST + REGISTERED);
  return [...waiting, ...others.filter((person) => !waiting.includes(person))];
}

/** A batch that is open for registration, with somebody in every state. */
export async function seedRegistration(run: SeedRun, ids: PersonIds): Promise<void> {
  const { ctx, plan, seedDay } = run;
  if ((await ctx.db.examBatch.count({ where: { id: batchId } })) > 0) return;
  const cityId = regionId(setStage(plan.plan).city.key);
  const registrations = planRegistrations(peopleOf(run), seedDay);
  const made = await inTransaction(ctx, 'demo-registration', async (tx) => {
    await createBatch(tx, run, cityId);
    await addSitting(tx, run, cityId);
    await writeRegistrations(tx, run, ids, registrations);
  });
  invariant(made.ok, 'nothing refuses the demo batch');
  run.progress(`考试报名：开放批次已报名 ${registrations.length} 人`);
}
