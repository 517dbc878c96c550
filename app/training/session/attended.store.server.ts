import { z } from 'zod';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { Interval } from '../ledger/interval.ts';
import { intersect, intervalOf } from '../ledger/interval.ts';

const attendedRow = z.object({
  presentFrom: z.date().nullable(),
  presentTo: z.date().nullable(),
  startsAt: z.date(),
  endsAt: z.date(),
});

/**
 * Time in which the person sat in a class that is closed: the newest mark of each block, inside the block. It occupies
 * the person; study in it is not counted a second time.
 */
export async function listOccupiedStretches(
  tx: Tx,
  personId: string,
  range: { from: Date; to: Date },
): Promise<Interval[]> {
  const rows = await tx.$queryRaw`
    select m.present_from as "presentFrom", m.present_to as "presentTo", b.starts_at as "startsAt",
      b.ends_at as "endsAt"
    from session_enrolment e
      join training_session s on s.id = e.session_id and s.status = 'closed'
      join session_block b on b.session_id = s.id and b.starts_at < ${range.to} and b.ends_at > ${range.from}
      join lateral (select standing, present_from, present_to from attendance_mark
        where session_id = s.id and person_id = e.person_id and block_id = b.id order by id desc limit 1) m
        on m.standing = 'present'
    where e.person_id = ${personId}::uuid and e.status <> 'cancelled'`;
  return z
    .array(attendedRow)
    .parse(rows)
    .flatMap((row) => {
      const block = intervalOf(row.startsAt, row.endsAt);
      const part = intervalOf(row.presentFrom ?? row.startsAt, row.presentTo ?? row.endsAt);
      return intersect([part], [block]);
    });
}
