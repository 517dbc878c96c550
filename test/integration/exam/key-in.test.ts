import ExcelJS from 'exceljs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { enterSheet } from '#app/exam/release/key-in/enter-sheet.server.ts';
import { importSheets } from '#app/exam/release/key-in/import-sheets.server.ts';
import { postSheet } from '#app/exam/release/key-in/key-in-action.server.ts';
import { viewKeyIn, viewSheet } from '#app/exam/release/key-in/key-in-view.server.ts';
import type { SheetChoices } from '#app/exam/release/key-in/sheet.ts';
import { frozenPaper } from '#app/exam/paper/frozen-paper.schema.ts';
import { registerCandidates } from '#app/exam/sitting/register-candidates.server.ts';
import { startAttempt } from '#app/exam/sitting/start-attempt.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { useWorld } from '#test/support/database.ts';
import { aBureau, released, sealed } from '#test/support/custody.ts';
import { aHall, prepareExam } from '#test/support/exam.ts';
import { aPerson, anActor } from '#test/support/world.ts';

const BEFORE = '2026-11-20T01:00:00.000Z';
const AFTER = '2026-11-23T08:00:00.000Z';
const world = useWorld(BEFORE);
beforeAll(() => prepareExam(world.ctx));

/** A printed sitting that is over, with three people who may key in. */
async function aPrintedSitting(candidates = 1) {
  world.clock.set(BEFORE);
  const hall = await aHall(world.ctx, {
    candidates,
    sitting: {
      opensAt: new Date('2026-11-23T01:00:00.000Z'),
      latestEntryAt: new Date('2026-11-23T01:30:00.000Z'),
      hardEndAt: new Date('2026-11-23T03:00:00.000Z'),
      startMode: 'bell',
    },
  });
  const bureau = await aBureau(world.ctx, hall.regionId);
  const [third] = [await anInvigilator(hall.regionId)];
  await sealed(bureau, hall.sittingId);
  await released(bureau, hall.sittingId);
  world.clock.set(AFTER);
  const sheets = await world.ctx.db.examRegistration.findMany({
    where: { sittingId: hall.sittingId },
    include: { papers: true },
    orderBy: { ticketNo: 'asc' },
  });
  const tickets = sheets.map((sheet) => sheet.ticketNo ?? '');
  const keys = sheets.map((sheet) => keyOf(sheet.papers[0]?.content));
  return { ...hall, bureau, one: bureau.maker, two: bureau.checker, third, tickets, keys };
}
type Printed = Awaited<ReturnType<typeof aPrintedSitting>>;

const SHEETS = {
  sorts: ['seat'],
  defaultSort: { field: 'seat', direction: 'asc' },
  filters: ['state'],
} as const;

function nth<T>(list: readonly T[], index: number): T {
  const found = list[index];
  if (found === undefined) throw new Error(`there is no ${index}`);
  return found;
}

const anInvigilator = (regionId: string, personId: string | null = null): Promise<ActorCtx> =>
  anActor(world.ctx, { personId, grants: [{ role: 'invigilator', scopeKind: 'region', regionId }] });

/** The right answers of a paper, by position. */
const keyOf = (content: unknown): SheetChoices =>
  Object.fromEntries(
    frozenPaper.parse(content).items.map((item) => [String(item.position), item.key.join('')]),
  );

const enter = (
  actor: ActorCtx,
  { sittingId, tickets }: Printed,
  choices: SheetChoices,
  more: { source?: 'typed' | 'third_look'; commandId?: string; ticketNo?: string } = {},
) =>
  enterSheet(actor, {
    sittingId,
    ticketNo: tickets[0] ?? '',
    choices,
    source: 'typed',
    commandId: newId(),
    ...more,
  });
const stateOf = (outcome: Awaited<ReturnType<typeof enter>>) =>
  outcome.ok ? outcome.value.state : outcome.code;

const attemptsOf = (sittingId: string) =>
  world.ctx.db.attempt.findMany({
    where: { registration: { sittingId } },
    include: { events: true, answers: true, results: true },
  });

const nthAttempt = async (sittingId: string) => nth(await attemptsOf(sittingId), 0);

