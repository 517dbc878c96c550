import { describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { importNow } from '#app/platform/import/run/import-now.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { viewClaimDesk } from '#app/training/claim/claim-view.server.ts';
import { findClaim } from '#app/training/claim/claim.store.server.ts';
import { approveClaim, approveClaims } from '#app/training/claim/decide-claims.server.ts';
import { fileOwnClaim } from '#app/training/claim/file-claim.server.ts';
import type { Proof } from '#app/training/claim/proof.ts';
import { answerCorrection } from '#app/training/correction/decide-correction.server.ts';
import { requestCorrection } from '#app/training/correction/request-correction.server.ts';
import { hoursWork } from '#app/training/hours-import/apply-hours.server.ts';
import { listEntriesOfYear } from '#app/training/ledger/hour-entry.store.server.ts';
import { answerExemption } from '#app/training/target/answer-exemption.server.ts';
import { fileExemption } from '#app/training/target/file-exemption.server.ts';
import { viewSeal } from '#app/training/year/seal-view.server.ts';
import { useWorld } from '#test/support/database.ts';
import { anXlsx } from '#test/support/import-files.ts';
import { lockSteps } from '#test/support/locks.ts';
import { value } from '#test/support/office.ts';
import type { ClosingOffice } from '#test/support/year-closing.ts';
import { AFTER_NOTICE, closingSteps, FIRST_DAY, HOUR, YEAR } from '#test/support/year-closing.ts';
import { aPerson, anActor } from '#test/support/world.ts';

const world = useWorld(FIRST_DAY);
const { anOffice, publish, confirm, freeze } = closingSteps(world);
const { inOrder } = lockSteps(world);

const PDF: Proof = {
  mediaType: 'application/pdf',
  fileName: '结业证书.pdf',
  bytes: new Uint8Array([0x25, 0x50, 0x44, 0x46, 0x2d, 1, 2, 3]),
};
const codeOf = (outcome: { ok: true } | { ok: false; code: string }) => (outcome.ok ? 'ok' : outcome.code);

interface Confirmed extends ClosingOffice {
  readonly personId: string;
  readonly officer: ActorCtx;
}

/** A unit whose list is confirmed and waits for the bureau, with an officer whose name an import can read. */
async function aConfirmedOffice(): Promise<Confirmed> {
  const office = await anOffice(1);
  const personId = await aPerson(world.ctx, { unitId: office.unitId, name: '喻一' });
  const officer = await anActor(world.ctx, { personId, grants: [{ role: 'officer', scopeKind: 'self' }] });
  forgetTree(world.ctx);
  value(await publish(office));
  world.clock.set(AFTER_NOTICE);
  value(await confirm(office));
  return { ...office, personId, officer };
}

async function fileClaim({ officer }: Confirmed): Promise<string> {
  const statement = {
    kind: 'external' as const,
    title: '全市行政执法骨干培训班',
    organiser: '某市司法局',
    fromDay: `${YEAR}-09-01`,
    toDay: `${YEAR}-09-02`,
    form: 'class' as const,
    category: 'specialised_law' as const,
    place: '市委党校',
    stated: { kind: 'hours' as const, amount: 1600 },
    result: '结业',
  };
  const filed = await fileOwnClaim(officer, { statement, proofs: [PDF], commandId: newId() });
  return value(filed).claimIds[0] ?? '';
}

async function approve(ctx: ActorCtx, claimId: string) {
  const version = (await findClaim(world.ctx.pool, claimId))?.version ?? 0;
  return approveClaim(ctx, { claimId, version, seconds: null, note: null, commandId: newId() });
}

/** A request of the liaison to strike out the first entry of the first officer. */
async function askForCorrection(office: Confirmed): Promise<string> {
  const [entry] = await listEntriesOfYear(world.ctx.pool, office.personIds[0] ?? '', YEAR);
  const wanted = {
    wantedSeconds: HOUR,
    reasonCode: 'wrong_attendance' as const,
    reason: '签到表核对有误',
    proofs: [PDF],
    commandId: newId(),
  };
  return value(await requestCorrection(office.liaison, entry?.id ?? '', wanted)).correctionId;
}

const apply = (ctx: ActorCtx, correctionId: string) =>
  answerCorrection(ctx, { correctionId, version: 1, act: 'apply', note: null, commandId: newId() });

const exemption = (personId: string) => ({
  personId,
  year: YEAR,
  effect: 'exempt' as const,
  reason: 'maternity' as const,
  fromDay: `${YEAR}-03-01`,
  toDay: `${YEAR}-10-01`,
  months: 12,
  documentNo: null,
  remark: '',
  absenceId: null,
  scan: { name: '审批单.pdf', type: 'application/pdf' as const, bytes: new Uint8Array(PDF.bytes) },
  commandId: newId(),
});

async function importLedger({ unitId }: Confirmed, title = '台账轮训') {
  const rows = [
    ['日期', '培训名称', '主办单位', '姓名', '学时'],
    [`${YEAR}-03-05`, title, '某局', '喻一', '4'],
  ];
  const scope = { placeKind: 'unit', placeId: unitId, asOfDay: AFTER_NOTICE.slice(0, 10) };
  const file = { scope, fileName: '台账.xlsx', bytes: await anXlsx([{ rows }]), mode: 'good_rows' as const };
  const run = value(await importNow(world.ctx, hoursWork, file));
  return [run.counts.new, run.counts.refused];
}

describe('a closed year (domain.md §4.2 cases 13, 14)', () => {
  it('a claim into it needs the bureau, and stands beside the sealed figure', async () => {
    const office = await aConfirmedOffice();
    const claimId = await fileClaim(office);
    const { sealNo } = value(await freeze(office));
    expect(value(await viewClaimDesk(office.liaison, claimId)).closedYear).toBe(YEAR);
    expect(await approve(office.liaison, claimId)).toMatchObject({
      code: 'YEAR_CLOSED',
      detail: { names: '喻一', year: YEAR },
    });
    const bulk = { claims: [{ claimId, version: 1 }], commandId: newId() };
    expect(codeOf(await approveClaims(office.liaison, bulk))).toBe('YEAR_CLOSED');
    value(await approve(office.bureau, claimId));
    const view = value(await viewSeal(office.bureau, sealNo));
    const person = view.people.find((one) => one.personId === office.personId);
    expect([person?.totalSeconds, person?.adjustedSeconds]).toEqual([0, 16 * HOUR]);
  });

  it('a correction in it needs the bureau', async () => {
    const office = await aConfirmedOffice();
    const correctionId = await askForCorrection(office);
    value(await freeze(office));
    expect(await apply(office.leader, correctionId)).toMatchObject({
      code: 'YEAR_CLOSED',
      detail: { year: YEAR },
    });
    value(await apply(office.bureau, correctionId));
  });

  it('takes nothing by file', async () => {
    const office = await aConfirmedOffice();
    expect(await importLedger(office)).toEqual([1, 0]);
    value(await freeze(office));
    expect(await importLedger(office, '另一次轮训')).toEqual([0, 1]);
    expect(await listEntriesOfYear(world.ctx.pool, office.personId, YEAR)).toHaveLength(1);
  });

  it('takes no exemption, neither asked for nor approved', async () => {
    const office = await aConfirmedOffice();
    const { requestId } = value(await fileExemption(office.liaison, exemption(office.personId)));
    value(await freeze(office));
    const answer = { requestId, act: 'approve' as const, note: null, commandId: newId() };
    expect(codeOf(await answerExemption(office.bureau, answer))).toBe('YEAR_CLOSED');
    const another = exemption(office.personIds[0] ?? '');
    expect(codeOf(await fileExemption(office.liaison, another))).toBe('YEAR_CLOSED');
  });
});

describe('the year is frozen at the same moment', () => {
  it('a verification that comes second sees the seal', async () => {
    const office = await aConfirmedOffice();
    const claimId = await fileClaim(office);
    const [frozen, approved] = await inOrder(
      office.personId,
      () => freeze(office),
      () => approve(office.liaison, claimId),
    );
    expect([codeOf(frozen), codeOf(approved)]).toEqual(['ok', 'YEAR_CLOSED']);
    expect(await listEntriesOfYear(world.ctx.pool, office.personId, YEAR)).toHaveLength(0);
  });

  it('one that comes first stands, and the seal waits for it', async () => {
    const office = await aConfirmedOffice();
    const claimId = await fileClaim(office);
    const [approved, frozen] = await inOrder(
      office.personId,
      () => approve(office.liaison, claimId),
      () => freeze(office),
    );
    expect([codeOf(approved), codeOf(frozen)]).toEqual(['ok', 'ok']);
    const view = value(await viewSeal(office.bureau, value(frozen).sealNo));
    const person = view.people.find((one) => one.personId === office.personId);
    expect((person?.totalSeconds ?? 0) + (person?.adjustedSeconds ?? 0)).toBe(16 * HOUR);
  });

  it('a correction that comes second sees the seal', async () => {
    const office = await aConfirmedOffice();
    const correctionId = await askForCorrection(office);
    const [frozen, applied] = await inOrder(
      office.personIds[0] ?? '',
      () => freeze(office),
      () => apply(office.leader, correctionId),
    );
    expect([codeOf(frozen), codeOf(applied)]).toEqual(['ok', 'YEAR_CLOSED']);
  });

  it('an import that comes second sees the seal', async () => {
    const office = await aConfirmedOffice();
    const [frozen, counts] = await inOrder(
      office.personId,
      () => freeze(office),
      () => importLedger(office),
    );
    expect([codeOf(frozen), counts]).toEqual(['ok', [0, 1]]);
  });

  it('an exemption that comes second sees the seal', async () => {
    const office = await aConfirmedOffice();
    const { requestId } = value(await fileExemption(office.liaison, exemption(office.personId)));
    const answer = { requestId, act: 'approve' as const, note: null, commandId: newId() };
    const [frozen, answered] = await inOrder(
      office.personId,
      () => freeze(office),
      () => answerExemption(office.bureau, answer),
    );
    expect([codeOf(frozen), codeOf(answered)]).toEqual(['ok', 'YEAR_CLOSED']);
  });
});
