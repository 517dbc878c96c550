import * as XLSX from '@e965/xlsx';
import mammoth from 'mammoth';
import { describe, expect, it } from 'vitest';
import { batchFile, batchView } from '#app/office/document/batch-view.server.ts';
import { provideDocumentDesk } from '#app/office/document/desk.server.ts';
import { documentFile } from '#app/office/document/document-view.server.ts';
import { drawBatch } from '#app/office/document/run-batch.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { cardFile, ownCardFile } from '#app/training/card/card-file.server.ts';
import { viewCard, viewOwnCard } from '#app/training/card/card-view.server.ts';
import { viewCards } from '#app/training/card/cards-view.server.ts';
import { CARDS_TABLE } from '#app/training/card/cards-table.ts';
import { drawCards } from '#app/training/card/draw-cards.server.ts';
import { TRAINING_PAPERS } from '#app/training/session/papers/class-papers.ts';
import { drawNoticeList } from '#app/training/year/draw-notice-list.server.ts';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { useWorld } from '#test/support/database.ts';
import { unzipped, value } from '#test/support/office.ts';
import { anHourEntry } from '#test/support/officers.ts';
import { FIRST_DAY, HOUR, YEAR, closingSteps } from '#test/support/year-closing.ts';

const world = useWorld(FIRST_DAY);
const { anOffice, aFrozenOffice } = closingSteps(world);
const year = String(YEAR);

function theDesk() {
  const queued: unknown[] = [];
  const enqueue = (...[, , payload]: readonly [unknown, unknown, object]) =>
    Promise.resolve(void queued.push(payload));
  provideDocumentDesk(world.ctx.pool, { papers: TRAINING_PAPERS, jobs: { enqueue } });
  return queued;
}

const firstSheet = (bytes: Uint8Array): string => {
  const book = XLSX.read(bytes);
  return XLSX.utils.sheet_to_csv(book.Sheets[book.SheetNames[0] ?? ''] ?? {});
};
const wordText = async (bytes: Uint8Array): Promise<string> =>
  (await mammoth.extractRawText({ buffer: Buffer.from(bytes) })).value;

