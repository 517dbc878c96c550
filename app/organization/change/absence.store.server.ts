import { z } from 'zod';
import type { Tx } from '#app/platform/db/db.server.ts';
import { dayToDb } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { Reader } from '../person/rows.store.server.ts';
import { readRows } from '../person/rows.store.server.ts';
import type { Absence } from './absence.ts';
import { ABSENCE_KINDS } from './absence.ts';

const absenceRow = z.object({
  absenceId: z.string(),
  personId: z.string(),
  kind: z.enum(ABSENCE_KINDS),
  destination: z.string().nullable(),
  documentNo: z.string().nullable(),
  cardKeeper: z.string().nullable(),
  expectedReturnDay: z.string(),
  validFrom: z.string(),
  validTo: z.string().nullable(),
});

const COLUMNS = `a.absence_id::text as "absenceId", a.person_id::text as "personId", a.kind, a.destination,
  a.document_no as "documentNo", a.card_keeper as "cardKeeper", a.expected_return_day::text as "expectedReturnDay",
  a.valid_from::text as "validFrom", a.valid_to::text as "validTo"`;

/** Absences of a person as known now, oldest first. */
export async function listAbsencesOf(reader: Reader, personId: string): Promise<Absence[]> {
  const rows = await readRows(
    reader,
    `select ${COLUMNS} from person_absence a where a.person_id = $1::uuid and a.superseded_at is null
     order by a.valid_from`,
    [personId],
  );
  return z.array(absenceRow).parse(rows);
}

export async function findAbsence(reader: Reader, absenceId: string): Promise<Absence | null> {
  const rows = await readRows(
    reader,
    `select ${COLUMNS} from person_absence a where a.absence_id = $1::uuid and a.superseded_at is null`,
    [absenceId],
  );
  return z.array(absenceRow).parse(rows)[0] ?? null;
}

const overdueRow = absenceRow.extend({ unitId: z.string(), name: z.string() });
export type OverdueAbsence = z.infer<typeof overdueRow>;

/** People who were expected back before `today` and are not, with their home of that day. */
export async function listOverdueAbsences(reader: Reader, today: Day): Promise<OverdueAbsence[]> {
  const rows = await readRows(
    reader,
    `select ${COLUMNS}, l.unit_id::text as "unitId", p.name
     from person_absence a join person p on p.id = a.person_id
       join person_unit_link l on l.person_id = a.person_id and l.kind = 'home' and l.superseded_at is null
         and l.valid_from <= $1::date and (l.valid_to is null or l.valid_to > $1::date)
     where a.superseded_at is null and a.valid_to is null and a.expected_return_day < $1::date
     order by a.expected_return_day, a.absence_id`,
    [today],
  );
  return z.array(overdueRow).parse(rows);
}

/** The absence as it is known from `now` on; what was known before stays readable. */
export async function writeAbsence(
  tx: Tx,
  absence: Absence,
  by: { readonly actorId: string | null; readonly now: Date },
): Promise<void> {
  await tx.personAbsence.updateMany({
    where: { absenceId: absence.absenceId, supersededAt: null },
    data: { supersededAt: by.now },
  });
  const { expectedReturnDay, validFrom, validTo, ...rest } = absence;
  await tx.personAbsence.create({
    data: {
      id: newId<'PersonAbsence'>(),
      ...rest,
      expectedReturnDay: dayToDb(expectedReturnDay),
      validFrom: dayToDb(validFrom),
      validTo: validTo === null ? null : dayToDb(validTo),
      recordedBy: by.actorId,
      recordedAt: by.now,
    },
  });
}
