import { beforeAll, describe, expect, it } from 'vitest';
import { printSet } from '#app/exam/release/printed/print-set.server.ts';
import { SEALED_PAPERS } from '#app/exam/release/printed/printed-papers.ts';
import { provideDocumentDesk } from '#app/office/document/desk.server.ts';
import { batchFile } from '#app/office/document/batch-view.server.ts';
import { drawBatch } from '#app/office/document/run-batch.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { PaperMode } from '#app/exam/release/paper-mode.ts';
import { useWorld } from '#test/support/database.ts';
import { aBureau, filed, released, sealed } from '#test/support/custody.ts';
import { aHall, prepareExam } from '#test/support/exam.ts';
import { unzipped, value } from '#test/support/office.ts';

const world = useWorld('2026-11-20T01:00:00.000Z');
beforeAll(async () => {
  await prepareExam(world.ctx);
  provideDocumentDesk(world.ctx.pool, { papers: SEALED_PAPERS, jobs: { enqueue: () => Promise.resolve() } });
});

async function aSealedSitting(mode: PaperMode) {
  const hall = await aHall(world.ctx, {
    candidates: 2,
    sitting: {
      opensAt: new Date('2026-11-23T01:00:00.000Z'),
      latestEntryAt: new Date('2026-11-23T01:30:00.000Z'),
      hardEndAt: new Date('2026-11-23T03:00:00.000Z'),
    },
  });
  const bureau = await aBureau(world.ctx, hall.regionId);
  await sealed(bureau, hall.sittingId, mode);
  return { ...hall, bureau };
}

const print = (actor: Parameters<typeof printSet>[0], sittingId: string, commandId: string = newId()) =>
  printSet(actor, { sittingId, roomNo: null, commandId });

/** Files of the printed set by name. */
async function printed(actor: Parameters<typeof printSet>[0], sittingId: string) {
  const started = await print(actor, sittingId);
  if (!started.ok) throw new Error(started.code);
  await drawBatch(world.ctx, started.value.batchId);
  return unzipped(value(await batchFile(actor, started.value.batchId)));
}

describe('the printed twin of a sealed sitting', () => {
  it('is not there before two people have released it', async () => {
    const { sittingId, bureau } = await aSealedSitting('each');
    expect(await print(bureau.maker, sittingId)).toMatchObject({ code: 'NOT_RELEASED' });
    await filed(bureau.maker, sittingId, 'release');
    expect(await print(bureau.maker, sittingId)).toMatchObject({ code: 'NOT_RELEASED' });
    expect(await world.ctx.db.documentBatch.count({ where: { subjectId: sittingId } })).toBe(0);
  });

  it('has a question paper and an answer sheet for everybody as PDF, and the handing-over list', async () => {
    const { sittingId, bureau } = await aSealedSitting('each');
    await released(bureau, sittingId);
    const files = await printed(bureau.maker, sittingId);
    const names = Object.keys(files);
    expect(names.filter((name) => name.endsWith('试卷.pdf'))).toHaveLength(2);
    expect(names.filter((name) => name.endsWith('答题卡.pdf'))).toHaveLength(2);
    expect(names.filter((name) => name.includes('交接单') && name.endsWith('.docx'))).toHaveLength(1);
    for (const [name, bytes] of Object.entries(files))
      if (name.endsWith('.pdf')) expect(Buffer.from(bytes.slice(0, 5)).toString()).toBe('%PDF-');
    const [sheet] = await world.ctx.db.document.findMany({ where: { paperCode: 'exam.answer_sheet' } });
    expect(sheet).toMatchObject({ format: 'pdf', regionId: expect.any(String) as string });
  }, 60_000);

  it('has the two sets once, and a sheet for everybody, where the sitting is sealed as A and B', async () => {
    const { sittingId, bureau } = await aSealedSitting('ab');
    await released(bureau, sittingId);
    const names = Object.keys(await printed(bureau.maker, sittingId));
    expect(names.filter((name) => name.includes('卷 试卷')).sort()).toEqual([
      expect.stringContaining('A卷 试卷（印 1 份）'),
      expect.stringContaining('B卷 试卷（印 1 份）'),
    ]);
    expect(names.filter((name) => name.endsWith('答题卡.pdf'))).toHaveLength(2);
  }, 60_000);

  it('is closed again by a later seal until that set is released, and does not exist elsewhere', async () => {
    const { sittingId, bureau } = await aSealedSitting('each');
    await released(bureau, sittingId);
    const other = await aSealedSitting('each');
    expect(await print(other.bureau.maker, sittingId)).toMatchObject({ code: 'NOT_FOUND' });
    const [first] = await world.ctx.db.examRegistration.findMany({ where: { sittingId } });
    if (!first) throw new Error('somebody is registered');
    const late = await aHall(world.ctx, { candidates: 1, sitting: { regionId: other.regionId } });
    await world.ctx.db.examRegistration.updateMany({
      where: { sittingId: late.sittingId },
      data: { sittingId },
    });
    await sealed(bureau, sittingId);
    expect(await print(bureau.maker, sittingId)).toMatchObject({ code: 'NOT_RELEASED' });
  });
});
