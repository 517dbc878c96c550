import { describe, expect, it } from 'vitest';
import { confirmDecision, declineDecision } from '#app/certificate/register/confirm-decision.server.ts';
import { listCertificateEvents } from '#app/certificate/register/certificate.store.server.ts';
import type { ProposeDecisionInput } from '#app/certificate/register/propose-decision.server.ts';
import { proposeDecision } from '#app/certificate/register/propose-decision.server.ts';
import { statusOn } from '#app/certificate/register/status-on.ts';
import { databaseFault } from '#app/platform/db/errors.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { useWorld } from '#test/support/database.ts';
import { aPerson, anActor } from '#test/support/world.ts';
import type { IssuedCard } from './certificate-world.ts';
import { anIssuedCard, anOffice, valueOf } from './certificate-world.ts';

const world = useWorld();
const TODAY = '2026-11-23';

function aSuspension(certificateId: string, expectedVersion = 2): ProposeDecisionInput {
  return {
    certificateId,
    kind: 'suspended',
    reasonCode: 'card_not_shown',
    legalBasis: '某省行政执法监督条例第三十条',
    documentNo: '某司暂〔2026〕1号',
    decidingAuthority: '甲县司法局',
    decisionDay: TODAY,
    effectiveFromDay: TODAY,
    effectiveToDay: '2027-02-22',
    detail: { statement: '本人陈述已记录', cardHeldBy: '甲县司法局' },
    expectedVersion,
    commandId: newId(),
  };
}

const aRecovery = (certificateId: string, expectedVersion: number): ProposeDecisionInput => ({
  ...aSuspension(certificateId, expectedVersion),
  kind: 'recovered',
  reasonCode: 'transferred',
  effectiveToDay: null,
  detail: { leaveDay: TODAY, receiver: '王某' },
});

const anAnswer = (certificateId: string, proposalId: string, expectedVersion: number) => ({
  certificateId,
  proposalId,
  expectedVersion,
  commandId: newId(),
});

/** The projection and the fold of the events must say the same. */
async function stateOf(card: IssuedCard): Promise<string> {
  const { db } = world.ctx;
  const projected = await db.certificate.findUniqueOrThrow({ where: { id: card.certificateId } });
  const events = (await listCertificateEvents(db, [card.certificateId])).get(card.certificateId) ?? [];
  const folded = statusOn(events, '2031-11-22', TODAY);
  expect(folded).toMatchObject({ state: projected.state, isLost: projected.isLost });
  expect(folded?.stateSinceDay).toBe(projected.stateSinceDay.toISOString().slice(0, 10));
  return projected.state;
}

