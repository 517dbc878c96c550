import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { saveDraft } from '#app/office/campaign/answer-target.server.ts';
import { draftAnnouncement, viewBoard } from '#app/office/campaign/board-view.server.ts';
import { BOARD_TABLE } from '#app/office/campaign/board-table-spec.ts';
import { findCampaign } from '#app/office/campaign/campaign.store.server.ts';
import { exportProgress } from '#app/office/campaign/progress-workbook.server.ts';
import { acceptUnchanged } from '#app/office/campaign/review-answer.server.ts';
import {
  announceCampaign,
  approveCampaign,
  closeCampaign,
} from '#app/office/campaign/step-campaign.server.ts';
import { openSupplement } from '#app/office/campaign/supplement-campaign.server.ts';
import { viewAnswer, viewTarget } from '#app/office/campaign/target-view.server.ts';
import { extendDeadline, remindUnits } from '#app/office/campaign/urge-units.server.ts';
import { countOpenTasks, listOpenTasks } from '#app/office/task/tasks-view.server.ts';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { campaignSteps } from '#test/support/campaigns.ts';
import { useWorld } from '#test/support/database.ts';
import { value } from '#test/support/office.ts';
import { aUnit, anActor } from '#test/support/world.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';

const MONDAY = '2026-11-23T01:00:00.000Z';
const LATE = '2026-12-10T01:00:00.000Z';
const world = useWorld(MONDAY);
const { aCity, issue, issued, targetOf, answer, review } = campaignSteps(world);

const plainQuery = parseTableQuery(new URLSearchParams(), BOARD_TABLE);
const board = async (actor: ActorCtx, campaignId: string, search = '') =>
  value(await viewBoard(actor, campaignId, parseTableQuery(new URLSearchParams(search), BOARD_TABLE)));
const kindsOf = async (actor: ActorCtx) =>
  (await listOpenTasks(actor, { kind: null, page: 1, size: 20 })).rows.map((row) => row.kind);
const code = (outcome: { ok: true } | { ok: false; code: string }) => (outcome.ok ? 'ok' : outcome.code);

async function versionOf(campaignId: string): Promise<number> {
  return (await findCampaign(world.ctx.pool, campaignId))?.version ?? 0;
}
async function approve(
  actor: ActorCtx,
  campaignId: string,
  documentNo = '甲政〔2026〕9号',
  commandId = newId(),
) {
  const expectedVersion = await versionOf(campaignId);
  const document = { documentNo, approvingOrgan: '甲市人民政府', effectiveDay: '2026-11-23' };
  return approveCampaign(actor, { campaignId, expectedVersion, commandId, ...document });
}
async function entityRows(unitId: string) {
  const { rows } = await world.ctx.pool.query(
    `select name, confirmation_no, announced_day, valid_from, valid_to, superseded_at is null as stands
     from entity_version where unit_id = $1 order by recorded_at, valid_from`,
    [unitId],
  );
  return z
    .array(
      z.object({
        name: z.string(),
        confirmation_no: z.string().nullable(),
        announced_day: z.string().nullable(),
        valid_from: z.string(),
        valid_to: z.string().nullable(),
        stands: z.boolean(),
      }),
    )
    .parse(rows)
    .filter((row) => row.stands);
}

