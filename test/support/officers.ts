import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import { newId } from '#app/platform/ids/id.ts';
import { startOfDay } from '#app/platform/time/day.ts';

/** Builders of histories for figures: cards, hours and moves, each with the day it is true from and the instant it is known. */
let serial = 0;

export interface CardOptions {
  readonly personId: string;
  readonly unitId: string;
  readonly regionId: string;
  readonly fromDay?: Day;
  readonly toDay?: Day;
  readonly fieldCode?: string;
}

/** A card that is ACTIVE from its first day; known since then. */
export async function aCard(ctx: Ctx, options: CardOptions): Promise<string> {
  const id = newId<'Certificate'>();
  const fromDay = options.fromDay ?? '2022-01-01';
  serial += 1;
  await ctx.pool.query(
    `insert into certificate (id, person_id, unit_id, region_id, certificate_no, field_code, area, issuing_authority,
       state, state_since_day, issued_day, valid_from_day, valid_to_day, check_token)
     values ($1, $2, $3, $4, $5, $9, '本辖区', '某省人民政府', 'active', $6, $6, $6, $7, $8)`,
    [
      id,
      options.personId,
      options.unitId,
      options.regionId,
      `T${serial}`,
      fromDay,
      options.toDay ?? '2030-12-31',
      `token-${id}`,
      options.fieldCode ?? 'URBAN',
    ],
  );
  await aCardEvent(ctx, { certificateId: id, seq: 1, kind: 'handed_over', toState: 'active', fromDay });
  return id;
}

/** A step in a card's life; `present` also moves the projection, as the commands do. */
export async function aCardEvent(
  ctx: Ctx,
  event: {
    readonly certificateId: string;
    readonly seq: number;
    readonly kind: string;
    readonly toState: string;
    readonly fromDay: Day;
    readonly knownAt?: Date;
  },
): Promise<void> {
  await ctx.pool.query(
    `insert into certificate_event (id, certificate_id, seq, kind, to_state, reason_code, legal_basis,
       deciding_authority, decision_day, effective_from_day, detail, occurred_at, recorded_at)
     values ($1, $2, $3, $4, $5, 'TEST', '测试', '某局', $6, $6, '{}', $7, $7)`,
    [
      newId(),
      event.certificateId,
      event.seq,
      event.kind,
      event.toState,
      event.fromDay,
      event.knownAt ?? startOfDay(event.fromDay),
    ],
  );
  await ctx.pool.query(`update certificate set state = $2, state_since_day = $3 where id = $1`, [
    event.certificateId,
    event.toState,
    event.fromDay,
  ]);
}

export interface HoursOptions {
  readonly personId: string;
  readonly unitId: string;
  readonly creditSeconds: number;
  readonly day: Day;
  readonly category?: string;
  readonly knownAt?: Date;
  readonly reverses?: string;
}

/** One ledger entry. @returns its id */
export async function anHourEntry(ctx: Ctx, options: HoursOptions): Promise<string> {
  const id = newId<'HourEntry'>();
  await ctx.pool.query(
    `insert into hour_entry (id, entry_key, person_id, unit_id, credit_seconds, category, occurred_day, kind,
       source_kind, source_id, title, basis, reverses_entry_id, reason_code, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 'test', $2, '集中学习', '{}', $9, $10, $11)`,
    [
      id,
      `test:${id}`,
      options.personId,
      options.unitId,
      options.creditSeconds,
      options.category ?? 'public_law',
      options.day,
      options.reverses ? 'reversal' : 'session',
      options.reverses ?? null,
      options.reverses ? 'TEST' : null,
      options.knownAt ?? startOfDay(options.day),
    ],
  );
  return id;
}

/** The person belongs to another unit from `fromDay` on; known since `knownAt`. */
export async function aMove(
  ctx: Ctx,
  move: { readonly personId: string; readonly unitId: string; readonly fromDay: Day; readonly knownAt: Date },
): Promise<void> {
  const { rows } = await ctx.pool.query<{ id: string }>(
    `update person_unit_link set superseded_at = $2 where person_id = $1 and superseded_at is null and kind = 'home'
       and valid_to is null returning id`,
    [move.personId, move.knownAt],
  );
  const copy = `insert into person_unit_link (id, person_id, unit_id, kind, establishment, is_enforcement_post,
      field_code, valid_from, valid_to, source_kind, recorded_at)
    select $1, person_id, coalesce($3::uuid, unit_id), kind, establishment, is_enforcement_post, field_code,
      coalesce($4::date, valid_from), $5::date, 'test', $6 from person_unit_link where id = $2`;
  const link = rows[0]?.id;
  await ctx.pool.query(copy, [newId(), link, null, null, move.fromDay, move.knownAt]);
  await ctx.pool.query(copy, [newId(), link, move.unitId, move.fromDay, null, move.knownAt]);
}

export interface ExemptionOptions {
  readonly personId: string;
  readonly unitId: string;
  readonly year: number;
  readonly effect: 'exempt' | 'reduce';
  readonly months: number;
  readonly knownAt?: Date;
}

/** An exemption that two persons have agreed on. @returns the id of its request */
export async function anExemption(ctx: Ctx, options: ExemptionOptions): Promise<string> {
  const [requestId, maker, checker] = [newId(), newId(), newId()];
  const { personId, unitId, year, effect } = options;
  const months = effect === 'exempt' ? 12 : options.months;
  const days = [`${year}-01-01`, `${year}-12-31`];
  const at = options.knownAt ?? startOfDay(`${year}-01-02`);
  await ctx.pool.query(
    `insert into exemption_request (id, person_id, unit_id, year, effect, reason, from_day, to_day, months, remark, state,
       filed_by, filed_at, decided_by, decided_at)
     values ($1, $2, $3, $4, $5, 'long_illness', $6, $7, $8, '测试', 'approved', $9, $11, $10, $11)`,
    [requestId, personId, unitId, year, effect, ...days, months, maker, checker, at],
  );
  await ctx.pool.query(
    `insert into exemption (id, request_id, person_id, year, effect, reason, from_day, to_day, months, requested_by,
       approved_by, recorded_at) values ($1, $2, $3, $4, $5, 'long_illness', $6, $7, $8, $9, $10, $11)`,
    [newId(), requestId, personId, year, effect, ...days, months, maker, checker, at],
  );
  return requestId;
}
