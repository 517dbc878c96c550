import { beforeAll, describe, expect, it } from 'vitest';
import { liveBank } from '#app/exam/bank/live-bank.server.ts';
import { drawPaper } from '#app/exam/paper/draw-paper.ts';
import { paperHash } from '#app/exam/paper/frozen-paper.ts';
import { frozenPaper } from '#app/exam/paper/frozen-paper.schema.ts';
import { examPorts } from '#app/exam/ports.server.ts';
import { confirmSeal } from '#app/exam/release/confirm-custody.server.ts';
import { fileCustody } from '#app/exam/release/file-custody.server.ts';
import { sealSitting } from '#app/exam/release/seal-sitting.server.ts';
import { findCustodySitting, listSealedSet } from '#app/exam/release/seal.store.server.ts';
import { viewSeal } from '#app/exam/release/seal-view.server.ts';
import { setHash } from '#app/exam/release/set-hash.ts';
import { itemsOf, samePlaces } from '#app/exam/release/overlap.ts';
import { registerCandidates } from '#app/exam/sitting/register-candidates.server.ts';
import { startAttempt } from '#app/exam/sitting/start-attempt.server.ts';
import { provideDocumentDesk } from '#app/office/document/desk.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { useWorld } from '#test/support/database.ts';
import { aBureau, confirmAs, filed, releaseAs, sealed } from '#test/support/custody.ts';
import { aHall, prepareExam } from '#test/support/exam.ts';
import { aPerson, anActor } from '#test/support/world.ts';

const NOW = '2026-11-20T01:00:00.000Z';
const world = useWorld(NOW);
const completed = new Set<string>();
beforeAll(async () => {
  await prepareExam(world.ctx, completed);
  provideDocumentDesk(world.ctx.pool, { papers: [], jobs: { enqueue: () => Promise.resolve() } });
});

/** A sitting in three days with a bureau of two. */
async function aSitting(candidates = 3, sitting: NonNullable<Parameters<typeof aHall>[1]>['sitting'] = {}) {
  world.clock.set(NOW);
  const hall = await aHall(world.ctx, {
    candidates,
    sitting: {
      opensAt: new Date('2026-11-23T01:00:00.000Z'),
      latestEntryAt: new Date('2026-11-23T01:30:00.000Z'),
      hardEndAt: new Date('2026-11-23T03:00:00.000Z'),
      startMode: 'bell',
      ...sitting,
    },
  });
  return { ...hall, bureau: await aBureau(world.ctx, hall.regionId) };
}
type Sitting = Awaited<ReturnType<typeof aSitting>>;

const papersOf = (sittingId: string) =>
  world.ctx.db.paper.findMany({ where: { registration: { sittingId } }, orderBy: { id: 'asc' } });
const sealsOf = (sittingId: string) =>
  world.ctx.db.examSeal.findMany({ where: { sittingId }, orderBy: { sealNo: 'asc' } });

async function aLateCandidate({ sittingId, unitId }: Sitting): Promise<void> {
  const personId = await aPerson(world.ctx, { unitId });
  await inTransaction(world.ctx, 'late', (tx) =>
    registerCandidates(tx, world.ctx, { sittingId, candidates: [{ personId, unitId }], isApproved: true }),
  );
}

