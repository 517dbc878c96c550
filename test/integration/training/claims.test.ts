import { beforeAll, describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { taskConsumer } from '#app/office/task/ask-task.server.ts';
import { drainConsumer, registerConsumers } from '#app/platform/outbox/dispatcher.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { claimHandover } from '#app/training/claim/claim-handover.server.ts';
import type { ClaimStatement } from '#app/training/claim/claim.ts';
import { findClaim, listClaimEvents } from '#app/training/claim/claim.store.server.ts';
import { viewClaimDesk, viewOwnClaim, viewOwnClaims } from '#app/training/claim/claim-view.server.ts';
import { viewClaims } from '#app/training/claim/claims-view.server.ts';
import { resubmitClaim, withdrawClaim } from '#app/training/claim/complete-claim.server.ts';
import { approveClaim, approveClaims, returnClaim } from '#app/training/claim/decide-claims.server.ts';
import { fileClaims, fileOwnClaim } from '#app/training/claim/file-claim.server.ts';
import type { Proof } from '#app/training/claim/proof.ts';
import { listClaimProofs } from '#app/training/claim/proof.store.server.ts';
import { readProofs } from '#app/training/claim/read-proofs.server.ts';
import { drawClaimSample, judgeSampledClaim } from '#app/training/claim/sample-claims.server.ts';
import { listSampleItems } from '#app/training/claim/sample.store.server.ts';
import { drawSample } from '#app/training/claim/sample.ts';
import { viewSample } from '#app/training/claim/samples-view.server.ts';
import { serveProof } from '#app/training/claim/serve-proof.server.ts';
import { listEntriesOfYear } from '#app/training/ledger/hour-entry.store.server.ts';
import { useWorld } from '#test/support/database.ts';
import { classSteps, MORNING_START, value } from '#test/support/office.ts';
import { anActor } from '#test/support/world.ts';

const world = useWorld(MORNING_START);
const { anOffice, aClass, enrol, entriesOf, sumOf } = classSteps(world);

beforeAll(async () => {
  await registerConsumers(world.ctx, [taskConsumer]);
});

/** Tasks of one kind that lead to this page; what was told is worked off first. */
async function tasksTo(kind: string, path: string) {
  await drainConsumer(world.ctx, taskConsumer);
  return world.ctx.db.task.findMany({ where: { kind, path: { contains: path } } });
}

const PDF: Proof = {
  mediaType: 'application/pdf',
  fileName: '结业证书.pdf',
  bytes: new Uint8Array([0x25, 0x50, 0x44, 0x46, 0x2d, 1, 2, 3]),
};
const TRAINING: ClaimStatement = {
  kind: 'external',
  title: '全市行政执法骨干培训班',
  organiser: '某市司法局',
  fromDay: '2026-09-01',
  toDay: '2026-09-02',
  form: 'class',
  category: 'specialised_law',
  place: '市委党校',
  stated: { kind: 'hours', amount: 1600 },
  result: '结业',
};

async function anOfficeWithOfficers(people = 2) {
  const office = await anOffice(people);
  const officers: ActorCtx[] = [];
  for (const personId of office.personIds)
    officers.push(await anActor(world.ctx, { personId, grants: [{ role: 'officer', scopeKind: 'self' }] }));
  const bureau = await anActor(world.ctx, {
    grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId: office.regionId }],
  });
  const [officer, other] = officers;
  if (!officer || !other) throw new Error('two officers at least');
  return { ...office, officer, other, bureau };
}

const filing = (over: Partial<ClaimStatement> = {}, commandId: string = newId()) => ({
  statement: { ...TRAINING, ...over },
  proofs: [PDF],
  commandId,
});
async function fileOwn(ctx: ActorCtx, over: Partial<ClaimStatement> = {}): Promise<string> {
  return value(await fileOwnClaim(ctx, filing(over))).claimIds[0] ?? '';
}
const versionOf = async (claimId: string) => (await findClaim(world.ctx.pool, claimId))?.version ?? 0;
const approve = async (
  ctx: ActorCtx,
  claimId: string,
  over: { seconds?: number | null; note?: string | null; commandId?: string } = {},
) =>
  approveClaim(ctx, {
    claimId,
    version: await versionOf(claimId),
    seconds: null,
    note: null,
    commandId: newId(),
    ...over,
  });
