import * as XLSX from '@e965/xlsx';
import { unzipSync } from 'fflate';
import mammoth from 'mammoth';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { REGISTRATION_PAPERS } from '#app/exam/batch/papers/registration-papers.ts';
import { INVIGILATION_PAPERS } from '#app/exam/invigilation/invigilation-papers.ts';
import { drawExamPack } from '#app/exam/sitting/papers/draw-exam-pack.server.ts';
import { drawSittingPaper, viewSittingPapers } from '#app/exam/sitting/papers/sitting-papers.server.ts';
import { EXAM_PAPERS } from '#app/exam/sitting/papers/sitting-papers.ts';
import { listPhotos } from '#app/organization/register/photo.store.server.ts';
import { documentFile } from '#app/office/document/document-view.server.ts';
import { batchFile } from '#app/office/document/batch-view.server.ts';
import { provideDocumentDesk } from '#app/office/document/desk.server.ts';
import { drawBatch } from '#app/office/document/run-batch.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { useWorld } from '#test/support/database.ts';
import { givePhoto, portraitPng } from '#test/support/portrait.ts';
import { prepareExam } from '#test/support/exam.ts';
import { unzipped, value } from '#test/support/office.ts';
import { aBureau, aSeatedHall } from '#test/support/seating.ts';

const world = useWorld();
beforeAll(async () => {
  await prepareExam(world.ctx);
  provideDocumentDesk(world.ctx.pool, {
    papers: [...EXAM_PAPERS, ...REGISTRATION_PAPERS, ...INVIGILATION_PAPERS],
    jobs: { enqueue: () => Promise.resolve() },
  });
});

async function packed(bureau: ActorCtx, sittingId: string) {
  const { batchId } = value(await drawExamPack(bureau, { sittingId, commandId: newId() }));
  await drawBatch(world.ctx, batchId);
  const batch = await world.ctx.db.documentBatch.findUniqueOrThrow({ where: { id: batchId } });
  expect(batch.state).toBe('finished');
  return unzipped(value(await batchFile(bureau, batchId)));
}

const textOf = async (bytes: Uint8Array | undefined): Promise<string> =>
  (await mammoth.extractRawText({ buffer: Buffer.from(bytes ?? []) })).value;

