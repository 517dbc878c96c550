import pg from 'pg';
import { describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { attachScan } from '#app/office/document/attach-scan.server.ts';
import { batchFile, batchView } from '#app/office/document/batch-view.server.ts';
import { listOwnBatchWork } from '#app/office/document/batch-work.server.ts';
import { provideDocumentDesk } from '#app/office/document/desk.server.ts';
import { documentView } from '#app/office/document/document-view.server.ts';
import { documentsOf, documentsView } from '#app/office/document/documents-view.server.ts';
import { cancelBatch, continueBatch, startBatch } from '#app/office/document/draw-batch.server.ts';
import { drawPaper } from '#app/office/document/draw-paper.server.ts';
import { BATCH_LOST_SECONDS } from '#app/office/document/limits.ts';
import { numberDocument } from '#app/office/document/number-document.server.ts';
import { batchTaskKey } from '#app/office/document/number-task.ts';
import type { PaperKind } from '#app/office/document/paper.ts';
import { batchJob, drawBatch, stopLostBatches } from '#app/office/document/run-batch.server.ts';
import { withdrawDocument } from '#app/office/document/withdraw-document.server.ts';
import { listOpenTasks } from '#app/office/task/tasks-view.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { RETRY_LIMIT, createJobs, installJobs } from '#app/platform/jobs/jobs.server.ts';
import { createLogger } from '#app/platform/log/logger.server.ts';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { useWorld } from '#test/support/database.ts';
import { unzipped, value } from '#test/support/office.ts';
import { aPng } from '#test/support/pictures.ts';
import { listTasks } from '#test/support/tasks.ts';
import { aRegion, aUnit, anActor } from '#test/support/world.ts';

const world = useWorld();

const LETTER: PaperKind = {
  code: 'test.letter',
  title: '测试函',
  format: 'docx',
  area: '测试',
  issuer: 'unit',
  reads: 'document.read',
  fields: [{ name: '单位名称', label: '单位', example: '某局' }],
  layout: {
    blocks: [
      { kind: 'title', text: '{单位名称}' },
      { kind: 'number', text: '{文号}' },
      { kind: 'signature', office: '{单位名称}', day: '{签发日期}' },
    ],
  },
};
const DECISION: PaperKind = { ...LETTER, code: 'test.decision', title: '测试决定', issuer: 'bureau' };
const LIST: PaperKind = {
  ...LETTER,
  code: 'test.list',
  title: '测试名单',
  layout: { blocks: [{ kind: 'title', text: '{单位名称}' }] },
};
const PAPERS = [LETTER, DECISION, LIST];

function openDesk(papers: readonly PaperKind[]): void {
  const { ctx, database } = world;
  const jobs = createJobs({ pool: database.pool, log: createLogger({ level: 'fatal' }) });
  provideDocumentDesk(ctx.pool, { papers, jobs });
}

let isQueueReady = false;

async function aHouse() {
  const { ctx, database } = world;
  openDesk(PAPERS);
  if (!isQueueReady) {
    const owner = new pg.Client({ connectionString: database.url });
    await owner.connect();
    const { name, expireSeconds } = batchJob(ctx);
    await installJobs(owner, [{ name, expireSeconds }]);
    await owner.end();
    isQueueReady = true;
  }
  const regionId = await aRegion(ctx);
  const unitId = await aUnit(ctx, { regionId });
  const elsewhere = await aRegion(ctx);
  const bureauOf = (id: string) =>
    anActor(ctx, { grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId: id }] });
  const house = {
    regionId,
    unitId,
    bureau: await bureauOf(regionId),
    stranger: await bureauOf(elsewhere),
    liaison: await anActor(ctx, { grants: [{ role: 'unit_liaison', scopeKind: 'unit', unitId }] }),
  };
  forgetTree(ctx);
  return house;
}
type House = Awaited<ReturnType<typeof aHouse>>;

const subject = { kind: 'test', id: 'matter' };
const data = { values: { 单位名称: '示例县城管局' } };

async function draw(actor: ActorCtx, house: House, paper: PaperKind): Promise<string> {
  const { regionId, unitId } = house;
  const asked = { paper, regionId, unitId, subject, title: `${paper.title}（某人）`, data };
  return value(await drawPaper(actor, asked)).documentId;
}

const numbering = (documentId: string, documentNo = '示司〔2026〕1号') => ({
  documentId,
  expectedSeq: 0,
  documentNo,
  signedDay: '2026-11-01' as never,
  reason: null,
});
const tasksOf = async (actor: ActorCtx) =>
  (await listOpenTasks(actor, { kind: null, page: 1, size: 50 })).rows;
const numberTasks = (key: string) => listTasks(world.ctx, 'document.number', key);

