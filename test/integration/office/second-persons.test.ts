import { beforeEach, describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { serveApprovalScan } from '#app/office/approval/serve-scan.server.ts';
import type { SignedForm } from '#app/office/approval/signed-form.server.ts';
import { readUploadedScan } from '#app/office/approval/uploaded-scan.server.ts';
import { viewApproval } from '#app/office/campaign/approval-view.server.ts';
import { viewBoard } from '#app/office/campaign/board-view.server.ts';
import { BOARD_TABLE } from '#app/office/campaign/board-table-spec.ts';
import { findCampaign } from '#app/office/campaign/campaign.store.server.ts';
import { acceptUnchanged } from '#app/office/campaign/review-answer.server.ts';
import { approveCampaign } from '#app/office/campaign/step-campaign.server.ts';
import { attachChangeScan } from '#app/office/change/attach-change-scan.server.ts';
import { viewChange } from '#app/office/change/changes-view.server.ts';
import { actOnChange } from '#app/office/change/confirm-change.server.ts';
import { fileChange } from '#app/office/change/file-change.server.ts';
import { viewOrganisation } from '#app/office/change/organisation-view.server.ts';
import { listOpenTasks } from '#app/office/task/tasks-view.server.ts';
import type { SecondPersonSubstitute } from '#app/organization/rules/region-rules.ts';
import { stateRules } from '#app/organization/rules/state-rules.server.ts';
import { findChange } from '#app/organization/change/change.store.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { campaignSteps } from '#test/support/campaigns.ts';
import { useWorld } from '#test/support/database.ts';
import { value } from '#test/support/office.ts';
import { aNewUnit, actFiledAndConfirmed, freshTree } from '#test/support/organisation.ts';
import { aRegion, aUnit, anActor } from '#test/support/world.ts';

const world = useWorld('2026-11-23T01:00:00.000Z');
const TODAY = '2026-11-23';
const { anEntity, issued, answer } = campaignSteps(world);
const code = (outcome: { ok: true } | { ok: false; code: string }) => (outcome.ok ? 'ok' : outcome.code);
beforeEach(() => freshTree(world.ctx));

const PDF = new Uint8Array([0x25, 0x50, 0x44, 0x46, 0x2d, 0x31, 0x2e, 0x37]);
const scan = { type: 'application/pdf' as const, name: '审批单.pdf', bytes: PDF };
const signedForm: SignedForm = { scan, signerName: '周某' };

const bureauOf = (regionId: string) =>
  anActor(world.ctx, { grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId }] });

/** A county whose bureau is one person, with the leader of its own 司法局 and a city above. */
async function aSmallBureau() {
  const cityId = await aRegion(world.ctx, { level: 'city' });
  const countyId = await aRegion(world.ctx, { parentId: cityId });
  const justiceId = await aUnit(world.ctx, { regionId: countyId, unitType: 'justice', name: '某县司法局' });
  const unitId = await aUnit(world.ctx, { regionId: countyId, name: '某局' });
  const maker = await bureauOf(countyId);
  const leader = await anActor(world.ctx, {
    grants: [{ role: 'unit_leader', scopeKind: 'unit', unitId: justiceId }],
  });
  const otherLeader = await anActor(world.ctx, {
    grants: [{ role: 'unit_leader', scopeKind: 'unit', unitId }],
  });
  const upper = await bureauOf(cityId);
  freshTree(world.ctx);
  return { cityId, countyId, unitId, maker, leader, otherLeader, upper };
}

async function allow(regionId: string, ways: readonly SecondPersonSubstitute[]): Promise<void> {
  const rule = { value: [...ways], basis: 'proposal' as const, source: '本地区规则' };
  value(
    await stateRules(world.ctx, {
      regionId,
      validFrom: '2020-01-01',
      values: { secondPersonSubstitutes: rule },
    }),
  );
}

const rename = (unitId: string, name: string) => ({ kind: 'rename' as const, unitId, name });
const file = (by: ActorCtx, unitId: string, name = '新名局') =>
  fileChange(by, {
    plan: rename(unitId, name),
    effectiveDay: TODAY,
    documentNo: '某编发〔2026〕1号',
    commandId: newId(),
  });