describe('整套考务文书 of a sitting (domain.md §11.2)', () => {
  it('holds every paper before the day in one zip, by folder, with a ticket for everybody', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 3 });
    const zip = await packed(hall.bureau, hall.sittingId);
    const names = Object.keys(zip);
    for (const name of [
      '1 考前/考试通知.docx',
      '1 考前/报名汇总表.xlsx',
      '1 考前/考场编排表.xlsx',
      '1 考前/试卷交接单.docx',
      '1 考前/监考守则.docx',
      '1 考前/考生须知.docx',
      '2 第1考场/门贴（第1考场）.docx',
      '2 第1考场/桌贴（第1考场）.docx',
      '2 第1考场/座次表（第1考场）.xlsx',
      '2 第1考场/带照片签到表（第1考场）.docx',
      '2 第1考场/考场情况记录单（第1考场）.docx',
      '2 第1考场/违纪记录单（第1考场）.docx',
    ])
      expect(names).toContain(name);
    expect(names.filter((name) => name.startsWith('5 报名资格审查/报名资格审查表'))).toHaveLength(3);
    expect(names.filter((name) => name.startsWith('3 准考证/'))).toHaveLength(3);
    expect(names.some((name) => name.startsWith('4 考后/'))).toBe(false);

    const [one] = hall.people;
    const ticket = names.find((name) => name.includes(one?.ticketNo ?? ''));
    const text = await textOf(zip[ticket ?? '']);
    for (const words of [one?.ticketNo ?? '', '第1考场', '贴照片处', '考场规则'])
      expect(text).toContain(words);
    expect(text).not.toContain('\uFFFC');
    expect(text).not.toContain(one?.idNumber ?? 'x');
    const sheet = XLSX.read(zip['1 考前/考场编排表.xlsx'] ?? []);
    const first = sheet.Sheets[sheet.SheetNames[0] ?? ''];
    expect(JSON.stringify(XLSX.utils.sheet_to_json(first ?? {}, { header: 1 }))).toContain(one?.ticketNo);
  }, 60_000);

  it('shows the photo of each person who has one on ticket and sign-in sheet, and keeps no picture in its files', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 3 });
    const [one, two] = hall.people;
    const [navy, green] = [portraitPng([20, 40, 110]), portraitPng([20, 110, 40])];
    await givePhoto(world.ctx, one?.personId ?? '', navy);
    await givePhoto(world.ctx, two?.personId ?? '', green);
    const zip = await packed(hall.bureau, hall.sittingId);
    const nameOf = (part: string): string => Object.keys(zip).find((name) => name.includes(part)) ?? '';
    const photosIn = (part: string): Buffer[] =>
      Object.entries(unzipSync(zip[nameOf(part)] ?? new Uint8Array()))
        .filter(([name]) => name.startsWith('word/media/'))
        .map(([, bytes]) => Buffer.from(bytes));
    expect(photosIn(one?.ticketNo ?? '')).toEqual([Buffer.from(navy)]);
    expect(photosIn(two?.ticketNo ?? '')).toEqual([Buffer.from(green)]);
    expect(photosIn(hall.people[2]?.ticketNo ?? '')).toEqual([]);
    expect(photosIn('带照片签到表')).toHaveLength(2);
    const kept = await world.ctx.db.documentFile.findMany({
      where: { document: { subjectId: hall.sittingId } },
    });
    const isWord = (name: string): boolean => name === 'word/document.xml';
    const words = kept
      .map(({ bytes }) => Object.keys(unzipSync(bytes)))
      .filter((names) => names.some(isWord));
    expect(words.length).toBeGreaterThan(5);
    expect(words.flat().filter((name) => name.startsWith('word/media/'))).toEqual([]);
  }, 60_000);

  it('shows them in the print of one ticket, too, and no longer once the photo is gone', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 1 });
    const personId = hall.people[0]?.personId ?? '';
    await givePhoto(world.ctx, personId, portraitPng([90, 20, 20]));
    await packed(hall.bureau, hall.sittingId);
    const ticket = await world.ctx.db.document.findFirstOrThrow({
      where: { subjectId: hall.sittingId, paperCode: 'exam.admission_ticket' },
    });
    const imagesIn = async (part: 'pdf' | 'original'): Promise<number> => {
      const { bytes } = value(await documentFile(hall.bureau, ticket.id, { is: part }));
      return part === 'pdf'
        ? (
            Buffer.from(bytes)
              .toString('latin1')
              .match(/\/Subtype \/Image/g) ?? []
          ).length
        : Object.keys(unzipSync(bytes)).filter((name) => name.startsWith('word/media/')).length;
    };
    expect([await imagesIn('pdf'), await imagesIn('original')]).toEqual([1, 1]);
    await world.ctx.db.personPhotoPayload.delete({ where: { personId } });
    expect([await imagesIn('pdf'), await imagesIn('original')]).toEqual([0, 0]);
  }, 60_000);

  it('leaves the largest photos out where those of one paper go beyond its measure', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 3 });
    const sizes = [100, 300, 900];
    for (const [index, { personId }] of hall.people.entries())
      await givePhoto(
        world.ctx,
        personId,
        new Uint8Array(
          Buffer.concat([portraitPng([index, 0, 0]), Buffer.alloc((sizes[index] ?? 0) * 1_000)]),
        ),
      );
    const ids = hall.people.map(({ personId }) => personId);
    const within = async (most: number): Promise<string[]> =>
      (await listPhotos(world.ctx.pool, ids, { mostBytes: most, at: world.ctx.clock.now() })).flatMap(
        ({ personId, content }) => (content === null ? [] : [personId]),
      );
    expect(await within(2_000_000)).toEqual(ids);
    expect(await within(500_000)).toEqual(ids.slice(0, 2));
  });

  it('is found again on the page of papers as one pack; what is drawn singly stands beside it', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 2 });
    await packed(hall.bureau, hall.sittingId);
    const drawn = { sittingId: hall.sittingId, paperCode: 'exam.sign_in', commandId: newId() };
    const { documentId } = value(await drawSittingPaper(hall.bureau, drawn));
    const page = value(await viewSittingPapers(hall.bureau, hall.sittingId));
    expect(page.documents.map(({ id }) => id)).toEqual([documentId]);
    expect(page.packs).toMatchObject([{ state: 'finished' }]);
  }, 60_000);

  it('holds marks and announcements too once the sitting is over', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 2 });
    const clock = { now: () => new Date(hall.hardEndAt.getTime() + 1_000) };
    const zip = await packed({ ...hall.bureau, clock }, hall.sittingId);
    const after = Object.keys(zip).filter((name) => name.startsWith('4 考后/'));
    expect(after.sort()).toEqual([
      '4 考后/合格人员公示.docx',
      '4 考后/成绩复核答复（空白）.docx',
      '4 考后/更正公告（空白）.docx',
      '4 考后/考试成绩册.xlsx',
    ]);
  }, 60_000);

  it('starts once however often the form is sent, and for the bureau of the region only', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 2 });
    const input = { sittingId: hall.sittingId, commandId: newId() };
    const first = value(await drawExamPack(hall.bureau, input));
    expect(value(await drawExamPack(hall.bureau, input))).toEqual(first);
    const { bureau: stranger } = await aBureau(world.ctx);
    expect(await drawExamPack(stranger, { ...input, commandId: newId() })).toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});