const codeOf = (outcome: { ok: true } | { ok: false; code: string }) => (outcome.ok ? 'ok' : outcome.code);

describe('external training (domain.md §4.2 case 11): a claim of an officer', () => {
  it('is filed with proof, approved by the liaison and stands in the ledger once, in the unit of its day', async () => {
    const { officer, liaison, unitId, personIds } = await anOfficeWithOfficers();
    const claimId = await fileOwn(officer);
    const path = `/coordinate/claims/${claimId}`;
    await expect
      .poll(() => tasksTo('claim.verify', path))
      .toMatchObject([{ role: 'unit_liaison', unitId, state: 'open' }]);
    expect(value(await approve(liaison, claimId))).toEqual({ decided: 1, creditSeconds: 16 * 2700 });
    const [entry, ...rest] = await entriesOf(personIds[0]);
    expect(rest).toEqual([]);
    expect(entry).toMatchObject({
      kind: 'external',
      sourceKind: 'claim',
      sourceId: claimId,
      occurredDay: '2026-09-02',
      category: 'specialised_law',
      creditSeconds: 16 * 2700,
      unitId,
      recordedBy: officer.actorId,
      approvedBy: liaison.actorId,
    });
    await expect.poll(() => tasksTo('claim.verify', path)).toMatchObject([{ state: 'done' }]);
  });

  it('filed twice by the same command is filed once; by another one it is refused with the first', async () => {
    const { officer } = await anOfficeWithOfficers();
    const asked = filing();
    const [one, again] = [await fileOwnClaim(officer, asked), await fileOwnClaim(officer, asked)];
    expect(value(again)).toEqual(value(one));
    expect(await fileOwnClaim(officer, { ...asked, proofs: [] })).toMatchObject({ code: 'PROOF_MISSING' });
    const claimId = value(one).claimIds[0];
    expect(
      await fileOwnClaim(officer, filing({ title: '全市 行政执法骨干培训班', organiser: '某市司法局 ' })),
    ).toMatchObject({ code: 'CLAIM_KNOWN', detail: { is: 'claim', id: claimId } });
    expect(codeOf(await fileOwnClaim(officer, filing({ fromDay: '2026-09-02' })))).toBe('ok');
  });

  it('filed from two places at once stands once', async () => {
    const { officer } = await anOfficeWithOfficers();
    const outcomes = await Promise.all([1, 2, 3].map(() => fileOwnClaim(officer, filing())));
    expect(outcomes.map(codeOf).sort()).toEqual(['CLAIM_KNOWN', 'CLAIM_KNOWN', 'ok']);
    expect(value(await viewOwnClaims(officer))).toHaveLength(1);
  });

  it('is credited in part only with a reason, never beyond what was asked', async () => {
    const { officer, liaison, personIds } = await anOfficeWithOfficers();
    const claimId = await fileOwn(officer);
    expect(codeOf(await approve(liaison, claimId, { seconds: 2700 }))).toBe('REASON_REQUIRED');
    expect(codeOf(await approve(liaison, claimId, { seconds: 17 * 2700 }))).toBe('CREDIT_OUT_OF_RANGE');
    expect(codeOf(await approve(liaison, claimId, { seconds: 0 }))).toBe('CREDIT_OUT_OF_RANGE');
    value(await approve(liaison, claimId, { seconds: 8 * 2700, note: '只参加一天' }));
    expect(await sumOf(personIds[0])).toBe(8 * 2700);
    expect(await findClaim(world.ctx.pool, claimId)).toMatchObject({
      state: 'approved',
      approvedSeconds: 8 * 2700,
      note: '只参加一天',
    });
  });

  it('comes back with a reason, is completed and approved; its history keeps every round and every file', async () => {
    const { officer, liaison, personIds } = await anOfficeWithOfficers();
    const claimId = await fileOwn(officer);
    const back = { claimId, version: 1, commandId: newId() };
    expect(codeOf(await returnClaim(liaison, { ...back, reason: ' ' }))).toBe('REASON_REQUIRED');
    value(await returnClaim(liaison, { ...back, commandId: newId(), reason: '请补充签到表' }));
    expect(codeOf(await approve(liaison, claimId))).toBe('CLAIM_DECIDED');
    const completed = {
      claimId,
      version: await versionOf(claimId),
      statement: { ...TRAINING, stated: { kind: 'hours' as const, amount: 1200 } },
      keptProofIds: [],
      proofs: [{ ...PDF, fileName: '签到表.pdf' }],
      commandId: newId(),
    };
    value(await resubmitClaim(officer, 'own', completed));
    expect(value(await resubmitClaim(officer, 'own', completed))).toEqual({ claimId });
    value(await approve(liaison, claimId));
    expect(await sumOf(personIds[0])).toBe(12 * 2700);
    const kinds = (await listClaimEvents(world.ctx.pool, claimId)).map((event) => event.kind);
    expect(kinds).toEqual(['filed', 'returned', 'resubmitted', 'approved']);
    const files = await listClaimProofs(world.ctx.pool, claimId);
    expect(files.map(({ fileName, isRemoved }) => [fileName, isRemoved])).toEqual([
      ['结业证书.pdf', true],
      ['签到表.pdf', false],
    ]);
    await expect
      .poll(() => tasksTo('claim.returned', `/hours/claims/${claimId}`))
      .toMatchObject([{ state: 'done', accountId: officer.actorId }]);
  });

  it('taken back may be filed anew; what is decided cannot be taken back', async () => {
    const { officer, liaison } = await anOfficeWithOfficers();
    const claimId = await fileOwn(officer);
    value(await withdrawClaim(officer, 'own', { claimId, version: 1, commandId: newId() }));
    expect(codeOf(await approve(liaison, claimId))).toBe('CLAIM_DECIDED');
    const again = await fileOwn(officer);
    value(await approve(liaison, again));
    expect(
      codeOf(await withdrawClaim(officer, 'own', { claimId: again, version: 2, commandId: newId() })),
    ).toBe('CLAIM_DECIDED');
  });

  it('over New Year is credited to both years by its days', async () => {
    const { officer, liaison, personIds } = await anOfficeWithOfficers();
    const claimId = await fileOwn(officer, {
      fromDay: '2025-12-30',
      toDay: '2026-01-02',
      stated: { kind: 'hours', amount: 3200 },
    });
    value(await approve(liaison, claimId));
    const inYear = async (year: number) =>
      (await listEntriesOfYear(world.ctx.pool, personIds[0] ?? '', year)).map((entry) => [
        entry.occurredDay,
        entry.creditSeconds,
      ]);
    expect([await inYear(2025), await inYear(2026)]).toEqual([
      [['2025-12-31', 16 * 2700]],
      [['2026-01-02', 16 * 2700]],
    ]);
  });

  it('for teaching counts double up to the year’s cap, and no further', async () => {
    const { officer, liaison, personIds } = await anOfficeWithOfficers();
    const lecture = (title: string, amount: number) =>
      fileOwn(officer, { kind: 'lecture', title, stated: { kind: 'hours', amount } });
    value(await approve(liaison, await lecture('讲授行政处罚法', 800)));
    value(await approve(liaison, await lecture('讲授行政强制法', 400)));
    expect(await sumOf(personIds[0])).toBe(20 * 2700);
    expect(codeOf(await approve(liaison, await lecture('讲授行政许可法', 200)))).toBe('LECTURE_CAP_REACHED');
  });

  it('needs days within the time in post, and proof', async () => {
    const { officer } = await anOfficeWithOfficers();
    expect(codeOf(await fileOwnClaim(officer, filing({ fromDay: '2019-05-01', toDay: '2019-05-01' })))).toBe(
      'NOT_IN_POST',
    );
    expect(codeOf(await fileOwnClaim(officer, filing({ toDay: '2026-12-01' })))).toBe('CLAIM_IN_FUTURE');
  });
});

