import { z } from 'zod';
import type { Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { instantOf, intervalOf } from '../ledger/interval.ts';
import type { Reader } from '../rows.store.server.ts';
import { readRows } from '../rows.store.server.ts';
import type { Mark, MarkInput } from './attendance.ts';

/** A person in a class. */
export interface Participant {
  readonly personId: string;
  readonly name: string;
  readonly idNumberMasked: string;
  /** The unit at the time of the class. */
  readonly unitId: string;
  readonly unitName: string;
}

const participantRow = z.object({
  personId: z.string(),
  name: z.string(),
  idNumberMasked: z.string(),
  unitId: z.string(),
  unitName: z.string(),
});

/** Everybody enrolled, by unit and name in pinyin order. Who was taken off the list is not in it. */
export async function listParticipants(reader: Reader, sessionId: string): Promise<Participant[]> {
  const rows = await readRows(
    reader,
    `select e.person_id::text as "personId", p.name, p.id_number_masked as "idNumberMasked",
       e.unit_id::text as "unitId", u.name as "unitName"
     from session_enrolment e join person p on p.id = e.person_id
       join lateral (select name, name_pinyin from unit_version where unit_id = e.unit_id and superseded_at is null
         order by valid_from desc limit 1) u on true
     where e.session_id = $1::uuid and e.status <> 'cancelled'
     order by u.name_pinyin, e.unit_id, p.name_pinyin, p.id`,
    [sessionId],
  );
  return z.array(participantRow).parse(rows);
}

const markRow = z.object({
  personId: z.string(),
  blockId: z.string(),
  standing: z.enum(['present', 'absent', 'leave']),
  presentFrom: z.date().nullable(),
  presentTo: z.date().nullable(),
  reason: z.string().nullable(),
});

/** The newest mark of every person and block of a class. */
export async function listMarks(reader: Reader, sessionId: string): Promise<Mark[]> {
  const rows = await readRows(
    reader,
    `select distinct on (person_id, block_id) person_id::text as "personId", block_id::text as "blockId", standing,
       present_from as "presentFrom", present_to as "presentTo", reason
     from attendance_mark where session_id = $1::uuid
     order by person_id, block_id, id desc`,
    [sessionId],
  );
  return z
    .array(markRow)
    .parse(rows)
    .map(({ presentFrom, presentTo, ...mark }) => ({
      ...mark,
      part: presentFrom && presentTo ? intervalOf(presentFrom, presentTo) : null,
      order: 1,
    }));
}

const markerRow = z.object({
  personId: z.string(),
  blockId: z.string(),
  accountId: z.string(),
  key: z.string(),
});

/** Who noted the marks that count of these people, the oldest first: accounts, and the natural persons behind them. */
export async function listMarkers(
  reader: Reader,
  sessionId: string,
  personIds: readonly string[],
): Promise<z.infer<typeof markerRow>[]> {
  const rows = await readRows(
    reader,
    `select m.person_id::text as "personId", m.block_id::text as "blockId", m.actor_id::text as "accountId",
       coalesce(a.person_id, m.actor_id)::text as key
     from (select distinct on (person_id, block_id) id, person_id, block_id, actor_id from attendance_mark
           where session_id = $1::uuid and person_id = any($2::uuid[])
           order by person_id, block_id, id desc) m
       left join account a on a.id = m.actor_id
     order by m.id`,
    [sessionId, [...personIds]],
  );
  return z.array(markerRow).parse(rows);
}

export async function appendMarks(
  tx: Tx,
  sessionId: string,
  marks: readonly MarkInput[],
  by: { actorId: string; now: Date },
): Promise<void> {
  await tx.attendanceMark.createMany({
    data: marks.map(({ part, ...mark }) => ({
      id: newId(),
      sessionId,
      ...mark,
      presentFrom: part && instantOf(part.from),
      presentTo: part && instantOf(part.to),
      actorId: by.actorId,
      occurredAt: by.now,
    })),
  });
}

/** Puts people on the list; who had been taken off comes back. @returns ids of those who were not on it */
export async function insertEnrolments(
  tx: Tx,
  sessionId: string,
  people: readonly { personId: string; unitId: string }[],
  now: Date,
): Promise<string[]> {
  const rows = await tx.$queryRaw`
    insert into session_enrolment (session_id, person_id, unit_id, status, enrolled_at)
    select ${sessionId}::uuid, r."personId", r."unitId", 'booked', ${now}
    from jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as r("personId" uuid, "unitId" uuid)
    on conflict (session_id, person_id) do update set status = 'booked', unit_id = excluded.unit_id,
      enrolled_at = excluded.enrolled_at where session_enrolment.status = 'cancelled'
    returning person_id::text as "personId"`;
  return z
    .array(z.object({ personId: z.string() }))
    .parse(rows)
    .map((row) => row.personId);
}

/** Sets where each person's part in the class stands. */
export async function setEnrolmentStatus(
  tx: Tx,
  sessionId: string,
  statuses: readonly { personId: string; status: string }[],
): Promise<void> {
  await tx.$executeRaw`
    update session_enrolment e set status = r.status
    from jsonb_to_recordset(${JSON.stringify(statuses)}::jsonb) as r("personId" uuid, status text)
    where e.session_id = ${sessionId}::uuid and e.person_id = r."personId"`;
}

const busyRow = z.object({ personId: z.string(), name: z.string(), title: z.string() });
export type BusyPerson = z.infer<typeof busyRow>;

/** Which of these people sit in another class at the same time, and in which. */
export async function listBusyPeople(
  tx: Tx,
  sessionId: string,
  personIds: readonly string[],
): Promise<BusyPerson[]> {
  const rows = await tx.$queryRaw`
    select distinct on (e.person_id) e.person_id::text as "personId", p.name, s.title
    from session_enrolment e
      join person p on p.id = e.person_id
      join training_session s on s.id = e.session_id and s.status <> 'cancelled'
      join session_block b on b.session_id = s.id
      join session_block own on own.session_id = ${sessionId}::uuid
        and own.starts_at < b.ends_at and own.ends_at > b.starts_at
    where e.person_id = any(${[...personIds]}::uuid[]) and e.session_id <> ${sessionId}::uuid
      and e.status <> 'cancelled'
    order by e.person_id, s.id`;
  return z.array(busyRow).parse(rows);
}

const overlapRow = z.object({ personId: z.string(), lessonVersionId: z.string() });

/** Lessons in which people of the class have had study verified while a block was held. */
export async function listOverlappedStudy(
  reader: Reader,
  sessionId: string,
): Promise<z.infer<typeof overlapRow>[]> {
  const rows = await readRows(
    reader,
    `select distinct s.person_id::text as "personId", s.lesson_version_id::text as "lessonVersionId"
     from session_enrolment e
       join session_block b on b.session_id = e.session_id
       join study_beat s on s.person_id = e.person_id and s.verified_from > b.starts_at - interval '15 minutes'
         and s.verified_from < b.ends_at and s.verified_to > b.starts_at
     where e.session_id = $1::uuid and e.status <> 'cancelled'
     order by 1, 2`,
    [sessionId],
  );
  return z.array(overlapRow).parse(rows);
}