describe('封卷: papers drawn and frozen before the bell', () => {
  it('draws a paper for everybody, each from a stored seed that draws it again', async () => {
    const { sittingId, bureau } = await aSitting();
    await sealed(bureau, sittingId);
    const papers = await papersOf(sittingId);
    expect(papers).toHaveLength(3);
    expect(new Set(papers.map((paper) => paper.seed)).size).toBe(3);
    const sitting = await findCustodySitting(world.ctx.pool, sittingId);
    if (!sitting) throw new Error('the sitting is there');
    const bank = {
      questions: await liveBank(world.ctx),
      laws: examPorts(world.ctx.pool).laws,
      day: dayOf(sitting.opensAt),
    };
    for (const paper of papers) {
      const again = drawPaper(bank, sitting.blueprint, paper.seed);
      if (!again.ok) throw new Error(again.code);
      expect(paperHash(again.value)).toBe(paper.contentHash);
    }
  });

  it('keeps the hash of the whole set, both people and a trace', async () => {
    const { sittingId, bureau } = await aSitting();
    await sealed(bureau, sittingId);
    const [seal] = await sealsOf(sittingId);
    expect(seal).toMatchObject({
      sealNo: 1,
      added: 3,
      paperCount: 3,
      filedBy: bureau.maker.actorId,
      confirmedBy: bureau.checker.actorId,
      confirmedWay: 'colleague',
    });
    expect(seal?.setHash).toBe(setHash(await listSealedSet(world.ctx.db, sittingId)));
    const trace = await world.ctx.db.auditEvent.findFirstOrThrow({
      where: { subjectId: sittingId, action: 'exam.seal' },
    });
    expect(trace.actorId).toBe(bureau.checker.actorId);
  });

  it('is refused to the same person, also from another account of theirs', async () => {
    const { sittingId, regionId, unitId } = await aSitting(1);
    const personId = await aPerson(world.ctx, { unitId });
    const grants = [{ role: 'justice_bureau', scopeKind: 'region', regionId }] as const;
    const maker = await anActor(world.ctx, { personId, grants });
    const twin = await anActor(world.ctx, { personId, grants });
    const requestId = await filed(maker, sittingId, 'seal');
    const refusals = await Promise.all([maker, twin].map((actor) => confirmAs(actor, sittingId, requestId)));
    expect(refusals.map((one) => !one.ok && one.code)).toEqual(['MAKER_IS_CHECKER', 'MAKER_IS_CHECKER']);
    expect(await papersOf(sittingId)).toEqual([]);
  });

  it('is refused to the same person by the database, whatever the server says', async () => {
    const { sittingId, bureau } = await aSitting(1);
    const requestId = await filed(bureau.maker, sittingId, 'seal');
    const row = { id: newId<'ExamSeal'>(), sittingId, requestId, sealNo: 1, paperMode: 'each', seed: 's' };
    const counts = { added: 1, paperCount: 1, setHash: 'h', neighbours: {}, occurredAt: new Date(NOW) };
    const one = bureau.maker.actorId;
    const write = world.ctx.db.examSeal.create({
      data: { ...row, ...counts, filedBy: one, confirmedBy: one, confirmedWay: 'colleague' },
    });
    await expect(write).rejects.toThrow(/exam_seal_two_people/);
  });

  it('keeps both as natural persons, and the database refuses one person with two accounts', async () => {
    const { sittingId, bureau, regionId, unitId } = await aSitting(1);
    await sealed(bureau, sittingId);
    expect((await sealsOf(sittingId))[0]).toMatchObject({
      ...{ filedPerson: bureau.maker.actorId, confirmedPerson: bureau.checker.actorId },
    });
    const personId = await aPerson(world.ctx, { unitId });
    const grants = [{ role: 'justice_bureau', scopeKind: 'region', regionId }] as const;
    const [maker, twin] = [
      await anActor(world.ctx, { personId, grants }),
      await anActor(world.ctx, { personId, grants }),
    ];
    const requestId = await filed(maker, sittingId, 'release');
    const [seal] = await sealsOf(sittingId);
    const write = world.ctx.db.examRelease.create({
      data: {
        ...{ id: newId(), sittingId, requestId, sealId: seal?.id ?? '', setHash: seal?.setHash ?? '' },
        ...{ filedBy: maker.actorId, confirmedBy: twin.actorId, confirmedWay: 'colleague' },
        ...{ filedPerson: personId, confirmedPerson: personId, occurredAt: new Date(NOW) },
      },
    });
    await expect(write).rejects.toThrow(/exam_release_two_persons/);
  });

  it('is neither asked for nor confirmed once the sitting is over or called off', async () => {
    const hall = await aSitting(2);
    const { sittingId, bureau } = hall;
    await sealed(bureau, sittingId);
    await aLateCandidate(hall);
    const requests = {
      seal: await filed(bureau.maker, sittingId, 'seal'),
      release: await filed(bureau.maker, sittingId, 'release'),
    };
    const confirmed = async () => [
      await confirmAs(bureau.checker, sittingId, requests.seal),
      await releaseAs(bureau.checker, sittingId, requests.release),
      await fileCustody(bureau.maker, { kind: 'release', sittingId, commandId: newId() }),
      await fileCustody(bureau.maker, { kind: 'seal', mode: 'each', sittingId, commandId: newId() }),
    ];
    const four = (code: string) => Array.from({ length: 4 }, () => ({ ok: false, code }));
    world.clock.set('2026-11-23T03:00:00.000Z');
    expect(await confirmed()).toEqual(four('SITTING_IS_OVER'));
    world.clock.set(NOW);
    await world.ctx.db.examSitting.update({ where: { id: sittingId }, data: { status: 'cancelled' } });
    expect(await confirmed()).toEqual(four('SITTING_IS_OFF'));
    const view = await viewSeal(bureau.checker, sittingId);
    expect(view.ok && view.value).toMatchObject({ isOver: true, sealRequest: null, releaseRequest: null });
    expect(await sealsOf(sittingId)).toHaveLength(1);
    expect(await world.ctx.db.examRelease.count({ where: { sittingId } })).toBe(0);
  });

  it('takes the signed form where the bureau has one person only, and keeps it', async () => {
    const { sittingId, regionId } = await aHall(world.ctx, {
      sitting: {
        opensAt: new Date('2026-11-23T01:00:00.000Z'),
        latestEntryAt: new Date('2026-11-23T01:30:00.000Z'),
        hardEndAt: new Date('2026-11-23T03:00:00.000Z'),
      },
    });
    const grants = [{ role: 'justice_bureau', scopeKind: 'region', regionId }] as const;
    const alone = await anActor(world.ctx, { grants });
    forgetTree(world.ctx);
    const requestId = await filed(alone, sittingId, 'seal');
    expect(await confirmAs(alone, sittingId, requestId)).toMatchObject({ code: 'SIGNED_FORM_MISSING' });
    const scan = {
      type: 'application/pdf' as const,
      name: '审批单.pdf',
      bytes: new TextEncoder().encode('%PDF-1.7'),
    };
    const outcome = await confirmSeal(alone, {
      ...{ kind: 'seal', sittingId, requestId, commandId: newId() },
      signedForm: { scan, signerName: '王某' },
    });
    expect(outcome).toMatchObject({ ok: true });
    const [seal] = await sealsOf(sittingId);
    expect(seal).toMatchObject({ confirmedWay: 'signed_form', signerName: '王某', added: 1 });
    const kept = await world.ctx.db.approvalScan.findUniqueOrThrow({
      where: { id: seal?.confirmedScanId ?? '' },
    });
    expect(kept).toMatchObject({ subjectKind: 'exam_custody', subjectId: requestId, purpose: 'signed_form' });
  });

  it('does not exist for the bureau of another region', async () => {
    const { sittingId, bureau } = await aSitting(1);
    const other = await aSitting(1);
    const requestId = await filed(bureau.maker, sittingId, 'seal');
    expect(await confirmAs(other.bureau.checker, sittingId, requestId)).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('happens once when two colleagues confirm at once, and once when one form is sent twice', async () => {
    const { sittingId, regionId, bureau } = await aSitting();
    const third = await aBureau(world.ctx, regionId);
    const requestId = await filed(bureau.maker, sittingId, 'seal');
    const command = newId();
    const outcomes = await Promise.all([
      confirmAs(bureau.checker, sittingId, requestId, command),
      confirmAs(bureau.checker, sittingId, requestId, command),
      confirmAs(third.checker, sittingId, requestId),
    ]);
    expect(await sealsOf(sittingId)).toHaveLength(1);
    expect(await papersOf(sittingId)).toHaveLength(3);
    const ids = outcomes.flatMap((one) => (one.ok ? [one.value.id] : []));
    expect(ids.length).toBeGreaterThan(0);
    expect(new Set(ids).size).toBe(1);
    for (const one of outcomes) if (!one.ok) expect(one.code).toBe('CHANGED_MEANWHILE');
  });

  it('only adds for who registers late, and leaves every sealed paper as it is', async () => {
    const hall = await aSitting();
    const { sittingId, bureau } = hall;
    await sealed(bureau, sittingId);
    const before = await papersOf(sittingId);
    await aLateCandidate(hall);
    await sealed(bureau, sittingId);
    const after = await papersOf(sittingId);
    expect(after).toHaveLength(4);
    expect(after).toEqual(expect.arrayContaining(before));
    expect((await sealsOf(sittingId)).map(({ added, paperCount }) => [added, paperCount])).toEqual([
      [3, 3],
      [1, 4],
    ]);
  });

  it('says that nothing is left to be sealed, and keeps to one way of drawing', async () => {
    const hall = await aSitting(1);
    const { sittingId, bureau } = hall;
    await sealed(bureau, sittingId, 'ab');
    expect(await sealSitting(world.ctx, { sittingId, mode: 'ab' })).toMatchObject({
      code: 'NOTHING_TO_SEAL',
    });
    await aLateCandidate(hall);
    expect(await sealSitting(world.ctx, { sittingId, mode: 'each' })).toMatchObject({
      code: 'MODE_IS_FIXED',
    });
    await sealed(bureau, sittingId, 'ab');
    expect((await papersOf(sittingId)).map((paper) => paper.variant).sort()).toEqual(['A', 'B']);
  });

  it('gives neighbours papers that share no question at the same position', async () => {
    const { sittingId, bureau, candidates } = await aSitting(12);
    const roomId = newId<'ExamRoom'>();
    await world.ctx.db.examRoom.create({
      data: {
        ...{ id: roomId, sittingId, no: 1, name: '第一考场', place: '二楼', seatRows: 3, seatColumns: 4 },
        createdAt: new Date(NOW),
      },
    });
    for (const [index, { registrationId: id }] of candidates.entries())
      await world.ctx.db.examRegistration.update({ where: { id }, data: { roomId, seatNo: index + 1 } });
    await sealed(bureau, sittingId);
    const [seal] = await sealsOf(sittingId);
    expect(seal?.neighbours).toMatchObject({ pairs: 17, pairsAlike: 0, samePlacesWorst: 0 });
    const papers = new Map(
      (await papersOf(sittingId)).map((paper) => [
        paper.registrationId,
        itemsOf(frozenPaper.parse(paper.content)),
      ]),
    );
    // Seats 1 and 2 are one behind the other.
    const [first, second] = candidates.map((one) => papers.get(one.registrationId) ?? []);
    expect(samePlaces(first ?? [], second ?? [])).toBe(0);
  });

  it('shows who is missing, and no word of any question', async () => {
    const hall = await aSitting(2);
    await sealed(hall.bureau, hall.sittingId);
    await aLateCandidate(hall);
    const view = await viewSeal(hall.bureau.maker, hall.sittingId);
    if (!view.ok) throw new Error(view.code);
    expect(view.value.counts).toEqual({ approved: 3, sealed: 2, atStart: 0 });
    expect(view.value.missing).toHaveLength(1);
    const [paper] = await papersOf(hall.sittingId);
    const shown = JSON.stringify(view.value);
    for (const { stem } of frozenPaper.parse(paper?.content).items) expect(shown).not.toContain(stem);
    expect(shown).not.toContain(paper?.seed);
  });
});

describe('启封: a sealed set is opened for printing by two people', () => {
  it('refuses the same person, an older set and what was never sealed', async () => {
    const hall = await aSitting(1);
    const { sittingId, bureau } = hall;
    await sealed(bureau, sittingId);
    const requestId = await filed(bureau.maker, sittingId, 'release');
    expect(await releaseAs(bureau.maker, sittingId, requestId)).toMatchObject({ code: 'MAKER_IS_CHECKER' });
    const waiting = () => world.ctx.db.task.count({ where: { originId: sittingId, state: 'open' } });
    expect(await waiting()).toBe(1);
    await aLateCandidate(hall);
    await sealed(bureau, sittingId);
    expect(await waiting()).toBe(0);
    expect(await releaseAs(bureau.checker, sittingId, requestId)).toMatchObject({
      code: 'CHANGED_MEANWHILE',
    });
    const again = await filed(bureau.maker, sittingId, 'release');
    expect(await releaseAs(bureau.checker, sittingId, again)).toMatchObject({ ok: true });
    expect(await world.ctx.db.examRelease.count({ where: { sittingId } })).toBe(1);
  });
});

describe('starting while a seal is under way', () => {
  it('leaves everybody one paper and one attempt, whoever was first', async () => {
    world.clock.set(NOW);
    const hall = await aHall(world.ctx, { candidates: 4 });
    const [outcome, ...starts] = await Promise.all([
      sealSitting(world.ctx, { sittingId: hall.sittingId, mode: 'each' }),
      ...hall.candidates.map(({ ctx, registrationId }) =>
        startAttempt(ctx, { registrationId, commandId: newId() }),
      ),
    ]);
    expect(starts.map((start) => start.ok)).toEqual([true, true, true, true]);
    expect(outcome.ok || outcome.code === 'NOTHING_TO_SEAL').toBe(true);
    const papers = await papersOf(hall.sittingId);
    expect(papers).toHaveLength(4);
    const attempts = await world.ctx.db.attempt.findMany({
      where: { registration: { sittingId: hall.sittingId } },
    });
    expect(new Set(attempts.map((attempt) => attempt.paperId))).toEqual(
      new Set(papers.map((paper) => paper.id)),
    );
  });
});
