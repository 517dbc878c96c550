import { expect } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { approveApplication } from '#app/certificate/application/approve-application.server.ts';
import { fileApplication } from '#app/certificate/application/file-application.server.ts';
import { reviewApplication } from '#app/certificate/application/review-application.server.ts';
import { issueCertificate } from '#app/certificate/register/issue-certificate.server.ts';
import { qualificationConsumer } from '#app/certificate/register/qualification-consumer.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { dayToDb } from '#app/platform/db/db.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { appendOutbox } from '#app/platform/outbox/outbox.server.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { aPerson, aRegion, aUnit, anActor } from '#test/support/world.ts';

/** One county with an entity, its liaison, and three people of the bureau. Every name is invented. */
export interface Office {
  readonly regionId: string;
  readonly unitId: string;
  readonly liaison: ActorCtx;
  readonly reviewer: ActorCtx;
  readonly approver: ActorCtx;
  readonly third: ActorCtx;
}

export async function anEntity(ctx: Ctx, unitId: string, name = '某局'): Promise<void> {
  await ctx.db.entity.create({
    data: {
      id: newId(),
      versions: {
        create: {
          id: newId(),
          unitId,
          name,
          entityType: 'organ',
          legalBasis: '地方组织法',
          confirmationNo: '主体〔2026〕1号',
          validFrom: dayToDb('2020-01-01'),
        },
      },
    },
  });
}

export async function anOffice(ctx: Ctx): Promise<Office> {
  const regionId = await aRegion(ctx);
  const unitId = await aUnit(ctx, { regionId });
  await anEntity(ctx, unitId);
  forgetTree(ctx);
  const bureau = () => anActor(ctx, { grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId }] });
  return {
    regionId,
    unitId,
    liaison: await anActor(ctx, { grants: [{ role: 'unit_liaison', scopeKind: 'unit', unitId }] }),
    reviewer: await bureau(),
    approver: await bureau(),
    third: await bureau(),
  };
}

export interface FinalResult {
  readonly personId: string;
  readonly unitId: string;
  readonly attemptId?: string;
  readonly passed?: boolean;
  readonly resultVersion?: number;
}

/** The fact the exam slice writes when an attempt is final; `copies` writes it again under another key. */
export async function examFinalised(ctx: Ctx, result: FinalResult, key?: string): Promise<string> {
  const attemptId = result.attemptId ?? newId();
  const resultVersion = result.resultVersion ?? 1;
  const now = ctx.clock.now();
  await inTransaction(ctx, 'test', (tx) =>
    appendOutbox(tx, [
      {
        topic: 'exam.finalised',
        key: key ?? `${attemptId}:${resultVersion}`,
        payload: {
          attemptId,
          resultVersion,
          registrationId: newId(),
          sittingId: newId(),
          personId: result.personId,
          unitId: result.unitId,
          subject: 'public_law',
          passed: result.passed ?? true,
          scoreHundredths: 8600,
          gradedDay: dayOf(now),
        },
        occurredAt: now,
      },
    ]),
  );
  return attemptId;
}

/**
 * Lets the slice take in everything that was ever written about the person, in order: each call hands the old facts
 * over again, as no dispatcher would. (The dispatcher itself waits for transactions of other databases of the server.)
 */
export async function takeResultsIn(ctx: Ctx, personId: string): Promise<void> {
  const consumer = qualificationConsumer(ctx);
  const facts = await ctx.db.outboxEvent.findMany({
    where: { topic: 'exam.finalised', payload: { path: ['personId'], equals: personId } },
    orderBy: { id: 'asc' },
  });
  for (const fact of facts) await inTransaction(ctx, 'test', (tx) => consumer.handle(tx, fact));
}

export async function aQualifiedPerson(ctx: Ctx, office: Office, name = '张某'): Promise<string> {
  const personId = await aPerson(ctx, { unitId: office.unitId, name });
  await examFinalised(ctx, { personId, unitId: office.unitId });
  await takeResultsIn(ctx, personId);
  return personId;
}

export const aFiling = (personId: string, fieldCode = 'URBAN') => ({
  personId,
  fieldCode,
  area: '甲县行政区域',
  commandId: newId(),
});

export function valueOf<T>(
  outcome: { ok: true; value: T } | { ok: false; code: string; detail?: unknown },
): T {
  if (!outcome.ok) throw new Error(`refused: ${outcome.code} ${JSON.stringify(outcome.detail ?? {})}`);
  return outcome.value;
}

export const aStep = (applicationId: string, expectedVersion: number) => ({
  applicationId,
  expectedVersion,
  opinion: null,
  commandId: newId(),
});

/** Filed, reviewed and approved by three persons; version 3. */
export async function anApprovedApplication(office: Office, personId: string): Promise<string> {
  const { applicationId } = valueOf(await fileApplication(office.liaison, aFiling(personId)));
  valueOf(await reviewApplication(office.reviewer, { ...aStep(applicationId, 1), verdict: 'accepted' }));
  valueOf(await approveApplication(office.approver, { ...aStep(applicationId, 2), verdict: 'approved' }));
  return applicationId;
}

export const anIssue = (applicationId: string) => ({
  applicationId,
  legalBasis: '某省行政执法证件管理办法第八条',
  documentNo: null,
  expectedVersion: 3,
  commandId: newId(),
});

export interface IssuedCard {
  readonly personId: string;
  readonly certificateId: string;
  readonly certificateNo: string;
}

export async function anIssuedCard(ctx: Ctx, office: Office, name = '张某'): Promise<IssuedCard> {
  const personId = await aQualifiedPerson(ctx, office, name);
  const applicationId = await anApprovedApplication(office, personId);
  const issued = valueOf(await issueCertificate(office.approver, anIssue(applicationId)));
  expect(issued.certificateNo).not.toBe('');
  return { personId, ...issued };
}
