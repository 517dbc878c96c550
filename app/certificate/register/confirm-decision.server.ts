import { personKeyOf } from '#app/accounts/person-key.store.server.ts';
import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { appendOutbox } from '#app/platform/outbox/outbox.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { CertificateState } from './certificate.ts';
import { CERTIFICATE_STATES } from './certificate.ts';
import type { CertificateEvent } from './certificate.store.server.ts';
import type { CardInHand, CardRefusal, DecisionPlace, PlaceRefusal } from './decision.server.ts';
import { decisionPlace, enterEvent, lifecycleRules, takeInHand } from './decision.server.ts';
import type { Decision, DetailValue, TransitionRefusal } from './lifecycle.ts';
import { decideTransition } from './lifecycle.ts';
import { PROPOSABLE_KINDS, decideDecline, openProposal } from './proposal.ts';
import { proposalAnswered } from './proposal-task.server.ts';
import type { ReasonCode } from './reasons.ts';
import { isReasonCode } from './reasons.ts';
import { stateChangedFact } from './state-changed.ts';

export interface AnswerProposalInput {
  readonly certificateId: string;
  readonly proposalId: string;
  readonly expectedVersion: number;
  readonly commandId: string;
}

export type ConfirmDecisionRefusal =
  PlaceRefusal | CardRefusal | TransitionRefusal | 'PROPOSAL_GONE' | 'OPINION_REQUIRED' | 'COMMAND_REUSED';

const outcomeShape = z.object({ eventId: z.string(), state: z.enum(CERTIFICATE_STATES) });
export type ProposalAnswered = { readonly eventId: string; readonly state: CertificateState };

const isValue = (entry: [string, DetailValue | null]): entry is [string, DetailValue] => entry[1] !== null;

/** The decision that a proposal asks for, read back from its event. */
export function proposedDecision(proposal: CertificateEvent): Omit<Decision, 'operator' | 'approver'> {
  const { proposedKind, ...detail } = proposal.detail;
  const kind = PROPOSABLE_KINDS.find((known) => known === proposedKind);
  const reasonCode: ReasonCode | null = isReasonCode(proposal.reasonCode) ? proposal.reasonCode : null;
  invariant(kind && reasonCode, 'a proposal names a known decision and reason');
  const { legalBasis, documentNo, decidingAuthority, decisionDay, effectiveFromDay, effectiveToDay } =
    proposal;
  return {
    kind,
    reasonCode,
    legalBasis,
    documentNo,
    decidingAuthority,
    decisionDay,
    effectiveFromDay,
    effectiveToDay,
    detail: Object.fromEntries(Object.entries(detail).filter(isValue)),
  };
}

interface Waiting {
  readonly inHand: CardInHand;
  readonly proposal: CertificateEvent;
}

async function takeProposal(
  tx: Tx,
  ctx: ActorCtx,
  asked: AnswerProposalInput & { readonly place: DecisionPlace },
  refuse: Refuse<CardRefusal | 'PROPOSAL_GONE'>,
): Promise<Waiting> {
  const inHand = await takeInHand(tx, ctx, asked, refuse);
  const proposal = openProposal(inHand.events);
  if (proposal?.id !== asked.proposalId) return refuse('PROPOSAL_GONE');
  return { inHand, proposal };
}

/**
 * 复核: a second person makes a proposal true. Decided anew by the transition table on the day of confirmation, with
 * 经办 = who proposed and 复核 = who confirms, told apart as natural persons. Refusals: FORBIDDEN, NOT_FOUND,
 * CHANGED_MEANWHILE, OWN_MATTER, PROPOSAL_GONE, TWO_PERSONS_NEEDED, others of `decideTransition`, COMMAND_REUSED.
 */
export async function confirmDecision(
  ctx: ActorCtx,
  input: AnswerProposalInput,
): Promise<Outcome<ProposalAnswered, ConfirmDecisionRefusal>> {
  return answerProposal(ctx, input, 'certificate.decide', async (tx, waiting, place, refuse) => {
    const { inHand, proposal } = waiting;
    const decision = proposedDecision(proposal);
    const operator = proposal.operatorId === null ? null : await personKeyOf(tx, proposal.operatorId);
    const decided = decideTransition(
      inHand.now,
      { ...decision, operator, approver: inHand.person },
      { today: dayOf(ctx.clock.now()), rules: lifecycleRules(place.regionRules) },
    );
    if (!decided.ok) return refuse(decided.code, decided.detail);
    const { toState, isLost } = decided.value;
    const event = {
      ...decision,
      toState,
      detail: { ...decision.detail, proposalId: proposal.id },
      operatorId: proposal.operatorId,
      approverId: ctx.actorId,
    };
    const entry = { inHand, event, isLost, action: `certificate.${decision.kind}` };
    const written = await enterEvent(tx, ctx, entry, refuse);
    await appendOutbox(tx, [stateChangedFact(written, inHand.card.personId)]);
    return { eventId: written.id, state: toState };
  });
}

/**
 * A second person does not agree, or the proposer takes the proposal back; the card stays what it was. Refusals:
 * FORBIDDEN, NOT_FOUND, CHANGED_MEANWHILE, OWN_MATTER, PROPOSAL_GONE, OPINION_REQUIRED, COMMAND_REUSED.
 */
export async function declineDecision(
  ctx: ActorCtx,
  input: AnswerProposalInput & { readonly opinion: string },
): Promise<Outcome<ProposalAnswered, ConfirmDecisionRefusal>> {
  return answerProposal(ctx, input, 'certificate.decline', async (tx, waiting, _place, refuse) => {
    const { inHand, proposal } = waiting;
    const opinion = decideDecline(input.opinion);
    if (!opinion.ok) return refuse(opinion.code);
    const today = dayOf(ctx.clock.now());
    const { reasonCode, legalBasis, documentNo, decidingAuthority, toState } = proposal;
    const event = {
      kind: 'decision_declined',
      toState,
      reasonCode,
      legalBasis,
      documentNo,
      decidingAuthority,
      decisionDay: today,
      effectiveFromDay: today,
      effectiveToDay: null,
      detail: {
        proposalId: proposal.id,
        opinion: opinion.value,
        proposedKind: proposal.detail.proposedKind ?? null,
      },
      operatorId: null,
      approverId: ctx.actorId,
    } as const;
    const entry = { inHand, event, isLost: inHand.now.isLost, action: 'certificate.decline' };
    const written = await enterEvent(tx, ctx, entry, refuse);
    return { eventId: written.id, state: toState };
  });
}

type Answering = (
  tx: Tx,
  waiting: Waiting,
  place: DecisionPlace,
  refuse: Refuse<ConfirmDecisionRefusal>,
) => Promise<ProposalAnswered>;

async function answerProposal(
  ctx: ActorCtx,
  input: AnswerProposalInput,
  kind: string,
  work: Answering,
): Promise<Outcome<ProposalAnswered, ConfirmDecisionRefusal>> {
  const place = await decisionPlace(ctx, input.certificateId);
  if (!place.ok) return place;
  const { commandId, ...asked } = input;
  return inTransaction<ProposalAnswered, ConfirmDecisionRefusal>(ctx, 'answer-proposal', async (tx, refuse) =>
    withReceipt(
      tx,
      { actorId: ctx.actorId, commandId, kind, input: asked },
      outcomeShape,
      refuse,
      async () => {
        const waiting = await takeProposal(tx, ctx, { ...input, place: place.value }, refuse);
        await proposalAnswered(tx, ctx, input.proposalId);
        return work(tx, waiting, place.value, refuse);
      },
    ),
  );
}
