import { z } from 'zod';
import type { Db, Pool, Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { frozenPaper } from '../../paper/frozen-paper.schema.ts';
import type { SheetChoices } from './sheet.ts';

const choicesJson = z.record(z.string(), z.string());

/**
 * Where a sheet stands. `on_screen`: the person sat on a screen, there is no sheet to key in. `sealed`: the paper's seal
 * was not released for printing, so there is none either.
 */
export const SHEET_STATES = ['none', 'one', 'differ', 'landed', 'on_screen', 'sealed'] as const;
export type SheetState = (typeof SHEET_STATES)[number];

/** SQL: the seal of paper `q`, or a later one of its sitting, was released: a release opens the whole set up to it. */
const IS_RELEASED = `exists (select 1 from exam_seal own join exam_seal opened on opened.sitting_id = own.sitting_id
  and opened.seal_no >= own.seal_no join exam_release l on l.seal_id = opened.id where own.id = q.seal_id)`;

const lineRow = z.object({
  registrationId: z.string(),
  ticketNo: z.string(),
  name: z.string(),
  unitName: z.string(),
  roomName: z.string().nullable(),
  seatNo: z.number().nullable(),
  variant: z.enum(['A', 'B']).nullable(),
  readers: z.array(z.string()),
  state: z.enum(SHEET_STATES),
  isMine: z.boolean(),
  total: z.number(),
});
export type SheetLine = z.infer<typeof lineRow>;

export interface SheetQuery {
  readonly sittingId: string;
  /** Natural person of the viewer: own readings are marked. */
  readonly personKey: string;
  /** Part of a ticket number or name; empty = all. */
  readonly text: string;
  readonly state: string | null;
  readonly limit: number;
  readonly offset: number;
}

/** Sheets of a sitting by room and seat, with who has read them. */
export async function listSheets(pool: Pool, query: SheetQuery): Promise<SheetLine[]> {
  const { rows } = await pool.query({
    name: 'exam-key-in-sheets',
    text: `with sheet as (
        select r.id as "registrationId", r.ticket_no as "ticketNo", p.name, u.name as "unitName", m.name as "roomName",
          m.no as room_no, r.seat_no as "seatNo", q.variant, coalesce(e.readers, '{}') as readers,
          case when t.id is not null and t.device_epoch > 0 then 'on_screen' when t.id is not null then 'landed'
               when not ${IS_RELEASED} then 'sealed' when e.entries >= 2 then 'differ'
               when e.entries = 1 then 'one' else 'none' end as state,
          coalesce(e.is_mine, false) as "isMine"
        from exam_registration r join person p on p.id = r.person_id
          join paper q on q.registration_id = r.id and q.attempt_no = 1
          join lateral (select name from unit_version where unit_id = r.unit_id and superseded_at is null
            order by valid_from desc limit 1) u on true
          left join exam_room m on m.id = r.room_id
          left join attempt t on t.paper_id = q.id
          left join lateral (select count(*) as entries, bool_or(x.person_key = $2::uuid) as is_mine,
            array_agg(a.display_name order by x.entry_no) as readers
            from answer_sheet_entry x join account a on a.id = x.entered_by where x.registration_id = r.id) e on true
        where r.sitting_id = $1 and r.status = 'approved')
      select "registrationId", "ticketNo", name, "unitName", "roomName", "seatNo", variant, readers, state, "isMine",
        count(*) over ()::int as total
      from sheet where ($3 = '' or strpos("ticketNo", $3) > 0 or strpos(name, $3) > 0)
        and ($4::text is null or state = $4)
      order by room_no nulls last, "seatNo", "ticketNo" limit $5 offset $6`,
    values: [query.sittingId, query.personKey, query.text, query.state, query.limit, query.offset],
  });
  return z.array(lineRow).parse(rows);
}

/** SQL: registration `r` holds this ticket, or held it before a change of date: sheets printed until then bear it. */
const hasHeld = (ticket: string): string => `(r.ticket_no = ${ticket} or exists (select 1 from exam_ticket h
  where h.ticket_no = ${ticket} and h.registration_id = r.id and h.sitting_id = r.sitting_id))`;

const sheetRow = z.object({
  registrationId: z.string(),
  ticketNo: z.string(),
  personId: z.string(),
  name: z.string(),
  unitId: z.string(),
  unitName: z.string(),
  roomName: z.string().nullable(),
  seatNo: z.number().nullable(),
  variant: z.enum(['A', 'B']).nullable(),
  paperId: z.string(),
  contentHash: z.string(),
  content: frozenPaper,
  /** Released for printing; before that nobody can have a sheet of it. */
  isReleased: z.boolean(),
  /** Epoch of the attempt on this paper: 0 from a sheet, more from a screen; null while there is none. */
  attemptEpoch: z.number().nullable(),
});
export type SheetRecord = z.infer<typeof sheetRow>;

const SHEET_SQL = `
    select r.id::text as "registrationId", r.ticket_no as "ticketNo", r.person_id::text as "personId", p.name,
      r.unit_id::text as "unitId", u.name as "unitName", m.name as "roomName", r.seat_no as "seatNo", q.variant,
      q.id::text as "paperId", q.content_hash as "contentHash", q.content, t.device_epoch as "attemptEpoch",
      ${IS_RELEASED} as "isReleased"
    from exam_registration r join person p on p.id = r.person_id
      join paper q on q.registration_id = r.id and q.attempt_no = 1 and q.seal_id is not null
      join lateral (select name from unit_version where unit_id = r.unit_id and superseded_at is null
        order by valid_from desc limit 1) u on true
      left join exam_room m on m.id = r.room_id
      left join attempt t on t.paper_id = q.id
    where r.sitting_id = $1::uuid and ${hasHeld('$2')} and r.status = 'approved'`;

/** The sheet of a ticket of this sitting; null when there is none or no paper was sealed for it. */
export async function findSheet(
  db: Db | Tx,
  sittingId: string,
  ticketNo: string,
): Promise<SheetRecord | null> {
  const rows = await db.$queryRawUnsafe(SHEET_SQL, sittingId, ticketNo);
  return z.array(sheetRow).parse(rows)[0] ?? null;
}

/** Title of another sitting of these regions for which a ticket is, or was, given out; null when there is none. */
export async function findSittingOfTicket(
  pool: Pool,
  asked: { readonly ticketNo: string; readonly sittingId: string; readonly regionIds: readonly string[] },
): Promise<string | null> {
  const { rows } = await pool.query({
    name: 'exam-key-in-elsewhere',
    text: `select s.title from exam_sitting s where s.id <> $2 and s.region_id = any($3::uuid[])
             and (exists (select 1 from exam_registration r where r.sitting_id = s.id and r.ticket_no = $1)
               or exists (select 1 from exam_ticket h where h.sitting_id = s.id and h.ticket_no = $1)) limit 1`,
    values: [asked.ticketNo, asked.sittingId, asked.regionIds],
  });
  return z.array(z.object({ title: z.string() })).parse(rows)[0]?.title ?? null;
}

const hallRow = z.object({
  sittingId: z.string(),
  title: z.string(),
  opensAt: z.date(),
  sheets: z.number(),
  waits: z.number(),
  differ: z.number(),
  landed: z.number(),
  total: z.number(),
});
/** A printed sitting with how far the keying in has come; who sat on a screen has no sheet. */
export type KeyInHall = z.infer<typeof hallRow>;

/** Sittings of these regions that were released for printing and have begun, the latest first. */
export async function listKeyInHalls(
  pool: Pool,
  query: {
    readonly regionIds: readonly string[];
    readonly now: Date;
    readonly limit: number;
    readonly offset: number;
  },
): Promise<KeyInHall[]> {
  const { rows } = await pool.query({
    name: 'exam-key-in-halls',
    text: `select s.id as "sittingId", s.title, s.opens_at as "opensAt", f.sheets, f.waits, f.differ, f.landed,
             count(*) over ()::int as total
           from exam_sitting s cross join lateral (
             select count(*) filter (where t.id is null or t.device_epoch = 0)::int as sheets, count(*) filter (where t.id is null and e.entries = 1)::int as waits,
               count(*) filter (where t.id is null and e.entries >= 2)::int as differ,
               count(*) filter (where t.device_epoch = 0)::int as landed
             from exam_registration r join paper q on q.registration_id = r.id and q.attempt_no = 1
                 and ${IS_RELEASED}
               left join attempt t on t.paper_id = q.id
               left join lateral (select count(*) as entries from answer_sheet_entry x
                 where x.registration_id = r.id) e on true
             where r.sitting_id = s.id and r.status = 'approved') f
           where s.region_id = any($1::uuid[]) and s.opens_at <= $2 and s.status <> 'cancelled'
             and exists (select 1 from exam_release l where l.sitting_id = s.id)
           order by s.opens_at desc, s.id limit $3 offset $4`,
    values: [query.regionIds, query.now, query.limit, query.offset],
  });
  return z.array(hallRow).parse(rows);
}

const paperRow = z.object({ ticketNo: z.string(), content: frozenPaper });

/** The sealed papers of these tickets of a sitting, each under the number by which it was asked for. */
export async function listSheetPapers(
  pool: Pool,
  sittingId: string,
  ticketNos: readonly string[],
): Promise<z.infer<typeof paperRow>[]> {
  const { rows } = await pool.query({
    name: 'exam-key-in-papers',
    text: `select n.ticket as "ticketNo", q.content from unnest($2::text[]) as n(ticket)
             join exam_registration r on r.sitting_id = $1 and r.status = 'approved' and ${hasHeld('n.ticket')}
             join paper q on q.registration_id = r.id and q.attempt_no = 1 and q.seal_id is not null`,
    values: [sittingId, ticketNos],
  });
  return z.array(paperRow).parse(rows);
}

/** Holds a registration: readings of one sheet come one after the other. */
export async function lockRegistration(tx: Tx, registrationId: string): Promise<void> {
  await tx.$executeRaw`select id from exam_registration where id = ${registrationId}::uuid for update`;
}

/** Waits for a release of the sitting's results that is under way: what is marked here is told before or after it. */
export async function holdSitting(tx: Tx, sittingId: string): Promise<void> {
  await tx.$executeRaw`select 1 from exam_sitting where id = ${sittingId}::uuid for share`;
}

const readingRow = z.object({
  entryNo: z.number(),
  personKey: z.string(),
  readerName: z.string(),
  occurredAt: z.coerce.date(),
  choices: choicesJson,
});
export type ReadingRecord = z.infer<typeof readingRow>;

export async function listReadings(db: Db | Tx, registrationId: string): Promise<ReadingRecord[]> {
  const rows = await db.$queryRaw`
    select e.entry_no as "entryNo", e.person_key::text as "personKey", a.display_name as "readerName",
      e.occurred_at as "occurredAt", p.choices
    from answer_sheet_entry e join answer_sheet_payload p on p.entry_id = e.id join account a on a.id = e.entered_by
    where e.registration_id = ${registrationId}::uuid order by e.entry_no`;
  return z.array(readingRow).parse(rows);
}

export interface NewReading {
  readonly registrationId: string;
  readonly entryNo: number;
  readonly source: 'typed' | 'workbook' | 'third_look';
  readonly choices: SheetChoices;
  readonly contentHash: Buffer;
  readonly enteredBy: string;
  readonly personKey: string;
  readonly occurredAt: Date;
}

export async function insertReading(tx: Tx, reading: NewReading): Promise<void> {
  const { choices, contentHash, ...row } = reading;
  const id = newId<'AnswerSheetEntry'>();
  await tx.answerSheetEntry.create({ data: { id, ...row, contentHash: new Uint8Array(contentHash) } });
  await tx.answerSheetPayload.create({ data: { entryId: id, choices: { ...choices } } });
}

export interface SheetAttempt {
  readonly id: string;
  readonly registrationId: string;
  readonly paperId: string;
  readonly accountId: string;
  readonly itemCount: number;
  readonly startedAt: Date;
  readonly deadlineAt: Date;
  readonly closeAt: Date;
  readonly finalisedAt: Date;
  readonly deviceKeyHash: Buffer;
}

/** The attempt a sheet stands for: closed from the first, on no device. @returns false when somebody was first */
export async function insertSheetAttempt(tx: Tx, attempt: SheetAttempt): Promise<boolean> {
  const { count } = await tx.attempt.createMany({
    data: {
      ...attempt,
      attemptNo: 1,
      state: 'finalised',
      deviceEpoch: 0,
      deviceKeyHash: new Uint8Array(attempt.deviceKeyHash),
      // Whoever writes on paper hands in by the deadline; a sheet that is keyed in before it was handed in earlier.
      handedInAt: attempt.finalisedAt < attempt.deadlineAt ? attempt.finalisedAt : attempt.deadlineAt,
    },
    skipDuplicates: true,
  });
  return count === 1;
}

/** The letters of a sheet in the journal of answers: epoch 0, numbered by position, counted. */
export async function insertSheetAnswers(
  tx: Tx,
  attemptId: string,
  answers: readonly { readonly position: number; readonly choice: string; readonly fingerprint: Buffer }[],
  receivedAt: Date,
): Promise<void> {
  const rows = answers.map((answer) => ({ id: newId<'AnswerEvent'>(), ...answer }));
  await tx.answerEvent.createMany({
    data: rows.map(({ id, position, fingerprint }) => ({
      id,
      attemptId,
      epoch: 0,
      seq: position,
      position,
      fingerprint: new Uint8Array(fingerprint),
      standing: 'counted',
      receivedAt,
    })),
  });
  await tx.answerPayload.createMany({
    data: rows.map(({ id, choice }) => ({ answerEventId: id, choice, clientTime: null })),
  });
}