describe('who decides', () => {
  it('two verifiers at once: one decides, one entry stands', async () => {
    const { officer, liaison, leader, bureau, personIds } = await anOfficeWithOfficers();
    const claimId = await fileOwn(officer);
    const outcomes = await Promise.all([
      approve(liaison, claimId),
      approve(leader, claimId, { seconds: 2700, note: '核减' }),
      approve(bureau, claimId),
    ]);
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(outcomes.filter((outcome) => !outcome.ok).map(codeOf)).toEqual(['CLAIM_DECIDED', 'CLAIM_DECIDED']);
    expect(await entriesOf(personIds[0])).toHaveLength(1);
  });

  it('the same decision sent twice is made once; another under its id is refused', async () => {
    const { officer, liaison, personIds } = await anOfficeWithOfficers();
    const claimId = await fileOwn(officer);
    const asked = { claimId, version: 1, seconds: null, note: null, commandId: newId() };
    const twice = [await approveClaim(liaison, asked), await approveClaim(liaison, asked)];
    expect(twice.map(value)).toEqual([twice[0], twice[0]].map((one) => one && value(one)));
    expect(codeOf(await approveClaim(liaison, { ...asked, note: '不同' }))).toBe('COMMAND_REUSED');
    expect(await entriesOf(personIds[0])).toHaveLength(1);
  });

  it('never the person it is for, also not with an office or a second account', async () => {
    const { officer, unitId, personIds } = await anOfficeWithOfficers();
    const secondAccount = await anActor(world.ctx, {
      personId: personIds[0] ?? '',
      grants: [
        { role: 'unit_leader', scopeKind: 'unit', unitId },
        { role: 'officer', scopeKind: 'self' },
      ],
    });
    const claimId = await fileOwn(officer);
    expect(codeOf(await approve(secondAccount, claimId))).toBe('CLAIM_OF_ONESELF');
    const desk = value(await viewClaimDesk(secondAccount, claimId));
    expect(desk).toMatchObject({ mayDecide: false, whyNot: 'CLAIM_OF_ONESELF' });
  });

  it('the database refuses one hand for both, whatever the server says', async () => {
    const { officer, liaison } = await anOfficeWithOfficers();
    const claimId = await fileOwn(officer);
    value(await approve(liaison, claimId));
    await expect(
      world.ctx.pool.query('update external_claim set decided_by = filed_by where id = $1', [claimId]),
    ).rejects.toThrow('external_claim_two_persons');
    await expect(
      world.ctx.pool.query('update external_claim set decided_person_id = person_id where id = $1', [
        claimId,
      ]),
    ).rejects.toThrow('external_claim_not_ones_own');
    await expect(
      world.ctx.pool.query('delete from external_claim_event where claim_id = $1', [claimId]),
    ).rejects.toThrow('APPEND_ONLY');
  });

  it('nobody of another unit: it does not exist there', async () => {
    const { officer, other } = await anOfficeWithOfficers();
    const stranger = await anOfficeWithOfficers();
    const claimId = await fileOwn(officer);
    expect(codeOf(await approve(stranger.liaison, claimId))).toBe('NOT_FOUND');
    expect(codeOf(await approve(officer, claimId))).toBe('FORBIDDEN');
    expect(codeOf(await viewClaimDesk(stranger.bureau, claimId))).toBe('NOT_FOUND');
    expect(codeOf(await viewOwnClaim(other, claimId))).toBe('NOT_FOUND');
    expect(codeOf(await withdrawClaim(other, 'own', { claimId, version: 1, commandId: newId() }))).toBe(
      'NOT_FOUND',
    );
  });
});