describe('a paper that needs a 文号', () => {
  it('waits for it with the bureau that gives it out, until the number is entered', async () => {
    const house = await aHouse();
    const documentId = await draw(house.bureau, house, DECISION);
    expect(await tasksOf(house.bureau)).toMatchObject([
      { kind: 'document.number', title: '登记文号：测试决定（某人）', path: `/documents/${documentId}` },
    ]);
    expect(await tasksOf(house.stranger)).toEqual([]);
    value(await numberDocument(house.bureau, numbering(documentId)));
    expect(await numberTasks(documentId)).toEqual(['done']);
    expect(await tasksOf(house.bureau)).toEqual([]);
  });

  it("waits with the unit's liaison when the unit gives it out", async () => {
    const house = await aHouse();
    await draw(house.liaison, house, LETTER);
    expect(await tasksOf(house.liaison)).toMatchObject([{ kind: 'document.number' }]);
    expect(await tasksOf(house.bureau)).toEqual([]);
  });

  it('leaves no task when it needs none, or has its number already', async () => {
    const house = await aHouse();
    const list = await draw(house.liaison, house, LIST);
    const { documentId } = value(
      await drawPaper(house.bureau, {
        ...{ paper: DECISION, regionId: house.regionId, subject, title: '已编号', data },
        number: { documentNo: '示司〔2026〕9号', signedDay: '2026-11-01' as never },
      }),
    );
    expect(await numberTasks(list)).toEqual([]);
    expect(await numberTasks(documentId)).toEqual([]);
    expect(value(await documentView(house.liaison, list)).bearsNumber).toBe(false);
  });
});

describe('a paper that is withdrawn', () => {
  it('waits for nothing any more, keeps its file and takes neither number nor scan', async () => {
    const house = await aHouse();
    const documentId = await draw(house.bureau, house, DECISION);
    const asked = { documentId, expectedSeq: 0, reason: '出具有误' };
    expect(await withdrawDocument(house.stranger, asked)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await withdrawDocument(house.liaison, asked)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await withdrawDocument(house.bureau, { ...asked, reason: ' ' })).toMatchObject({
      code: 'WITHDRAWAL_REASON_REQUIRED',
    });
    value(await withdrawDocument(house.bureau, asked));
    expect(await numberTasks(documentId)).toEqual(['withdrawn']);
    expect(await withdrawDocument(house.bureau, asked)).toMatchObject({ code: 'WITHDRAWN' });
    expect(await numberDocument(house.bureau, { ...numbering(documentId), expectedSeq: 1 })).toMatchObject({
      code: 'WITHDRAWN',
    });
    expect(await attachScan(house.bureau, { documentId, bytes: aPng(4, 4) })).toMatchObject({
      code: 'WITHDRAWN',
    });
    const [line] = await documentsOf(house.bureau, { kind: 'test', ids: ['matter'] });
    expect(line).toMatchObject({ id: documentId, isWithdrawn: true });
  });

  it('of two at once one wins, and is not listed among those without a number', async () => {
    const house = await aHouse();
    const documentId = await draw(house.bureau, house, DECISION);
    const asked = { documentId, expectedSeq: 0, reason: '出具有误' };
    const both = await Promise.all([
      withdrawDocument(house.bureau, asked),
      numberDocument(house.bureau, numbering(documentId)),
    ]);
    expect(both.filter((outcome) => outcome.ok)).toHaveLength(1);
    const other = await draw(house.bureau, house, DECISION);
    value(await withdrawDocument(house.bureau, { ...asked, documentId: other }));
    const query = parseTableQuery(new URLSearchParams('f.numbered=no'), {
      sorts: ['drawnAt'],
      defaultSort: { field: 'drawnAt', direction: 'desc' },
      filters: ['paper', 'numbered'],
    });
    const ids = value(await documentsView(house.bureau, query)).rows.map((row) => row.id);
    expect(ids).not.toContain(other);
  });

  it('shows its newest scan where the matter shows its papers', async () => {
    const house = await aHouse();
    const documentId = await draw(house.bureau, house, DECISION);
    const { eventId } = value(await attachScan(house.bureau, { documentId, bytes: aPng(4, 4) }));
    const [line] = await documentsOf(house.bureau, { kind: 'test', ids: ['matter'] });
    expect(line).toMatchObject({ scans: 1, lastScanId: eventId });
  });
});