async function act(
  by: ActorCtx,
  changeId: string,
  over: { act?: 'confirm' | 'decline'; form?: SignedForm; commandId?: string } = {},
) {
  const expectedVersion = (await findChange(world.ctx.pool, changeId))?.version ?? 0;
  return actOnChange(by, {
    changeId,
    act: over.act ?? 'confirm',
    note: '按要求',
    signedForm: over.form,
    expectedVersion,
    commandId: over.commandId ?? newId(),
  });
}
const wayOf = async (changeId: string) => {
  const change = await world.ctx.db.organisationChange.findUniqueOrThrow({ where: { id: changeId } });
  return [change.state, change.confirmedWay, change.signerName, change.confirmedScanId !== null];
};
const tasksOf = async (by: ActorCtx) =>
  (await listOpenTasks(by, { kind: null, page: 1, size: 20 })).rows.map((row) => row.kind);

describe('an act of a bureau of one person', () => {
  it('is confirmed by the signed 审批单, which is kept with its signer; without it it is not', async () => {
    const { maker, unitId, upper } = await aSmallBureau();
    const { changeId } = value(await file(maker, unitId));
    expect(await tasksOf(maker)).toEqual(['change.confirm']);
    const page = value(await viewChange(maker, changeId));
    expect(page.acts).toEqual(['cancel']);
    expect(page.mayUseSignedForm).toBe(true);
    expect(code(await act(maker, changeId))).toBe('SIGNED_FORM_MISSING');
    expect(code(await act(maker, changeId, { act: 'decline' }))).toBe('MAKER_IS_CHECKER');
    expect(code(await act(upper, changeId, { form: signedForm }))).toBe('SIGNED_FORM_NOT_ALLOWED');
    const commandId = newId();
    const twice = await Promise.all([
      act(maker, changeId, { form: signedForm, commandId }),
      act(maker, changeId, { form: signedForm, commandId }),
    ]);
    expect(twice.map(code)).toEqual(['ok', 'ok']);
    expect(await wayOf(changeId)).toEqual(['applied', 'signed_form', '周某', true]);
    expect(await tasksOf(maker)).toEqual([]);
    const after = value(await viewChange(maker, changeId));
    expect(after.scans.map((one) => [one.purpose, one.fileName])).toEqual([['signed_form', '审批单.pdf']]);
    expect(after.events.map((event) => event.note)).toContain('凭签字的审批单办理，审批人 周某');
  });

  it('is confirmed by its own 分管领导, who sees only what is asked; the leader of another unit sees nothing', async () => {
    const { maker, unitId, leader, otherLeader } = await aSmallBureau();
    const { changeId } = value(await file(maker, unitId));
    expect(await tasksOf(leader)).toEqual(['change.confirm']);
    expect(value(await viewChange(leader, changeId)).acts).toEqual(['confirm', 'decline']);
    expect(code(await viewChange(otherLeader, changeId))).toBe('NOT_FOUND');
    expect(code(await act(otherLeader, changeId))).toBe('NOT_FOUND');
    const attached = await attachChangeScan(leader, { changeId, scan, commandId: newId() });
    expect(code(attached)).toBe('FORBIDDEN');
    value(await act(leader, changeId));
    expect((await wayOf(changeId)).slice(0, 2)).toEqual(['applied', 'leader']);
    expect(await tasksOf(leader)).toEqual([]);
  });

  it('is confirmed by the upper bureau, of two at once by one of them', async () => {
    const { maker, unitId, leader, upper } = await aSmallBureau();
    const { changeId } = value(await file(maker, unitId));
    const both = await Promise.all([act(leader, changeId), act(upper, changeId)]);
    expect(both.map(code).sort()).toEqual(['STATE_DOES_NOT_ALLOW', 'ok']);
    expect(['leader', 'upper_bureau']).toContain((await wayOf(changeId))[1]);
  });

  it('takes only what the region allows, and is refused when that is nothing', async () => {
    const { maker, unitId, leader, upper, countyId } = await aSmallBureau();
    await allow(countyId, ['leader']);
    const { changeId } = value(await file(maker, unitId));
    expect(code(await act(upper, changeId))).toBe('OTHER_DECIDES');
    expect(code(await act(maker, changeId, { form: signedForm }))).toBe('MAKER_IS_CHECKER');
    value(await act(leader, changeId));
    const strict = await aSmallBureau();
    await allow(strict.countyId, []);
    expect(code(await file(strict.maker, strict.unitId))).toBe('NO_SECOND_PERSON');
  });

  it('is the colleague’s as soon as there is one: leader and form are not asked', async () => {
    const { maker, unitId, leader, countyId } = await aSmallBureau();
    const { changeId } = value(await file(maker, unitId));
    const colleague = await bureauOf(countyId);
    expect(value(await viewChange(maker, changeId)).waitsFor).toContain('由本局其他人员');
    expect(code(await act(leader, changeId))).toBe('OTHER_DECIDES');
    expect(code(await act(maker, changeId, { form: signedForm }))).toBe('MAKER_IS_CHECKER');
    value(await act(colleague, changeId));
    expect((await wayOf(changeId))[1]).toBe('colleague');
  });
});

