import { Writable } from 'node:stream';
import { unzipSync } from 'fflate';
import mammoth from 'mammoth';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import type { Grant } from '#app/accounts/role.ts';
import { batchFile, batchView } from '#app/office/document/batch-view.server.ts';
import { provideDocumentDesk } from '#app/office/document/desk.server.ts';
import { documentFile } from '#app/office/document/document-view.server.ts';
import { startBatch } from '#app/office/document/draw-batch.server.ts';
import { drawPaper } from '#app/office/document/draw-paper.server.ts';
import { numberDocument } from '#app/office/document/number-document.server.ts';
import type { PaperData, PaperKind } from '#app/office/document/paper.ts';
import { column, numberLine, table, title } from '#app/office/document/papers/blocks.ts';
import { field, photoField, rowField } from '#app/office/document/papers/field.ts';
import { drawBatch } from '#app/office/document/run-batch.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { createLogger } from '#app/platform/log/logger.server.ts';
import { useWorld } from '#test/support/database.ts';
import { unzipped, value } from '#test/support/office.ts';
import { givePhoto, portraitPng } from '#test/support/portrait.ts';
import { aPerson, aRegion, aUnit, anActor } from '#test/support/world.ts';

const world = useWorld();

const LETTER: PaperKind = {
  ...{ code: 'test.letter', title: '测试函', format: 'docx', area: '测试', issuer: 'unit' },
  reads: 'document.read',
  fields: [field('单位名称', '某局')],
  layout: { blocks: [title('{单位名称}'), numberLine()] },
};
/** Seen with a right that the liaison of a unit does not hold. */
const RESERVED: PaperKind = { ...LETTER, code: 'test.reserved', reads: 'exam.manage' };
const FACES: PaperKind = {
  ...LETTER,
  code: 'test.faces',
  fields: [
    rowField('人员', '姓名', '张某'),
    photoField('照片', { widthMm: 20, heightMm: 28, place: '\n贴照片处\n' }, '人员'),
  ],
  layout: { blocks: [title('照片名单'), table('人员', column('姓名'), column('照片'))] },
};

const openDesk = (papers: readonly PaperKind[]): void =>
  provideDocumentDesk(world.ctx.pool, { papers, jobs: { enqueue: () => Promise.resolve() } });
beforeAll(() => openDesk([LETTER, RESERVED, FACES]));

async function anOffice() {
  const { ctx } = world;
  const regionId = await aRegion(ctx);
  const unitId = await aUnit(ctx, { regionId });
  const liaison = await anActor(ctx, { grants: [{ role: 'unit_liaison', scopeKind: 'unit', unitId }] });
  forgetTree(ctx);
  return { regionId, unitId, liaison };
}
type Office = Awaited<ReturnType<typeof anOffice>>;

const subject = { kind: 'test', id: 'matter' };
const LETTER_DATA: PaperData = { values: { 单位名称: '示例县城管局' } };
const facesOf = (personIds: readonly string[]): PaperData => ({
  values: {},
  rows: { 人员: personIds.map((id) => ({ 姓名: '张某', 照片: id })) },
});

async function drawn({ liaison, ...place }: Office, papers: readonly PaperKind[], data = LETTER_DATA) {
  const items = papers.map((paper, at) => ({ paper, subject, title: `第${at + 1}份`, data }));
  const asked = { title: '一批文书', subject, ...place, items, commandId: newId() };
  const { batchId } = value(await startBatch(liaison, asked));
  await drawBatch(world.ctx, batchId);
  return batchId;
}
const zipOf = async (actor: ActorCtx, batchId: string) => unzipped(value(await batchFile(actor, batchId)));
const textOf = async (bytes: Uint8Array | undefined): Promise<string> =>
  (await mammoth.extractRawText({ buffer: Buffer.from(bytes ?? []) })).value;
const picturesIn = (bytes: Uint8Array | undefined): string[] =>
  Object.keys(unzipSync(bytes ?? new Uint8Array())).filter((name) => name.startsWith('word/media/'));

/** The same person with a log that is read. */
function listening(actor: ActorCtx) {
  const lines: string[] = [];
  const destination = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  return { lines, actor: { ...actor, log: createLogger({ destination }) } };
}

