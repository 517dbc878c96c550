import { beforeAll, describe, expect, it } from 'vitest';
import { handleAct } from '#app/exam/invigilation/act-action.server.ts';
import { handleIncident } from '#app/exam/invigilation/incident-action.server.ts';
import { handleVoid, handleVoidDecision } from '#app/exam/invigilation/void-action.server.ts';
import { viewVoids } from '#app/exam/invigilation/void-attempt.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { useWorld } from '#test/support/database.ts';
import { aRunningAttempt, prepareExam } from '#test/support/exam.ts';
import { value } from '#test/support/office.ts';
import { aWatchedHall } from '#test/support/invigilation.ts';

/** What invigilators and the bureau typed or ticked comes back with a refusal, each message at its field. */
const START = '2026-11-23T01:00:00.000Z';
const world = useWorld(START);
beforeAll(() => prepareExam(world.ctx));

function formOf(fields: Readonly<Record<string, string | readonly string[]>>): FormData {
  const form = new FormData();
  for (const [name, texts] of Object.entries({ commandId: newId(), ...fields }))
    for (const text of typeof texts === 'string' ? [texts] : texts) form.append(name, text);
  return form;
}

describe('a refused form of the invigilation', () => {
  it('an act for several ticked candidates gives all of them back', async () => {
    const hall = await aWatchedHall(world.ctx, { candidates: 2 });
    const ids = hall.candidates.map(({ registrationId }) => registrationId);
    const form = formOf({ target: 'people', ids, act: 'extend', minutes: '', reason: 'other', note: '断网' });
    const answer = await handleAct(hall.invigilator, hall.sittingId, form);
    expect(answer).toMatchObject({
      kind: 'refused',
      status: 422,
      typed: { ids: ids.join(','), note: '断网' },
    });
  });

  it('a record gives back every event it was to be linked with', async () => {
    const hall = await aWatchedHall(world.ctx, { candidates: 1 });
    const evidence = [newId(), newId()];
    const answer = await handleIncident(hall.bureau, hall.sittingId, formOf({ facts: '交谈', evidence }));
    expect(answer?.typed).toMatchObject({ facts: '交谈', evidence: evidence.join(',') });
    expect(Object.keys(answer?.errors ?? {})).toContain('code');
  });

  it('a proposal to void and its decision keep their words and name the field', async () => {
    const hall = await aWatchedHall(world.ctx, { candidates: 1 });
    const [candidate] = hall.candidates;
    if (!candidate) throw new Error('the hall has one candidate');
    const { attemptId } = await aRunningAttempt(candidate);
    const proposal = { attemptId, voidReason: '经核实属实' };
    const refused = await handleVoid(hall.bureau, formOf({ ...proposal, ground: '' }));
    expect(refused).toMatchObject({
      errors: { ground: '请选择作废的性质。' },
      typed: { voidReason: '经核实属实' },
    });
    expect(await handleVoid(hall.bureau, formOf({ ...proposal, ground: 'misconduct' }))).toBeNull();

    const [proposed] = value(await viewVoids(hall.bureau2));
    const decline = { voidId: proposed?.id ?? '', decision: 'decline', note: ' ' };
    const answer = await handleVoidDecision(hall.bureau2, formOf(decline));
    expect(answer).toMatchObject({
      status: 422,
      errors: { note: '不同意作废的，请写明意见。' },
      typed: decline,
    });
    expect(value(await viewVoids(hall.bureau2))[0]?.state).toBe('proposed');
  });
});