describe('an approval of a campaign', () => {
  async function reviewed(place: Awaited<ReturnType<typeof aSmallBureau>>) {
    const { maker, countyId, unitId } = place;
    await anEntity(unitId);
    const liaison = await anActor(world.ctx, {
      grants: [{ role: 'unit_liaison', scopeKind: 'unit', unitId }],
    });
    freshTree(world.ctx);
    const campaignId = await issued({ bureau: maker, regionId: countyId });
    value(await answer(liaison, { campaignId, unitId }));
    value(await acceptUnchanged(maker, { campaignId, commandId: newId() }));
    return campaignId;
  }
  const approve = async (by: ActorCtx, campaignId: string, form?: SignedForm) =>
    approveCampaign(by, {
      campaignId,
      expectedVersion: (await findCampaign(world.ctx.pool, campaignId))?.version ?? 0,
      documentNo: '某政〔2026〕2号',
      approvingOrgan: '某县人民政府',
      effectiveDay: TODAY,
      scan,
      signedForm: form,
      commandId: newId(),
    });

  it('takes somebody beside who issued, or the signed form where there is nobody', async () => {
    const place = await aSmallBureau();
    const campaignId = await reviewed(place);
    const query = parseTableQuery(new URLSearchParams(), BOARD_TABLE);
    const seen = value(await viewBoard(place.maker, campaignId, query));
    expect(seen.offer).toMatchObject({ mayApprove: true, needsSignedForm: true });
    expect(code(await approve(place.maker, campaignId))).toBe('SIGNED_FORM_MISSING');
    value(await approve(place.maker, campaignId, signedForm));
    const campaign = await world.ctx.db.campaign.findUniqueOrThrow({ where: { id: campaignId } });
    expect([campaign.approvedWay, campaign.signerName]).toEqual(['signed_form', '周某']);
    const after = value(await viewBoard(place.maker, campaignId, query));
    expect(after.scans.map((one) => one.purpose).sort()).toEqual(['approval_document', 'signed_form']);
  });

  it('is the leader’s on the page of the approval; strangers do not find it', async () => {
    const place = await aSmallBureau();
    const campaignId = await reviewed(place);
    expect(await tasksOf(place.leader)).toEqual(['campaign.approve']);
    expect(value(await viewApproval(place.leader, campaignId)).offer.mayApprove).toBe(true);
    expect(code(await viewApproval(place.otherLeader, campaignId))).toBe('NOT_FOUND');
    expect(code(await approve(place.otherLeader, campaignId))).toBe('NOT_FOUND');
    value(await approve(place.leader, campaignId));
    expect(await tasksOf(place.leader)).toEqual([]);
  });
});