describe('decisions on a card take two persons', () => {
  it('a proposal changes nothing; the second person makes it true, with both names', async () => {
    const { ctx } = world;
    const office = await anOffice(ctx);
    const card = await anIssuedCard(ctx, office);
    const { proposalId } = valueOf(await proposeDecision(office.reviewer, aSuspension(card.certificateId)));
    expect(await stateOf(card)).toBe('active');
    const answer = anAnswer(card.certificateId, proposalId, 3);
    expect(await confirmDecision(office.reviewer, answer)).toMatchObject({ code: 'TWO_PERSONS_NEEDED' });
    const confirmed = valueOf(await confirmDecision(office.approver, answer));
    expect(confirmed.state).toBe('suspended');
    expect(await stateOf(card)).toBe('suspended');
    const event = await ctx.db.certificateEvent.findUniqueOrThrow({ where: { id: confirmed.eventId } });
    expect(event).toMatchObject({
      kind: 'suspended',
      operatorId: office.reviewer.actorId,
      approverId: office.approver.actorId,
      documentNo: '某司暂〔2026〕1号',
    });
    expect(await ctx.db.outboxEvent.count({ where: { key: confirmed.eventId } })).toBe(1);
    expect(valueOf(await confirmDecision(office.approver, answer))).toEqual(confirmed);
  });

  it('one natural person with two accounts is one person', async () => {
    const { ctx } = world;
    const office = await anOffice(ctx);
    const card = await anIssuedCard(ctx, office);
    const human = await aPerson(ctx, { unitId: office.unitId });
    const grants = [{ role: 'justice_bureau', scopeKind: 'region', regionId: office.regionId }] as const;
    const one = await anActor(ctx, { personId: human, grants });
    const two = await anActor(ctx, { personId: human, grants });
    const { proposalId } = valueOf(await proposeDecision(one, aSuspension(card.certificateId)));
    const answer = anAnswer(card.certificateId, proposalId, 3);
    expect(await confirmDecision(two, answer)).toMatchObject({ code: 'TWO_PERSONS_NEEDED' });
    const holder = await anActor(ctx, { personId: card.personId, grants });
    expect(await confirmDecision(holder, answer)).toMatchObject({ code: 'OWN_MATTER' });
  });

  it('the constraint refuses an event with one person as both', async () => {
    const { ctx } = world;
    const office = await anOffice(ctx);
    const card = await anIssuedCard(ctx, office);
    const [event] = (await listCertificateEvents(ctx.db, [card.certificateId])).get(card.certificateId) ?? [];
    let sqlState: string | undefined;
    try {
      await ctx.pool.query(
        `insert into certificate_event (id, certificate_id, seq, kind, to_state, reason_code, legal_basis,
           deciding_authority, decision_day, effective_from_day, detail, operator_id, approver_id, occurred_at)
         select $1, certificate_id, 9, kind, to_state, reason_code, legal_basis, deciding_authority, decision_day,
           effective_from_day, detail, operator_id, operator_id, occurred_at from certificate_event where id = $2`,
        [newId(), event?.id],
      );
    } catch (error) {
      sqlState = databaseFault(error)?.sqlState;
    }
    expect(sqlState).toBe('23514');
  });

  it('twenty decisions at once have one winner and nineteen truthful answers', async () => {
    const { ctx } = world;
    const office = await anOffice(ctx);
    const card = await anIssuedCard(ctx, office);
    const proposals = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        proposeDecision(
          index % 2 ? office.reviewer : office.third,
          index % 3 ? aSuspension(card.certificateId) : aRecovery(card.certificateId, 2),
        ),
      ),
    );
    const won = proposals.filter((outcome) => outcome.ok);
    expect(won).toHaveLength(1);
    for (const lost of proposals.filter((outcome) => !outcome.ok))
      expect(lost).toMatchObject({ code: 'CHANGED_MEANWHILE' });
    const { proposalId } = valueOf(won[0] ?? { ok: false, code: 'none' });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        index % 2
          ? confirmDecision(office.approver, anAnswer(card.certificateId, proposalId, 3))
          : declineDecision(office.approver, {
              ...anAnswer(card.certificateId, proposalId, 3),
              opinion: '证据不足',
            }),
      ),
    );
    expect(answers.filter((outcome) => outcome.ok)).toHaveLength(1);
    for (const lost of answers.filter((outcome) => !outcome.ok))
      expect(lost).toMatchObject({ code: 'CHANGED_MEANWHILE' });
    await stateOf(card);
  });

  it('a declined proposal leaves the card as it was and says why', async () => {
    const { ctx } = world;
    const office = await anOffice(ctx);
    const card = await anIssuedCard(ctx, office);
    const { proposalId } = valueOf(await proposeDecision(office.reviewer, aSuspension(card.certificateId)));
    const again = await proposeDecision(office.third, aSuspension(card.certificateId, 3));
    expect(again).toMatchObject({ code: 'PROPOSAL_OPEN' });
    const answer = anAnswer(card.certificateId, proposalId, 3);
    expect(await declineDecision(office.approver, { ...answer, opinion: ' ' })).toMatchObject({
      code: 'OPINION_REQUIRED',
    });
    valueOf(await declineDecision(office.approver, { ...answer, opinion: '事实不清' }));
    expect(await stateOf(card)).toBe('active');
    const gone = await confirmDecision(office.approver, {
      ...answer,
      commandId: newId(),
      expectedVersion: 4,
    });
    expect(gone).toMatchObject({ code: 'PROPOSAL_GONE' });
    valueOf(await proposeDecision(office.reviewer, aSuspension(card.certificateId, 4)));
  });

  it('HY11: a leaver’s card is recovered, then cancelled, and that is the end', async () => {
    const { ctx } = world;
    const office = await anOffice(ctx);
    const card = await anIssuedCard(ctx, office);
    const decide = async (input: ProposeDecisionInput): Promise<void> => {
      const { proposalId } = valueOf(await proposeDecision(office.reviewer, input));
      const answer = anAnswer(card.certificateId, proposalId, input.expectedVersion + 1);
      valueOf(await confirmDecision(office.approver, answer));
    };
    await decide(aRecovery(card.certificateId, 2));
    expect(await stateOf(card)).toBe('recovered');
    const cancellation = (expectedVersion: number): ProposeDecisionInput => ({
      ...aRecovery(card.certificateId, expectedVersion),
      kind: 'cancelled',
      detail: { cardDestroyed: '已剪角销毁' },
    });
    await decide(cancellation(4));
    expect(await stateOf(card)).toBe('cancelled');
    expect(await proposeDecision(office.reviewer, cancellation(6))).toMatchObject({ code: 'FINAL_STATE' });
  });

  it('is not for other regions', async () => {
    const { ctx } = world;
    const office = await anOffice(ctx);
    const other = await anOffice(ctx);
    const card = await anIssuedCard(ctx, office);
    expect(await proposeDecision(other.reviewer, aSuspension(card.certificateId))).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await proposeDecision(office.liaison, aSuspension(card.certificateId))).toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});