describe('a campaign sent down', () => {
  it('asks every unit that holds an entity, opens its task and counts 工作日 (YC1)', async () => {
    world.clock.set(MONDAY);
    const city = await aCity(3);
    await aUnit(world.ctx, { regionId: city.regionId, name: '无主体的科室' });
    forgetTree(world.ctx);
    const outcome = value(await issue(city.bureau, city.regionId));
    expect(outcome.targets).toBe(3);
    // Ten 工作日 after Monday 11-23: Monday 12-07.
    expect((await findCampaign(world.ctx.pool, outcome.campaignId))?.dueDay).toBe('2026-12-07');
    for (const liaison of city.liaisons) expect(await kindsOf(liaison)).toEqual(['campaign.answer']);
  });

  it('sent twice is one campaign, also at once', async () => {
    world.clock.set(MONDAY);
    const city = await aCity(1);
    const commandId = newId();
    const both = await Promise.all([
      issue(city.bureau, city.regionId, { commandId }),
      issue(city.bureau, city.regionId, { commandId }),
    ]);
    expect(new Set(both.map((one) => value(one).campaignId)).size).toBe(1);
    expect(await countOpenTasks(city.liaisons[0]!)).toBe(1);
  });

  it('to named units refuses names that nobody bears, and names them', async () => {
    const city = await aCity(2);
    const outcome = await issue(city.bureau, city.regionId, { unitNames: ['第1局', '没有的局'] });
    expect(outcome).toMatchObject({ ok: false, code: 'UNITS_UNKNOWN', detail: { names: '没有的局' } });
    expect(value(await issue(city.bureau, city.regionId, { unitNames: ['第 2 局', ''] })).targets).toBe(1);
  });

  it('to another region or by a liaison is refused', async () => {
    const [city, other] = [await aCity(1), await aCity(1)];
    expect(code(await issue(city.bureau, other.regionId))).toBe('NOT_FOUND');
    expect(code(await issue(city.liaisons[0]!, city.regionId))).toBe('FORBIDDEN');
  });

  it('to 558 units goes out in one transaction, and the board counts them all (YC1)', async () => {
    const city = await aCity(0);
    const { regionId } = city;
    await world.ctx.pool.query(
      `with made as (
         select gen_random_uuid() as unit_id, gen_random_uuid() as entity_id, n from generate_series(1, 558) n),
       u as (insert into unit (id, code) select unit_id, 'M' || unit_id from made returning id),
       v as (insert into unit_version (id, unit_id, region_id, name, name_pinyin, unit_type, field_codes, valid_from, recorded_at)
         select gen_random_uuid(), unit_id, $1, '单位' || n, 'danwei' || n, 'department', '{URBAN}', '2020-01-01', '2020-01-01' from made returning id),
       e as (insert into entity (id) select entity_id from made returning id)
       insert into entity_version (id, entity_id, unit_id, name, entity_type, legal_basis, valid_from, recorded_at)
       select gen_random_uuid(), entity_id, unit_id, '单位' || n, 'organ', '某法', '2020-01-01', '2020-01-01' from made`,
      [regionId],
    );
    forgetTree(world.ctx);
    const { campaignId, targets } = value(await issue(city.bureau, regionId));
    const seen = await board(city.bureau, campaignId);
    expect([targets, seen.counts.waiting, seen.total]).toEqual([558, 558, 558]);
  }, 30_000);
});

describe('the cycle of the entity confirmation', () => {
  it('runs from answers over return, bulk review and approval to the announcement; days before never change (YC1)', async () => {
    world.clock.set(MONDAY);
    const city = await aCity(3);
    const [first, second, third] = city.unitIds as [string, string, string];
    const [one, two] = city.liaisons as [ActorCtx, ActorCtx];
    const campaignId = await issued(city);

    value(await answer(one, { campaignId, unitId: first }));
    const changed = {
      [`${city.entityIds[1]}.verdict`]: 'changed',
      [`${city.entityIds[1]}.name`]: '第二综合局',
      [`${city.entityIds[1]}.entityType`]: 'organ',
      [`${city.entityIds[1]}.legalBasis`]: '《中华人民共和国行政处罚法》第十八条',
      [`${city.entityIds[1]}.reason`]: '机构改革更名',
      [`${city.entityIds[1]}.proofNo`]: '甲编〔2026〕3号',
    };
    const begun = value(
      await answer(two, { campaignId, unitId: second }, { [`${city.entityIds[1]}.verdict`]: 'changed' }),
    );
    expect(begun.submitted).toBeNull();
    expect(Object.keys(begun.problems ?? {})).toContain(`${city.entityIds[1]}.reason`);
    value(await answer(two, { campaignId, unitId: second }, changed));
    expect((await kindsOf(city.bureau)).sort()).toEqual(['campaign.review', 'campaign.review']);

    value(await review(city.bureau, { campaignId, unitId: second }, 'returned'));
    expect(await kindsOf(two)).toEqual(['campaign.answer']);
    value(await answer(two, { campaignId, unitId: second }, changed));
    expect(value(await acceptUnchanged(city.bureau, { campaignId, commandId: newId() })).accepted).toBe(1);
    expect(code(await approve(city.second, campaignId))).toBe('REVIEW_PENDING');
    value(await review(city.bureau, { campaignId, unitId: second }));

    value(await approve(city.second, campaignId));
    expect(await entityRows(second)).toEqual([
      {
        name: '第2局',
        confirmation_no: '旧〔2025〕1号',
        announced_day: null,
        valid_from: '2020-01-01',
        valid_to: '2026-11-23',
        stands: true,
      },
      {
        name: '第二综合局',
        confirmation_no: '甲政〔2026〕9号',
        announced_day: null,
        valid_from: '2026-11-23',
        valid_to: null,
        stands: true,
      },
    ]);
    // The unit that never answered stays as it was, and is no longer asked.
    expect((await entityRows(third)).map((row) => row.confirmation_no)).toEqual(['旧〔2025〕1号']);
    expect(await kindsOf(city.liaisons[2]!)).toEqual([]);

    const draft = value(await draftAnnouncement(city.bureau, campaignId));
    expect(draft.text).toContain('第二综合局');
    expect(draft.rows).toBe(2);
    const announced = { announcedDay: '2026-11-23', announcedIn: '市政府网站' };
    value(
      await announceCampaign(city.bureau, {
        campaignId,
        expectedVersion: await versionOf(campaignId),
        commandId: newId(),
        ...announced,
      }),
    );
    expect((await entityRows(first)).at(-1)).toMatchObject({
      confirmation_no: '甲政〔2026〕9号',
      announced_day: '2026-11-23',
    });
    expect(await kindsOf(city.bureau)).toEqual([]);
    const part = value(await viewTarget(city.bureau, { campaignId, unitId: second }));
    expect(part.answers.map((version) => version.no)).toEqual([2, 1]);
    expect(part.events.map((event) => event.kind)).toEqual([
      'accepted',
      'submitted',
      'returned',
      'submitted',
    ]);
  });

  it('takes a new and ends an abolished entity; a change during the year is a small campaign of the unit', async () => {
    world.clock.set(MONDAY);
    const city = await aCity(1);
    const [unitId] = city.unitIds as [string];
    const [liaison] = city.liaisons as [ActorCtx];
    const yearly = await issued(city);
    expect(code(await openSupplement(liaison, { campaignId: yearly, unitId, commandId: newId() }))).toBe(
      'NOT_APPROVED',
    );
    value(await answer(liaison, { campaignId: yearly, unitId }));
    value(await acceptUnchanged(city.bureau, { campaignId: yearly, commandId: newId() }));
    value(await approve(city.second, yearly, '甲政〔2026〕10号'));
    world.clock.set('2026-12-01T01:00:00.000Z');
    const { campaignId } = value(
      await openSupplement(liaison, { campaignId: yearly, unitId, commandId: newId() }),
    );
    const again = value(await openSupplement(liaison, { campaignId: yearly, unitId, commandId: newId() }));
    expect(again.campaignId).toBe(campaignId);
    const values = {
      [`${city.entityIds[0]}.verdict`]: 'abolished',
      [`${city.entityIds[0]}.reason`]: '撤销',
      [`${city.entityIds[0]}.proofNo`]: '甲编〔2026〕8号',
      'new1.name': '甲市城市管理执法支队',
      'new1.entityType': 'authorised',
      'new1.legalBasis': '《某省城市管理条例》第六条',
      'new1.reason': '新设',
      'new1.proofNo': '甲编〔2026〕8号',
    };
    value(await answer(liaison, { campaignId, unitId }, values));
    value(await review(city.bureau, { campaignId, unitId }));
    const effectiveDay = '2026-12-01';
    const document = { documentNo: '甲政〔2026〕11号', approvingOrgan: '甲市人民政府', effectiveDay };
    value(
      await approveCampaign(city.second, { campaignId, expectedVersion: 1, commandId: newId(), ...document }),
    );
    expect((await entityRows(unitId)).filter((row) => row.valid_to === null)).toMatchObject([
      { name: '甲市城市管理执法支队', confirmation_no: '甲政〔2026〕11号', valid_from: '2026-12-01' },
    ]);
  });
});