describe('a liaison files for several people', () => {
  it('is decided above the liaison, all at once; everybody is credited once', async () => {
    const { liaison, leader, personIds, unitId } = await anOfficeWithOfficers(3);
    const liaison2 = await anActor(world.ctx, {
      grants: [{ role: 'unit_liaison', scopeKind: 'unit', unitId }],
    });
    const filed = value(await fileClaims(liaison, { ...filing(), personIds }));
    expect(filed.claimIds).toHaveLength(3);
    await expect
      .poll(() => tasksTo('claim.verify', filed.batchId))
      .toMatchObject([{ role: 'unit_leader', state: 'open' }]);
    const claims = filed.claimIds.map((claimId) => ({ claimId, version: 1 }));
    expect(codeOf(await approveClaims(liaison, { claims, commandId: newId() }))).toBe('MAKER_IS_CHECKER');
    expect(codeOf(await approveClaims(liaison2, { claims, commandId: newId() }))).toBe('NEEDS_LEADER');
    expect(value(await approveClaims(leader, { claims, commandId: newId() }))).toEqual({
      decided: 3,
      creditSeconds: 3 * 16 * 2700,
    });
    for (const personId of personIds) expect(await sumOf(personId)).toBe(16 * 2700);
    await expect.poll(() => tasksTo('claim.verify', filed.batchId)).toMatchObject([{ state: 'done' }]);
  });

  it('is all or nothing: one who has it already is named, somebody else’s people are refused', async () => {
    const { liaison, officer, personIds } = await anOfficeWithOfficers();
    const stranger = await anOfficeWithOfficers();
    await fileOwn(officer);
    expect(await fileClaims(liaison, { ...filing(), personIds })).toMatchObject({
      code: 'CLAIM_KNOWN',
      detail: { names: '张某0' },
    });
    expect(codeOf(await fileClaims(liaison, { ...filing(), personIds: stranger.personIds }))).toBe(
      'PERSON_UNKNOWN',
    );
    expect(codeOf(await fileClaims(liaison, { ...filing(), personIds: [] }))).toBe('NOBODY_CHOSEN');
    expect(
      value(
        await viewClaims(liaison, {
          page: 1,
          size: 20,
          sort: { field: 'filed', direction: 'desc' },
          text: '',
        }),
      ).total,
    ).toBe(1);
  });

  it('waits for the successor of the liaison: open claims pass with the office', async () => {
    const { liaison, personIds } = await anOfficeWithOfficers();
    const { claimIds } = value(await fileClaims(liaison, { ...filing(), personIds }));
    const passing = await claimHandover.list(world.ctx.pool, {
      accountId: liaison.actorId,
      receivedIds: [],
      limit: 10,
    });
    expect(passing.map(({ itemId }) => itemId).sort()).toEqual([...claimIds].sort());
    const received = await claimHandover.list(world.ctx.pool, {
      accountId: newId(),
      receivedIds: claimIds.slice(0, 1),
      limit: 10,
    });
    expect(received).toHaveLength(1);
  });
});

