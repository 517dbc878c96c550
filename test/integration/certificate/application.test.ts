import { describe, expect, it } from 'vitest';
import { approveApplication } from '#app/certificate/application/approve-application.server.ts';
import { fileApplication } from '#app/certificate/application/file-application.server.ts';
import {
  resubmitApplication,
  reviewApplication,
} from '#app/certificate/application/review-application.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { databaseFault } from '#app/platform/db/errors.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { useWorld } from '#test/support/database.ts';
import { aPerson, aUnit, anActor } from '#test/support/world.ts';
import {
  aFiling,
  aQualifiedPerson,
  aStep,
  anApprovedApplication,
  anOffice,
  valueOf,
} from './certificate-world.ts';

const world = useWorld();

describe('applying for a card (T1–T3)', () => {
  it('AJ1: without a passed exam there is no application', async () => {
    const office = await anOffice(world.ctx);
    const personId = await aPerson(world.ctx, { unitId: office.unitId });
    const outcome = await fileApplication(office.liaison, aFiling(personId));
    expect(outcome).toMatchObject({ ok: false, code: 'NOT_ELIGIBLE', detail: { check: 'NO_QUALIFICATION' } });
    expect(await world.ctx.db.certificateApplication.count({ where: { personId } })).toBe(0);
  });

  it('people and applications of another unit are not found', async () => {
    const office = await anOffice(world.ctx);
    const other = await anOffice(world.ctx);
    const personId = await aQualifiedPerson(world.ctx, other);
    expect(await fileApplication(office.liaison, aFiling(personId))).toMatchObject({ code: 'NOT_FOUND' });
    const { applicationId } = valueOf(await fileApplication(other.liaison, aFiling(personId)));
    const review = { ...aStep(applicationId, 1), verdict: 'accepted' } as const;
    expect(await reviewApplication(office.reviewer, review)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await resubmitApplication(office.liaison, aStep(applicationId, 1))).toMatchObject({
      code: 'NOT_FOUND',
    });
    const approval = { ...aStep(applicationId, 1), verdict: 'approved' } as const;
    expect(await approveApplication(office.approver, approval)).toMatchObject({ code: 'NOT_FOUND' });
    const nothing = { ...aStep(newId(), 1), verdict: 'accepted' } as const;
    expect(await reviewApplication(office.reviewer, nothing)).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('refuses a field that is none of the unit, and roles that may not act', async () => {
    const office = await anOffice(world.ctx);
    const personId = await aQualifiedPerson(world.ctx, office);
    expect(await fileApplication(office.liaison, aFiling(personId, 'AGRI'))).toMatchObject({
      code: 'FIELD_NOT_OF_UNIT',
    });
    expect(await fileApplication(office.reviewer, aFiling(personId))).toMatchObject({ code: 'FORBIDDEN' });
    const { applicationId } = valueOf(await fileApplication(office.liaison, aFiling(personId)));
    const review = { ...aStep(applicationId, 1), verdict: 'accepted' } as const;
    expect(await reviewApplication(office.liaison, review)).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('the same filing sent twice is one application; twenty at once as well', async () => {
    const office = await anOffice(world.ctx);
    const personId = await aQualifiedPerson(world.ctx, office);
    const filing = aFiling(personId);
    const first = valueOf(await fileApplication(office.liaison, filing));
    expect(valueOf(await fileApplication(office.liaison, filing))).toEqual(first);
    expect(await fileApplication(office.liaison, { ...filing, area: '别处' })).toMatchObject({
      code: 'COMMAND_REUSED',
    });

    const second = await aQualifiedPerson(world.ctx, office);
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => fileApplication(office.liaison, aFiling(second))),
    );
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    const refusals = outcomes.filter((outcome) => !outcome.ok);
    for (const refusal of refusals)
      expect(refusal).toMatchObject({ code: 'NOT_ELIGIBLE', detail: { check: 'APPLICATION_OPEN' } });
  });

  it('maker is not checker: by command, by natural person and by constraint', async () => {
    const { ctx } = world;
    const office = await anOffice(ctx);
    const personId = await aQualifiedPerson(ctx, office);
    const human = await aPerson(ctx, { unitId: office.unitId, name: '李某' });
    const { regionId, unitId } = office;
    const asLiaison = await anActor(ctx, {
      personId: human,
      grants: [{ role: 'unit_liaison', scopeKind: 'unit', unitId }],
    });
    const asBureau = await anActor(ctx, {
      personId: human,
      grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId }],
    });
    const { applicationId } = valueOf(await fileApplication(asLiaison, aFiling(personId)));
    const review = { ...aStep(applicationId, 1), verdict: 'accepted' } as const;
    expect(await reviewApplication(asBureau, review)).toMatchObject({ code: 'MAKER_IS_CHECKER' });
    valueOf(await reviewApplication(office.reviewer, review));
    const approval = { ...aStep(applicationId, 2), verdict: 'approved' } as const;
    expect(await approveApplication(office.reviewer, approval)).toMatchObject({ code: 'MAKER_IS_CHECKER' });
    expect(await approveApplication(asBureau, approval)).toMatchObject({ code: 'MAKER_IS_CHECKER' });

    const force = async (data: { reviewedBy?: string; approvedBy?: string }): Promise<string | null> => {
      try {
        await ctx.db.certificateApplication.update({ where: { id: applicationId }, data });
        return null;
      } catch (error) {
        return databaseFault(error)?.sqlState ?? 'other';
      }
    };
    expect(await force({ reviewedBy: asLiaison.actorId })).toBe('23514');
    expect(await force({ approvedBy: office.reviewer.actorId })).toBe('23514');
    expect(await force({ approvedBy: asLiaison.actorId })).toBe('23514');
  });

  it('nobody checks the own card', async () => {
    const { ctx } = world;
    const office = await anOffice(ctx);
    const personId = await aQualifiedPerson(ctx, office);
    const { regionId } = office;
    const self = await anActor(ctx, {
      personId,
      grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId }],
    });
    const { applicationId } = valueOf(await fileApplication(office.liaison, aFiling(personId)));
    const review = { ...aStep(applicationId, 1), verdict: 'accepted' } as const;
    expect(await reviewApplication(self, review)).toMatchObject({ code: 'OWN_MATTER' });
  });

  it('a return says why, and what was put right is filed and reviewed again', async () => {
    const office = await anOffice(world.ctx);
    const personId = await aQualifiedPerson(world.ctx, office);
    const { applicationId } = valueOf(await fileApplication(office.liaison, aFiling(personId)));
    const back = { ...aStep(applicationId, 1), verdict: 'returned' } as const;
    expect(await reviewApplication(office.reviewer, back)).toMatchObject({ code: 'OPINION_REQUIRED' });
    valueOf(await reviewApplication(office.reviewer, { ...back, opinion: '缺在编证明' }));
    valueOf(await resubmitApplication(office.liaison, aStep(applicationId, 2)));
    valueOf(await reviewApplication(office.reviewer, { ...aStep(applicationId, 3), verdict: 'accepted' }));
    const kinds = await world.ctx.db.applicationEvent.findMany({
      where: { applicationId },
      orderBy: { seq: 'asc' },
    });
    expect(kinds.map((event) => event.kind)).toEqual(['submitted', 'returned', 'submitted', 'accepted']);
  });

  it('of twenty who approve at once one wins, and the others are told the truth', async () => {
    const { ctx } = world;
    const office = await anOffice(ctx);
    const personId = await aQualifiedPerson(ctx, office);
    const { applicationId } = valueOf(await fileApplication(office.liaison, aFiling(personId)));
    valueOf(await reviewApplication(office.reviewer, { ...aStep(applicationId, 1), verdict: 'accepted' }));
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        approveApplication(index % 2 ? office.approver : office.third, {
          ...aStep(applicationId, 2),
          verdict: 'approved',
        }),
      ),
    );
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(outcomes.filter((outcome) => !outcome.ok && outcome.code === 'CHANGED_MEANWHILE')).toHaveLength(
      19,
    );
  });

  it('HY13: the 司法所 reviews its township and nothing else', async () => {
    const { ctx } = world;
    const office = await anOffice(ctx);
    const township = await aUnit(ctx, { regionId: office.regionId, unitType: 'township' });
    forgetTree(ctx);
    const grants = [{ role: 'justice_office', scopeKind: 'unit', unitId: township } as const];
    const justiceOffice = await anActor(ctx, { grants });
    const personId = await aQualifiedPerson(ctx, office);
    const { applicationId } = valueOf(await fileApplication(office.liaison, aFiling(personId)));
    const review = { ...aStep(applicationId, 1), verdict: 'accepted' } as const;
    expect(await reviewApplication(justiceOffice, review)).toMatchObject({ code: 'NOT_FOUND' });
    const approval = { ...aStep(applicationId, 2), verdict: 'approved' } as const;
    expect(await approveApplication(justiceOffice, approval)).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('leaves a trace of every step', async () => {
    const office = await anOffice(world.ctx);
    const personId = await aQualifiedPerson(world.ctx, office);
    const applicationId = await anApprovedApplication(office, personId);
    const audit = await world.ctx.db.auditEvent.findMany({
      where: { subjectId: applicationId },
      orderBy: { id: 'asc' },
    });
    expect(audit.map((row) => row.action)).toEqual([
      'application.file',
      'application.accepted',
      'application.approved',
    ]);
  });
});