describe('deadlines', () => {
  it('late answers are taken and marked; an extension for one unit moves only its own day', async () => {
    world.clock.set(MONDAY);
    const city = await aCity(3);
    const campaignId = await issued(city);
    const [first, second, third] = city.unitIds as [string, string, string];
    const extension = { campaignId, unitId: second, dueDay: '2026-12-20', reason: '系统迁移' };
    value(await extendDeadline(city.bureau, { ...extension, commandId: newId() }));
    world.clock.set(LATE);
    expect(value(await answer(city.liaisons[0]!, { campaignId, unitId: first })).submitted?.isLate).toBe(
      true,
    );
    expect(value(await answer(city.liaisons[1]!, { campaignId, unitId: second })).submitted?.isLate).toBe(
      false,
    );
    const seen = await board(city.bureau, campaignId);
    expect(seen.counts).toMatchObject({ total: 3, submitted: 2, waiting: 1, overdue: 1, late: 1 });
    expect(
      (await board(city.bureau, campaignId, 'f.standing=overdue')).rows.map((row) => row.unitId),
    ).toEqual([third]);
    expect(value(await remindUnits(city.bureau, { campaignId, commandId: newId() })).units).toBe(1);
    expect(seen.owing).toEqual(['第3局']);
    const receipts = await world.ctx.db.noticeReceipt.count({
      where: { accountId: city.liaisons[2]!.actorId, notice: { kind: 'campaign.reminder' } },
    });
    expect(receipts).toBe(1);
    expect(
      code(
        await extendDeadline(city.bureau, {
          ...extension,
          unitId: third,
          dueDay: '2026-12-01',
          commandId: newId(),
        }),
      ),
    ).toBe('NOT_LATER');
  });

  it('the board is exported exactly as shown', async () => {
    world.clock.set(MONDAY);
    const city = await aCity(2);
    const campaignId = await issued(city);
    value(await answer(city.liaisons[0]!, { campaignId, unitId: city.unitIds[0]! }));
    const xlsx = await import('@e965/xlsx');
    const query = { ...plainQuery, filters: { state: 'waiting' } };
    const file = value(await exportProgress(city.bureau, campaignId, query));
    const book = xlsx.read(file.content);
    const rows = xlsx.utils.sheet_to_json<unknown[]>(book.Sheets['填报进度']!, { header: 1 });
    expect(rows.slice(3).map((row) => row[0])).toEqual(['第2局']);
    expect(rows[1]?.[0]).toContain('已报1/2');
  });
});

