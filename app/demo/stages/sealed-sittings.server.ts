import { QUALIFICATION_BLUEPRINT } from '#app/exam/paper/blueprint.ts';
import { frozenPaper } from '#app/exam/paper/frozen-paper.schema.ts';
import { hasExamPorts } from '#app/exam/ports.server.ts';
import { enterSheet } from '#app/exam/release/key-in/enter-sheet.server.ts';
import type { SheetChoices } from '#app/exam/release/key-in/sheet.ts';
import { createSitting } from '#app/exam/sitting/create-sitting.server.ts';
import { registerCandidates } from '#app/exam/sitting/register-candidates.server.ts';
import { loadRules } from '#app/organization/rules/rules.store.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import { demoId } from '../demo-id.server.ts';
import { setStage } from '../plan/cast.ts';
import { RUNNING_SEATS } from '../plan/running-sitting.ts';
import type { PersonIds, SeedRun } from '../seed-run.server.ts';
import { regionId, unitId } from '../seed-run.server.ts';
import { candidatesOf } from './accounts.server.ts';
import { actorAgo, custodyCommand, must, sealPapers } from './custody.server.ts';

const TITLE = '行政执法资格考试（演示纸笔场次，正在录入）';
const MINUTE_MS = 60_000;
const OPENED_AGO = 24 * 60;
const DURATION_MINUTES = 90;
/** Five rows of four desks; what the second reader has done by now, desk by desk. */
const PEOPLE = 20;
const ROOM = { rows: 5, columns: 4 } as const;
const LANDED = 8;
const DIFFERING = 2;
const READ_ONCE = 4;

async function createPrinted(run: SeedRun): Promise<string> {
  const cityId = regionId(setStage(run.plan.plan).city.key);
  const rules = await loadRules(run.ctx.pool, cityId, run.seedDay);
  const openedAt = run.ctx.clock.now().getTime() - OPENED_AGO * MINUTE_MS;
  const at = (minutes: number): Date => new Date(openedAt + minutes * MINUTE_MS);
  const created = await createSitting(run.ctx, {
    title: TITLE,
    blueprintCode: QUALIFICATION_BLUEPRINT.code,
    regionId: cityId,
    opensAt: at(0),
    latestEntryAt: at(30),
    hardEndAt: at(DURATION_MINUTES),
    durationSeconds: DURATION_MINUTES * 60,
    graceSeconds: rules.examGraceSeconds.value,
    earliestHandInSeconds: 0,
    startMode: 'bell',
    preconditionCourse: null,
    attemptLimit: 1,
    placeMode: 'rooms',
    resultRelease: 'by_bureau',
  });
  return must(created, 'the printed sitting can be made').sittingId;
}

/** One room, full, with people who do not sit in the running exam. */
async function seatPeople(run: SeedRun, ids: PersonIds, sittingId: string): Promise<void> {
  const { ctx } = run;
  const people = candidatesOf(run.plan, run.size);
  const last = people.length - RUNNING_SEATS;
  const candidates = people
    .slice(last - PEOPLE, last)
    .map((person) => ({ personId: ids(person), unitId: unitId(person.unit.key) }));
  const registered = await inTransaction(ctx, 'demo-printed-register', (tx) =>
    registerCandidates(tx, ctx, { sittingId, candidates, isApproved: true }),
  );
  invariant(registered.ok, 'registration is refused by no rule');
  const roomId = demoId<'ExamRoom'>(`printed-room:${sittingId}`);
  const { rows: seatRows, columns: seatColumns } = ROOM;
  await ctx.db.examRoom.create({
    data: {
      ...{
        id: roomId,
        sittingId,
        no: 1,
        name: '第1考场',
        place: '市委党校三楼大教室',
        seatRows,
        seatColumns,
      },
      createdAt: new Date(ctx.clock.now().getTime() - 3 * OPENED_AGO * MINUTE_MS),
    },
  });
  await ctx.pool.query(
    `update exam_registration r set room_id = $1, seat_no = v.no
     from (select id, row_number() over (order by ticket_no)::int as no from exam_registration
       where sitting_id = $2) v where v.id = r.id`,
    [roomId, sittingId],
  );
}

