import { beforeAll, describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { loader } from '#app/exam/release/key-in/routes/sheet.tsx';
import { printSet } from '#app/exam/release/printed/print-set.server.ts';
import { ANSWER_SHEET, QUESTION_PAPER, SEALED_PAPERS } from '#app/exam/release/printed/printed-papers.ts';
import type { SheetKind } from '#app/exam/release/sheet-code.ts';
import { readScanned, sheetCode } from '#app/exam/release/sheet-code.ts';
import { provideDocumentDesk } from '#app/office/document/desk.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { aBureau, released, sealed } from '#test/support/custody.ts';
import { useWorld } from '#test/support/database.ts';
import { aHall, prepareExam } from '#test/support/exam.ts';

const BEFORE = '2026-11-20T01:00:00.000Z';
const AFTER = '2026-11-23T08:00:00.000Z';
const world = useWorld(BEFORE);
beforeAll(async () => {
  await prepareExam(world.ctx);
  provideDocumentDesk(world.ctx.pool, { papers: SEALED_PAPERS, jobs: { enqueue: () => Promise.resolve() } });
});

/** A printed sitting that is over, in a region of its own or in one that is there. */
async function aPrintedSitting(regionId?: string) {
  world.clock.set(BEFORE);
  const hall = await aHall(world.ctx, {
    candidates: 1,
    sitting: {
      opensAt: new Date('2026-11-23T01:00:00.000Z'),
      latestEntryAt: new Date('2026-11-23T01:30:00.000Z'),
      hardEndAt: new Date('2026-11-23T03:00:00.000Z'),
      ...(regionId === undefined ? {} : { regionId }),
    },
  });
  const bureau = await aBureau(world.ctx, regionId ?? hall.regionId);
  await sealed(bureau, hall.sittingId);
  await released(bureau, hall.sittingId);
  world.clock.set(AFTER);
  const { ticketNo } = await world.ctx.db.examRegistration.findFirstOrThrow({
    where: { sittingId: hall.sittingId },
  });
  const { title } = await world.ctx.db.examSitting.findUniqueOrThrow({ where: { id: hall.sittingId } });
  return { ...hall, regionId: regionId ?? hall.regionId, bureau, title, ticketNo: ticketNo ?? '' };
}

/** What the page of keying in makes of a text in its field: where it leads, or what it says beside the typed text. */
const scan = (actor: ActorCtx, sittingId: string, text: string) => open(actor, sittingId, { scan: text });

async function open(actor: ActorCtx, sittingId: string, search: Readonly<Record<string, string>>) {
  const asked = {
    request: new Request(`http://localhost/key-in/sheet?${new URLSearchParams(search).toString()}`),
    params: { sitting: sittingId },
    context: { nonce: '', requestId: 'test', requestCtx: () => Promise.resolve(actor) },
  } as unknown as Parameters<typeof loader>[0];
  try {
    const { scan: kept, scanError } = await loader(asked);
    return { leadsTo: null, kept, says: scanError };
  } catch (thrown) {
    if (!(thrown instanceof Response)) throw thrown;
    return { leadsTo: thrown.headers.get('Location'), kept: null, says: thrown.status };
  }
}
const codeOf = (ticketNo: string, kind: SheetKind = 'answer_sheet', page = 1): string =>
  sheetCode({ ticketNo, kind, page });

describe('a sheet that is scanned into the page of keying in', () => {
  it('opens by its code and by its plain number, and says which page it is', async () => {
    const { sittingId, ticketNo, bureau } = await aPrintedSitting();
    const path = `/bureau/exams/sittings/${sittingId}/key-in/sheet?ticket=${ticketNo}`;
    expect(await scan(bureau.maker, sittingId, ticketNo)).toMatchObject({ leadsTo: path });
    expect(await scan(bureau.maker, sittingId, `${codeOf(ticketNo, 'answer_sheet', 2)}\r`)).toMatchObject({
      leadsTo: `${path}&page=2`,
    });
  });

  it('is asked for again, with the number as it stood, where an address names no sheet of the sitting', async () => {
    const { sittingId, ticketNo, bureau } = await aPrintedSitting();
    const mistyped = `${ticketNo.slice(0, -3)}999`;
    expect(await open(bureau.maker, sittingId, { ticket: mistyped })).toEqual({
      leadsTo: null,
      kept: mistyped,
      says: '本场没有这个准考证号的密封试卷，请核对答题卡上的准考证号。',
    });
    const path = `/bureau/exams/sittings/${sittingId}/key-in/sheet?ticket=${ticketNo}`;
    expect(await open(bureau.maker, sittingId, { ticket: ` ${ticketNo}` })).toMatchObject({ leadsTo: path });
    expect((await open(bureau.maker, newId(), { ticket: ticketNo })).says).toBe(404);
  });

  it('is refused in plain words when it is misread, no sheet, or a question paper; what was typed stays', async () => {
    const { sittingId, ticketNo, bureau } = await aPrintedSitting();
    const code = codeOf(ticketNo);
    const misread = `${code.slice(0, -1)}${(Number(code.at(-1)) + 1) % 10}`;
    expect(await scan(bureau.maker, sittingId, misread)).toEqual({
      leadsTo: null,
      kept: misread,
      says: '二维码内容校验不符，可能没有扫全，请重新扫描，或手工输入准考证号。',
    });
    expect((await scan(bureau.maker, sittingId, '张某')).says).toContain('没有读到准考证号');
    expect((await scan(bureau.maker, sittingId, codeOf(ticketNo, 'question_paper'))).says).toContain(
      '请扫描答题卡',
    );
    expect((await scan(bureau.maker, sittingId, codeOf('20260000000000000'))).says).toContain(
      '本场没有这个准考证号',
    );
  });

  it('of another sitting is named by it within the reach, and does not exist beyond', async () => {
    const here = await aPrintedSitting();
    const other = await aPrintedSitting(here.regionId);
    const far = await aPrintedSitting();
    expect((await scan(here.bureau.maker, here.sittingId, codeOf(other.ticketNo))).says).toBe(
      `这是另一场考试“${other.title}”的答题卡，请到该场录入。`,
    );
    expect((await scan(here.bureau.maker, here.sittingId, codeOf(far.ticketNo))).says).toContain(
      '本场没有这个准考证号',
    );
    expect((await scan(far.bureau.maker, here.sittingId, codeOf(here.ticketNo))).says).toBe(404);
  });
});

describe('what is printed', () => {
  it('bears on every page a code of its own that leads back to the candidate, and nothing else of them', async () => {
    const { sittingId, ticketNo, bureau } = await aPrintedSitting();
    const started = await printSet(bureau.maker, { sittingId, roomNo: null, commandId: newId() });
    if (!started.ok) throw new Error(started.code);
    const items = await world.ctx.db.documentBatchItem.findMany({
      where: { batchId: started.value.batchId },
    });
    for (const paper of [QUESTION_PAPER, ANSWER_SHEET]) {
      const item = items.find(({ paperCode }) => paperCode === paper.code);
      const { values } = item?.data as { values: Record<string, string> };
      const codes = [1, 2].map((page) => readScanned(paper.pageCode?.(values, page) ?? ''));
      expect(codes).toEqual(
        [1, 2].map((page) => ({
          is: 'sheet',
          sheet: { ticketNo, page, kind: paper === ANSWER_SHEET ? 'answer_sheet' : 'question_paper' },
        })),
      );
    }
  });

  it('bears none where one set is copied for many', () => {
    expect(QUESTION_PAPER.pageCode?.({ 准考证号: '' }, 1)).toBeNull();
  });
});