describe('the zip of a batch', () => {
  it('holds only papers that its person may see, and does not exist when that is none', async () => {
    const office = await anOffice();
    const mixed = await drawn(office, [LETTER, RESERVED, LETTER]);
    expect(Object.keys(await zipOf(office.liaison, mixed))).toEqual(['第1份.docx', '第3份.docx']);
    const reserved = await drawn(office, [RESERVED]);
    expect(await batchFile(office.liaison, reserved)).toMatchObject({ ok: false, code: 'NOT_FOUND' });
    const unknown = await drawn(office, [LETTER]);
    openDesk([FACES]);
    expect(await batchFile(office.liaison, unknown)).toMatchObject({ ok: false, code: 'NOT_FOUND' });
    openDesk([LETTER, RESERVED, FACES]);
  });

  it('is offered on its page only while it opens: until the reach over it or its week is over', async () => {
    const office = await anOffice();
    const { liaison } = office;
    const asOffered = async (actor: ActorCtx, batchId: string) => {
      const { file, readable } = value(await batchView(actor, batchId));
      expect((await batchFile(actor, batchId)).ok).toBe(file === 'ready');
      return [file, readable];
    };
    const mixed = await drawn(office, [LETTER, RESERVED, LETTER]);
    expect(await asOffered(liaison, mixed)).toEqual(['ready', 2]);
    const moved = await aUnit(world.ctx, { regionId: await aRegion(world.ctx) });
    const grants: readonly Grant[] = [
      { role: 'unit_liaison', scopeKind: 'unit', unitId: moved, regionId: null, fieldCode: null },
    ];
    const elsewhere = { ...liaison, actor: { ...liaison.actor, grants } };
    forgetTree(world.ctx);
    expect(await asOffered(elsewhere, mixed)).toEqual(['out_of_reach', 0]);
    const { expiresAt } = await world.ctx.db.documentBatch.findUniqueOrThrow({ where: { id: mixed } });
    const before = world.clock.now();
    world.clock.set(expiresAt);
    expect(await asOffered(liaison, mixed)).toEqual(['past', 2]);
    world.clock.set(before);
  });

  it('holds papers with the 文号 entered since, the others as drawn', async () => {
    const office = await anOffice();
    const batchId = await drawn(office, [LETTER, LETTER]);
    const [first] = await world.ctx.db.documentBatchItem.findMany({
      where: { batchId },
      orderBy: { position: 'asc' },
    });
    const entered = { expectedSeq: 0, documentNo: '示司〔2026〕8号', signedDay: '2026-11-23', reason: null };
    value(await numberDocument(office.liaison, { documentId: first?.documentId ?? '', ...entered }));
    const zip = await zipOf(office.liaison, batchId);
    expect(await textOf(zip['第1份.docx'])).toContain('示司〔2026〕8号');
    expect(await textOf(zip['第2份.docx'])).not.toContain('8号');
  });

  it('that breaks off on its way is told in the log by request and batch', async () => {
    const office = await anOffice();
    const batchId = await drawn(office, [LETTER]);
    const [item] = await world.ctx.db.documentBatchItem.findMany({ where: { batchId } });
    await world.ctx.db.documentFile.deleteMany({ where: { documentId: item?.documentId ?? '' } });
    const { lines, actor } = listening(office.liaison);
    await expect(zipOf(actor, batchId)).rejects.toThrow('a drawn document has its file');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'error', batchId, requestId: actor.requestId });
  });
});

describe('photos in papers given out', () => {
  const later = (): void => world.clock.set(new Date(world.clock.now().getTime() + 60_000).toISOString());
  const facesFile = async (office: Office, documentId: string) =>
    value(await documentFile(office.liaison, documentId, { is: 'original' })).bytes;
  const drawFaces = async ({ liaison, ...place }: Office, personIds: readonly string[]) => {
    const asked = { paper: FACES, ...place, subject, title: '照片名单', data: facesOf(personIds) };
    return value(await drawPaper(liaison, asked)).documentId;
  };

  it('leave the place of one damaged photo open, name its person in the log and show the others', async () => {
    const office = await anOffice();
    const people = [await aPerson(world.ctx, office), await aPerson(world.ctx, office)];
    for (const id of people) await givePhoto(world.ctx, id, portraitPng([20, 40, 110]));
    const [whole = '', damaged = ''] = people;
    const contentCipher = new Uint8Array(Buffer.alloc(400, 'x'));
    await world.ctx.db.personPhotoPayload.update({ where: { personId: damaged }, data: { contentCipher } });
    const { lines, actor } = listening(office.liaison);
    const zip = await zipOf(actor, await drawn(office, [FACES], facesOf(people)));
    expect(picturesIn(zip['第1份.docx'])).toEqual([`word/media/placed-${whole}.png`]);
    expect((await textOf(zip['第1份.docx'])).match(/贴照片处/g)).toHaveLength(1);
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'error', personId: damaged });
    expect(lines[0]).not.toContain('xxxx');
  });

  it('show no newer face on an earlier paper: the place says that the photo was replaced', async () => {
    const office = await anOffice();
    const [one, two] = [await aPerson(world.ctx, office), await aPerson(world.ctx, office)];
    await givePhoto(world.ctx, one, portraitPng([20, 40, 110]));
    const documentId = await drawFaces(office, [one, two]);
    expect(picturesIn(await facesFile(office, documentId))).toHaveLength(1);
    later();
    await givePhoto(world.ctx, one, portraitPng([110, 40, 20]));
    await givePhoto(world.ctx, two, portraitPng([20, 110, 40]));
    const file = await facesFile(office, documentId);
    // The second person had none: a first photo is the one to be stuck there.
    expect(picturesIn(file)).toEqual([`word/media/placed-${two}.png`]);
    expect((await textOf(file)).match(/照片已更换/g)).toHaveLength(1);
    const { bytes } = value(await documentFile(office.liaison, documentId, { is: 'pdf' }));
    expect(
      Buffer.from(bytes)
        .toString('latin1')
        .match(/\/Subtype \/Image/g),
    ).toHaveLength(1);
    expect(picturesIn(await facesFile(office, await drawFaces(office, [one, two])))).toHaveLength(2);
  });

  it('say of a photo beyond the measure of the paper that it is to be stuck there', async () => {
    const office = await anOffice();
    const people: string[] = [];
    for (let count = 0; count < 17; count += 1) {
      const personId = await aPerson(world.ctx, office);
      const large = Buffer.concat([portraitPng([count, 0, 0]), Buffer.alloc(1_030_000 + count)]);
      await givePhoto(world.ctx, personId, new Uint8Array(large));
      people.push(personId);
    }
    const file = await facesFile(office, await drawFaces(office, people));
    expect(picturesIn(file)).toHaveLength(16);
    expect(picturesIn(file)).not.toContain(`word/media/placed-${people[16] ?? ''}.png`);
    expect((await textOf(file)).match(/照片过大，请另贴/g)).toHaveLength(1);
  });
});
