import mammoth from 'mammoth';
import { describe, expect, it } from 'vitest';
import { drawCampaignPapers } from '#app/office/campaign/draw-campaign-papers.server.ts';
import type {
  CampaignPaperChoice,
  CampaignPaperOutcome,
} from '#app/office/campaign/draw-campaign-papers.server.ts';
import { papersOfCampaign, papersOfTarget } from '#app/office/campaign/campaign-papers-view.server.ts';
import { CAMPAIGN_PAPERS } from '#app/office/campaign/kinds/roster-papers.ts';
import { attachScan } from '#app/office/document/attach-scan.server.ts';
import { batchFile } from '#app/office/document/batch-view.server.ts';
import { provideDocumentDesk } from '#app/office/document/desk.server.ts';
import { documentFile } from '#app/office/document/document-view.server.ts';
import { OFFICE_PAPERS } from '#app/office/document/papers/office-papers.ts';
import { drawBatch } from '#app/office/document/run-batch.server.ts';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { campaignSteps } from '#test/support/campaigns.ts';
import { useWorld } from '#test/support/database.ts';
import { unzipped, value } from '#test/support/office.ts';
import { aPng } from '#test/support/pictures.ts';
import { aPerson } from '#test/support/world.ts';
import { listTasks } from '#test/support/tasks.ts';

const MONDAY = '2026-11-23T01:00:00.000Z';
const world = useWorld(MONDAY);
const { aCity, anEntity, issued, targetOf, answer } = campaignSteps(world);

async function aCampaign(units = 3, over: Parameters<typeof issued>[1] = {}) {
  const enqueue = (): Promise<void> => Promise.resolve();
  provideDocumentDesk(world.ctx.pool, {
    papers: [...OFFICE_PAPERS, ...CAMPAIGN_PAPERS],
    jobs: { enqueue },
  });
  const city = await aCity(units);
  for (const unitId of city.unitIds) await aPerson(world.ctx, { unitId });
  const campaignId = await issued(city, over);
  const draw = (actor: ActorCtx, choice: CampaignPaperChoice, commandId = newId()) =>
    drawCampaignPapers(actor, { campaignId, choice, commandId });
  return { ...city, campaignId, draw };
}

function documentIdOf(outcome: CampaignPaperOutcome): string {
  const drawn = value(outcome);
  if (!('documentId' in drawn)) throw new Error('a batch, not a document');
  return drawn.documentId;
}
function batchIdOf(outcome: CampaignPaperOutcome): string {
  const drawn = value(outcome);
  if (!('batchId' in drawn)) throw new Error('a document, not a batch');
  return drawn.batchId;
}
const textOf = async (bytes: Uint8Array) =>
  (await mammoth.extractRawText({ buffer: Buffer.from(bytes) })).value;

describe('下发通知 (domain.md §11.4)', () => {
  it('is drawn once for all units, listing them with their liaisons, and waits for its 文号', async () => {
    const { bureau, draw, liaisons, campaignId } = await aCampaign();
    const documentId = documentIdOf(await draw(bureau, { paper: 'notice' }));
    const text = await textOf(value(await documentFile(bureau, documentId, { is: 'original' })).bytes);
    for (const words of ['各有关单位', '第1局', '第3局', '2026年12月7日', '请核对。'])
      expect(text).toContain(words);
    expect(text).toContain(liaisons[0]?.actor.displayName ?? '-');
    expect(await listTasks(world.ctx, 'document.number', documentId)).toEqual(['open']);
    const { documents } = await papersOfCampaign(
      bureau,
      { id: campaignId, kind: 'entity_confirmation' },
      true,
    );
    expect(documents).toMatchObject([{ id: documentId, bearsNumber: true }]);
  });

  it('is drawn for each unit into one zip, and for one unit alone under its name', async () => {
    const { bureau, draw, unitIds, liaisons, campaignId } = await aCampaign();
    const batchId = batchIdOf(await draw(bureau, { paper: 'notice_each' }));
    await drawBatch(world.ctx, batchId);
    const zip = await unzipped(value(await batchFile(bureau, batchId)));
    expect(Object.keys(zip).sort()).toEqual([
      '下发通知（第1局）.docx',
      '下发通知（第2局）.docx',
      '下发通知（第3局）.docx',
    ]);
    const [unitId = ''] = unitIds;
    const documentId = documentIdOf(await draw(bureau, { paper: 'notice_of', unitId }));
    const text = await textOf(value(await documentFile(bureau, documentId, { is: 'original' })).bytes);
    expect(text).toContain('第1局：');
    expect(text).not.toContain('第2局');
    // The unit sees what was drawn for it, and no other unit does.
    const of = { campaign: { kind: 'entity_confirmation' }, target: await targetOf(campaignId, unitId) };
    expect((await papersOfTarget(liaisons[0] as ActorCtx, of, false)).offered).toEqual([]);
    value(await attachScan(bureau, { documentId, bytes: aPng(4, 4) }));
    expect((await papersOfTarget(bureau, of, true)).documents.map((line) => line.scans)).toContain(1);
    expect((await papersOfTarget(liaisons[1] as ActorCtx, of, false)).documents).toEqual([]);
  });
});

