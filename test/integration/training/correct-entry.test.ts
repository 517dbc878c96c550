import { describe, expect, it } from 'vitest';
import { newId } from '#app/platform/ids/id.ts';
import { correctEntry } from '#app/training/ledger/correct-entry.server.ts';
import { useWorld } from '#test/support/database.ts';
import { classSteps, MORNING_START, value } from '#test/support/office.ts';

const world = useWorld(MORNING_START);
const { anOffice, aClass, enrol, allPresent, close, entriesOf, sumOf } = classSteps(world);

describe('correcting an entry', () => {
  async function aCreditedPerson() {
    const office = await anOffice(1);
    const sessionId = await aClass(office);
    value(await enrol(office, sessionId));
    await allPresent(office, sessionId);
    value(await close(office.liaison, sessionId));
    const [entry] = await entriesOf(office.personIds[0]);
    return { ...office, entryId: entry?.id ?? '' };
  }
  const correction = (entryId: string, approverId: string, creditSeconds = 9000) => ({
    entryId,
    creditSeconds,
    reasonCode: 'data_error',
    reason: '签到表核对有误',
    approverId,
    commandId: newId(),
  });

  it('leaves both visible and names both persons', async () => {
    const { liaison, leader, entryId, personIds } = await aCreditedPerson();
    value(await correctEntry(liaison, correction(entryId, leader.actorId)));
    const entries = (await entriesOf(personIds[0])).reverse();
    expect(entries.map((entry) => [entry.kind, entry.creditSeconds])).toEqual([
      ['session', 18_000],
      ['reversal', -18_000],
      ['correction', 9000],
    ]);
    expect(entries[0]?.reversedById).toBe(entries[1]?.id);
    expect(entries[2]).toMatchObject({ recordedBy: liaison.actorId, approvedBy: leader.actorId });
  });

  it('needs a second person with a say over the unit', async () => {
    const { liaison, entryId } = await aCreditedPerson();
    const stranger = await anOffice(0);
    expect(await correctEntry(liaison, correction(entryId, liaison.actorId))).toMatchObject({
      code: 'APPROVER_IS_ACTOR',
    });
    expect(await correctEntry(liaison, correction(entryId, stranger.leader.actorId))).toMatchObject({
      code: 'APPROVER_NOT_ENTITLED',
    });
    expect(await correctEntry(stranger.liaison, correction(entryId, stranger.leader.actorId))).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await correctEntry(stranger.leader, correction(entryId, liaison.actorId))).toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it('two at once: one wins, the balance is right', async () => {
    const { liaison, leader, entryId, personIds } = await aCreditedPerson();
    const outcomes = await Promise.all(
      [1000, 2000, 3000].map((seconds) =>
        correctEntry(liaison, correction(entryId, leader.actorId, seconds)),
      ),
    );
    const won = outcomes.filter((outcome) => outcome.ok);
    expect(won).toHaveLength(1);
    expect(outcomes.filter((outcome) => !outcome.ok).map((outcome) => !outcome.ok && outcome.code)).toEqual([
      'ENTRY_ALREADY_CORRECTED',
      'ENTRY_ALREADY_CORRECTED',
    ]);
    const standing = (await entriesOf(personIds[0])).filter((entry) => entry.kind === 'correction');
    expect(await sumOf(personIds[0])).toBe(standing[0]?.creditSeconds);
  });
});
