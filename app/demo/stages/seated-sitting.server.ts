import { QUALIFICATION_BLUEPRINT } from '#app/exam/paper/blueprint.ts';
import { layOutIn } from '#app/exam/seating/lay-out.server.ts';
import { addRoom } from '#app/exam/seating/save-room.server.ts';
import { findSeatingSitting, listSeated } from '#app/exam/seating/seating.store.server.ts';
import { createSittingIn } from '#app/exam/sitting/create-sitting.server.ts';
import { loadRules } from '#app/organization/rules/rules.store.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import { addDays, startOfDay, yearOf } from '#app/platform/time/day.ts';
import { demoId } from '../demo-id.server.ts';
import { setStage } from '../plan/cast.ts';
import type { PersonIds, SeedRun } from '../seed-run.server.ts';
import { accountId, regionId, unitId } from '../seed-run.server.ts';
import { candidatesOf } from './accounts.server.ts';
import { writeDeviceChecks } from './device-checks.server.ts';

const TITLE = '行政执法资格考试（演示考场，明日开考）';
const HOUR_MS = 3_600_000;
const ROOMS = [
  { name: '第1考场', place: '市司法局三楼机房', rows: 5, columns: 5, ranges: [] },
  { name: '第2考场', place: '市司法局四楼机房', rows: 6, columns: 4, ranges: ['10.20.4.0/24'] },
  { name: '第3考场', place: '市委党校实训楼二楼', rows: 6, columns: 5, ranges: ['10.30.2.10-10.30.2.60'] },
] as const;
/** The candidates before these try the sitting that is always open, the last ones sit in the running one. */
const FIRST = 80;
const SEATED = 66;
/** Approved too late for the first layout: they wait, so that seating can be tried. */
const WAITING = 4;
const SEED = 'demo';
/** Those of the first room have checked their machines. */
const CHECKED = 25;

const batchId = demoId<'ExamBatch'>('seated-sitting:batch');
const registrationId = (index: number): string => demoId<'ExamRegistration'>(`seated-sitting:${index}`);

async function createBatch(tx: Tx, run: SeedRun, cityId: string): Promise<void> {
  const from = startOfDay(addDays(run.seedDay, -30));
  const last = await tx.examBatch.aggregate({
    where: { regionId: cityId, year: yearOf(run.seedDay) },
    _max: { no: true },
  });
  await tx.examBatch.create({
    data: {
      id: batchId,
      regionId: cityId,
      year: yearOf(run.seedDay),
      no: (last._max.no ?? 0) + 1,
      title: '行政执法资格考试（市直单位专场）',
      blueprintCode: QUALIFICATION_BLUEPRINT.code,
      registerFrom: from,
      registerUntil: startOfDay(addDays(run.seedDay, -10)),
      lateUntil: startOfDay(addDays(run.seedDay, -3)),
      withdrawUntil: startOfDay(addDays(run.seedDay, -3)),
      status: 'closed',
      createdBy: accountId('bureau'),
      createdAt: from,
    },
  });
  const days = { created: -30, opened: -30, closed: -3 } as const;
  await tx.examBatchEvent.createMany({
    data: Object.entries(days).map(([kind, after], index) => ({
      id: demoId(`seated-batch:${kind}`, run.seedDay),
      batchId,
      kind,
      detail: {},
      actorId: accountId('bureau'),
      occurredAt: new Date(startOfDay(addDays(run.seedDay, after)).getTime() + (9 + index) * HOUR_MS),
    })),
  });
}

/** Demo candidates, approved in the batch without a sitting yet. */
async function registerPeople(tx: Tx, run: SeedRun, ids: PersonIds): Promise<void> {
  const people = candidatesOf(run.plan, run.size).slice(FIRST, FIRST + SEATED + WAITING);
  const rows = people.map((person, index) => ({
    id: registrationId(index),
    batchId,
    personId: ids(person),
    unitId: unitId(person.unit.key),
    status: 'approved',
    route: index < SEATED ? 'regular' : 'late',
    verdict: 'eligible',
    registeredAt: startOfDay(addDays(run.seedDay, index < SEATED ? -15 : -4)),
  }));
  await tx.examRegistration.createMany({ data: rows });
  const checked = rows
    .slice(0, CHECKED)
    .map(({ id, personId }, index) => ({ registrationId: id, personId, loginIndex: FIRST + index }));
  const yesterday = startOfDay(addDays(run.seedDay, -1)).getTime();
  await writeDeviceChecks(tx, checked, new Date(yesterday + 14 * HOUR_MS));
}

/** The sitting with its rooms, codes and people, in one piece. @returns its id */
async function createSeated(run: SeedRun, ids: PersonIds): Promise<string> {
  const { ctx, seedDay } = run;
  const cityId = regionId(setStage(run.plan.plan).city.key);
  const rules = await loadRules(ctx.pool, cityId, seedDay);
  const opensAt = new Date(startOfDay(addDays(seedDay, 1)).getTime() + 9 * HOUR_MS);
  const after = (hours: number): Date => new Date(opensAt.getTime() + hours * HOUR_MS);
  const made = await inTransaction<string, string>(ctx, 'demo-seated-sitting', async (tx, refuse) => {
    await createBatch(tx, run, cityId);
    const sitting = {
      title: TITLE,
      blueprintCode: QUALIFICATION_BLUEPRINT.code,
      regionId: cityId,
      batchId,
      opensAt,
      checkInFrom: after(-0.5),
      latestEntryAt: after(0.5),
      hardEndAt: after(2.5),
      graceSeconds: rules.examGraceSeconds.value,
      earliestHandInSeconds: 1_800,
      startMode: 'own',
      preconditionCourse: null,
      attemptLimit: 1,
      placeMode: 'rooms',
      needsAccessCode: true,
      needsDeviceRelease: true,
      resultRelease: 'by_bureau',
    } as const;
    const { sittingId } = await createSittingIn(tx, ctx, sitting, refuse);
    for (const room of ROOMS) {
      const roomId = await addRoom(tx, ctx, sittingId, room, refuse);
      await tx.examRoomInvigilator.create({
        data: { roomId, accountId: accountId('invigilator'), assignedAt: ctx.clock.now() },
      });
    }
    await registerPeople(tx, run, ids);
    return sittingId;
  });
  invariant(made.ok, `tomorrow's sitting can be made: ${made.ok ? '' : made.code}`);
  return made.value;
}

/** A sitting in rooms tomorrow morning: rooms, codes, seats and tickets, and a few who still wait for a seat. */
export async function seedSeatedSitting(run: SeedRun, ids: PersonIds): Promise<void> {
  const { ctx } = run;
  if (candidatesOf(run.plan, run.size).length < FIRST + SEATED + WAITING) return;
  const known = await ctx.db.examSitting.findFirst({ where: { batchId }, select: { id: true } });
  const sittingId = known?.id ?? (await createSeated(run, ids));
  if ((await listSeated(ctx.db, sittingId)).length > 0) return;
  const sitting = await findSeatingSitting(ctx.pool, sittingId);
  invariant(sitting, 'the sitting was made before');
  const registrationIds = Array.from({ length: SEATED }, (_, index) => registrationId(index));
  const laidOut = await inTransaction<unknown, string>(ctx, 'demo-seats', (tx, refuse) =>
    layOutIn(tx, ctx, { sitting, registrationIds, seed: SEED }, refuse),
  );
  invariant(laidOut.ok, `tomorrow's seats can be laid out: ${laidOut.ok ? '' : laidOut.code}`);
  run.progress(`考试：明日一场，${ROOMS.length} 个考场已编排 ${SEATED} 人`);
}
