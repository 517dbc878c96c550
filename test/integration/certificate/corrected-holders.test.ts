import { beforeAll, describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { organisationConsumer } from '#app/certificate/organisation/organisation-consumer.server.ts';
import { settleCardTasks } from '#app/certificate/organisation/settle-card-tasks.server.ts';
import { answerCorrection, correctPerson } from '#app/office/roster/correct-person.server.ts';
import { addPerson } from '#app/office/roster/add-person.server.ts';
import type { CorrectPersonForm } from '#app/office/roster/roster.schema.ts';
import { taskConsumer } from '#app/office/task/ask-task.server.ts';
import { appendOutbox } from '#app/platform/outbox/outbox.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { useWorld } from '#test/support/database.ts';
import { makeIdNumber } from '#test/support/id-number.ts';
import { aCard } from '#test/support/officers.ts';
import { value } from '#test/support/office.ts';
import { drainAll, freshTree } from '#test/support/organisation.ts';
import { aRegion, aUnit, anActor } from '#test/support/world.ts';

const world = useWorld();
let serial = 7_000;
const nextId = (): string => makeIdNumber((serial += 1));
let unitId = '';
let regionId = '';
let liaison: ActorCtx;
let leader: ActorCtx;

beforeAll(async () => {
  const { ctx } = world;
  regionId = await aRegion(ctx);
  unitId = await aUnit(ctx, { regionId });
  liaison = await anActor(ctx, { grants: [{ role: 'unit_liaison', scopeKind: 'unit', unitId }] });
  leader = await anActor(ctx, { grants: [{ role: 'unit_leader', scopeKind: 'unit', unitId }] });
  freshTree(ctx);
});

async function aHolder(idNumber: string): Promise<string> {
  const { personId } = value(
    await addPerson(liaison, {
      commandId: newId(),
      name: '赵某',
      idNumber,
      unitId,
      fromDay: '2026-01-05',
      establishment: 'admin',
      position: undefined,
      department: undefined,
      isEnforcementPost: true,
      fieldCode: 'URBAN',
      enforcementArea: undefined,
      education: undefined,
      hasLegalQualification: false,
      phone: undefined,
    }),
  );
  return personId;
}

async function corrected(personId: string, over: Partial<CorrectPersonForm>): Promise<string> {
  const form = {
    commandId: newId(),
    name: '赵某',
    idNumber: undefined,
    phone: undefined,
    education: '大学本科',
    hasLegalQualification: false,
    proof: '户口簿',
    ...over,
  } as const;
  const filed = value(await correctPerson(liaison, personId, form, null));
  if (filed.needsSecond)
    value(
      await answerCorrection(leader, {
        correctionId: filed.correctionId,
        act: 'apply',
        note: null,
        commandId: newId(),
      }),
    );
  return filed.correctionId;
}

const consumers = () => [organisationConsumer(world.ctx), settleCardTasks(world.ctx), taskConsumer];
const proposals = (cardId: string) =>
  world.ctx.db.task.findMany({
    where: { kind: 'card.proposal', originId: cardId },
    orderBy: { openedAt: 'asc' },
  });

describe('a correction of a card holder', () => {
  it('proposes to amend the card that says the old name or number; nothing about the card changes (T14)', async () => {
    const idNumber = nextId();
    const personId = await aHolder(nextId());
    const cardId = await aCard(world.ctx, { personId, unitId, regionId });
    const correctionId = await corrected(personId, { name: '赵甲', idNumber });
    await drainAll(world.ctx, consumers());
    const [task, ...others] = await proposals(cardId);
    expect(others).toEqual([]);
    expect(task).toMatchObject({
      key: `${cardId}:${correctionId}`,
      state: 'open',
      title: '办理证件变更：赵甲（姓名、身份证号已更正）',
      regionId,
    });
    expect(JSON.stringify(task)).not.toContain(idNumber);
    const card = await world.ctx.db.certificate.findUniqueOrThrow({ where: { id: cardId } });
    expect([card.state, card.version]).toEqual(['active', 1]);

    await inTransaction(world.ctx, 'test', (tx) =>
      appendOutbox(tx, [
        {
          topic: 'certificate.state_changed',
          key: `${cardId}:2`,
          payload: { certificateId: cardId, personId, state: 'superseded' },
          occurredAt: world.ctx.clock.now(),
        },
      ]),
    );
    await drainAll(world.ctx, consumers());
    expect((await proposals(cardId)).map((one) => one.state)).toEqual(['done']);
  });

  it('of what stands on no card, or before the card is printed, proposes nothing', async () => {
    const personId = await aHolder(nextId());
    const cardId = await aCard(world.ctx, { personId, unitId, regionId });
    await corrected(personId, { education: '硕士研究生' });
    const waiting = await aHolder(nextId());
    const unprinted = await aCard(world.ctx, { personId: waiting, unitId, regionId });
    await world.ctx.db.certificate.update({ where: { id: unprinted }, data: { state: 'pending_print' } });
    await corrected(waiting, { name: '赵乙' });
    await drainAll(world.ctx, consumers());
    expect([...(await proposals(cardId)), ...(await proposals(unprinted))]).toEqual([]);
  });
});
