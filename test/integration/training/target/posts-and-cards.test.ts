import mammoth from 'mammoth';
import { describe, expect, it } from 'vitest';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { startOfDay } from '#app/platform/time/day.ts';
import { unitCompletion } from '#app/reporting/completion/unit-completion-view.server.ts';
import { NO_PLACE } from '#app/reporting/completion/drill.ts';
import { pageOfQuery, parsePersonQuery } from '#app/reporting/completion/person-query.ts';
import { rebuildOfficerYears } from '#app/reporting/completion/rebuild-officer-years.server.ts';
import { cardFile } from '#app/training/card/card-file.server.ts';
import { viewCard } from '#app/training/card/card-view.server.ts';
import { approveClaim } from '#app/training/claim/decide-claims.server.ts';
import { fileOwnClaim } from '#app/training/claim/file-claim.server.ts';
import { correctEntryIn } from '#app/training/ledger/correct-entry.server.ts';
import { hoursView } from '#app/training/ledger/hours-view.server.ts';
import { scheduleSession } from '#app/training/session/schedule-session.server.ts';
import { listMembers } from '#app/training/target/warning.store.server.ts';
import { ownWhyView } from '#app/training/target/why-view.server.ts';
import { yearStandings } from '#app/training/target/year-standing.server.ts';
import { readYearList } from '#app/training/year/read-year-list.server.ts';
import { countYearPeople } from '#app/training/year/year-list.store.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { useWorld } from '#test/support/database.ts';
import { classSteps, EVENING, MORNING, MORNING_START, value } from '#test/support/office.ts';
import { aCard, aCardEvent, anHourEntry } from '#test/support/officers.ts';
import { aPerson, aRegion, aUnit, anActor } from '#test/support/world.ts';

const world = useWorld(MORNING_START);
const { anOffice, enrol, allPresent, close, entriesOf } = classSteps(world);
const HOUR = 2700;
const TODAY = '2026-11-23';
const persons = pageOfQuery(parsePersonQuery(new URLSearchParams('size=100')));

/** An office with one officer whose card has been suspended, and one whose card is in force. */
async function anOfficeWithSuspended() {
  const office = await anOffice(2);
  const [suspended = '', active = ''] = office.personIds;
  const { regionId, unitId } = office;
  const card = { unitId, regionId };
  const certificateId = await aCard(world.ctx, { ...card, personId: suspended });
  await aCard(world.ctx, { ...card, personId: active });
  const suspension = { certificateId, seq: 2, kind: 'suspended', toState: 'suspended' };
  await aCardEvent(world.ctx, { ...suspension, fromDay: '2026-10-08' });
  const officer = await anActor(world.ctx, {
    personId: suspended,
    grants: [{ role: 'officer', scopeKind: 'self' }],
  });
  const bureau = await anActor(world.ctx, {
    grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId }],
  });
  return { ...office, suspended, active, officer, bureau };
}

type SuspendedOffice = Awaited<ReturnType<typeof anOfficeWithSuspended>>;

/** 离岗培训 of the unit, held and closed. */
async function anOffPostClass(office: SuspendedOffice): Promise<void> {
  const { sessionId } = value(
    await scheduleSession(office.liaison, {
      unitId: office.unitId,
      title: '暂扣人员离岗培训',
      category: 'public_law',
      form: 'class',
      place: '一楼会议室',
      lecturer: '李某',
      capacity: 10,
      statedHundredths: 800,
      purpose: 'off_post',
      blocks: [MORNING],
      commandId: newId(),
    }),
  );
  value(await enrol(office, sessionId, [office.suspended]));
  await allPresent(office, sessionId);
  value(await close(office.liaison, sessionId));
}