describe('a batch', () => {
  const batch = (house: House, papers: readonly PaperKind[]) => ({
    title: '一批文书',
    subject,
    regionId: house.regionId,
    unitId: house.unitId,
    items: papers.map((paper, at) => ({ paper, subject, title: `第${at + 1}份`, data })),
    commandId: newId(),
  });
  const documentsIn = async (batchId: string) =>
    (await world.ctx.db.documentBatchItem.findMany({ where: { batchId }, orderBy: { position: 'asc' } })).map(
      (item) => item.documentId,
    );

  it('asks for its numbers as one task, done with the last of them', async () => {
    const house = await aHouse();
    const { batchId } = value(await startBatch(house.liaison, batch(house, [LETTER, LIST, LETTER])));
    await drawBatch(world.ctx, batchId);
    expect((await tasksOf(house.liaison)).map((task) => task.title)).toEqual([
      '登记 2 份文书的文号：一批文书',
    ]);
    const [one = '', , last = ''] = await documentsIn(batchId);
    expect(value(await batchView(house.liaison, batchId)).unnumbered.count).toBe(2);
    await Promise.all(
      [one, last].map(async (id, at) =>
        value(await numberDocument(house.liaison, numbering(id, `示〔2026〕${at + 1}号`))),
      ),
    );
    expect(await numberTasks(batchTaskKey(batchId))).toEqual(['done']);
  });

  it('that left papers out is continued with those alone; what was drawn stays', async () => {
    const house = await aHouse();
    const { batchId } = value(await startBatch(house.liaison, batch(house, [LETTER, LIST])));
    openDesk([LETTER, DECISION]);
    await drawBatch(world.ctx, batchId);
    openDesk(PAPERS);
    expect(value(await batchView(house.liaison, batchId))).toMatchObject({
      batch: { state: 'finished', drawn: 1, failed: 1 },
      left: 1,
    });
    expect((await tasksOf(house.liaison)).map((task) => task.kind)).toContain('document.batch');
    const [kept] = await documentsIn(batchId);
    const before = await world.ctx.db.documentFile.findFirst({ where: { documentId: kept ?? '' } });
    expect(await continueBatch(house.bureau, batchId)).toMatchObject({ code: 'NOT_FOUND' });
    const both = await Promise.all([
      continueBatch(house.liaison, batchId),
      continueBatch(house.liaison, batchId),
    ]);
    expect(both.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(both.find((outcome) => !outcome.ok)).toMatchObject({ code: 'BATCH_NOTHING_LEFT' });
    await drawBatch(world.ctx, batchId);
    const page = value(await batchView(house.liaison, batchId));
    expect(page).toMatchObject({ batch: { state: 'finished', drawn: 2, failed: 0, round: 2 }, left: 0 });
    expect(Object.keys(await unzipped(value(await batchFile(house.liaison, batchId))))).toHaveLength(2);
    expect(await world.ctx.db.documentFile.findFirst({ where: { documentId: kept ?? '' } })).toEqual(before);
    expect(await continueBatch(house.liaison, batchId)).toMatchObject({ code: 'BATCH_NOTHING_LEFT' });
    expect((await tasksOf(house.liaison)).map((task) => task.kind)).not.toContain('document.batch');
  });

  it('stops when its retries are exhausted, says so to its person, and goes on when continued', async () => {
    const house = await aHouse();
    const { batchId } = value(await startBatch(house.liaison, batch(house, [LETTER, LIST])));
    // The template of this kind cannot be made: a fault, not a refusal.
    openDesk([LETTER, { ...LIST, layout: JSON.parse('{"blocks":[null]}') as PaperKind['layout'] }]);
    const job = batchJob(world.ctx);
    for (let run = 0; run <= RETRY_LIMIT; run += 1) await expect(job.run({ batchId })).rejects.toThrow();
    openDesk(PAPERS);
    const page = value(await batchView(house.liaison, batchId));
    expect(page).toMatchObject({ batch: { state: 'stopped', drawn: 1 }, left: 1 });
    expect(Object.keys(await unzipped(value(await batchFile(house.liaison, batchId))))).toEqual([
      '第1份.docx',
    ]);
    expect((await tasksOf(house.liaison)).map((task) => task.title)).toContain('有文书没有出具：一批文书');
    expect(await cancelBatch(house.liaison, batchId)).toMatchObject({ code: 'BATCH_OVER' });
    value(await continueBatch(house.liaison, batchId));
    await job.run({ batchId });
    expect(value(await batchView(house.liaison, batchId)).batch).toMatchObject({
      state: 'finished',
      drawn: 2,
    });
  });

  it('whose job was lost with its process counts as stopped, and is found beside the tasks', async () => {
    const house = await aHouse();
    const { batchId } = value(await startBatch(house.liaison, batch(house, [LIST])));
    await stopLostBatches(world.ctx);
    expect((await listOwnBatchWork(house.liaison))[0]).toMatchObject({ id: batchId, isRunning: true });
    const touchedAt = new Date(world.clock.now().getTime() - (BATCH_LOST_SECONDS + 1) * 1_000);
    await world.ctx.db.documentBatch.update({ where: { id: batchId }, data: { touchedAt } });
    await stopLostBatches(world.ctx);
    expect((await listOwnBatchWork(house.liaison))[0]).toMatchObject({
      id: batchId,
      isRunning: false,
      state: '已中断 0/1 份',
    });
    expect(await listOwnBatchWork(house.bureau)).toEqual([]);
    expect(await batchFile(house.liaison, batchId)).toMatchObject({ code: 'NOT_FOUND' });
  });
});
