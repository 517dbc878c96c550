import { describe, expect, it } from 'vitest';
import { useWorld } from '#test/support/database.ts';
import { aPerson } from '#test/support/world.ts';
import { anOffice, examFinalised, takeResultsIn } from './certificate-world.ts';

const world = useWorld();

const kindsOf = async (personId: string): Promise<string[]> => {
  const events = await world.ctx.db.qualificationEvent.findMany({
    where: { qualification: { personId } },
    orderBy: { seq: 'asc' },
  });
  return events.map((event) => event.kind);
};

describe('a passed exam makes a qualification (AJ1)', () => {
  it('once, however often the fact arrives', async () => {
    const { ctx } = world;
    const office = await anOffice(ctx);
    const personId = await aPerson(ctx, { unitId: office.unitId });
    const attemptId = await examFinalised(ctx, { personId, unitId: office.unitId });
    await takeResultsIn(ctx, personId);
    await takeResultsIn(ctx, personId);
    await examFinalised(ctx, { personId, unitId: office.unitId, attemptId }, `${attemptId}:again`);
    await takeResultsIn(ctx, personId);
    const made = await ctx.db.qualification.findMany({ where: { personId } });
    expect(made).toHaveLength(1);
    expect(made[0]).toMatchObject({
      status: 'valid',
      sourceKind: 'exam',
      sourceId: attemptId,
      subject: 'public_law',
    });
    expect(made[0]?.validUntilDay.toISOString().slice(0, 10)).toBe('2028-11-22');
    expect(await kindsOf(personId)).toEqual(['granted']);
  });

  it('a failed exam makes none', async () => {
    const { ctx } = world;
    const office = await anOffice(ctx);
    const personId = await aPerson(ctx, { unitId: office.unitId });
    await examFinalised(ctx, { personId, unitId: office.unitId, passed: false });
    await takeResultsIn(ctx, personId);
    expect(await ctx.db.qualification.count({ where: { personId } })).toBe(0);
  });

  it('follows the newest version of the result, and keeps every step', async () => {
    const { ctx } = world;
    const office = await anOffice(ctx);
    const personId = await aPerson(ctx, { unitId: office.unitId });
    const result = { personId, unitId: office.unitId };
    const attemptId = await examFinalised(ctx, result);
    await examFinalised(ctx, { ...result, attemptId, passed: false, resultVersion: 2 });
    await takeResultsIn(ctx, personId);
    expect(await ctx.db.qualification.findFirst({ where: { personId } })).toMatchObject({ status: 'void' });
    await examFinalised(ctx, { ...result, attemptId, passed: true, resultVersion: 3 });
    await takeResultsIn(ctx, personId);
    expect(await ctx.db.qualification.findFirst({ where: { personId } })).toMatchObject({ status: 'valid' });
    expect(await kindsOf(personId)).toEqual(['granted', 'voided', 'restored']);
  });
});
