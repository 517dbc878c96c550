import { describe, expect, it } from 'vitest';
import mammoth from 'mammoth';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { attachScan } from '#app/office/document/attach-scan.server.ts';
import { batchFile, batchView } from '#app/office/document/batch-view.server.ts';
import { provideDocumentDesk } from '#app/office/document/desk.server.ts';
import { documentFile, documentView } from '#app/office/document/document-view.server.ts';
import { documentsOf, documentsView } from '#app/office/document/documents-view.server.ts';
import { cancelBatch, startBatch } from '#app/office/document/draw-batch.server.ts';
import { batchJob, drawBatch, purgeBatches } from '#app/office/document/run-batch.server.ts';
import { drawPaper } from '#app/office/document/draw-paper.server.ts';
import { numberDocument } from '#app/office/document/number-document.server.ts';
import type { PaperKind } from '#app/office/document/paper.ts';
import {
  mappingView,
  templateFile,
  templateView,
  templatesView,
} from '#app/office/document/template-view.server.ts';
import {
  activateTemplate,
  mapTemplate,
  uploadTemplate,
} from '#app/office/document/upload-template.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { createJobs, installJobs } from '#app/platform/jobs/jobs.server.ts';
import { createLogger } from '#app/platform/log/logger.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { useWorld } from '#test/support/database.ts';
import { aDocx, anXlsx } from '#test/support/paper-files.ts';
import { aRegion, aUnit, anActor } from '#test/support/world.ts';
import pg from 'pg';
import { unzipped } from '#test/support/office.ts';

const world = useWorld();

const LETTER: PaperKind = {
  code: 'test.letter',
  title: '测试函',
  format: 'docx',
  area: '测试',
  issuer: 'unit',
  reads: 'document.read',
  fields: [
    { name: '单位名称', label: '单位', example: '某局' },
    { name: '姓名', label: '姓名', example: '张某', repeats: '人员' },
  ],
  layout: {
    blocks: [
      { kind: 'title', text: '{单位名称}' },
      { kind: 'number', text: '{文号}' },
      { kind: 'table', list: '人员', columns: [{ head: '姓名', text: '{姓名}' }] },
      { kind: 'signature', office: '{单位名称}', day: '{签发日期}' },
    ],
  },
};
const DECISION: PaperKind = { ...LETTER, code: 'test.decision', title: '测试决定', issuer: 'bureau' };