describe('主体资格审查登记表 (YC1)', () => {
  it('stands as the register has it before the answer, and as handed in afterwards', async () => {
    const { bureau, draw, unitIds, entityIds, liaisons, campaignId } = await aCampaign(1);
    const [unitId = ''] = unitIds;
    const formOf = async () => {
      const documentId = documentIdOf(await draw(bureau, { paper: 'forms_of', unitId }));
      return textOf(value(await documentFile(bureau, documentId, { is: 'original' })).bytes);
    };
    const before = await formOf();
    for (const words of ['2026年度', '第1局', '法定行政机关', '与上年一致', '第十七条'])
      expect(before).toContain(words);
    const at = entityIds[0] ?? '';
    value(
      await answer(
        liaisons[0] as ActorCtx,
        { campaignId, unitId },
        {
          [`verdict.${at}`]: 'same',
        },
      ),
    );
    expect(await formOf()).toContain('王某');
  });

  it('of all units comes as one zip, a folder each; a unit with two entities gets two', async () => {
    const { bureau, draw, unitIds } = await aCampaign(2);
    await anEntity(unitIds[0] ?? '', '第1局执法支队');
    const batchId = batchIdOf(await draw(bureau, { paper: 'forms_each' }));
    await drawBatch(world.ctx, batchId);
    const names = Object.keys(await unzipped(value(await batchFile(bureau, batchId)))).sort();
    expect(names).toHaveLength(3);
    expect(names.filter((name) => name.startsWith('第1局/'))).toHaveLength(2);
    batchIdOf(await draw(bureau, { paper: 'forms_of', unitId: unitIds[0] ?? '' }));
    documentIdOf(await draw(bureau, { paper: 'forms_of', unitId: unitIds[1] ?? '' }));
  });

  it('does not exist for a kind without it', async () => {
    const { bureau, draw } = await aCampaign(1, { kind: 'roster_clearing' });
    expect(await draw(bureau, { paper: 'forms_each' })).toMatchObject({ code: 'BATCH_EMPTY' });
  });
});

it('papers of a campaign are drawn by who holds it, for units that were asked, once per command', async () => {
  const { draw, unitIds, liaisons, bureau, campaignId } = await aCampaign();
  const other = await aCampaign();
  const [unitId = ''] = unitIds;
  expect(await draw(liaisons[0] as ActorCtx, { paper: 'notice' })).toMatchObject({ code: 'FORBIDDEN' });
  expect(await draw(other.bureau, { paper: 'notice' })).toMatchObject({ code: 'NOT_FOUND' });
  expect(await other.draw(other.bureau, { paper: 'notice_of', unitId })).toMatchObject({ code: 'NOT_FOUND' });
  const commandId = newId();
  const [one, two] = await Promise.all([
    draw(bureau, { paper: 'notice' }, commandId),
    draw(bureau, { paper: 'notice' }, commandId),
  ]);
  expect(documentIdOf(one)).toBe(documentIdOf(two));
  const drawn = await world.ctx.db.document.count({ where: { subjectId: campaignId } });
  expect(drawn).toBe(1);
});
