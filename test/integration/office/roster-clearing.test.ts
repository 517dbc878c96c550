import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { cardProposalConsumer } from '#app/certificate/organisation/card-proposal-consumer.server.ts';
import { organisationConsumer } from '#app/certificate/organisation/organisation-consumer.server.ts';
import { findCampaign } from '#app/office/campaign/campaign.store.server.ts';
import { CARD_PROPOSALS, cardProposalFact } from '#app/office/campaign/card-proposal.ts';
import { attachFile, serveCampaignFile } from '#app/office/campaign/keep-files.server.ts';
import { acceptUnchanged } from '#app/office/campaign/review-answer.server.ts';
import { approveCampaign } from '#app/office/campaign/step-campaign.server.ts';
import { viewAnswer } from '#app/office/campaign/target-view.server.ts';
import { taskConsumer } from '#app/office/task/ask-task.server.ts';
import { reportLeaver } from '#app/office/change/leavers.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { campaignSteps } from '#test/support/campaigns.ts';
import { useWorld } from '#test/support/database.ts';
import { drainAll } from '#test/support/organisation.ts';
import { value } from '#test/support/office.ts';
import { aPerson } from '#test/support/world.ts';

const world = useWorld('2026-11-23T01:00:00.000Z');
const { aCity, issued, answer, review } = campaignSteps(world);

const PDF = new Uint8Array([0x25, 0x50, 0x44, 0x46, 0x2d, 0x31, 0x2e, 0x37]);
const code = (outcome: { ok: true } | { ok: false; code: string }) => (outcome.ok ? 'ok' : outcome.code);

async function stamp(actor: ActorCtx, place: { campaignId: string; unitId: string }): Promise<string> {
  const file = { purpose: 'stamped_form' as const, fileName: 'C:\\表\\清理表.pdf', bytes: PDF };
  return value(await attachFile(actor, { ...place, ...file })).fileId;
}

async function approve(actor: ActorCtx, campaignId: string) {
  const expectedVersion = (await findCampaign(world.ctx.pool, campaignId))?.version ?? 0;
  const document = {
    documentNo: '甲司〔2026〕5号',
    approvingOrgan: '甲市司法局',
    effectiveDay: '2026-11-23',
  };
  return approveCampaign(actor, { campaignId, expectedVersion, commandId: newId(), ...document });
}

const retired = (personId: string) => ({
  [`${personId}.status`]: 'retired',
  [`${personId}.day`]: '2026-11-01',
  [`${personId}.proofNo`]: '甲人社〔2026〕7号',
});
const seconded = (personId: string) => ({
  [`${personId}.status`]: 'secondment',
  [`${personId}.day`]: '2026-10-01',
  [`${personId}.until`]: '2027-10-01',
  [`${personId}.proofNo`]: '甲组〔2026〕2号',
});