describe('races and other people', () => {
  it('two liaisons answering at once: one wins, the other is told', async () => {
    world.clock.set(MONDAY);
    const city = await aCity(1);
    const [unitId] = city.unitIds as [string];
    const second = await anActor(world.ctx, {
      grants: [{ role: 'unit_liaison', scopeKind: 'unit', unitId }],
    });
    const campaignId = await issued(city);
    const both = await Promise.all([
      answer(city.liaisons[0]!, { campaignId, unitId }),
      answer(second, { campaignId, unitId }),
    ]);
    expect(both.map(code).sort()).toEqual(['CHANGED_MEANWHILE', 'ok']);
    expect((await targetOf(campaignId, unitId)).answerNo).toBe(1);
  });

  it('one submission sent twice is one answer', async () => {
    const city = await aCity(1);
    const place = { campaignId: await issued(city), unitId: city.unitIds[0]! };
    const twice = { commandId: newId(), expectedVersion: 1 };
    const both = await Promise.all([
      answer(city.liaisons[0]!, place, 'same', twice),
      answer(city.liaisons[0]!, place, 'same', twice),
    ]);
    expect(both.map(code)).toEqual(['ok', 'ok']);
    expect((await targetOf(place.campaignId, place.unitId)).answerNo).toBe(1);
  });

  it('review against a new submission, and answer against close: one winner, a truthful loser', async () => {
    const city = await aCity(2);
    const campaignId = await issued(city);
    const place = { campaignId, unitId: city.unitIds[0]! };
    value(await answer(city.liaisons[0]!, place));
    const [again, accepted] = await Promise.all([
      answer(city.liaisons[0]!, place, 'same', { expectedVersion: 2 }),
      review(city.bureau, place),
    ]);
    expect([code(again), code(accepted)].filter((one) => one === 'ok')).toHaveLength(1);
    expect(['ACCEPTED_ALREADY', 'CHANGED_MEANWHILE']).toContain(
      [code(again), code(accepted)].find((one) => one !== 'ok'),
    );
    const other = { campaignId, unitId: city.unitIds[1]! };
    const [late, closed] = await Promise.all([
      answer(city.liaisons[1]!, other),
      closeCampaign(city.bureau, {
        campaignId,
        expectedVersion: await versionOf(campaignId),
        commandId: newId(),
      }),
    ]);
    expect(code(closed)).toBe('ok');
    const target = await targetOf(campaignId, other.unitId);
    expect(target.state).toBe(code(late) === 'ok' ? 'submitted' : 'waiting');
    expect(['ok', 'CAMPAIGN_CLOSED']).toContain(code(late));
  });

  it("another unit's id is not found, for reading, drafting and answering alike", async () => {
    const [city, other] = [await aCity(1), await aCity(1)];
    const campaignId = await issued(city);
    const place = { campaignId, unitId: city.unitIds[0]! };
    const stranger = other.liaisons[0]!;
    expect(code(await answer(stranger, place))).toBe('NOT_FOUND');
    expect(code(await saveDraft(stranger, { ...place, values: {}, expectedVersion: 1 }))).toBe('NOT_FOUND');
    expect(code(await viewAnswer(stranger, place))).toBe('NOT_FOUND');
    expect(code(await viewTarget(other.bureau, place))).toBe('NOT_FOUND');
    expect(code(await viewBoard(other.bureau, campaignId, plainQuery))).toBe('NOT_FOUND');
    expect(code(await review(other.bureau, place))).toBe('NOT_FOUND');
    expect(code(await remindUnits(other.bureau, { campaignId, commandId: newId() }))).toBe('NOT_FOUND');
  });

  it('a draft keeps what was typed, for the colleague too, and goes with the answer', async () => {
    const city = await aCity(1);
    const place = { campaignId: await issued(city), unitId: city.unitIds[0]! };
    const [liaison] = city.liaisons as [ActorCtx];
    value(await saveDraft(liaison, { ...place, values: { 'new1.name': '未写完' }, expectedVersion: 1 }));
    expect(value(await viewAnswer(liaison, place)).values['new1.name']).toBe('未写完');
    value(await answer(liaison, place));
    expect(value(await viewAnswer(liaison, place)).draft).toBeNull();
  });
});