describe('overlapping time (case 10)', () => {
  it('is told to whoever decides: a class, another claim, hours that stand', async () => {
    const office = await anOfficeWithOfficers();
    const { officer, liaison } = office;
    const sessionId = await aClass(office);
    value(await enrol(office, sessionId));
    world.clock.set('2026-11-25T01:00:00.000Z');
    const first = await fileOwn(officer, { fromDay: '2026-11-22', toDay: '2026-11-23', title: '甲班' });
    const second = await fileOwn(officer, { fromDay: '2026-11-23', toDay: '2026-11-24', title: '乙班' });
    const desk = value(await viewClaimDesk(liaison, second));
    expect(desk.overlaps.map(({ is, title }) => [is, title]).sort()).toEqual([
      ['claim', '甲班'],
      ['class', '行政处罚法轮训'],
    ]);
    expect(desk.mayDecide).toBe(true);
    const lines = value(
      await viewClaims(liaison, { page: 1, size: 20, sort: { field: 'filed', direction: 'asc' }, text: '' }),
    );
    expect(lines.rows.map(({ id, hasOverlap }) => [id, hasOverlap])).toEqual([
      [first, true],
      [second, true],
    ]);
    world.clock.set(MORNING_START);
  });
});

describe('proof', () => {
  it('is kept sealed, and served to the person and the desk only; reading leaves a trace', async () => {
    const { officer, other, liaison } = await anOfficeWithOfficers();
    const stranger = await anOfficeWithOfficers();
    const claimId = await fileOwn(officer);
    const [file] = await listClaimProofs(world.ctx.pool, claimId);
    const proofId = file?.id ?? '';
    const stored = await world.ctx.db.trainingProofPayload.findUniqueOrThrow({ where: { proofId } });
    expect(Buffer.from(stored.content).includes(Buffer.from('%PDF'))).toBe(false);
    for (const reader of [officer, liaison])
      expect(Buffer.from(value(await serveProof(reader, proofId)).bytes)).toEqual(Buffer.from(PDF.bytes));
    for (const reader of [other, stranger.liaison, stranger.officer])
      expect(codeOf(await serveProof(reader, proofId))).toBe('NOT_FOUND');
    const reads = await world.ctx.db.auditEvent.count({
      where: { action: 'claim.read_proof', subjectId: proofId },
    });
    expect(reads).toBe(2);
  });

  it('of a hostile kind is refused before anything is written: archive, huge file, too many', async () => {
    const form = (...files: File[]) => {
      const data = new FormData();
      for (const file of files) data.append('proofs', file);
      return data;
    };
    const zip = new File([new Uint8Array([0x50, 0x4b, 3, 4])], '证书.pdf', { type: 'application/pdf' });
    const huge = new File([new Uint8Array(6 * 1024 * 1024)], '大.pdf');
    const good = new File([Buffer.from(PDF.bytes)], '好.pdf');
    expect(codeOf(await readProofs(form(zip)))).toBe('PROOF_TYPE_UNKNOWN');
    expect(codeOf(await readProofs(form(huge)))).toBe('PROOF_TOO_LARGE');
    expect(codeOf(await readProofs(form(...Array<File>(9).fill(good))))).toBe('TOO_MANY_PROOFS');
    expect(value(await readProofs(form(good, new File([], ''))))).toHaveLength(1);
  });
});