describe('case 5, suspended card (domain.md §4.2): still trains, is counted, off-post training is tagged', () => {
  it('owes what everybody owes and stands in the denominator', async () => {
    const office = await anOfficeWithSuspended();
    const { ctx } = world;
    const standings = await yearStandings(ctx, [office.suspended, office.active], 2026, TODAY);
    const targetsOf = (personId: string) =>
      standings.get(personId)?.targets.map(({ kind, targetSeconds }) => [kind, targetSeconds]);
    expect(targetsOf(office.suspended)).toEqual([['yearly', 60 * HOUR]]);
    expect(targetsOf(office.suspended)).toEqual(targetsOf(office.active));
    expect(standings.get(office.suspended)?.conclusion).toBe('not_met');
    const place = { ...NO_PLACE, regionId: office.regionId, unitId: office.unitId };
    const page = value(await unitCompletion(office.bureau, { place, day: TODAY, knownAt: null, persons }));
    expect(page.total.due).toBe(2);
  });

  it('a class of 离岗培训 counts and is visible as such on hours, why and card', async () => {
    const office = await anOfficeWithSuspended();
    await anOffPostClass(office);
    const other = { personId: office.suspended, unitId: office.unitId, day: TODAY, creditSeconds: HOUR };
    await anHourEntry(world.ctx, other);
    const hours = value(await hoursView(office.officer, 2026));
    expect(hours.totalSeconds).toBe(9 * HOUR);
    const tagged = (entries: readonly { title: string; isOffPost: boolean }[]) =>
      entries.filter((entry) => entry.isOffPost).map(({ title }) => title);
    expect(tagged(hours.entries)).toEqual(['暂扣人员离岗培训']);
    const why = value(await ownWhyView(office.officer, 2026));
    expect(tagged(why.categories.flatMap(({ entries }) => entries))).toEqual(['暂扣人员离岗培训']);
    const { card } = value(await viewCard(office.liaison, office.suspended, '2026'));
    expect(card.rows.map((row) => [row.title, row.form])).toContainEqual([
      '暂扣人员离岗培训',
      '离岗培训（培训班）',
    ]);
    const file = await cardFile(office.liaison, {
      personId: office.suspended,
      year: '2026',
      format: 'docx',
    });
    const { value: text } = await mammoth.extractRawText({ buffer: Buffer.from(value(file).bytes) });
    expect(text).toContain('离岗培训（培训班）');
  });

  it('held elsewhere it is claimed as 离岗培训, and a correction keeps the tag on both of its entries', async () => {
    const office = await anOfficeWithSuspended();
    world.clock.set(EVENING);
    const statement = {
      kind: 'off_post' as const,
      title: '持证人员脱产培训',
      organiser: '某市司法局',
      fromDay: '2026-11-02',
      toDay: '2026-11-04',
      form: 'class' as const,
      category: 'public_law' as const,
      place: null,
      stated: { kind: 'hours' as const, amount: 2400 },
      result: '合格',
    };
    const proof = { mediaType: 'application/pdf' as const, fileName: '结业证.pdf' };
    const bytes = new Uint8Array([0x25, 0x50, 0x44, 0x46, 0x2d, 1]);
    const filed = { statement, proofs: [{ ...proof, bytes }], commandId: newId() };
    const [claimId = ''] = value(await fileOwnClaim(office.officer, filed)).claimIds;
    const decision = { claimId, version: 1, seconds: null, note: null, commandId: newId() };
    value(await approveClaim(office.liaison, decision));
    const [entry] = await entriesOf(office.suspended);
    if (entry === undefined) throw new Error('an approved claim has an entry');
    value(
      await inTransaction(office.leader, 'correct', (tx, refuse) =>
        correctEntryIn(
          tx,
          office.leader,
          entry,
          {
            creditSeconds: 16 * HOUR,
            reasonCode: 'other',
            reason: '实际两天',
            makerId: office.liaison.actorId,
          },
          refuse,
        ),
      ),
    );
    const { entries, totalSeconds } = value(await hoursView(office.officer, 2026));
    expect(totalSeconds).toBe(16 * HOUR);
    expect(entries.map(({ kind, isOffPost }) => [kind, isOffPost]).sort()).toEqual([
      ['correction', true],
      ['external', true],
      ['reversal', true],
    ]);
  });
});