describe('the clearing of a roster', () => {
  it('presets everyone as 在岗, takes only exceptions, and asks for the stamped form first (YC3)', async () => {
    const city = await aCity(1);
    const [unitId] = city.unitIds as [string];
    const [liaison] = city.liaisons as [ActorCtx];
    const people = [
      await aPerson(world.ctx, { unitId, name: '甲某' }),
      await aPerson(world.ctx, { unitId, name: '乙某' }),
    ];
    const place = { campaignId: await issued(city, { kind: 'roster_clearing' }), unitId };
    const page = value(await viewAnswer(liaison, place));
    expect(page.form.kind === 'roster_clearing' ? page.form.people.length : 0).toBe(2);
    expect(code(await answer(liaison, place))).toBe('STAMPED_FORM_MISSING');
    await stamp(liaison, place);
    const incomplete = value(await answer(liaison, place, { [`${people[0]}.status`]: 'retired' }));
    expect(Object.keys(incomplete.problems ?? {})).toEqual([`${people[0]}.day`, `${people[0]}.proofNo`]);
    const stranger = { [`${newId()}.status`]: 'retired', ...retired(people[0]!) };
    expect(value(await answer(liaison, place, stranger)).submitted?.exceptionCount).toBe(1);
  });

  it('on approval registers leavers and absences and proposes one task a card; who left meanwhile is told, not forced (HY11)', async () => {
    const city = await aCity(1);
    const [unitId] = city.unitIds as [string];
    const [liaison] = city.liaisons as [ActorCtx];
    const [leaver, away, gone, staying] = [
      await aPerson(world.ctx, { unitId, name: '甲某' }),
      await aPerson(world.ctx, { unitId, name: '乙某' }),
      await aPerson(world.ctx, { unitId, name: '丙某' }),
      await aPerson(world.ctx, { unitId, name: '丁某' }),
    ];
    const place = { campaignId: await issued(city, { kind: 'roster_clearing' }), unitId };
    await stamp(liaison, place);
    value(await answer(liaison, place, { ...retired(leaver), ...seconded(away), ...retired(gone) }));
    value(await review(city.bureau, place));
    const reported = { personId: gone, unitId, awayFromDay: '2026-10-01', reason: 'resigned' as const };
    value(
      await reportLeaver(liaison, {
        ...reported,
        documentNo: '甲〔2026〕1号',
        note: null,
        commandId: newId(),
      }),
    );
    value(await approve(city.second, place.campaignId));

    const { rows } = await world.ctx.pool.query(
      `select person_id, reason, document_no from person_leaving where unit_id = $1 order by document_no`,
      [unitId],
    );
    expect(rows).toEqual([
      { person_id: gone, reason: 'resigned', document_no: '甲〔2026〕1号' },
      { person_id: leaver, reason: 'retired', document_no: '甲人社〔2026〕7号' },
    ]);
    const absences = await world.ctx.db.personAbsence.findMany({
      where: { personId: away, supersededAt: null },
    });
    expect(absences.map((absence) => absence.kind)).toEqual(['secondment']);
    const facts = await world.ctx.db.outboxEvent.findMany({ where: { topic: CARD_PROPOSALS } });
    expect(facts.map((fact) => cardProposalFact.parse(fact.payload).personId)).toEqual([leaver]);
    const campaign = await world.ctx.db.campaign.findUniqueOrThrow({ where: { id: place.campaignId } });
    const effect = z.object({
      left: z.number(),
      away: z.number(),
      skipped: z.array(z.object({ name: z.string() })),
    });
    expect(effect.parse(campaign.effect)).toEqual({ left: 1, away: 1, skipped: [{ name: '丙某' }] });
    expect(staying).toBeDefined();
  });

  it('says with one click that all are there, and is accepted in bulk', async () => {
    const city = await aCity(1);
    const [unitId] = city.unitIds as [string];
    await aPerson(world.ctx, { unitId });
    const place = { campaignId: await issued(city, { kind: 'roster_clearing' }), unitId };
    await stamp(city.liaisons[0]!, place);
    value(await answer(city.liaisons[0]!, place));
    expect(
      value(await acceptUnchanged(city.bureau, { campaignId: place.campaignId, commandId: newId() }))
        .accepted,
    ).toBe(1);
  });

  it('hands a stamped form only to who may see the unit, and takes no file that is not a scan', async () => {
    const [city, other] = [await aCity(1), await aCity(1)];
    const [unitId] = city.unitIds as [string];
    await aPerson(world.ctx, { unitId });
    const place = { campaignId: await issued(city, { kind: 'roster_clearing' }), unitId };
    const fileId = await stamp(city.liaisons[0]!, place);
    expect(value(await serveCampaignFile(city.bureau, fileId)).fileName).toBe('清理表.pdf');
    expect(code(await serveCampaignFile(other.bureau, fileId))).toBe('NOT_FOUND');
    expect(code(await serveCampaignFile(other.liaisons[0]!, fileId))).toBe('NOT_FOUND');
    const page = { purpose: 'proof' as const, fileName: 'a.pdf', bytes: new TextEncoder().encode('<html>') };
    expect(code(await attachFile(city.liaisons[0]!, { ...place, ...page }))).toBe('FILE_TYPE_UNKNOWN');
  });
});

/** A card as it lies in the register, without its history: enough for who is asked to take it back. */
async function aCard(place: { personId: string; unitId: string; regionId: string }): Promise<string> {
  const id = newId<'Certificate'>();
  const day = new Date('2024-01-01');
  await world.ctx.db.certificate.create({
    data: {
      id,
      ...place,
      certificateNo: `99${id.slice(-9)}`,
      fieldCode: 'URBAN',
      area: '',
      issuingAuthority: '某省人民政府',
      state: 'active',
      stateSinceDay: day,
      issuedDay: day,
      validFromDay: day,
      validToDay: new Date('2029-01-01'),
      checkToken: id,
    },
  });
  return id;
}

describe('the proposals for the cards', () => {
  it('open one task a card although two facts tell of the leaving, and decide nothing (HY11)', async () => {
    const city = await aCity(1);
    const [unitId] = city.unitIds as [string];
    const [liaison] = city.liaisons as [ActorCtx];
    const personId = await aPerson(world.ctx, { unitId, name: '戊某' });
    const certificateId = await aCard({ personId, unitId, regionId: city.regionId });
    const consumers = [cardProposalConsumer(world.ctx), organisationConsumer(world.ctx), taskConsumer];
    const place = { campaignId: await issued(city, { kind: 'roster_clearing' }), unitId };
    await stamp(liaison, place);
    value(await answer(liaison, place, retired(personId)));
    value(await review(city.bureau, place));
    value(await approve(city.second, place.campaignId));
    await drainAll(world.ctx, consumers);
    const tasks = await world.ctx.db.task.findMany({ where: { originId: certificateId } });
    expect(tasks.map((task) => task.kind)).toEqual(['leaver.card']);
    expect(tasks[0]?.proposal).toContain('甲司〔2026〕5号');
    const card = await world.ctx.db.certificate.findUniqueOrThrow({ where: { id: certificateId } });
    expect(card.state).toBe('active');
  });
});