/** What somebody ticked: mostly right, every seventh question wrong, a few left out; shifted from desk to desk. */
function sheetOf(content: unknown, desk: number): SheetChoices {
  const ticked = frozenPaper.parse(content).items.map(({ position, key, options, type }) => {
    const right = key.join('');
    if ((position + desk) % 23 === 0) return [String(position), ''] as const;
    if ((position + desk) % 7 !== 0) return [String(position), right] as const;
    const other =
      type === 'true_false'
        ? right === 'T'
          ? 'F'
          : 'T'
        : options.find(({ letter }) => !key.includes(letter))?.letter;
    return [String(position), other ?? right] as const;
  });
  return Object.fromEntries(ticked.filter(([, choice]) => choice !== ''));
}

/** The first reader slipped here. */
function misread(choices: SheetChoices): SheetChoices {
  const { '3': third, '47': late, ...rest } = choices;
  return { ...rest, '3': third === 'A' ? 'B' : 'A', ...(late === undefined ? { '47': 'AB' } : {}) };
}

async function keyIn(run: SeedRun, sittingId: string): Promise<void> {
  const sheets = await run.ctx.db.examRegistration.findMany({
    where: { sittingId },
    include: { papers: true },
    orderBy: { ticketNo: 'asc' },
  });
  const [one, two] = [await actorAgo(run, 'bureau', 90), await actorAgo(run, 'bureau2', 40)];
  const read = LANDED + DIFFERING + READ_ONCE;
  for (const [desk, { ticketNo, papers }] of sheets.slice(0, read).entries()) {
    const choices = sheetOf(papers[0]?.content, desk);
    const isSlip = desk >= LANDED && desk < LANDED + DIFFERING;
    const common = { sittingId, ticketNo: ticketNo ?? '', source: 'typed' as const };
    const first = { ...common, choices: isSlip ? misread(choices) : choices };
    must(await enterSheet(one, { ...first, commandId: custodyCommand(`one:${desk}`) }), 'a sheet is read');
    if (desk >= LANDED + DIFFERING) continue;
    const second = { ...common, choices, commandId: custodyCommand(`two:${desk}`) };
    must(await enterSheet(two, second), 'a sheet is read by a second person');
  }
}

/** Sittings ahead whose people have seats: sealed by two people the day the seats stood. */
async function sealSeated(run: SeedRun): Promise<number> {
  const { rows } = await run.ctx.pool.query<{ id: string }>(
    `select s.id from exam_sitting s where s.opens_at > $1 and s.status = 'published' and s.place_mode = 'rooms'
       and exists (select 1 from exam_registration r where r.sitting_id = s.id and r.room_id is not null
         and r.status = 'approved')
       and not exists (select 1 from exam_seal e where e.sitting_id = s.id) order by s.opens_at, s.id`,
    [run.ctx.clock.now()],
  );
  for (const { id } of rows) await sealPapers(run, id, { mode: 'each', minutesAgo: 60, isReleased: false });
  return rows.length;
}

/**
 * Papers under seal: of every seated sitting ahead, and of an exam on paper whose sheets are being keyed in, with some of
 * each state. By the product's own commands. Left out where the exam slice is not prepared and in sizes with too few
 * candidates.
 */
export async function seedSealedSittings(run: SeedRun, ids: PersonIds): Promise<void> {
  const { ctx, size } = run;
  const isPossible =
    hasExamPorts(ctx.pool) && size.cities === 1 && size.candidates >= 2 * (RUNNING_SEATS + PEOPLE);
  if (!isPossible || (await ctx.db.examSitting.count({ where: { title: TITLE } })) > 0) return;
  const seated = await sealSeated(run);
  const sittingId = await createPrinted(run);
  await seatPeople(run, ids, sittingId);
  await sealPapers(run, sittingId, { mode: 'ab', minutesAgo: 2 * OPENED_AGO, isReleased: true });
  await keyIn(run, sittingId);
  run.progress(`考试：已封卷 ${seated + 1} 场，答题卡录入 ${LANDED + DIFFERING + READ_ONCE} 份`);
}
