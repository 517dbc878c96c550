import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import type { Drawn, DrawRefusal } from '#app/office/document/draw-paper.server.ts';
import { drawPaper } from '#app/office/document/draw-paper.server.ts';
import { tidyNumber } from '#app/office/document/document.ts';
import type { PaperData, PaperRow } from '#app/office/document/paper.ts';
import { findPersonCard } from '#app/organization/person/person.store.server.ts';
import { loadRules } from '#app/organization/rules/rules.store.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { formatDay } from '#app/platform/time/day.ts';
import { fieldNames, unitNames } from '../names.store.server.ts';
import type { CertificateEvent, CertificateRecord } from '../register/certificate.store.server.ts';
import { findCertificate, listCertificateEvents } from '../register/certificate.store.server.ts';
import { reasonLabel } from '../register/reasons.ts';
import { scopeFor } from '../scope.server.ts';
import { SERVICE_RECEIPT } from './decision-papers.ts';
import { papersOfEvent } from './offered-papers.ts';

export interface DrawDecisionInput {
  readonly certificateId: string;
  readonly eventId: string;
  readonly paperCode: string;
  readonly commandId: string;
}

export const EVENT_SUBJECT = 'certificate_event';

/** The words of one act on one card, as its papers carry them. */
export function decisionValues(facts: {
  readonly card: Pick<CertificateRecord, 'personName' | 'certificateNo'>;
  readonly event: Pick<
    CertificateEvent,
    | 'reasonCode'
    | 'legalBasis'
    | 'decidingAuthority'
    | 'decisionDay'
    | 'effectiveFromDay'
    | 'effectiveToDay'
    | 'detail'
  >;
  readonly idNumberMasked: string;
  readonly unitName: string;
  readonly fieldName: string;
  readonly objectionWorkdays: number;
}): PaperRow {
  const { card, event } = facts;
  const { statement } = event.detail;
  return {
    姓名: card.personName,
    身份证号: facts.idNumberMasked,
    单位名称: facts.unitName,
    证号: card.certificateNo,
    执法领域: facts.fieldName,
    事由: reasonLabel(event.reasonCode),
    法律依据: event.legalBasis,
    决定机关: event.decidingAuthority,
    决定日期: formatDay(event.decisionDay),
    生效日期: formatDay(event.effectiveFromDay),
    截止日期: event.effectiveToDay === null ? '' : formatDay(event.effectiveToDay),
    陈述申辩情况: typeof statement === 'string' && statement !== '' ? statement : '未提出陈述申辩',
    申诉期限: `${facts.objectionWorkdays}个工作日`,
  };
}

/**
 * Draws the notice, decision, receipt or return notice of one event of a card, with the number of the decision where it
 * was entered with it. Refusals: FORBIDDEN, NOT_FOUND (also outside the reach, and a paper the event does not call for),
 * those of `drawPaper`.
 */
export async function drawDecisionPaper(
  ctx: ActorCtx,
  input: DrawDecisionInput,
): Promise<Outcome<Drawn, DrawRefusal>> {
  if (!mayDo(ctx, 'certificate.decide')) return refused('FORBIDDEN');
  const isInReach = await scopeFor(ctx, 'certificate.decide');
  const card = await findCertificate(ctx.db, input.certificateId);
  if (!card || !isInReach(card)) return refused('NOT_FOUND');
  const events = (await listCertificateEvents(ctx.db, [card.id])).get(card.id) ?? [];
  const event = events.find(({ id }) => id === input.eventId);
  const papers = event ? papersOfEvent(event) : [];
  const paper = papers.find(({ code }) => code === input.paperCode);
  if (!event || !paper) return refused('NOT_FOUND');
  const person = await findPersonCard(ctx.pool, card.personId);
  invariant(person, 'a card belongs to a person');
  const rules = await loadRules(ctx.pool, card.regionId, event.decisionDay);
  const values = decisionValues({
    card,
    event,
    idNumberMasked: person.idNumberMasked,
    unitName: (await unitNames(ctx.pool, [card.unitId])).get(card.unitId) ?? '',
    fieldName: (await fieldNames(ctx.pool))(card.fieldCode),
    objectionWorkdays: rules.objectionWorkdays.value,
  });
  const served = { 送达文书: papers[0]?.title ?? '', 送达文书文号: event.documentNo ?? '' };
  const data: PaperData = { values: paper === SERVICE_RECEIPT ? { ...values, ...served } : values };
  // A notice and a receipt are not the decision: they do not bear its number.
  const bearsNumber =
    event.documentNo !== null && event.kind !== 'decision_proposed' && paper !== SERVICE_RECEIPT;
  return drawPaper(ctx, {
    paper,
    regionId: card.regionId,
    unitId: card.unitId,
    subject: { kind: EVENT_SUBJECT, id: event.id },
    title: `${paper.title}（${card.personName}）`,
    data,
    number: bearsNumber
      ? { documentNo: tidyNumber(event.documentNo ?? ''), signedDay: event.decisionDay }
      : null,
    commandId: input.commandId,
  });
}