function value<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.code} ${String(outcome.detail?.text ?? '')}`);
  return outcome.value;
}

let isQueueReady = false;

/** City above county; a bureau for each, a unit with its liaison, and a bureau elsewhere. */
async function aHouse() {
  const { ctx, database } = world;
  const jobs = createJobs({ pool: database.pool, log: createLogger({ level: 'fatal' }) });
  provideDocumentDesk(ctx.pool, { papers: [LETTER, DECISION], jobs });
  if (!isQueueReady) {
    const owner = new pg.Client({ connectionString: database.url });
    await owner.connect();
    const { name, expireSeconds } = batchJob(ctx);
    await installJobs(owner, [{ name, expireSeconds }]);
    await owner.end();
    isQueueReady = true;
  }
  const cityId = await aRegion(ctx, { level: 'city' });
  const regionId = await aRegion(ctx, { parentId: cityId });
  const unitId = await aUnit(ctx, { regionId, name: '示例县城管局' });
  const bureauOf = (id: string) =>
    anActor(ctx, { grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId: id }] });
  const house = {
    cityId,
    regionId,
    unitId,
    city: await bureauOf(cityId),
    bureau: await bureauOf(regionId),
    liaison: await anActor(ctx, { grants: [{ role: 'unit_liaison', scopeKind: 'unit', unitId }] }),
    stranger: await bureauOf(await aRegion(ctx)),
    strangeLiaison: await anActor(ctx, {
      grants: [{ role: 'unit_liaison', scopeKind: 'unit', unitId: await aUnit(ctx, { regionId: cityId }) }],
    }),
    officer: await anActor(ctx, { grants: [{ role: 'officer', scopeKind: 'self' }] }),
  };
  forgetTree(ctx);
  return house;
}
type House = Awaited<ReturnType<typeof aHouse>>;

const data = (name = '示例县城管局') => ({
  values: { 单位名称: name },
  rows: { 人员: [{ 姓名: '甲' }, { 姓名: '乙' }] },
});
const drawing = (house: House, over: Partial<Parameters<typeof drawPaper>[1]> = {}) => ({
  paper: LETTER,
  regionId: house.regionId,
  unitId: house.unitId,
  subject: { kind: 'test', id: newId() },
  title: '关于某事的函',
  data: data(),
  ...over,
});
const draw = async (actor: ActorCtx, house: House, over: Partial<Parameters<typeof drawPaper>[1]> = {}) =>
  value(await drawPaper(actor, drawing(house, over))).documentId;
const textOf = async (actor: ActorCtx, documentId: string) => {
  const { bytes } = value(await documentFile(actor, documentId, { is: 'original' }));
  return (await mammoth.extractRawText({ buffer: Buffer.from(bytes) })).value;
};
const number = (documentId: string, over: object = {}) => ({
  documentId,
  expectedSeq: 0,
  documentNo: '示司〔2026〕1号',
  signedDay: '2026-11-23',
  reason: null,
  ...over,
});

describe('a paper is drawn', () => {
  it('kept with its data, and seen by whom its place belongs to', async () => {
    const house = await aHouse();
    const subject = { kind: 'test', id: newId() };
    const documentId = await draw(house.liaison, house, { subject });
    expect(await textOf(house.bureau, documentId)).toContain('乙');
    for (const actor of [house.liaison, house.bureau, house.city]) {
      expect(value(await documentView(actor, documentId)).document.title).toBe('关于某事的函');
      expect(await documentsOf(actor, { kind: 'test', ids: [subject.id] })).toHaveLength(1);
    }
    for (const actor of [house.stranger, house.strangeLiaison, house.officer]) {
      expect(await documentView(actor, documentId)).toMatchObject({ ok: false, code: 'NOT_FOUND' });
      expect(await documentFile(actor, documentId, { is: 'original' })).toMatchObject({ code: 'NOT_FOUND' });
      expect(await documentFile(actor, documentId, { is: 'pdf' })).toMatchObject({ code: 'NOT_FOUND' });
      expect(await documentsOf(actor, { kind: 'test', ids: [subject.id] })).toEqual([]);
    }
  });

  it("only where one may: other regions' units do not exist, a bureau's paper takes the bureau", async () => {
    const house = await aHouse();
    for (const actor of [house.stranger, house.strangeLiaison, house.officer])
      expect(await drawPaper(actor, drawing(house))).toMatchObject({ ok: false, code: 'NOT_FOUND' });
    const decision = drawing(house, { paper: DECISION });
    expect(await drawPaper(house.liaison, decision)).toMatchObject({ ok: false, code: 'NOT_FOUND' });
    const documentId = await draw(house.bureau, house, { paper: DECISION });
    expect(value(await documentView(house.liaison, documentId)).mayIssue).toBe(false);
    expect(await numberDocument(house.liaison, number(documentId))).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('once, however often the form is sent', async () => {
    const house = await aHouse();
    const asked = drawing(house, { commandId: newId() });
    const drawn = await Promise.all([1, 2, 3].map(() => drawPaper(house.bureau, asked)));
    expect(new Set(drawn.map((one) => value(one).documentId)).size).toBe(1);
    expect(await documentsOf(house.bureau, { kind: 'test', ids: [asked.subject.id] })).toHaveLength(1);
  });

  it('found again by title, number and kind; the list counts what it shows', async () => {
    const house = await aHouse();
    const documentId = await draw(house.bureau, house, { title: '独一无二的函' });
    value(await numberDocument(house.bureau, number(documentId, { documentNo: '示司〔2026〕77号' })));
    await draw(house.bureau, house, { title: '另一份' });
    const list = async (actor: ActorCtx, q: string, filters = {}) =>
      value(
        await documentsView(actor, {
          page: 1,
          size: 20,
          q,
          filters,
          columns: null,
          sort: { field: 'drawnAt', direction: 'desc' },
        }),
      );
    expect(await list(house.bureau, '77号')).toMatchObject({ total: 1, rows: [{ title: '独一无二的函' }] });
    expect(await list(house.bureau, '', { numbered: 'no' })).toMatchObject({
      total: 1,
      rows: [{ title: '另一份' }],
    });
    expect(await list(house.bureau, '', { paper: 'test.decision' })).toMatchObject({ total: 0 });
    expect(await list(house.stranger, '')).toMatchObject({ total: 0, rows: [] });
  });
});

describe('文号 after signing', () => {
  it('is entered once and drawn into the file; a correction says why and both stay', async () => {
    const house = await aHouse();
    const documentId = await draw(house.liaison, house);
    expect(await textOf(house.liaison, documentId)).toContain('〔2026〕　　号');
    value(await numberDocument(house.liaison, number(documentId, { documentNo: '示司[2026] 1号' })));
    expect(await textOf(house.liaison, documentId)).toContain('示司〔2026〕1号');
    const second = number(documentId, { expectedSeq: 1, documentNo: '示司〔2026〕2号' });
    expect(await numberDocument(house.liaison, second)).toMatchObject({ code: 'REASON_REQUIRED' });
    value(await numberDocument(house.liaison, { ...second, reason: '录入有误' }));
    const page = value(await documentView(house.liaison, documentId));
    expect(page.number?.documentNo).toBe('示司〔2026〕2号');
    expect(page.events.map((event) => [event.kind, event.documentNo])).toEqual([
      ['numbered', '示司〔2026〕1号'],
      ['number_corrected', '示司〔2026〕2号'],
    ]);
    expect(value(await documentFile(house.liaison, documentId, { is: 'pdf' })).type).toBe('application/pdf');
  });

  it('two people at once: one wins, the other is told', async () => {
    const house = await aHouse();
    const documentId = await draw(house.liaison, house);
    const outcomes = await Promise.all(
      [house.liaison, house.bureau, house.city].map((actor, index) =>
        numberDocument(actor, number(documentId, { documentNo: `示司〔2026〕${index + 1}号` })),
      ),
    );
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    for (const outcome of outcomes) if (!outcome.ok) expect(outcome.code).toBe('CHANGED_MEANWHILE');
    expect(value(await documentView(house.bureau, documentId)).events).toHaveLength(1);
  });

  it('stands from the beginning where the decision brought it along; the same number elsewhere is told', async () => {
    const house = await aHouse();
    const stands = { documentNo: '示司〔2026〕9号', signedDay: '2026-11-20' };
    const first = await draw(house.bureau, house, { number: stands });
    const other = await draw(house.bureau, house, { number: stands, title: '送达回证' });
    const page = value(await documentView(house.bureau, first));
    expect(page.number).toEqual(stands);
    expect(page.sameNumber).toEqual([{ id: other, title: '送达回证' }]);
    expect(await textOf(house.bureau, first)).toContain('2026年11月20日');
  });

  it('events and documents cannot be changed afterwards', async () => {
    const house = await aHouse();
    const documentId = await draw(house.bureau, house);
    value(await numberDocument(house.bureau, number(documentId)));
    for (const text of [
      `update document set title = 'x' where id = '${documentId}'`,
      `delete from document_event where document_id = '${documentId}'`,
      `update document_event set document_no = 'x' where document_id = '${documentId}'`,
    ])
      await expect(world.ctx.pool.query(text)).rejects.toMatchObject({ code: 'ZA001' });
  });
});

describe('the stamped scan', () => {
  it('is told by its content, kept beside its document, and had back by whom the document belongs to', async () => {
    const house = await aHouse();
    const documentId = await draw(house.liaison, house);
    const bytes = new TextEncoder().encode('%PDF-1.7 scan');
    const { eventId } = value(await attachScan(house.liaison, { documentId, bytes }));
    const scan = value(await documentFile(house.bureau, documentId, { is: 'scan', eventId }));
    expect(scan).toMatchObject({ type: 'application/pdf', fileName: '关于某事的函（盖章扫描件）.pdf' });
    expect(new Uint8Array(scan.bytes)).toEqual(bytes);
    const html = new TextEncoder().encode('<html><script>');
    expect(await attachScan(house.liaison, { documentId, bytes: html })).toMatchObject({
      code: 'SCAN_WRONG_TYPE',
    });
    expect(await attachScan(house.stranger, { documentId, bytes })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await documentFile(house.stranger, documentId, { is: 'scan', eventId })).toMatchObject({
      code: 'NOT_FOUND',
    });
    const another = await draw(house.liaison, house);
    expect(await documentFile(house.liaison, another, { is: 'scan', eventId })).toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('templates of the bureau', () => {
  const upload = async (actor: ActorCtx, regionId: string, bytes: Uint8Array, fileName = '新式样.docx') =>
    uploadTemplate(actor, { paperCode: LETTER.code, regionId, fileName, bytes, note: '省厅新式样' });
  const activate = (actor: ActorCtx, regionId: string, versionId: string | null, fromDay = '2026-11-23') =>
    activateTemplate(actor, { paperCode: LETTER.code, regionId, versionId, fromDay });

  it('are used from a day on; the nearest region above wins, the default can come back', async () => {
    const house = await aHouse();
    const city = value(await upload(house.city, house.cityId, await aDocx('市式样 {单位名称}')));
    const county = value(await upload(house.bureau, house.regionId, await aDocx('县式样 {单位名称}')));
    const drawn = async () => textOf(house.bureau, await draw(house.bureau, house));
    expect(await drawn()).not.toContain('式样');
    value(await activate(house.city, house.cityId, city.versionId));
    expect(await drawn()).toContain('市式样 示例县城管局');
    value(await activate(house.bureau, house.regionId, county.versionId, '2026-11-25'));
    expect(await drawn()).toContain('市式样');
    expect(value(await templateView(house.bureau, LETTER.code, null)).planned).toMatchObject([
      { versionNo: 1, validFrom: '2026-11-25' },
    ]);
    world.clock.set('2026-11-25T01:00:00.000Z');
    forgetTree(world.ctx);
    expect(await drawn()).toContain('县式样');
    value(await activate(house.bureau, house.regionId, null, '2026-11-25'));
    expect(await drawn()).not.toContain('式样');
    const line = value(await templatesView(house.bureau, null)).lines.find(
      ({ code }) => code === LETTER.code,
    );
    expect(line?.use).toMatchObject({ text: '本地区默认模板', isDefault: true });
    world.clock.set('2026-11-23T01:00:00.000Z');
    forgetTree(world.ctx);
  });

  it('keep every version; two uploads at once get two numbers; a document keeps the version it was drawn with', async () => {
    const house = await aHouse();
    const files = await Promise.all([aDocx('甲式 {单位名称}{文号}'), aDocx('乙式 {单位名称}')]);
    const kept = await Promise.all(files.map((bytes) => upload(house.bureau, house.regionId, bytes)));
    const { versions } = value(await templateView(house.bureau, LETTER.code, null));
    expect(versions.map((version) => version.versionNo).sort()).toEqual([1, 2]);
    const [first, second] = kept.map((outcome) => value(outcome).versionId);
    value(await activate(house.bureau, house.regionId, first ?? ''));
    const documentId = await draw(house.bureau, house);
    value(await activate(house.bureau, house.regionId, second ?? ''));
    value(await numberDocument(house.bureau, number(documentId)));
    expect(await textOf(house.bureau, documentId)).toContain('甲式 示例县城管局示司〔2026〕1号');
    await expect(
      world.ctx.pool.query(`delete from template_version where id = $1`, [first]),
    ).rejects.toMatchObject({ code: 'ZA001' });
  });

  it('are refused with the reason, and nothing is kept', async () => {
    const house = await aHouse();
    const wrong = await upload(house.bureau, house.regionId, await aDocx('{单位名}'));
    expect(wrong).toMatchObject({ ok: false, code: 'TEMPLATE_HAS_PROBLEMS' });
    expect(wrong.ok ? '' : wrong.detail?.text).toContain('是否想写“单位名称”');
    expect(await upload(house.bureau, house.regionId, new TextEncoder().encode('PK'))).toMatchObject({
      code: 'TEMPLATE_REFUSED',
    });
    expect(value(await templateView(house.bureau, LETTER.code, null)).versions).toEqual([]);
  });

  it("other regions' ids do not exist", async () => {
    const house = await aHouse();
    const bytes = await aDocx('{单位名称}');
    const { versionId } = value(await upload(house.bureau, house.regionId, bytes));
    expect(await upload(house.stranger, house.regionId, bytes)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await upload(house.liaison, house.regionId, bytes)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await activate(house.stranger, house.regionId, versionId)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await activate(house.bureau, house.cityId, null)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await activate(house.city, house.cityId, versionId)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await activate(house.bureau, house.regionId, versionId, '2026-11-22')).toMatchObject({
      code: 'START_IN_PAST',
    });
    const file = { paperCode: LETTER.code, regionId: null, template: { versionId }, as: 'template' } as const;
    expect(await templateFile(house.stranger, file)).toMatchObject({ code: 'NOT_FOUND' });
    expect(value(await templateFile(house.bureau, file)).bytes.length).toBe(bytes.length);
    expect(value(await templateFile(house.bureau, { ...file, as: 'trial' })).bytes.length).toBeGreaterThan(0);
  });

  it('a provincial workbook: columns named once, then filled', async () => {
    const house = await aHouse();
    const bytes = await anXlsx((book) => {
      const sheet = book.addWorksheet('汇总');
      sheet.mergeCells('A1:B1');
      sheet.getCell('A1').value = '全省汇总表';
      sheet.getRow(2).values = ['序号', '姓名'];
    });
    const kept = value(await upload(house.bureau, house.regionId, bytes, '省表.xlsx'));
    expect(kept.needsMapping).toBe(true);
    expect(await activate(house.bureau, house.regionId, kept.versionId)).toMatchObject({
      code: 'TEMPLATE_NOT_READY',
    });
    const asked = { paperCode: LETTER.code, versionId: kept.versionId, headRow: null, list: null };
    const page = value(await mappingView(house.bureau, asked));
    expect(page.sheets[0]).toMatchObject({ name: '汇总', headRow: 2 });
    expect(page.proposed).toEqual({ 汇总: { A: '序号', B: '姓名' } });
    const mapping = {
      sheet: '汇总',
      headRow: 2,
      firstRow: 3,
      list: '人员',
      columns: { A: '序号', B: '姓名' },
    };
    const map = { paperCode: LETTER.code, versionId: kept.versionId, mapping };
    expect(await mapTemplate(house.stranger, map)).toMatchObject({ code: 'NOT_FOUND' });
    expect(
      await mapTemplate(house.bureau, { ...map, mapping: { ...mapping, columns: { A: '密码' } } }),
    ).toMatchObject({ code: 'MAPPING_UNKNOWN' });
    const mapped = value(await mapTemplate(house.bureau, map));
    value(await activate(house.bureau, house.regionId, mapped.versionId));
    const documentId = await draw(house.bureau, house);
    expect(value(await documentView(house.bureau, documentId)).document.format).toBe('xlsx');
    expect(
      value(await templateView(house.bureau, LETTER.code, null)).versions.map((version) => version.isReady),
    ).toEqual([true]);
  });
});

describe('many papers at once', () => {
  const batch = (house: House, count: number, commandId = newId()) => ({
    title: '一班一档',
    subject: { kind: 'test', id: house.unitId },
    regionId: house.regionId,
    unitId: house.unitId,
    items: Array.from({ length: count }, (_, index) => ({
      paper: LETTER,
      subject: { kind: 'test', id: house.unitId },
      title: `证明${index + 1}`,
      folder: '证明',
      data: data(`单位${index + 1}`),
    })),
    commandId,
  });

  it('are drawn once each into one zip, also when the job runs twice at once', async () => {
    const house = await aHouse();
    const asked = batch(house, 25);
    const [one, two] = await Promise.all([
      startBatch(house.liaison, asked),
      startBatch(house.liaison, asked),
    ]);
    const { batchId } = value(one);
    expect(value(two).batchId).toBe(batchId);
    expect(await batchFile(house.liaison, batchId)).toMatchObject({ code: 'NOT_FOUND' });
    await Promise.all([drawBatch(world.ctx, batchId), drawBatch(world.ctx, batchId)]);
    await drawBatch(world.ctx, batchId);
    expect(value(await batchView(house.liaison, batchId)).batch).toMatchObject({
      state: 'finished',
      drawn: 25,
      failed: 0,
    });
    const zip = await unzipped(value(await batchFile(house.liaison, batchId)));
    expect(Object.keys(zip)).toHaveLength(25);
    const text = await mammoth.extractRawText({ buffer: Buffer.from(zip['证明/证明7.docx'] ?? []) });
    expect(text.value).toContain('单位7');
    expect(await documentsOf(house.bureau, { kind: 'test', ids: [house.unitId] })).toHaveLength(25);
    expect(await batchView(house.bureau, batchId)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await startBatch(house.stranger, batch(house, 1))).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('can be cancelled: what is drawn stays, the rest is not drawn', async () => {
    const house = await aHouse();
    const { batchId } = value(await startBatch(house.liaison, batch(house, 3)));
    expect(await cancelBatch(house.bureau, batchId)).toMatchObject({ code: 'NOT_FOUND' });
    value(await cancelBatch(house.liaison, batchId));
    await drawBatch(world.ctx, batchId);
    expect(value(await batchView(house.liaison, batchId)).batch).toMatchObject({
      state: 'cancelled',
      drawn: 0,
    });
    expect(await cancelBatch(house.liaison, batchId)).toMatchObject({ code: 'BATCH_OVER' });
  });

  it('the zip goes after a week, the documents stay', async () => {
    const house = await aHouse();
    const { batchId } = value(await startBatch(house.liaison, batch(house, 1)));
    await drawBatch(world.ctx, batchId);
    world.clock.set('2026-12-01T01:00:00.000Z');
    expect(await batchFile(house.liaison, batchId)).toMatchObject({ code: 'NOT_FOUND' });
    await purgeBatches(world.ctx);
    expect(value(await batchView(house.liaison, batchId)).batch.state).toBe('expired');
    expect(await documentsOf(house.liaison, { kind: 'test', ids: [house.unitId] })).toHaveLength(1);
    world.clock.set('2026-11-23T01:00:00.000Z');
    forgetTree(world.ctx);
  });
});
