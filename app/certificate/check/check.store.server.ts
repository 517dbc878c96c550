import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import { CERTIFICATE_STATES } from '../register/certificate.ts';
import { EVENT_KINDS } from '../register/transition-table.ts';

const eventShape = z.object({
  seq: z.number(),
  kind: z.enum(EVENT_KINDS),
  toState: z.enum(CERTIFICATE_STATES),
  effectiveFromDay: z.string(),
  effectiveToDay: z.string().nullable(),
  recordedAt: z.string().transform((text) => new Date(text)),
});

const cardRow = z.object({
  personName: z.string(),
  unitId: z.string(),
  unitName: z.string(),
  certificateNo: z.string(),
  fieldName: z.string(),
  area: z.string(),
  issuingAuthority: z.string(),
  validFromDay: z.string(),
  validToDay: z.string(),
  events: z.array(eventShape),
});
/** A card as the public check reads it: its few public fields and the events its word is folded from. */
export type CheckedCard = z.infer<typeof cardRow>;

const CARD = `select p.name as "personName", c.unit_id as "unitId", coalesce(u.name, '') as "unitName",
    c.certificate_no as "certificateNo", coalesce(f.name, c.field_code) as "fieldName", c.area,
    c.issuing_authority as "issuingAuthority", c.valid_from_day as "validFromDay", c.valid_to_day as "validToDay",
    (select json_agg(json_build_object('seq', e.seq, 'kind', e.kind, 'toState', e.to_state,
        'effectiveFromDay', e.effective_from_day, 'effectiveToDay', e.effective_to_day, 'recordedAt', e.recorded_at)
        order by e.seq) from certificate_event e where e.certificate_id = c.id) as events
  from certificate c join person p on p.id = c.person_id left join field f on f.code = c.field_code
    left join lateral (select name from unit_version where unit_id = c.unit_id and superseded_at is null
      order by valid_from desc limit 1) u on true`;

/** One statement. Null when no card carries the token. */
export async function findCardByToken(pool: Pool, token: string): Promise<CheckedCard | null> {
  const { rows } = await pool.query({
    name: 'certificate-check-token',
    text: `${CARD} where c.check_token = $1`,
    values: [token],
  });
  return z.array(cardRow).parse(rows)[0] ?? null;
}

/** Cards with this number of a person of this name, newest first; a number may have ended and come again. */
export async function listCardsByNumber(
  pool: Pool,
  certificateNo: string,
  personName: string,
): Promise<CheckedCard[]> {
  const { rows } = await pool.query({
    name: 'certificate-check-number',
    text: `${CARD} where c.certificate_no = $1 and p.name = $2 order by c.issued_day desc, c.id desc limit 5`,
    values: [certificateNo, personName],
  });
  return z.array(cardRow).parse(rows);
}

const officerRow = z.object({
  certificateNo: z.string(),
  personName: z.string(),
  unitName: z.string(),
  fieldName: z.string(),
  area: z.string(),
  validToDay: z.string(),
  total: z.number(),
});
export type PublicOfficer = Omit<z.infer<typeof officerRow>, 'total'>;

/** Holders of valid cards of some units on a day, one page of them; `text` is part of a name or empty. */
export async function listValidHolders(
  pool: Pool,
  asked: {
    readonly unitIds: readonly string[];
    readonly today: Day;
    readonly text: string;
    readonly limit: number;
    readonly offset: number;
  },
): Promise<{ rows: PublicOfficer[]; total: number }> {
  const text = asked.text.replace(/[\\%_]/g, (sign) => `\\${sign}`);
  const { rows } = await pool.query({
    name: 'certificate-valid-holders',
    text: `select c.certificate_no as "certificateNo", p.name as "personName", coalesce(u.name, '') as "unitName",
        coalesce(f.name, c.field_code) as "fieldName", c.area, c.valid_to_day as "validToDay",
        (count(*) over ())::int as total
      from certificate c join person p on p.id = c.person_id left join field f on f.code = c.field_code
        left join lateral (select name from unit_version where unit_id = c.unit_id and superseded_at is null
          order by valid_from desc limit 1) u on true
      where c.unit_id = any($1::uuid[]) and c.state = 'active' and not c.is_lost
        and c.valid_from_day <= $2::date and c.valid_to_day >= $2::date and ($3 = '' or p.name like $3)
      order by p.name_pinyin, c.certificate_no limit $4 offset $5`,
    values: [[...asked.unitIds], asked.today, text === '' ? '' : `%${text}%`, asked.limit, asked.offset],
  });
  const parsed = z.array(officerRow).parse(rows);
  return { rows: parsed.map(({ total: _, ...row }) => row), total: parsed[0]?.total ?? 0 };
}
