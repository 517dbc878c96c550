import { describe, expect, it } from 'vitest';
import * as XLSX from '@e965/xlsx';
import mammoth from 'mammoth';
import { batchFile } from '#app/office/document/batch-view.server.ts';
import { provideDocumentDesk } from '#app/office/document/desk.server.ts';
import { documentFile } from '#app/office/document/document-view.server.ts';
import { drawBatch } from '#app/office/document/run-batch.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { TRAINING_PAPERS } from '#app/training/session/papers/class-papers.ts';
import { drawClassFile, drawClassPaper } from '#app/training/session/papers/draw-class-paper.server.ts';
import { useWorld } from '#test/support/database.ts';
import { classSteps, unzipped, value } from '#test/support/office.ts';

const world = useWorld();
const { anOffice, aClass, enrol, allPresent, close } = classSteps(world);

async function anOpenClass() {
  const queued: unknown[] = [];
  const enqueue = (...[, , payload]: readonly [unknown, unknown, object]) =>
    Promise.resolve(void queued.push(payload));
  provideDocumentDesk(world.ctx.pool, { papers: TRAINING_PAPERS, jobs: { enqueue } });
  const office = await anOffice(2);
  const sessionId = await aClass(office, { statedHundredths: 400 });
  value(await enrol(office, sessionId));
  return { office, sessionId, queued };
}

describe('papers of a class (一班一档)', () => {
  it('the notice has the times, the people and the 回执; the record waits for the close', async () => {
    const { office, sessionId } = await anOpenClass();
    const draw = (paperCode: string, actor = office.liaison) =>
      drawClassPaper(actor, { sessionId, paperCode, commandId: newId() });
    const { documentId } = value(await draw('training.notice'));
    const { bytes } = value(await documentFile(office.liaison, documentId, { is: 'original' }));
    const text = (await mammoth.extractRawText({ buffer: Buffer.from(bytes) })).value;
    for (const words of [
      '关于举办行政处罚法轮训的通知',
      '11月23日 09:00–11:30',
      '11月23日 14:00–16:30',
      '张某1',
      '回执',
    ])
      expect(text).toContain(words);
    expect(await draw('training.record')).toMatchObject({ ok: false, code: 'NOT_FOUND' });
    const elsewhere = await anOffice(1);
    expect(await draw('training.notice', elsewhere.liaison)).toMatchObject({ ok: false, code: 'NOT_FOUND' });
  });

  it('closed: everything in one zip, with a 结业证明 for each person with credit', async () => {
    const { office, sessionId, queued } = await anOpenClass();
    await allPresent(office, sessionId);
    value(await close(office.liaison, sessionId));
    const asked = { sessionId, commandId: newId() };
    const { batchId } = value(await drawClassFile(office.liaison, asked));
    expect(value(await drawClassFile(office.liaison, asked)).batchId).toBe(batchId);
    expect(queued).toEqual([{ batchId }]);
    await drawBatch(world.ctx, batchId);
    const zip = await unzipped(value(await batchFile(office.liaison, batchId)));
    expect(Object.keys(zip).sort()).toEqual(
      [
        '培训学时登记表（行政处罚法轮训）.xlsx',
        '培训签到表（行政处罚法轮训）.xlsx',
        '培训通知（行政处罚法轮训）.docx',
        '结业证明/结业证明（张某0）.docx',
        '结业证明/结业证明（张某1）.docx',
        '课程表（行政处罚法轮训）.docx',
      ].sort(),
    );
    const proof = await mammoth.extractRawText({
      buffer: Buffer.from(zip['结业证明/结业证明（张某0）.docx'] ?? []),
    });
    expect(proof.value).toContain('计入公共法律知识4 学时');
    const record = XLSX.read(zip['培训学时登记表（行政处罚法轮训）.xlsx'] ?? []);
    expect(record.Sheets[record.SheetNames[0] ?? '']?.F4).toMatchObject({ t: 'n', v: 4 });
  });
});
