import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { Permission } from '#app/accounts/permission.ts';
import type { HomeLink } from '#app/organization/person/person.ts';
import { homeLinksOn } from '#app/organization/person/person.store.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { takeManagedBatch } from '../batch-scope.server.ts';
import type { Judgement, Verdict } from '../../eligibility/eligibility.ts';
import { afterAct } from '../../sitting/registration.ts';
import { REGISTRATION_EVENT_LABELS } from '../../sitting/registration-events.ts';
import type { Phase } from '../batch.ts';
import { mayWithdraw, phaseOf } from '../batch.ts';
import type { Batch } from '../batch.store.server.ts';
import { findBatch } from '../batch.store.server.ts';
import type { Decision } from './decision.ts';
import { DECISIONS, needsEligible, refusalOfHeldExam } from './decision.ts';
import type { ExamStanding } from './exam-standing.store.server.ts';
import { examStanding } from './exam-standing.store.server.ts';
import { registrationEventText } from './event-text.ts';
import { judgeRegistrations } from './judge-candidates.server.ts';
import { townshipOf } from './office-tasks.server.ts';
import type { ProofLine } from './registration-proof.server.ts';
import { listProofs } from './registration-proof.server.ts';
import type { Asked, Registration } from './registration.store.server.ts';
import { ASKED } from './registration.store.server.ts';
import { listRegistrationEvents } from './registrations.store.server.ts';
import { takeRegistration } from './take-registration.server.ts';

/** One line of the 办理记录. */
export interface RegistrationLine {
  readonly id: string;
  readonly at: Date;
  readonly title: string;
  readonly byName: string | null;
  /** What changed from what into what, and why. */
  readonly text: string | null;
}

export interface RegistrationPage {
  readonly registration: Registration;
  readonly batch: Batch;
  readonly phase: Phase;
  /** As the rules say now; beside the registration stands what they said when it was last judged. */
  readonly judgement: Judgement;
  readonly home: HomeLink | null;
  /** What happened, in words, the newest first. */
  readonly events: readonly RegistrationLine[];
  readonly proofs: readonly ProofLine[];
  readonly waitsForFirstCheck: boolean;
  /** What this viewer may do now. */
  readonly acts: {
    readonly decisions: readonly Decision[];
    readonly firstCheck: boolean;
    readonly registerAgain: boolean;
    readonly withdraw: boolean;
    readonly ask: readonly Asked[];
  };
  /** The last entry to the sitting is over and the person has not begun. */
  readonly missedExam: boolean;
  /** The bureau comes from its batch, everybody else from the unit's. */
  readonly isBureau: boolean;
}

async function reaches(ctx: ActorCtx, permission: Permission, unitId: string): Promise<boolean> {
  return mayDo(ctx, permission) && (await reachFor(ctx, permission)).unitIds.has(unitId);
}

function decisionsFor(
  registration: Registration,
  { exam, verdict, isLive }: { exam: ExamStanding; verdict: Verdict; isLive: boolean },
): Decision[] {
  return DECISIONS.filter((decision) => {
    if (decision === 'revoke') return registration.status === 'exempt';
    if (!isLive) return false;
    if (decision === 'decline') return registration.asked !== null;
    if (exam.hasAttempt || refusalOfHeldExam({ ...registration, ...exam }, decision) !== null) return false;
    if (needsEligible(decision) && verdict === 'refused') return false;
    if (decision === 'exempt' && registration.asked !== 'exempt') return false;
    return afterAct(registration.status, decision) !== null;
  });
}

/** One registration with its reasons and what happened. Refusals: FORBIDDEN, NOT_FOUND. */
export async function viewRegistration(
  ctx: ActorCtx,
  registrationId: string,
): Promise<Outcome<RegistrationPage, 'FORBIDDEN' | 'NOT_FOUND'>> {
  const taken = await takeRegistration(ctx, 'exam.read_registration', registrationId);
  if (!taken.ok) return taken;
  const { registration, tree } = taken.value;
  const { unitId, personId, status } = registration;
  const batch = await findBatch(ctx.pool, registration.batchId);
  if (batch === null) return refused('NOT_FOUND');
  const now = ctx.clock.now();
  const today = dayOf(now);
  const judged = await judgeRegistrations(ctx, batch, [registration], today);
  const judgement: Judgement = judged.get(registration.id) ?? { verdict: 'refused', reasons: [] };
  const isLive = batch.status === 'open' || batch.status === 'closed';
  const phase = phaseOf(batch, now);
  const isUnits = isLive && (await reaches(ctx, 'exam.register', unitId));
  const isBureau = (await takeManagedBatch(ctx, registration.batchId)).ok;
  const exam = await examStanding(ctx.pool, registration.id, now);
  const mayAsk = (what: Asked): boolean =>
    !exam.hasAttempt &&
    refusalOfHeldExam({ ...registration, ...exam }, what) === null &&
    afterAct(status, what) !== null;
  const waitsForFirstCheck = townshipOf(tree, unitId) !== null && status === 'registered';
  return done({
    registration,
    batch,
    phase,
    judgement,
    home: (await homeLinksOn(ctx.pool, [personId], today)).get(personId) ?? null,
    events: (await listRegistrationEvents(ctx.pool, registration.id)).map((event) => ({
      ...{ id: event.id, at: event.at, byName: event.byName },
      ...{ title: REGISTRATION_EVENT_LABELS[event.kind], text: registrationEventText(event) },
    })),
    proofs: await listProofs(ctx.pool, registration.id),
    waitsForFirstCheck,
    acts: {
      decisions: isBureau ? decisionsFor(registration, { exam, verdict: judgement.verdict, isLive }) : [],
      firstCheck: isLive && waitsForFirstCheck && (await reaches(ctx, 'exam.first_check', unitId)),
      registerAgain:
        isUnits &&
        (phase === 'regular' || phase === 'late') &&
        status === 'returned' &&
        !exam.isEntryOver &&
        judgement.verdict !== 'refused',
      withdraw:
        isUnits &&
        mayWithdraw(batch, now) &&
        !(status === 'approved' && registration.sittingId !== null) &&
        afterAct(status, 'withdraw') !== null,
      ask: isUnits && registration.asked === null ? ASKED.filter(mayAsk) : [],
    },
    missedExam: exam.isEntryOver && !exam.hasAttempt && status === 'approved',
    isBureau,
  });
}
