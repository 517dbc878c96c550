import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { cardNow, findCertificate, listCertificateEvents } from './certificate.store.server.ts';
import type { CardRefusal, PlaceRefusal } from './decision.server.ts';
import { decisionPlace, enterEvent, lifecycleRules, takeInHand } from './decision.server.ts';
import type { Decision, TransitionRefusal } from './lifecycle.ts';
import { decisionSentence } from './preview.ts';
import type { ProposableKind } from './proposal.ts';
import { decideProposal, openProposal } from './proposal.ts';
import { askToConfirm } from './proposal-task.server.ts';
import { EVENT_LABELS } from './transition-table.ts';
import { reasonLabel } from './reasons.ts';

export interface ProposeDecisionInput extends Omit<Decision, 'kind' | 'operator' | 'approver'> {
  readonly certificateId: string;
  readonly kind: ProposableKind;
  readonly expectedVersion: number;
  readonly commandId: string;
}

export type ProposeDecisionRefusal =
  PlaceRefusal | CardRefusal | TransitionRefusal | 'PROPOSAL_OPEN' | 'COMMAND_REUSED';

const outcomeShape = z.object({ proposalId: z.string() });

/**
 * 拟办: suspend, extend, reinstate, revoke, recover, return, cancel or report lost, with everything the decision needs.
 * Changes no state; another person confirms (`confirmDecision`). Refusals: FORBIDDEN, NOT_FOUND, CHANGED_MEANWHILE,
 * OWN_MATTER, PROPOSAL_OPEN (one at a time), those of `decideTransition`, COMMAND_REUSED.
 */
export async function proposeDecision(
  ctx: ActorCtx,
  input: ProposeDecisionInput,
): Promise<Outcome<{ proposalId: string }, ProposeDecisionRefusal>> {
  const place = await decisionPlace(ctx, input.certificateId);
  if (!place.ok) return place;
  const { commandId, ...asked } = input;
  const { certificateId, expectedVersion, kind, detail, ...paper } = asked;
  return inTransaction<{ proposalId: string }, ProposeDecisionRefusal>(
    ctx,
    'propose-decision',
    async (tx, refuse) =>
      withReceipt(
        tx,
        { actorId: ctx.actorId, commandId, kind: 'certificate.propose', input: asked },
        outcomeShape,
        refuse,
        async () => {
          const inHand = await takeInHand(
            tx,
            ctx,
            { certificateId, expectedVersion, place: place.value },
            refuse,
          );
          if (openProposal(inHand.events)) refuse('PROPOSAL_OPEN');
          const decided = decideProposal(
            inHand.now,
            { ...paper, kind, detail, operator: inHand.person },
            { today: dayOf(ctx.clock.now()), rules: lifecycleRules(place.value.regionRules) },
          );
          if (!decided.ok) return refuse(decided.code, decided.detail);
          invariant(inHand.now.state, 'a card in hand has a state');
          const event = {
            ...paper,
            kind: 'decision_proposed',
            toState: inHand.now.state,
            detail: { ...detail, proposedKind: kind },
            operatorId: ctx.actorId,
            approverId: null,
          } as const;
          const entry = { inHand, event, isLost: inHand.now.isLost, action: 'certificate.propose' };
          const written = await enterEvent(tx, ctx, entry, refuse);
          await askToConfirm(tx, ctx, {
            id: written.id,
            certificateId,
            certificateNo: inHand.card.certificateNo,
            personName: inHand.card.personName,
            label: EVENT_LABELS[kind],
            regionId: inHand.card.regionId,
            fromDay: paper.effectiveFromDay,
          });
          return { proposalId: written.id };
        },
      ),
  );
}

export type PreviewRefusal = PlaceRefusal | TransitionRefusal;

/**
 * What a proposal would do, in plain words, or why it could not. Changes nothing. Refusals: FORBIDDEN, NOT_FOUND, those
 * of `decideTransition`.
 */
export async function previewDecision(
  ctx: ActorCtx,
  input: Omit<ProposeDecisionInput, 'commandId' | 'expectedVersion'>,
): Promise<Outcome<{ sentence: string }, PreviewRefusal>> {
  const place = await decisionPlace(ctx, input.certificateId);
  if (!place.ok) return place;
  const card = await findCertificate(ctx.db, input.certificateId);
  if (!card) return refused('NOT_FOUND');
  const { certificateId, ...decision } = input;
  const events = (await listCertificateEvents(ctx.db, [certificateId])).get(certificateId) ?? [];
  const today = dayOf(ctx.clock.now());
  const decided = decideProposal(
    cardNow(card.validToDay, events, today),
    { ...decision, operator: ctx.actorId },
    { today, rules: lifecycleRules(place.value.regionRules) },
  );
  if (!decided.ok) return decided;
  const { certificateNo, personName } = card;
  const reason = reasonLabel(decision.reasonCode);
  return done({ sentence: decisionSentence({ ...decision, certificateNo, personName, reason }) });
}
