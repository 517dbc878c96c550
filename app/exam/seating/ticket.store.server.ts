import { z } from 'zod';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import { SERIAL_DIGITS, ticketNo } from '../sitting/registration.ts';

const seriesRow = z.object({ year: z.number(), regionCode: z.string(), no: z.number() });
const lastRow = z.object({ last: z.number() });

/**
 * Year, region code and number that a sitting's tickets begin with: those of its batch (domain.md §5.5: campaign), or of
 * the sitting itself where it stands alone. Locks the region, so that numbers are given one after the other.
 */
async function lockSeries(tx: Tx, sittingId: string): Promise<z.infer<typeof seriesRow>> {
  await tx.$queryRaw`
    select 1 from region where id = (select region_id from exam_sitting where id = ${sittingId}::uuid) for update`;
  const rows = await tx.$queryRaw`
    select coalesce(b.year, extract(year from s.opens_at at time zone 'Asia/Shanghai'))::int as year,
      g.code as "regionCode",
      coalesce(b.no, (select count(*) from exam_sitting o where o.region_id = s.region_id
        and extract(year from o.opens_at at time zone 'Asia/Shanghai')
          = extract(year from s.opens_at at time zone 'Asia/Shanghai')
        and (o.created_at, o.id) <= (s.created_at, s.id)))::int as no
    from exam_sitting s join region g on g.id = s.region_id left join exam_batch b on b.id = s.batch_id
    where s.id = ${sittingId}::uuid`;
  const [series] = z.array(seriesRow).parse(rows);
  invariant(series, 'tickets are given for a sitting that exists');
  return series;
}

/** Highest serial that was ever given under a prefix, void tickets included: no number comes twice. */
async function lastSerial(tx: Tx, prefix: string): Promise<number> {
  const length = prefix.length + SERIAL_DIGITS;
  const rows = await tx.$queryRaw`
    select coalesce(max(right(t.ticket_no, ${SERIAL_DIGITS})::int), 0) as last
    from (select ticket_no from exam_ticket union all select ticket_no from exam_registration) t
    where t.ticket_no like ${`${prefix}%`} and length(t.ticket_no) = ${length}`;
  return z.array(lastRow).parse(rows)[0]?.last ?? 0;
}

/** The next ticket numbers of a sitting, as many as asked for. */
export async function nextTickets(tx: Tx, sittingId: string, count: number): Promise<string[]> {
  const { year, regionCode, no } = await lockSeries(tx, sittingId);
  const last = await lastSerial(tx, ticketNo(year, regionCode, no, 0).slice(0, -SERIAL_DIGITS));
  return Array.from({ length: count }, (_, index) => ticketNo(year, regionCode, no, last + index + 1));
}

/** Notes that tickets were given out. */
export async function recordTickets(
  tx: Tx,
  ctx: Pick<Ctx, 'actorId' | 'clock'>,
  sittingId: string,
  tickets: readonly { readonly registrationId: string; readonly ticketNo: string }[],
): Promise<void> {
  const occurredAt = ctx.clock.now();
  await tx.examTicket.createMany({
    data: tickets.map(({ registrationId, ticketNo: no }) => ({
      id: newId(),
      registrationId,
      ticketNo: no,
      sittingId,
      actorId: ctx.actorId,
      occurredAt,
    })),
    // A ticket of a sitting without batch was given when the person was registered.
    skipDuplicates: true,
  });
}

const holderRow = z.object({
  registrationId: z.string(),
  personId: z.string(),
  unitId: z.string(),
  ticketNo: z.string(),
});
export type Holder = z.infer<typeof holderRow>;

/** Everybody who may sit in the sitting, by ticket; who was returned, deferred, exempted or withdrew gets no new one. */
export async function listHolders(tx: Tx, sittingId: string): Promise<Holder[]> {
  const rows = await tx.$queryRaw`
    select id::text as "registrationId", person_id::text as "personId", unit_id::text as "unitId",
      ticket_no as "ticketNo"
    from exam_registration where sitting_id = ${sittingId}::uuid and status = 'approved' order by ticket_no`;
  return z.array(holderRow).parse(rows);
}

/** Puts fresh numbers in the place of the old ones. */
export async function replaceTickets(
  tx: Tx,
  tickets: readonly { readonly registrationId: string; readonly freshNo: string }[],
): Promise<void> {
  await tx.$executeRaw`
    update exam_registration r set ticket_no = n.ticket, version = r.version + 1
    from unnest(${tickets.map((one) => one.registrationId)}::uuid[], ${tickets.map((one) => one.freshNo)}::text[])
      as n(id, ticket)
    where r.id = n.id`;
}
