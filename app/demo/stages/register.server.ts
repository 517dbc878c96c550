import { AUTHORITY, INVENTED_BASIS } from '../plan/card-papers.ts';
import { checkTokenFrom } from '#app/certificate/register/check-token.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import { startOfDay } from '#app/platform/time/day.ts';
import type { CopyValue } from '../bulk.server.ts';
import { copyRows, once } from '../bulk.server.ts';
import { demoId } from '../demo-id.server.ts';
import type { PlannedCard, PlannedQualification, RegisterPlan } from '../plan/register.ts';
import { planRegister } from '../plan/register.ts';
import type { PersonIds, SeedRun } from '../seed-run.server.ts';
import { regionId, unitId, withOwner } from '../seed-run.server.ts';

/** Decisions of the past are entered as made at ten in the morning. */
const OFFICE_HOUR_MS = 10 * 3_600_000;
const officeHour = (day: Day): Date => new Date(startOfDay(day).getTime() + OFFICE_HOUR_MS);

const cardId = (card: PlannedCard): string => demoId(card.key, card.story.issuedDay);
const qualificationId = (one: PlannedQualification): string => demoId(one.key, one.obtainedDay);

/** Cards with their histories, qualifications, and the number counters behind them: whole or not at all. */
export async function seedRegister(run: SeedRun, ids: PersonIds): Promise<void> {
  const register = planRegister(run.plan);
  const [first] = register.cards;
  if (first === undefined) return;
  await withOwner(run, (client) =>
    once(client, { table: 'certificate', id: cardId(first) }, async () => {
      await copyRows(client, 'qualification', QUALIFICATION_COLUMNS, qualificationRows(register, ids));
      await copyRows(
        client,
        'qualification_event',
        QUALIFICATION_EVENT_COLUMNS,
        qualificationEventRows(register),
      );
      await copyRows(client, 'certificate', CARD_COLUMNS, cardRows(register, ids));
      await copyRows(client, 'certificate_event', CARD_EVENT_COLUMNS, cardEventRows(register));
      for (const [series, next] of register.counters)
        await client.query(
          `insert into number_counter (series, next) values ($1, $2)
           on conflict (series) do update set next = greatest(number_counter.next, excluded.next)`,
          [series, next],
        );
    }),
  );
  run.progress(`证件：${register.cards.length} 个证件、${register.qualifications.length} 人取得执法资格`);
}

const QUALIFICATION_COLUMNS = [
  'id',
  'person_id',
  'subject',
  'status',
  'obtained_day',
  'valid_until_day',
  'source_kind',
  'source_id',
  'version',
] as const;

function* qualificationRows({ qualifications }: RegisterPlan, ids: PersonIds): Generator<CopyValue[]> {
  for (const one of qualifications) {
    const isGone = one.disqualifiedDay !== null;
    yield [
      qualificationId(one),
      ids(one.person),
      'public_law',
      isGone ? 'disqualified' : 'valid',
      one.obtainedDay,
      one.validUntilDay,
      'history',
      one.key,
      isGone ? 2 : 1,
    ];
  }
}

const QUALIFICATION_EVENT_COLUMNS = [
  'id',
  'qualification_id',
  'seq',
  'kind',
  'legal_basis',
  'detail',
  'effective_day',
  'occurred_at',
] as const;

function* qualificationEventRows({ qualifications }: RegisterPlan): Generator<CopyValue[]> {
  for (const one of qualifications) {
    const event = (seq: number, kind: string, day: Day): CopyValue[] => [
      demoId(`${one.key}:${seq}`, day),
      qualificationId(one),
      seq,
      kind,
      INVENTED_BASIS,
      '{}',
      day,
      officeHour(day),
    ];
    yield event(1, 'granted', one.obtainedDay);
    if (one.disqualifiedDay !== null) yield event(2, 'disqualified', one.disqualifiedDay);
  }
}

const CARD_COLUMNS = [
  'id',
  'person_id',
  'unit_id',
  'region_id',
  'certificate_no',
  'field_code',
  'area',
  'issuing_authority',
  'state',
  'is_lost',
  'state_since_day',
  'issued_day',
  'valid_from_day',
  'valid_to_day',
  'check_token',
  'version',
] as const;

/** A card of a committee without a field of its own is one of 综合. */
const NO_FIELD = 'TOWNSHIP_COMP';

function* cardRows({ cards }: RegisterPlan, ids: PersonIds): Generator<CopyValue[]> {
  for (const card of cards) {
    const { unit, issuedDay, validToDay } = card.story;
    yield [
      cardId(card),
      ids(card.person),
      unitId(unit.key),
      regionId(unit.regionKey),
      card.certificateNo,
      unit.field ?? NO_FIELD,
      unit.areaName,
      AUTHORITY,
      card.state,
      card.isLost,
      card.stateSinceDay,
      issuedDay,
      issuedDay,
      validToDay,
      // Codes of real cards are random; these belong to nobody and have to be the same in every demo.
      checkTokenFrom(sha256(`check token of ${card.key}`)),
      card.events.length,
    ];
  }
}

const CARD_EVENT_COLUMNS = [
  'id',
  'certificate_id',
  'seq',
  'kind',
  'from_state',
  'to_state',
  'reason_code',
  'legal_basis',
  'document_no',
  'deciding_authority',
  'decision_day',
  'effective_from_day',
  'effective_to_day',
  'detail',
  'occurred_at',
] as const;

function* cardEventRows({ cards }: RegisterPlan): Generator<CopyValue[]> {
  for (const card of cards) {
    for (const [index, event] of card.events.entries()) {
      const seq = index + 1;
      yield [
        demoId(`${card.key}:${seq}`, event.day),
        cardId(card),
        seq,
        event.kind,
        event.fromState,
        event.toState,
        event.reasonCode,
        INVENTED_BASIS,
        event.documentNo,
        AUTHORITY,
        event.day,
        event.day,
        event.untilDay,
        JSON.stringify(event.detail),
        officeHour(event.day),
      ];
    }
  }
}