describe('the scan of the 批文', () => {
  it('comes with the act or later, and is handed out inside the region only', async () => {
    const { maker, unitId, leader, otherLeader, upper } = await aSmallBureau();
    const stranger = await bureauOf(await aRegion(world.ctx));
    freshTree(world.ctx);
    const { changeId } = value(
      await fileChange(maker, {
        plan: rename(unitId, '有批文局'),
        effectiveDay: TODAY,
        documentNo: '某编发〔2026〕3号',
        scan,
        commandId: newId(),
      }),
    );
    value(await attachChangeScan(maker, { changeId, scan, commandId: newId() }));
    const { scans } = value(await viewChange(maker, changeId));
    expect(scans).toHaveLength(2);
    const id = scans[0]?.id ?? '';
    for (const by of [maker, leader, upper]) {
      const served = value(await serveApprovalScan(by, id));
      expect([served.fileName, served.type]).toEqual(['批文扫描件.pdf', 'application/pdf']);
      expect(new Uint8Array(served.bytes)).toEqual(PDF);
    }
    for (const by of [stranger, otherLeader]) expect(code(await serveApprovalScan(by, id))).toBe('NOT_FOUND');
    expect(code(await serveApprovalScan(maker, 'not-an-id'))).toBe('NOT_FOUND');
    expect(code(await attachChangeScan(stranger, { changeId, scan, commandId: newId() }))).toBe('NOT_FOUND');
    expect(code(await attachChangeScan(maker, { changeId, scan: null, commandId: newId() }))).toBe('NO_FILE');
    const scanned = await world.ctx.pool.query(
      `select count(*)::int as reads from audit_event where action = 'approval.read_scan' and subject_id = $1`,
      [changeId],
    );
    expect(scanned.rows[0]?.reads).toBe(3);
    for (let n = 0; n < 8; n += 1)
      value(await attachChangeScan(maker, { changeId, scan, commandId: newId() }));
    expect(code(await attachChangeScan(maker, { changeId, scan, commandId: newId() }))).toBe(
      'TOO_MANY_SCANS',
    );
  });

  it('is told by its bytes, not by its name or what the browser says', async () => {
    const limits = { mostBytes: 20, name: '批文' };
    const page = new File(['<html></html>'], '批文.pdf', { type: 'application/pdf' });
    expect(code(await readUploadedScan(page, limits))).toBe('SCAN_UNREADABLE');
    const large = new File([PDF, new Uint8Array(20)], '批文.pdf');
    expect(code(await readUploadedScan(large, limits))).toBe('SCAN_UNREADABLE');
    expect(value(await readUploadedScan(new File([PDF], 'x.exe'), limits))?.type).toBe('application/pdf');
    expect(value(await readUploadedScan(new File([], ''), limits))).toBeNull();
  });
});

describe('the page of a unit', () => {
  it('shows the act that made it, and a unit that went along with its township the merger', async () => {
    const { maker, countyId } = await aSmallBureau();
    const checker = await bureauOf(countyId);
    const town = (name: string) => aRegion(world.ctx, { parentId: countyId, level: 'township', name });
    const [east, west] = [await town('东镇'), await town('西镇')];
    const gov = (regionId: string, name: string) =>
      aUnit(world.ctx, { regionId, name, unitType: 'township' });
    const [govA, govB] = [await gov(east, '东镇政府'), await gov(west, '西镇政府')];
    const officeB = await aUnit(world.ctx, {
      regionId: west,
      name: '西镇司法所',
      unitType: 'justice_office',
    });
    freshTree(world.ctx);
    const made = aNewUnit(east, { name: '东西镇政府', unitType: 'township' });
    const newTown = newId();
    await actFiledAndConfirmed(
      { maker, checker },
      {
        plan: {
          kind: 'region_merge',
          regionIds: [east, west],
          target: {
            kind: 'new',
            region: { id: newTown, code: '990881', name: '东西镇', level: 'township', parentId: countyId },
          },
          groups: [{ unitIds: [govA, govB], target: { kind: 'new', unit: made } }],
        },
        day: TODAY,
      },
    );
    const changesOf = async (unitId: string) => {
      const asked = { day: null, regionId: null, unitId, text: '' };
      return value(await viewOrganisation(maker, asked)).unit?.changes.map((change) => change.title);
    };
    const title = '东镇、西镇合并设立东西镇';
    expect(await changesOf(made.id)).toEqual([title]);
    expect(await changesOf(officeB)).toEqual([title]);

    const [a, b] = [
      await aUnit(world.ctx, { regionId: countyId }),
      await aUnit(world.ctx, { regionId: countyId }),
    ];
    freshTree(world.ctx);
    const merged = aNewUnit(countyId, { name: '合并局' });
    await actFiledAndConfirmed(
      { maker, checker },
      { plan: { kind: 'merge', unitIds: [a, b], target: { kind: 'new', unit: merged } }, day: TODAY },
    );
    expect(await changesOf(merged.id)).toHaveLength(1);
    const part = aNewUnit(countyId, { name: '分出局' });
    await actFiledAndConfirmed(
      { maker, checker },
      {
        plan: { kind: 'split', unitId: merged.id, parts: [part], assignments: [], restTo: null },
        day: '2026-11-24',
      },
    );
    expect(await changesOf(merged.id)).toHaveLength(2);
  });
});
