import { describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { taskConsumer } from '#app/office/task/ask-task.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { listEntriesOfYear } from '#app/training/ledger/hour-entry.store.server.ts';
import { secondOf } from '#app/training/ledger/interval.ts';
import { askBureauToClose } from '#app/training/session/ask-bureau.server.ts';
import { enrolPeople } from '#app/training/session/change-roster.server.ts';
import { closeTrainingSession } from '#app/training/session/close-session.server.ts';
import { markAttendance } from '#app/training/session/mark-attendance.server.ts';
import { scheduleSession } from '#app/training/session/schedule-session.server.ts';
import { sessionView } from '#app/training/session/session-view.server.ts';
import { findSession } from '#app/training/session/session.store.server.ts';
import { viewSeal } from '#app/training/year/seal-view.server.ts';
import { useWorld } from '#test/support/database.ts';
import { lockSteps } from '#test/support/locks.ts';
import { value } from '#test/support/office.ts';
import { drainAll } from '#test/support/organisation.ts';
import type { ClosingOffice } from '#test/support/year-closing.ts';
import { closingSteps, FIRST_DAY, HOUR, YEAR } from '#test/support/year-closing.ts';
import { anActor } from '#test/support/world.ts';

const world = useWorld(FIRST_DAY);
const { aConfirmedOffice, aFrozenOffice, freeze } = closingSteps(world);
const { inOrder } = lockSteps(world);
const codeOf = (outcome: { ok: true } | { ok: false; code: string }) => (outcome.ok ? 'ok' : outcome.code);
const at = (text: string): number => secondOf(new Date(`${text}+08:00`));

/** A class of four 学时 in the last days of the year, entered in January from its paper list, all marked present. */
async function aLateClass(office: ClosingOffice, days = [`${YEAR}-12-20`]): Promise<string> {
  const scheduled = await scheduleSession(office.liaison, {
    unitId: office.unitId,
    title: '年末执法培训',
    category: 'public_law',
    form: 'class',
    place: '一楼会议室',
    lecturer: '李某',
    capacity: 50,
    statedHundredths: 400,
    blocks: days.map((day) => ({ from: at(`${day}T09:00`), to: at(`${day}T12:00`) })),
    commandId: newId(),
  });
  const { sessionId } = value(scheduled);
  const chosen = { kind: 'people', personIds: office.personIds } as const;
  value(await enrolPeople(office.liaison, { sessionId, chosen, commandId: newId() }));
  await markAll(office.liaison, sessionId);
  return sessionId;
}

async function markAll(actor: ActorCtx, sessionId: string): Promise<void> {
  const session = await findSession(world.ctx.pool, sessionId);
  const blockIds = session?.blocks.map((block) => block.id) ?? [];
  const order = { kind: 'others_present', blockIds } as const;
  value(await markAttendance(actor, { sessionId, order, commandId: newId() }));
}

async function close(actor: ActorCtx, sessionId: string) {
  const expectedVersion = (await findSession(world.ctx.pool, sessionId))?.version ?? 0;
  return closeTrainingSession(actor, { sessionId, expectedVersion, commandId: newId() });
}

const entriesOf = (personId: string | undefined) => listEntriesOfYear(world.ctx.pool, personId ?? '', YEAR);
const classEntries = async (personId: string | undefined) =>
  (await entriesOf(personId)).filter((entry) => entry.sourceKind === 'training_session');

describe('closing a class of a sealed year (domain.md §4.2 cases 13, 14)', () => {
  it('is refused to the liaison, with the people named, and writes nothing', async () => {
    const office = await aFrozenOffice(2);
    const sessionId = await aLateClass(office);
    expect(await close(office.liaison, sessionId)).toMatchObject({
      code: 'YEAR_CLOSED',
      detail: { years: String(YEAR) },
    });
    for (const personId of office.personIds) expect(await classEntries(personId)).toEqual([]);
  });

  it('tells the liaison before the button, who asks the bureau: its task leads to the class', async () => {
    const office = await aFrozenOffice(2);
    const sessionId = await aLateClass(office);
    const note = value(await sessionView(office.liaison, sessionId)).sealedNote;
    expect(note).toEqual({ names: '李某0、李某1', years: String(YEAR), needs: 'bureau' });
    value(await askBureauToClose(office.liaison, sessionId));
    value(await askBureauToClose(office.liaison, sessionId));
    await drainAll(world.ctx, [taskConsumer]);
    const where = { kind: 'session.close_sealed', key: sessionId };
    expect(await world.ctx.db.task.findMany({ where })).toMatchObject([
      { regionId: office.regionId, role: 'justice_bureau', state: 'open' },
    ]);
    value(await close(office.bureau, sessionId));
    await drainAll(world.ctx, [taskConsumer]);
    expect(await world.ctx.db.task.findMany({ where })).toMatchObject([{ state: 'done' }]);
  });

  it('is done by the bureau: two persons stand behind each entry, the sealed figure stays', async () => {
    const office = await aFrozenOffice(1);
    const sessionId = await aLateClass(office);
    expect(value(await sessionView(office.bureau, sessionId)).sealedNote?.needs).toBeNull();
    value(await close(office.bureau, sessionId));
    expect(await classEntries(office.personIds[0])).toMatchObject([
      { creditSeconds: 4 * HOUR, recordedBy: office.liaison.actorId, approvedBy: office.bureau.actorId },
    ]);
    const view = value(await viewSeal(office.bureau, office.sealNo));
    expect(view.people[0]).toMatchObject({ totalSeconds: 62 * HOUR, adjustedSeconds: 4 * HOUR });
  });

  it('names at each entry who noted the attendance of its day; where it was corrected, who corrected it', async () => {
    const office = await aFrozenOffice(1);
    const [personId = ''] = office.personIds;
    const days = ['20', '21', '22'].map((day) => `${YEAR}-12-${day}`);
    const sessionId = await aLateClass(office, days);
    const grants = [{ role: 'unit_liaison', scopeKind: 'unit', unitId: office.unitId }] as const;
    const colleague = await anActor(world.ctx, { grants: [...grants] });
    const blocks = (await findSession(world.ctx.pool, sessionId))?.blocks ?? [];
    const note = async (actor: ActorCtx, nth: number, standing: 'present' | 'absent') => {
      const mark = { personId, blockId: blocks[nth]?.id ?? '', standing, part: null, reason: null };
      const order = { kind: 'marks', marks: [mark] } as const;
      value(await markAttendance(actor, { sessionId, order, commandId: newId() }));
    };
    for (const standing of ['absent', 'present'] as const) await note(colleague, 1, standing);
    await note(colleague, 2, 'absent');
    await note(office.liaison, 2, 'present');
    value(await close(office.bureau, sessionId));
    const recorders = [office.liaison, colleague, office.liaison];
    const hands = days.map((occurredDay, nth) => ({
      occurredDay,
      recordedBy: recorders[nth]?.actorId,
      approvedBy: office.bureau.actorId,
    }));
    // The newest entry comes first.
    expect(await classEntries(personId)).toMatchObject(hands.reverse());
  });

  it('is not done by who noted the attendance, whatever the account', async () => {
    const office = await aFrozenOffice(1);
    const sessionId = await aLateClass(office);
    const personId = office.personIds[0] ?? null;
    const grants = [{ role: 'justice_bureau', scopeKind: 'region', regionId: office.regionId }] as const;
    const marking = await anActor(world.ctx, { personId, grants: [...grants] });
    const session = await findSession(world.ctx.pool, sessionId);
    const [block] = session?.blocks ?? [];
    const mark = { personId: personId ?? '', blockId: block?.id ?? '', standing: 'leave' } as const;
    for (const reason of ['外出', null])
      value(
        await markAttendance(marking, {
          sessionId,
          order: {
            kind: 'marks',
            marks: [{ ...mark, standing: reason ? 'leave' : 'present', part: null, reason }],
          },
          commandId: newId(),
        }),
      );
    expect(value(await sessionView(marking, sessionId)).sealedNote?.needs).toBe('another');
    expect(codeOf(await close(marking, sessionId))).toBe('MAKER_IS_CHECKER');
    const other = await anActor(world.ctx, { personId, grants: [...grants] });
    expect(codeOf(await close(other, sessionId))).toBe('MAKER_IS_CHECKER');
    value(await close(office.bureau, sessionId));
  });

  it('is not done by somebody of the bureau who gets hours from it', async () => {
    const office = await aFrozenOffice(2);
    const sessionId = await aLateClass(office);
    const own = await anActor(world.ctx, {
      personId: office.personIds[1] ?? null,
      grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId: office.regionId }],
    });
    expect(value(await sessionView(own, sessionId)).sealedNote).toMatchObject({
      names: '李某1',
      needs: 'another',
    });
    expect(codeOf(await close(own, sessionId))).toBe('MAKER_IS_CHECKER');
    value(await close(office.bureau, sessionId));
  });

  it('a class over New Year waits for the bureau only as far as it reaches into the sealed year', async () => {
    const office = await aFrozenOffice(1);
    const thisYear = await aLateClass(office, [`${YEAR + 1}-01-08`]);
    expect(value(await sessionView(office.liaison, thisYear)).sealedNote).toBeNull();
    value(await close(office.liaison, thisYear));
    const both = await aLateClass(office, [`${YEAR}-12-30`, `${YEAR + 1}-01-09`]);
    expect(codeOf(await close(office.liaison, both))).toBe('YEAR_CLOSED');
  });

  it('nothing is asked of the bureau for a class that touches no sealed year', async () => {
    const office = await aConfirmedOffice(1);
    const sessionId = await aLateClass(office);
    expect(codeOf(await askBureauToClose(office.liaison, sessionId))).toBe('NOTHING_SEALED');
    value(await close(office.liaison, sessionId));
  });
});

describe('a class is closed at the moment its year is frozen', () => {
  it('the one that comes second sees the seal', async () => {
    const office = await aConfirmedOffice(1);
    const sessionId = await aLateClass(office);
    const [frozen, closed] = await inOrder(
      office.personIds[0] ?? '',
      () => freeze(office),
      () => close(office.liaison, sessionId),
    );
    expect([codeOf(frozen), codeOf(closed)]).toEqual(['ok', 'YEAR_CLOSED']);
    expect(await classEntries(office.personIds[0])).toEqual([]);
  });

  it('one that comes first stands in the seal, once', async () => {
    const office = await aConfirmedOffice(1);
    const sessionId = await aLateClass(office);
    const [closed, frozen] = await inOrder(
      office.personIds[0] ?? '',
      () => close(office.liaison, sessionId),
      () => freeze(office),
    );
    expect(codeOf(closed)).toBe('ok');
    const view = value(await viewSeal(office.bureau, value(frozen).sealNo));
    expect(view.people[0]).toMatchObject({ totalSeconds: 66 * HOUR, adjustedSeconds: 0 });
  });
});