describe('业务培训登记卡 (HY1, domain §4.3)', () => {
  it('shows every entry, also both of a correction; the rows add up to the balance', async () => {
    const office = await anOffice(1);
    const [personId = ''] = office.personIds;
    const entry = { personId, unitId: office.unitId, day: `${YEAR}-07-01` };
    const wrong = await anHourEntry(world.ctx, { ...entry, creditSeconds: HOUR });
    await anHourEntry(world.ctx, { ...entry, creditSeconds: -HOUR, reverses: wrong });
    const { card } = value(await viewCard(office.liaison, personId, year));
    expect(card.rows.map((row) => row.creditSeconds / HOUR)).toEqual([50, 12, 1, -1]);
    expect(card).toMatchObject({
      totalSeconds: 62 * HOUR,
      seal: null,
      conclusion: 'met',
      asOfDay: `${YEAR}-12-31`,
    });
  });

  it('a closed year prints seal and sealed conclusion, later entries marked beside', async () => {
    const office = await aFrozenOffice(1);
    const [personId = ''] = office.personIds;
    const late = { personId, unitId: office.unitId, day: `${YEAR}-03-01`, creditSeconds: -10 * HOUR };
    await anHourEntry(world.ctx, late);
    const { card } = value(await viewCard(office.bureau, personId, year));
    expect(card.rows.map((row) => row.isAdjustment)).toEqual([true, false, false]);
    expect(card).toMatchObject({
      totalSeconds: 52 * HOUR,
      conclusion: 'met',
      seal: { sealNo: office.sealNo, totalSeconds: 62 * HOUR },
    });
    const { bytes } = value(await cardFile(office.bureau, { personId, year, format: 'docx' }));
    const text = await wordText(bytes);
    for (const words of [
      office.sealNo,
      '封账数 62 学时',
      '封账后调整 −10.00 学时',
      '达标',
      '集中学习（封账后调整）',
    ])
      expect(text).toContain(words);
  });

  it('is one’s own, and of people in reach; nobody else’s', async () => {
    const office = await anOffice(2);
    const elsewhere = await anOffice(1);
    const [officer] = office.officers;
    const [personId = ''] = office.personIds;
    if (!officer) throw new Error('the office has officers');
    expect(value(await viewOwnCard(officer, year)).card.person.id).toBe(personId);
    expect(await viewCard(officer, office.personIds[1] ?? '', year)).toMatchObject({ code: 'FORBIDDEN' });
    for (const stranger of [elsewhere.liaison, elsewhere.bureau])
      expect(await viewCard(stranger, personId, year)).toMatchObject({ code: 'NOT_FOUND' });
    const asked = { personId, year, format: 'pdf' } as const;
    expect(await cardFile(elsewhere.liaison, asked)).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('opens as PDF with its own font, as Word and as a workbook with figures', async () => {
    const office = await anOffice(1);
    const [officer] = office.officers;
    if (!officer) throw new Error('the office has officers');
    const pdf = value(await ownCardFile(officer, { year, format: 'pdf' })).bytes;
    const raw = Buffer.from(pdf).toString('latin1');
    expect(raw.startsWith('%PDF-')).toBe(true);
    expect(raw).toMatch(/\/FontFile[23]/);
    // A4 across.
    expect(raw).toMatch(/\/MediaBox \[0 0 841\.89 595\.28\]/);
    const text = await wordText(value(await ownCardFile(officer, { year, format: 'docx' })).bytes);
    for (const words of [
      '业务培训登记卡（2025年度）',
      '李某0',
      '未封账，截至2025年12月31日',
      '本人签字',
      '62 学时',
    ])
      expect(text).toContain(words);
    const sheet = firstSheet(value(await ownCardFile(officer, { year, format: 'xlsx' })).bytes);
    for (const words of ['培训日期（起止）', '折算学时', '集中学习', '专业法律知识', '单位法制机构意见'])
      expect(sheet).toContain(words);
    expect(sheet).toMatch(/^1,2025年6月1日,集中学习.*,50,/m);
  });
});

describe('many cards at once', () => {
  it('a unit’s cards come as one zip, each with its person; sent twice it starts once', async () => {
    const queued = theDesk();
    const office = await aFrozenOffice(3);
    const query = parseTableQuery(new URLSearchParams(), CARDS_TABLE);
    const asked = { year: YEAR, format: 'docx', chosen: { query }, commandId: newId() } as const;
    const { batchId } = value(await drawCards(office.liaison, asked));
    expect(value(await drawCards(office.liaison, asked)).batchId).toBe(batchId);
    expect(queued).toEqual([{ batchId }]);
    await drawBatch(world.ctx, batchId);
    const zip = await unzipped(value(await batchFile(office.liaison, batchId)));
    expect(Object.keys(zip)).toHaveLength(3);
    for (const [name, bytes] of Object.entries(zip)) {
      const text = await wordText(bytes);
      expect(text).toContain(office.sealNo);
      expect(text).toContain(/李某\d/.exec(name)?.[0] ?? '–');
    }
  });

  it('come as PDFs too, each with its own font and seal, counted while they are drawn', async () => {
    theDesk();
    const office = await aFrozenOffice(2);
    const chosen = { personIds: office.personIds };
    const asked = { year: YEAR, format: 'pdf', chosen, commandId: newId() } as const;
    const { batchId } = value(await drawCards(office.liaison, asked));
    expect(value(await batchView(office.liaison, batchId)).batch).toMatchObject({ drawn: 0, total: 2 });
    await drawBatch(world.ctx, batchId);
    expect(value(await batchView(office.liaison, batchId)).batch).toMatchObject({ drawn: 2, failed: 0 });
    const zip = await unzipped(value(await batchFile(office.liaison, batchId)));
    expect(Object.keys(zip).every((name) => name.endsWith('.pdf'))).toBe(true);
    for (const bytes of Object.values(zip)) {
      expect(Buffer.from(bytes.slice(0, 5)).toString()).toBe('%PDF-');
      expect(Buffer.from(bytes).toString('latin1')).toContain('NotoSansSC');
    }
  });

  it('people of others are left out, and several units are one bureau’s business', async () => {
    theDesk();
    const office = await anOffice(1);
    const elsewhere = await anOffice(1);
    const draw = (personIds: readonly string[], actor = office.liaison) =>
      drawCards(actor, { year: YEAR, format: 'xlsx', chosen: { personIds }, commandId: newId() });
    expect(await draw(elsewhere.personIds)).toMatchObject({ code: 'BATCH_EMPTY' });
    expect(await draw(office.personIds, office.leader)).toMatchObject({ code: 'FORBIDDEN' });
    value(await draw([...office.personIds, ...elsewhere.personIds]));
  });

  it('the list names hours, conclusion and seal of each', async () => {
    const office = await aFrozenOffice(2);
    const query = parseTableQuery(new URLSearchParams('q=李'), CARDS_TABLE);
    const page = value(await viewCards(office.leader, year, query));
    expect(page.total).toBe(2);
    expect(page.rows[0]).toMatchObject({ totalSeconds: 62 * HOUR, conclusion: 'met', sealNo: office.sealNo });
    expect(page.mayDraw).toBe(false);
  });
});

describe('学时公示表', () => {
  it('is the list of the unit, specialised law under 业务, with room to sign', async () => {
    theDesk();
    const office = await anOffice(2);
    const place = { unitId: office.unitId, year: YEAR, commandId: newId() };
    const { documentId } = value(await drawNoticeList(office.liaison, place));
    const { bytes } = value(await documentFile(office.liaison, documentId, { is: 'original' }));
    const sheet = firstSheet(bytes);
    for (const words of ['2025年度行政执法人员培训学时公示表', '本人签字', '2026年1月5日至12日'])
      expect(sheet).toContain(words);
    expect(sheet).toMatch(/^1,李某0,50,12,12,0,62,60,/m);
    const elsewhere = await anOffice(1);
    expect(await drawNoticeList(elsewhere.liaison, { ...place, commandId: newId() })).toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});