describe('case 4, dispatched officer (domain.md §4.2): counted once, in the home unit', () => {
  it('is one person in every list and sum, whichever unit the posting is with', async () => {
    const { ctx } = world;
    const regionId = await aRegion(ctx);
    const home = await aUnit(ctx, { regionId, name: '某县城市管理局' });
    const township = await aUnit(ctx, { regionId, name: '某镇人民政府', unitType: 'township' });
    const personId = await aPerson(ctx, { unitId: home, name: '派驻人员' });
    const local = await aPerson(ctx, { unitId: township, name: '本镇人员' });
    forgetTree(ctx);
    await ctx.db.personUnitLink.create({
      data: {
        id: newId(),
        personId,
        unitId: township,
        kind: 'posted',
        establishment: 'admin',
        isEnforcementPost: true,
        fieldCode: 'URBAN',
        validFrom: startOfDay('2026-03-02'),
        recordedAt: startOfDay('2026-03-02'),
        sourceKind: 'test',
      },
    });
    for (const id of [personId, local]) await aCard(ctx, { personId: id, unitId: home, regionId });
    await anHourEntry(ctx, { personId, unitId: home, day: '2026-05-01', creditSeconds: 61 * HOUR });

    const standings = await yearStandings(ctx, [personId], 2026, TODAY);
    expect([...standings.keys()]).toEqual([personId]);
    expect(standings.get(personId)?.totalSeconds).toBe(61 * HOUR);
    expect(standings.get(personId)?.targets[0]?.targetSeconds).toBe(60 * HOUR);
    // The list of the year that is put up, closed and sealed.
    const peopleOf = async (unitId: string) =>
      (await readYearList(ctx, unitId, 2026)).map((row) => row.personId);
    expect([await peopleOf(home), await peopleOf(township)]).toEqual([[personId], [local]]);
    expect(Object.fromEntries(await countYearPeople(ctx.pool, [home, township], 2026))).toEqual({
      [home]: 1,
      [township]: 1,
    });
    // Warnings before the end of the year.
    const members = await listMembers(ctx.pool, [home, township], TODAY);
    expect(members.map((one) => [one.personId, one.unitId]).sort()).toEqual(
      [
        [personId, home],
        [local, township],
      ].sort(),
    );
    // The rate of the region and of each unit.
    await rebuildOfficerYears(ctx.pool);
    const bureau = await anActor(ctx, {
      grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId }],
    });
    const totalOf = async (unitId: string | null) => {
      const place = { ...NO_PLACE, regionId, unitId };
      const page = await unitCompletion(bureau, { place, day: TODAY, knownAt: null, persons });
      return [value(page).total.due, value(page).total.creditSeconds];
    };
    expect(await totalOf(home)).toEqual([1, 61 * HOUR]);
    expect(await totalOf(township)).toEqual([1, 0]);
    expect(await totalOf(null)).toEqual([2, 61 * HOUR]);
  });

  it('trains with the home unit and is no candidate of the township’s own classes', async () => {
    const office = await anOffice(1);
    const township = await anOffice(0);
    const [personId = ''] = office.personIds;
    await world.ctx.db.personUnitLink.create({
      data: {
        id: newId(),
        personId,
        unitId: township.unitId,
        kind: 'posted',
        establishment: 'admin',
        isEnforcementPost: true,
        fieldCode: 'URBAN',
        validFrom: startOfDay('2026-03-02'),
        recordedAt: startOfDay('2026-03-02'),
        sourceKind: 'test',
      },
    });
    const classOf = async (by: typeof office) =>
      value(
        await scheduleSession(by.liaison, {
          unitId: by.unitId,
          title: '轮训',
          category: 'skill',
          form: 'class',
          place: '会议室',
          lecturer: '李某',
          capacity: 10,
          statedHundredths: 400,
          blocks: [MORNING],
          commandId: newId(),
        }),
      ).sessionId;
    const elsewhere = await enrol(township, await classOf(township), [personId]);
    expect(elsewhere).toMatchObject({ ok: false, code: 'NOT_FOUND' });
    const sessionId = await classOf(office);
    value(await enrol(office, sessionId, [personId]));
    await allPresent(office, sessionId);
    value(await close(office.liaison, sessionId));
    expect((await entriesOf(personId)).map(({ unitId }) => unitId)).toEqual([office.unitId]);
  });
});
