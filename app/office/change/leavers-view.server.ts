import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { LeavingReason, Month } from '#app/organization/change/leaving.ts';
import {
  LEAVING_REASONS,
  isSuspectedOfAge,
  suspectedRetirementMonth,
} from '#app/organization/change/leaving.ts';
import { ESTABLISHMENTS } from '#app/organization/person/person.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';

const leaverRow = z.object({
  id: z.string(),
  name: z.string(),
  idNumberMasked: z.string(),
  unitName: z.string(),
  awayFromDay: z.string(),
  reason: z.enum(LEAVING_REASONS),
  documentNo: z.string(),
});

export interface LeaverLine {
  readonly id: string;
  readonly name: string;
  readonly idNumberMasked: string;
  readonly unitName: string;
  readonly awayFromDay: Day;
  readonly reason: LeavingReason;
  readonly documentNo: string;
}

const ageRow = z.object({
  personId: z.string(),
  name: z.string(),
  idNumberMasked: z.string(),
  unitName: z.string(),
  birthMonth: z.string(),
  sex: z.enum(['male', 'female']),
  establishment: z.enum(ESTABLISHMENTS),
});

export interface SuspectedLine {
  readonly personId: string;
  readonly name: string;
  readonly idNumberMasked: string;
  readonly unitName: string;
  readonly birthMonth: Month;
  readonly retirementMonth: Month;
}

export interface LeaversPage {
  readonly leavers: readonly LeaverLine[];
  readonly suspected: readonly SuspectedLine[];
}

const MOST = 200;
/** Nobody reaches an age limit below this one. */
const YOUNGEST_YEARS = 50;

const UNIT_NAME = `(select v.name from unit_version v where v.unit_id = l.unit_id and v.superseded_at is null
  order by v.valid_from desc limit 1)`;

async function listLeavers(ctx: ActorCtx, unitIds: readonly string[]): Promise<LeaverLine[]> {
  const { rows } = await ctx.pool.query<Record<string, unknown>>({
    name: 'office-leavers',
    text: `select l.id, p.name, p.id_number_masked as "idNumberMasked", ${UNIT_NAME} as "unitName",
             l.away_from_day as "awayFromDay", l.reason, l.document_no as "documentNo"
           from person_leaving l join person p on p.id = l.person_id
           where l.unit_id = any($1::uuid[]) order by l.away_from_day desc, l.id desc limit $2`,
    values: [[...unitIds], MOST],
  });
  return z.array(leaverRow).parse(rows);
}

async function listSuspected(
  ctx: ActorCtx,
  unitIds: readonly string[],
  today: Day,
): Promise<SuspectedLine[]> {
  const { rows } = await ctx.pool.query<Record<string, unknown>>({
    name: 'office-suspected-of-age',
    text: `select p.id as "personId", p.name, p.id_number_masked as "idNumberMasked", ${UNIT_NAME} as "unitName",
             p.birth_month as "birthMonth", p.sex, l.establishment
           from person_unit_link l join person p on p.id = l.person_id
           where l.unit_id = any($1::uuid[]) and l.kind = 'home' and l.superseded_at is null
             and l.valid_from <= $2::date and l.valid_to is null and p.birth_month <= $3`,
    values: [[...unitIds], today, `${Number(today.slice(0, 4)) - YOUNGEST_YEARS}-12`],
  });
  return z
    .array(ageRow)
    .parse(rows)
    .map(({ sex, establishment, ...person }) => ({
      ...person,
      retirementMonth: suspectedRetirementMonth(person.birthMonth, sex, establishment),
    }))
    .filter((person) => isSuspectedOfAge(person.retirementMonth, today))
    .sort((a, b) => (a.retirementMonth < b.retirementMonth ? -1 : 1))
    .slice(0, MOST);
}

/** Who has left the actor's units, and who has probably reached the age (疑似到龄: personnel confirms). Refusal: FORBIDDEN. */
export async function viewLeavers(ctx: ActorCtx): Promise<Outcome<LeaversPage, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'leaver.manage')) return refused('FORBIDDEN');
  const { unitIds } = await reachFor(ctx, 'leaver.manage');
  const ids = [...unitIds];
  return done({
    leavers: await listLeavers(ctx, ids),
    suspected: await listSuspected(ctx, ids, dayOf(ctx.clock.now())),
  });
}
