import { describe, expect, it } from 'vitest';
import { issueCertificate } from '#app/certificate/register/issue-certificate.server.ts';
import { certificateSeries } from '#app/certificate/register/certificate-number.ts';
import { isWellFormedToken } from '#app/certificate/register/check-token.ts';
import { DEFAULT_RULES } from '#app/organization/rules/region-rules.ts';
import { useWorld } from '#test/support/database.ts';
import {
  aQualifiedPerson,
  anApprovedApplication,
  anIssue,
  anIssuedCard,
  anOffice,
  examFinalised,
  takeResultsIn,
  valueOf,
} from './certificate-world.ts';

const world = useWorld();
const serialOf = (certificateNo: string): number => Number(certificateNo.slice(-5));

describe('issuing a card (T4)', () => {
  it('allocates the number, enters two events and ends the application, all in one', async () => {
    const { ctx } = world;
    const office = await anOffice(ctx);
    const { certificateId, certificateNo } = await anIssuedCard(ctx, office);
    const card = await ctx.db.certificate.findUniqueOrThrow({ where: { id: certificateId } });
    expect(card).toMatchObject({ state: 'active', certificateNo, version: 2, isLost: false });
    expect(isWellFormedToken(card.checkToken)).toBe(true);
    const events = await ctx.db.certificateEvent.findMany({
      where: { certificateId },
      orderBy: { seq: 'asc' },
    });
    expect(events.map((event) => [event.kind, event.fromState, event.toState])).toEqual([
      ['issued', null, 'pending_print'],
      ['handed_over', 'pending_print', 'active'],
    ]);
    expect(events.every((event) => event.operatorId === office.reviewer.actorId)).toBe(true);
    expect(events.every((event) => event.approverId === office.approver.actorId)).toBe(true);
    const facts = await ctx.db.outboxEvent.findMany({ where: { topic: 'certificate.state_changed' } });
    expect(facts.map((fact) => fact.key).sort()).toEqual(events.map((event) => event.id).sort());
    expect(
      await ctx.db.auditEvent.count({ where: { action: 'certificate.issue', subjectId: certificateId } }),
    ).toBe(1);
  });

  it('thirty issues at once give thirty consecutive numbers', async () => {
    const { ctx } = world;
    const office = await anOffice(ctx);
    const applications: string[] = [];
    for (let index = 0; index < 30; index += 1)
      applications.push(await anApprovedApplication(office, await aQualifiedPerson(ctx, office)));
    const outcomes = await Promise.all(
      applications.map((id) => issueCertificate(office.approver, anIssue(id))),
    );
    const serials = outcomes.map((outcome) => serialOf(valueOf(outcome).certificateNo)).sort((a, b) => a - b);
    expect(serials).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
  });

  it('a failed issue gives its number back', async () => {
    const { ctx } = world;
    const office = await anOffice(ctx);
    const approved = await anApprovedApplication(office, await aQualifiedPerson(ctx, office));
    const refusedOne = await issueCertificate(office.approver, { ...anIssue(approved), legalBasis: ' ' });
    expect(refusedOne).toMatchObject({ code: 'LEGAL_BASIS_REQUIRED' });
    const issued = valueOf(await issueCertificate(office.approver, anIssue(approved)));
    expect(serialOf(issued.certificateNo)).toBe(1);
  });

  it('passes over a number that an imported card carries', async () => {
    const { ctx } = world;
    const office = await anOffice(ctx);
    const first = await anIssuedCard(ctx, office);
    const region = await ctx.db.region.findUniqueOrThrow({ where: { id: office.regionId } });
    const series = certificateSeries(DEFAULT_RULES.numberPattern.value, {
      regionCode: region.code,
      year: 2026,
    });
    await ctx.db.numberCounter.update({ where: { series }, data: { next: 1 } });
    const second = await anIssuedCard(ctx, office);
    expect(serialOf(second.certificateNo)).toBe(serialOf(first.certificateNo) + 1);
  });

  it('twenty who issue one application at once make one card', async () => {
    const { ctx } = world;
    const office = await anOffice(ctx);
    const approved = await anApprovedApplication(office, await aQualifiedPerson(ctx, office));
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => issueCertificate(office.third, anIssue(approved))),
    );
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    for (const outcome of outcomes.filter((one) => !one.ok))
      expect(outcome).toMatchObject({ code: 'CHANGED_MEANWHILE' });
    expect(await ctx.db.certificate.count({ where: { applicationId: approved } })).toBe(1);
  });

  it('the same issue sent again is answered with the same card', async () => {
    const { ctx } = world;
    const office = await anOffice(ctx);
    const approved = await anApprovedApplication(office, await aQualifiedPerson(ctx, office));
    const input = anIssue(approved);
    const first = valueOf(await issueCertificate(office.approver, input));
    expect(valueOf(await issueCertificate(office.approver, input))).toEqual(first);
  });

  it('AJ1: a qualification that became void between approval and issue stops the card', async () => {
    const { ctx } = world;
    const office = await anOffice(ctx);
    const personId = await aQualifiedPerson(ctx, office);
    const approved = await anApprovedApplication(office, personId);
    const { sourceId } = await ctx.db.qualification.findFirstOrThrow({ where: { personId } });
    await examFinalised(ctx, {
      personId,
      unitId: office.unitId,
      attemptId: sourceId,
      passed: false,
      resultVersion: 2,
    });
    await takeResultsIn(ctx, personId);
    const outcome = await issueCertificate(office.approver, anIssue(approved));
    expect(outcome).toMatchObject({ code: 'NOT_ELIGIBLE', detail: { check: 'NO_QUALIFICATION' } });
  });

  it('is not for other regions, nor before approval', async () => {
    const { ctx } = world;
    const office = await anOffice(ctx);
    const other = await anOffice(ctx);
    const approved = await anApprovedApplication(office, await aQualifiedPerson(ctx, office));
    expect(await issueCertificate(other.approver, anIssue(approved))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await issueCertificate(office.liaison, anIssue(approved))).toMatchObject({ code: 'FORBIDDEN' });
    const early = { ...anIssue(approved), expectedVersion: 2 };
    expect(await issueCertificate(office.approver, early)).toMatchObject({ code: 'CHANGED_MEANWHILE' });
  });
});
