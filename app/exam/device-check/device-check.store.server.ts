import { z } from 'zod';
import type { JsonInput, Pool, Tx } from '#app/platform/db/db.server.ts';
import { measurements } from './measurement.schema.ts';
import type { Measurements } from './measurement.ts';
import type { DeviceVerdict } from './judge-device.ts';
import { DEVICE_VERDICTS } from './judge-device.ts';

export interface NewDeviceCheck {
  /** Id of the form; the same form sent twice is one check. */
  readonly id: string;
  readonly accountId: string;
  readonly personId: string;
  readonly registrationId: string | null;
  readonly kind: 'check' | 'rehearsal';
  readonly verdict: DeviceVerdict;
  readonly measurements: Measurements | null;
  readonly seatLabel: string | null;
  readonly deviceMark: string | null;
  readonly occurredAt: Date;
}

export async function insertDeviceCheck(
  db: Pick<Tx, 'examDeviceCheck'>,
  check: NewDeviceCheck,
): Promise<void> {
  const { measurements: measured, ...row } = check;
  await db.examDeviceCheck.createMany({
    data: [{ ...row, measurements: (measured ?? {}) satisfies JsonInput }],
    skipDuplicates: true,
  });
}

/** True for a registration of this person. */
export async function isOwnRegistration(
  pool: Pool,
  registrationId: string,
  personId: string,
): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'device-check-registration',
    text: 'select 1 from exam_registration where id = $1 and person_id = $2',
    values: [registrationId, personId],
  });
  return rowCount === 1;
}

const ownRow = z.object({
  registrationId: z.string(),
  title: z.string(),
  opensAt: z.date(),
  hardEndAt: z.date(),
  roomName: z.string().nullable(),
  seatNo: z.number().nullable(),
});
export type OwnSeat = z.infer<typeof ownRow>;

/** Sittings still ahead or under way for which this person is approved, the next one first. */
export async function listOwnSeats(pool: Pool, personId: string, now: Date): Promise<OwnSeat[]> {
  const { rows } = await pool.query({
    name: 'device-check-own-seats',
    text: `select r.id as "registrationId", s.title, s.opens_at as "opensAt", s.hard_end_at as "hardEndAt",
             m.name as "roomName", r.seat_no as "seatNo"
           from exam_registration r join exam_sitting s on s.id = r.sitting_id
           left join exam_room m on m.id = r.room_id
           where r.person_id = $1 and r.status = 'approved' and s.status = 'published' and s.hard_end_at > $2
           order by s.opens_at, s.id limit 20`,
    values: [personId, now],
  });
  return z.array(ownRow).parse(rows);
}

const lastRow = z.object({
  kind: z.enum(['check', 'rehearsal']),
  verdict: z.enum(DEVICE_VERDICTS),
  measurements: z.unknown(),
  seatLabel: z.string().nullable(),
  occurredAt: z.date(),
});

export interface LastChecks {
  readonly check: {
    readonly verdict: DeviceVerdict;
    readonly measured: Measurements | null;
    readonly seatLabel: string | null;
    readonly occurredAt: Date;
  } | null;
  readonly rehearsedAt: Date | null;
}

/** The newest check and the newest rehearsal of a person. @param only for this registration; null: whatever they were for */
export async function findLastChecks(pool: Pool, personId: string, only: string | null): Promise<LastChecks> {
  const { rows } = await pool.query({
    name: 'device-check-last',
    text: `select distinct on (kind) kind, verdict, measurements, seat_label as "seatLabel",
             occurred_at as "occurredAt"
           from exam_device_check
           where person_id = $1 and ($2::uuid is null or registration_id = $2) order by kind, occurred_at desc, id desc`,
    values: [personId, only],
  });
  const last = z.array(lastRow).parse(rows);
  const check = last.find((row) => row.kind === 'check');
  const rehearsal = last.find((row) => row.kind === 'rehearsal');
  return {
    check: check ? { ...check, measured: measurements.safeParse(check.measurements).data ?? null } : null,
    rehearsedAt: rehearsal?.occurredAt ?? null,
  };
}