describe('the bureau’s sample (司法局可以抽查)', () => {
  it('is reproducible by its seed; 不属实 asks for a correction that somebody else decides', async () => {
    const { officer, other, liaison, bureau, leader, regionId } = await anOfficeWithOfficers();
    const ids: string[] = [];
    for (const [actor, n] of [officer, other, officer, other].map((one, at) => [one, at] as const)) {
      const claimId = await fileOwn(actor, { title: `第${n}期培训` });
      value(await approve(liaison, claimId));
      ids.push(claimId);
    }
    const asked = { regionId, fromDay: '2026-01-01', toDay: '2026-12-31', sharePercent: 50 };
    const { sampleId, size } = value(await drawClaimSample(bureau, { ...asked, commandId: newId() }));
    expect(size).toBe(2);
    const { sample, items } = value(await viewSample(bureau, sampleId));
    expect(items.map(({ id }) => id)).toEqual(drawSample(ids, sample.seed, 50));
    const [first, second] = items.map(({ id }) => id);
    const judge = (
      claimId = '',
      judgement: 'genuine' | 'not_genuine' = 'genuine',
      note: string | null = null,
    ) => judgeSampledClaim(bureau, { sampleId, claimId, judgement, note, commandId: newId() });
    expect(codeOf(await judge(first, 'not_genuine'))).toBe('REASON_REQUIRED');
    const both = await Promise.all([
      judge(first, 'not_genuine', '证书系伪造'),
      judge(first, 'not_genuine', '证书系伪造'),
    ]);
    expect(both.map(codeOf).sort()).toEqual(['ALREADY_JUDGED', 'ok']);
    value(await judge(second));
    expect(codeOf(await judge(ids.find((id) => id !== first && id !== second)))).toBe('NOT_FOUND');
    const correction = await world.ctx.db.hourCorrection.findFirstOrThrow({
      where: { origin: 'sample', filedBy: bureau.actorId },
    });
    expect(correction).toMatchObject({ state: 'filed', wantedSeconds: 0, reasonCode: 'not_genuine' });
    expect(await listSampleItems(world.ctx.pool, sampleId)).toMatchObject([
      { judgement: 'not_genuine' },
      { judgement: 'genuine' },
    ]);
    expect(codeOf(await drawClaimSample(leader, { ...asked, commandId: newId() }))).toBe('FORBIDDEN');
    const elsewhere = await anOfficeWithOfficers();
    expect(
      codeOf(await drawClaimSample(bureau, { ...asked, regionId: elsewhere.regionId, commandId: newId() })),
    ).toBe('NOT_FOUND');
    expect(codeOf(await viewSample(elsewhere.bureau, sampleId))).toBe('NOT_FOUND');
    forgetTree(world.ctx);
  });
});
