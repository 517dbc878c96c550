import { QUALIFICATION_BLUEPRINT } from '#app/exam/paper/blueprint.ts';
import { hasExamPorts } from '#app/exam/ports.server.ts';
import { addRoom } from '#app/exam/seating/save-room.server.ts';
import { createSitting } from '#app/exam/sitting/create-sitting.server.ts';
import { registerCandidates } from '#app/exam/sitting/register-candidates.server.ts';
import { loadRules } from '#app/organization/rules/rules.store.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import { setStage } from '../plan/cast.ts';
import type { PersonIds, SeedRun } from '../seed-run.server.ts';
import { accountId, regionId, unitId } from '../seed-run.server.ts';
import { candidatesOf } from './accounts.server.ts';
import { must, sealPapers } from './custody.server.ts';

const TITLE = '行政执法资格考试（演示考场，统一开考）';
const MINUTE_MS = 60_000;
/** The bell rings at the first such mark of the clock that leaves so much time to see people wait for it. */
const RINGS_ON_MINUTES = 5;
const WAIT_MINUTES = 30;
/** Who looks in late still finds the door of the exam open. */
const ENTRY_MINUTES = 60;
const DURATION_MINUTES = 90;
const SEALED_AGO_MINUTES = 60;
/** One room, filled by the first of the demo candidates (applicant0001 …), whom no other story asks for. */
const ROOM = { name: '第1考场', place: '市行政中心二楼机房', rows: 4, columns: 5, ranges: [] } as const;
const PEOPLE = 16;

/** The bell of a city that is seeded now. */
function nextBell(now: Date): Date {
  const step = RINGS_ON_MINUTES * MINUTE_MS;
  return new Date(Math.ceil((now.getTime() + WAIT_MINUTES * MINUTE_MS) / step) * step);
}

async function createBell(run: SeedRun): Promise<string> {
  const { ctx, seedDay } = run;
  const cityId = regionId(setStage(run.plan.plan).city.key);
  const rules = await loadRules(ctx.pool, cityId, seedDay);
  const opensAt = nextBell(ctx.clock.now());
  const after = (minutes: number): Date => new Date(opensAt.getTime() + minutes * MINUTE_MS);
  const created = await createSitting(ctx, {
    title: TITLE,
    blueprintCode: QUALIFICATION_BLUEPRINT.code,
    regionId: cityId,
    checkInFrom: ctx.clock.now(),
    opensAt,
    latestEntryAt: after(ENTRY_MINUTES),
    hardEndAt: after(DURATION_MINUTES + ENTRY_MINUTES),
    durationSeconds: DURATION_MINUTES * 60,
    graceSeconds: rules.examGraceSeconds.value,
    earliestHandInSeconds: 0,
    startMode: 'bell',
    preconditionCourse: null,
    attemptLimit: 1,
    placeMode: 'rooms',
    needsAccessCode: true,
    resultRelease: 'by_bureau',
  });
  return must(created, 'the sitting with a bell can be made').sittingId;
}

/** The room with its code, the demo's invigilator and its people, seat by seat. */
async function seatPeople(run: SeedRun, ids: PersonIds, sittingId: string): Promise<void> {
  const { ctx } = run;
  const candidates = candidatesOf(run.plan, run.size)
    .slice(0, PEOPLE)
    .map((person) => ({ personId: ids(person), unitId: unitId(person.unit.key) }));
  const seated = await inTransaction<void, string>(ctx, 'demo-bell-seats', async (tx, refuse) => {
    const roomId = await addRoom(tx, ctx, sittingId, ROOM, refuse);
    await tx.examRoomInvigilator.create({
      data: { roomId, accountId: accountId('invigilator'), assignedAt: ctx.clock.now() },
    });
    await registerCandidates(tx, ctx, { sittingId, candidates, isApproved: true });
    await tx.$executeRaw`
      update exam_registration r set room_id = ${roomId}::uuid, seat_no = v.no
      from (select id, row_number() over (order by ticket_no)::int as no from exam_registration
        where sitting_id = ${sittingId}::uuid) v where v.id = r.id`;
  });
  invariant(seated.ok, `the sitting with a bell can be seated: ${seated.ok ? '' : seated.code}`);
}

/**
 * An exam that begins for all at a bell half an hour from now, its papers sealed and released by two people: who looks at
 * once sees 候考 and the papers lie ahead, who looks later the 开卷口令. Played once; an ended one stays as any exam does.
 * Left out where the exam slice is not prepared and in sizes with too few candidates.
 */
export async function seedBellSitting(run: SeedRun, ids: PersonIds): Promise<void> {
  const { ctx, size } = run;
  const isPossible = hasExamPorts(ctx.pool) && size.cities === 1 && size.candidates >= 4 * PEOPLE;
  if (!isPossible || (await ctx.db.examSitting.count({ where: { title: TITLE } })) > 0) return;
  const sittingId = await createBell(run);
  await seatPeople(run, ids, sittingId);
  await sealPapers(run, sittingId, { mode: 'each', minutesAgo: SEALED_AGO_MINUTES, isReleased: true });
  run.progress(`考试：统一开考一场，${PEOPLE} 人可入场候考`);
}
