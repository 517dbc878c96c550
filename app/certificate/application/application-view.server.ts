import { personKeyOf } from '#app/accounts/person-key.store.server.ts';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { Permission } from '#app/accounts/permission.ts';
import type { PersonCard } from '#app/organization/person/person.ts';
import { findPersonCard } from '#app/organization/person/person.store.server.ts';
import { loadRules } from '#app/organization/rules/rules.store.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { dayOf, yearOf } from '#app/platform/time/day.ts';
import { CLAUSES } from '../clauses.ts';
import { fieldNames, unitNames } from '../names.store.server.ts';
import type { HistoryItem } from '../register/history.ts';
import { applicationItem, inOrder } from '../register/history.ts';
import { validityFrom } from '../register/issue-plan.ts';
import { peekCertificateNumber } from '../register/number.store.server.ts';
import { issueSentence } from '../register/preview.ts';
import { scopeFor } from '../scope.server.ts';
import type { ApplicationEventKind, ApplicationRefusal } from './application.ts';
import { decideApplicationStep, handsOf } from './application.ts';
import type { ApplicationEvent, ApplicationRecord } from './application.store.server.ts';
import { findApplication, listApplicationEvents } from './application.store.server.ts';
import type { EligibilityCheck } from './eligibility.ts';
import { checkEligibility, unmetChecks } from './eligibility.ts';
import { loadEligibilityFacts } from './eligibility-facts.store.server.ts';

/** A step the state allows: open to the viewer, or why not (another person, another role). */
export interface OfferedStep {
  readonly kind: ApplicationEventKind;
  readonly refusal: ApplicationRefusal | null;
}

export interface ApplicationPage {
  readonly application: ApplicationRecord;
  readonly person: PersonCard;
  readonly unitName: string;
  readonly fieldName: string;
  /** As answered today, without the application itself standing in its way. */
  readonly checks: readonly EligibilityCheck[];
  readonly isEligible: boolean;
  readonly steps: readonly OfferedStep[];
  readonly history: readonly HistoryItem[];
  /** The last opinion against the application, while it stands returned or refused. */
  readonly opinion: string | null;
  readonly issue: { readonly sentence: string; readonly suggestedBasis: string } | null;
}

const STEP_PERMISSIONS: readonly { kind: ApplicationEventKind; permission: Permission }[] = [
  { kind: 'submitted', permission: 'application.file' },
  { kind: 'accepted', permission: 'application.review' },
  { kind: 'returned', permission: 'application.review' },
  { kind: 'approved', permission: 'application.approve' },
  { kind: 'rejected', permission: 'application.approve' },
  { kind: 'issued', permission: 'certificate.issue' },
];

/** Steps that the state allows and the viewer's role could take; a second person is named, not hidden. */
async function offeredSteps(
  ctx: ActorCtx,
  application: ApplicationRecord,
  events: readonly ApplicationEvent[],
): Promise<OfferedStep[]> {
  const person = await personKeyOf(ctx.db, ctx.actorId);
  const hands = handsOf(application.personId, events);
  const offered: OfferedStep[] = [];
  for (const { kind, permission } of STEP_PERMISSIONS) {
    if (!mayDo(ctx, permission) || !(await scopeFor(ctx, permission))(application)) continue;
    const decided = decideApplicationStep(application.state, kind, { person, hands, opinion: '–' });
    if (decided.ok) offered.push({ kind, refusal: null });
    else if (decided.code !== 'STATE_DOES_NOT_ALLOW') offered.push({ kind, refusal: decided.code });
  }
  return offered;
}

async function issuePreview(
  ctx: ActorCtx,
  application: ApplicationRecord,
  names: { readonly unitName: string; readonly fieldName: string },
): Promise<ApplicationPage['issue']> {
  const today = dayOf(ctx.clock.now());
  const { tree } = await reachFor(ctx, 'certificate.issue');
  const regionCode = tree.regions.get(application.regionId)?.code;
  invariant(regionCode, 'an application lies in a region of today');
  const rules = await loadRules(ctx.pool, application.regionId, today);
  const place = { regionCode, year: yearOf(today) };
  const sentence = issueSentence({
    ...names,
    personName: application.personName,
    expectedNo: await peekCertificateNumber(ctx.db, rules.numberPattern.value, place),
    area: application.area,
    validFromDay: today,
    validToDay: validityFrom(today, rules),
    issuingAuthority: rules.issuingAuthority.value,
  });
  return { sentence, suggestedBasis: CLAUSES.penaltyNeedsQualifiedOfficers.citation };
}

/**
 * One application with its requirements, its history and the steps open to the viewer. Refusals: FORBIDDEN,
 * NOT_FOUND (also outside the reach).
 */
export async function viewApplication(
  ctx: ActorCtx,
  applicationId: string,
): Promise<Outcome<ApplicationPage, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'application.read')) return refused('FORBIDDEN');
  const isInReach = await scopeFor(ctx, 'application.read');
  const application = await findApplication(ctx.db, applicationId);
  if (!application || !isInReach(application)) return refused('NOT_FOUND');
  const events = await listApplicationEvents(ctx.db, [application.id]);
  const person = await findPersonCard(ctx.pool, application.personId);
  invariant(person, 'an application is for a person');
  const today = dayOf(ctx.clock.now());
  const question = { ...application, ownApplicationId: application.id };
  const found = (await loadEligibilityFacts(ctx.db, [question], today)).get(application.personId);
  const checks = found ? checkEligibility(found.facts, today) : [];
  const unitName = (await unitNames(ctx.pool, [application.unitId])).get(application.unitId) ?? '';
  const fieldName = (await fieldNames(ctx.pool))(application.fieldCode);
  const steps = await offeredSteps(ctx, application, events);
  const canIssue = steps.some((step) => step.kind === 'issued' && step.refusal === null);
  const isBack = application.state === 'returned' || application.state === 'rejected';
  return done({
    application,
    person,
    unitName,
    fieldName,
    checks,
    isEligible: unmetChecks(checks).length === 0,
    steps,
    history: inOrder(events.map((event) => applicationItem(event, dayOf(event.occurredAt)))),
    opinion: isBack ? (events.at(-1)?.opinion ?? null) : null,
    issue: canIssue ? await issuePreview(ctx, application, { unitName, fieldName }) : null,
  });
}