/** The first sheet of a sitting, agreed upon at an instant. */
async function landedAt(hall: Printed, instant: string) {
  world.clock.set(instant);
  await enter(hall.one, hall, {});
  expect(stateOf(await enter(hall.two, hall, {}))).toBe('landed');
  return nthAttempt(hall.sittingId);
}

describe('answers from paper, keyed in by two people', () => {
  it('land in the journal as epoch 0 and are marked once two readings agree', async () => {
    const hall = await aPrintedSitting();
    const [key = {}] = hall.keys;
    const sheet = { ...key, '2': '' };
    delete (sheet as Record<string, string>)['2'];
    expect(stateOf(await enter(hall.one, hall, sheet))).toBe('waits');
    expect(await attemptsOf(hall.sittingId)).toEqual([]);
    expect(stateOf(await enter(hall.two, hall, sheet))).toBe('landed');
    const [attempt] = await attemptsOf(hall.sittingId);
    expect(attempt).toMatchObject({ state: 'finalised', deviceEpoch: 0, attemptNo: 1 });
    expect(attempt?.answers).toHaveLength(79);
    expect(new Set(attempt?.answers.map((event) => `${event.epoch} ${event.standing}`))).toEqual(
      new Set(['0 counted']),
    );
    expect(attempt?.answers.every((event) => event.seq === event.position)).toBe(true);
    expect(attempt?.events.map((event) => event.kind).sort()).toEqual(['finalised', 'handed_in', 'keyed_in']);
    expect(attempt?.results).toMatchObject([{ versionNo: 1, scoreHundredths: 9_900, passed: true }]);
    expect(await world.ctx.db.outboxEvent.count({ where: { topic: 'exam.finalised' } })).toBeGreaterThan(0);
  });

  it('were handed in when the time was over, or when they were keyed in where that was earlier', async () => {
    const hall = await aPrintedSitting();
    const { deadlineAt } = await landedAt(hall, AFTER);
    expect(deadlineAt < new Date(AFTER)).toBe(true);
    expect((await nthAttempt(hall.sittingId)).handedInAt).toEqual(deadlineAt);
    const early = await aPrintedSitting();
    const justBegun = '2026-11-23T01:01:00.000Z';
    await landedAt(early, justBegun);
    const attempt = await nthAttempt(early.sittingId);
    expect(attempt.handedInAt).toEqual(new Date(justBegun));
    expect(attempt.finalisedAt).toEqual(new Date(justBegun));
  });

  it('is one reading when the form is sent twice, and refused when one person enters again', async () => {
    const hall = await aPrintedSitting();
    const [key = {}] = hall.keys;
    const commandId = newId();
    const twice = await Promise.all([1, 2].map(() => enter(hall.one, hall, key, { commandId })));
    expect(twice.map(stateOf)).toEqual(['waits', 'waits']);
    expect(stateOf(await enter(hall.one, hall, key))).toBe('ENTERED_ALREADY');
    expect(
      await world.ctx.db.answerSheetEntry.count({ where: { registration: { sittingId: hall.sittingId } } }),
    ).toBe(1);
  });

  it('takes two accounts of one person for one', async () => {
    const hall = await aPrintedSitting();
    const [key = {}] = hall.keys;
    const personId = await aPerson(world.ctx, { unitId: hall.unitId });
    const first = await anInvigilator(hall.regionId, personId);
    const twin = await anInvigilator(hall.regionId, personId);
    expect(stateOf(await enter(first, hall, key))).toBe('waits');
    expect(stateOf(await enter(twin, hall, key))).toBe('ENTERED_ALREADY');
  });

  it('is kept from the candidate, whichever account: not shown, not read, not settled', async () => {
    const hall = await aPrintedSitting();
    const [key = {}] = hall.keys;
    const [ticketNo = ''] = hall.tickets;
    const self = await anInvigilator(hall.regionId, nth(hall.candidates, 0).personId);
    const own = { ok: false, code: 'OWN_SHEET' };
    expect(await viewSheet(self, hall.sittingId, ticketNo)).toEqual(own);
    expect(stateOf(await enter(self, hall, key))).toBe('OWN_SHEET');
    await enter(hall.one, hall, { ...key, '1': 'A' });
    await enter(hall.two, hall, { ...key, '1': 'B' });
    expect(await viewSheet(self, hall.sittingId, ticketNo)).toEqual(own);
    for (const step of ['read', 'settle'] as const)
      expect(
        await postSheet(self, hall.sittingId, { ticketNo, step, commandId: newId() }, new FormData()),
      ).toEqual(own);
  });

  it('tells whoever has read it nothing of the other reading, not even where it differs', async () => {
    const hall = await aPrintedSitting();
    const [key = {}] = hall.keys;
    const [ticketNo = ''] = hall.tickets;
    await enter(hall.one, hall, { ...key, '1': 'A' });
    await enter(hall.two, hall, { ...key, '1': 'B' });
    const asked = () => ({ ticketNo, step: 'settle' as const, commandId: newId() });
    for (const reader of [hall.one, hall.two])
      expect(await postSheet(reader, hall.sittingId, asked(), new FormData())).toEqual({
        ok: false,
        code: 'ENTERED_ALREADY',
      });
  });

  it('of a supplementary seal is refused until that seal is released, too', async () => {
    world.clock.set(BEFORE);
    const hall = await aPrintedSitting();
    world.clock.set(BEFORE);
    const personId = await aPerson(world.ctx, { unitId: hall.unitId });
    const { sittingId, unitId } = hall;
    await inTransaction(world.ctx, 'late', (tx) =>
      registerCandidates(tx, world.ctx, { sittingId, candidates: [{ personId, unitId }], isApproved: true }),
    );
    await sealed(hall.bureau, sittingId);
    const late = await world.ctx.db.examRegistration.findFirstOrThrow({
      where: { sittingId, personId },
      include: { papers: true },
    });
    const ticketNo = late.ticketNo ?? '';
    const key = keyOf(late.papers[0]?.content);
    world.clock.set(AFTER);
    expect(stateOf(await enter(hall.one, hall, key, { ticketNo }))).toBe('SHEET_NOT_RELEASED');
    expect(await viewSheet(hall.one, sittingId, ticketNo)).toMatchObject({ code: 'SHEET_NOT_RELEASED' });
    const bytes = await workbook([rowOf(ticketNo, key)]);
    expect(await send(hall.one, sittingId, bytes)).toMatchObject({ is: 'wrong', problems: [{ cell: 'A2' }] });
    const listed = await viewKeyIn(hall.one, sittingId, parseTableQuery(new URLSearchParams(), SHEETS));
    expect(listed.ok && listed.value.rows.map((row) => row.state).sort()).toEqual(['none', 'sealed']);
    // Those of the first seal are not held up by it.
    expect(stateOf(await enter(hall.one, hall, hall.keys[0] ?? {}))).toBe('waits');
    world.clock.set(BEFORE);
    await released(hall.bureau, sittingId);
    world.clock.set(AFTER);
    expect(stateOf(await enter(hall.one, hall, key, { ticketNo }))).toBe('waits');
  });

  it('of a sitting that was called off is refused', async () => {
    const hall = await aPrintedSitting();
    await world.ctx.db.examSitting.update({ where: { id: hall.sittingId }, data: { status: 'cancelled' } });
    expect(stateOf(await enter(hall.one, hall, hall.keys[0] ?? {}))).toBe('NOT_HELD');
    expect(await viewSheet(hall.one, hall.sittingId, hall.tickets[0] ?? '')).toMatchObject({
      code: 'NOT_HELD',
    });
  });

  it('waits for a third look where two readings differ, by somebody else', async () => {
    const hall = await aPrintedSitting();
    const [key = {}] = hall.keys;
    const misread = { ...key, '1': key['1'] === 'A' ? 'B' : 'A' };
    expect(stateOf(await enter(hall.one, hall, misread))).toBe('waits');
    expect(stateOf(await enter(hall.two, hall, key))).toBe('differ');
    expect(await attemptsOf(hall.sittingId)).toEqual([]);
    expect(stateOf(await enter(hall.one, hall, key, { source: 'third_look' }))).toBe('ENTERED_ALREADY');
    expect(stateOf(await enter(hall.third, hall, key))).toBe('THIRD_LOOK_NEEDED');
    expect(stateOf(await enter(hall.third, hall, key, { source: 'third_look' }))).toBe('landed');
    expect(await attemptsOf(hall.sittingId)).toMatchObject([{ results: [{ scoreHundredths: 10_000 }] }]);
  });

  it('shows an earlier reading to nobody who is to read, and to the third only where the two differ', async () => {
    const hall = await aPrintedSitting();
    const [key = {}] = hall.keys;
    const [ticketNo = ''] = hall.tickets;
    const seen = async (actor: ActorCtx) => viewSheet(actor, hall.sittingId, ticketNo);
    const blank = await seen(hall.two);
    await enter(hall.one, hall, { ...key, '1': 'A', '5': 'A' });
    expect(await seen(hall.two)).toEqual(blank);
    expect(await seen(hall.one)).toMatchObject({ code: 'ENTERED_ALREADY' });
    await enter(hall.two, hall, { ...key, '1': 'B', '5': 'A' });
    const third = await seen(hall.third);
    if (!third.ok) throw new Error(third.code);
    expect(third.value).toMatchObject({ step: 'settle', groups: [] });
    expect(third.value.differences).toMatchObject([
      { position: 1, readings: [{ choice: 'A' }, { choice: 'B' }] },
    ]);
    const form = new FormData();
    form.set('at1', '');
    const asked = { ticketNo, step: 'settle', commandId: newId() } as const;
    expect(await postSheet(hall.third, hall.sittingId, asked, form)).toMatchObject({
      value: { is: 'wrong', errors: { at1: '第 1 题尚未核定；未作答的填 -' } },
    });
    const elsewhere = await aPrintedSitting();
    expect(await postSheet(elsewhere.one, hall.sittingId, asked, form)).toMatchObject({ code: 'NOT_FOUND' });
    form.set('at1', 'b');
    expect(await postSheet(hall.third, hall.sittingId, asked, form)).toMatchObject({
      value: { state: 'landed' },
    });
    expect(await seen(hall.third)).toMatchObject({ code: 'ENTRIES_AGREE' });
  });

  it('is marked once when two people enter at the same moment', async () => {
    const hall = await aPrintedSitting();
    const [key = {}] = hall.keys;
    const outcomes = await Promise.all(
      [hall.one, hall.two, hall.third].map((actor) => enter(actor, hall, key)),
    );
    expect(outcomes.map(stateOf).sort()).toEqual(['ENTRIES_AGREE', 'landed', 'waits']);
    expect(await attemptsOf(hall.sittingId)).toHaveLength(1);
  });

  it('is refused to who sat on a screen, before the bell, without a release, and from elsewhere', async () => {
    const hall = await aPrintedSitting();
    const [key = {}] = hall.keys;
    const elsewhere = await aPrintedSitting();
    expect(stateOf(await enter(elsewhere.one, hall, key))).toBe('NOT_FOUND');
    expect(stateOf(await enter(hall.one, hall, key, { ticketNo: elsewhere.tickets[0] ?? '' }))).toBe(
      'NOT_FOUND',
    );
    world.clock.set('2026-11-23T00:59:00.000Z');
    expect(stateOf(await enter(hall.one, hall, key))).toBe('NOT_OPEN_YET');
    world.clock.set('2026-11-23T01:10:00.000Z');
    const [candidate] = hall.candidates;
    if (!candidate) throw new Error('the hall has one candidate');
    const { registrationId } = candidate;
    expect(await startAttempt(candidate.ctx, { registrationId, commandId: newId() })).toMatchObject({
      ok: true,
    });
    expect(stateOf(await enter(hall.one, hall, key))).toBe('SAT_ON_SCREEN');
    const unsealed = await aHall(world.ctx);
    const bureau = await aBureau(world.ctx, unsealed.regionId);
    expect(stateOf(await enter(bureau.maker, { ...hall, sittingId: unsealed.sittingId }, key))).toBe(
      'NOT_PRINTED',
    );
  });
});

/** A workbook of answer sheets: head, then one row each. */
async function workbook(rows: readonly (readonly string[])[], positions = 80): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('答题卡');
  sheet.addRow(['准考证号', '姓名', ...Array.from({ length: positions }, (_, index) => String(index + 1))]);
  for (const row of rows) sheet.addRow([...row]);
  return new Uint8Array(await book.xlsx.writeBuffer());
}
const rowOf = (ticketNo: string, key: SheetChoices): string[] => [
  ticketNo,
  '张某',
  ...Array.from({ length: 80 }, (_, index) => {
    const choice = key[String(index + 1)] ?? '';
    return choice === 'T' ? '√' : choice === 'F' ? '×' : choice;
  }),
];
const send = async (actor: ActorCtx, sittingId: string, bytes: Uint8Array, commandId: string = newId()) => {
  const outcome = await importSheets(actor, { sittingId, bytes, commandId });
  if (!outcome.ok) throw new Error(outcome.code);
  return outcome.value;
};

describe('answer sheets from a workbook', () => {
  it('are one reading each, and land with the file of another person', async () => {
    const hall = await aPrintedSitting(2);
    const bytes = await workbook(hall.tickets.map((ticket, index) => rowOf(ticket, hall.keys[index] ?? {})));
    const commandId = newId();
    expect(await send(hall.one, hall.sittingId, bytes, commandId)).toEqual({
      is: 'taken',
      counts: { waits: 2, differ: 0, landed: 0 },
    });
    expect(await send(hall.one, hall.sittingId, bytes, commandId)).toMatchObject({ is: 'taken' });
    expect(await send(hall.two, hall.sittingId, bytes)).toMatchObject({ counts: { waits: 0, landed: 2 } });
    const scores = (await attemptsOf(hall.sittingId)).map((attempt) => attempt.results[0]?.scoreHundredths);
    expect(scores).toEqual([10_000, 10_000]);
  });

  it('are all left out when something is wrong, each mistake named by its cell', async () => {
    const hall = await aPrintedSitting(2);
    const [first = '', second = ''] = hall.tickets;
    const good = rowOf(first, hall.keys[0] ?? {});
    const bad = rowOf(second, hall.keys[1] ?? {});
    bad[2] = 'E';
    bad[3] = 'AB';
    bad[81] = 'Q';
    const bytes = await workbook([good, bad, ['20260000000000000', '李某'], good]);
    const answer = await send(hall.one, hall.sittingId, bytes);
    expect(answer).toEqual({
      is: 'wrong',
      problems: [
        { cell: 'C3', text: '第 1 题没有选项“E”' },
        { cell: 'D3', text: '第 2 题是单项选择，录入了 2 个选项' },
        { cell: 'CD3', text: '第 80 题应填 √ 或 ×，录入的是“Q”' },
        { cell: 'A4', text: '本场没有准考证号为 20260000000000000 的试卷' },
        { cell: 'A5', text: '准考证号与 A2 重复' },
      ],
    });
    expect(
      await world.ctx.db.answerSheetEntry.count({ where: { registration: { sittingId: hall.sittingId } } }),
    ).toBe(0);
  });

  it('name the cell of a sheet that the same person has read before, and take in none of the others', async () => {
    const hall = await aPrintedSitting(2);
    const [first = '', second = ''] = hall.tickets;
    await enter(hall.one, hall, hall.keys[0] ?? {});
    const bytes = await workbook([rowOf(second, hall.keys[1] ?? {}), rowOf(first, hall.keys[0] ?? {})]);
    expect(await send(hall.one, hall.sittingId, bytes)).toEqual({
      is: 'wrong',
      problems: [{ cell: 'A3', text: '您已录入过这份答题卡，须由另一人独立录入。' }],
    });
    expect(
      await world.ctx.db.answerSheetEntry.count({ where: { registration: { sittingId: hall.sittingId } } }),
    ).toBe(1);
  });

  it('are told apart from what is no workbook of sheets', async () => {
    const hall = await aPrintedSitting();
    expect(await send(hall.one, hall.sittingId, new Uint8Array([1, 2, 3]))).toMatchObject({
      is: 'unreadable',
    });
    const missing = await workbook([rowOf(hall.tickets[0] ?? '', {})], 79);
    expect(await send(hall.one, hall.sittingId, missing)).toMatchObject({
      problems: [{ cell: 'A2', text: '表中没有第 80 题的列' }],
    });
  });
});
