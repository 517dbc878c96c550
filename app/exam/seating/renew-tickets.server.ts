import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { endBoundSessions } from '#app/accounts/session.store.server.ts';
import type { NewNotice } from '#app/office/notice/notice.ts';
import { askForNotices } from '#app/office/notice/send-notice.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { formatInstant } from '#app/platform/time/day.ts';
import type { RegistrationEventKind } from '../sitting/registration-events.ts';
import type { Holder } from './ticket.store.server.ts';
import { nextTickets, recordTickets, replaceTickets } from './ticket.store.server.ts';

/** New tickets in the order of the old ones; the old ones are void from now on and open no door. */
export async function renewTickets(
  tx: Tx,
  ctx: ActorCtx,
  { sittingId, reason }: { readonly sittingId: string; readonly reason: string },
  holders: readonly Holder[],
): Promise<void> {
  const fresh = await nextTickets(tx, sittingId, holders.length);
  const renewed = holders.map((holder, index) => ({ ...holder, freshNo: fresh[index] ?? '' }));
  // What was given at registration, before there were seats, is on record from here on too.
  await recordTickets(tx, ctx, sittingId, holders);
  await replaceTickets(tx, renewed);
  await recordTickets(
    tx,
    ctx,
    sittingId,
    renewed.map(({ registrationId, freshNo }) => ({ registrationId, ticketNo: freshNo })),
  );
  const occurredAt = ctx.clock.now();
  await tx.registrationEvent.createMany({
    data: renewed.map(({ registrationId, ticketNo, freshNo }) => ({
      id: newId(),
      registrationId,
      kind: 'ticket_replaced' satisfies RegistrationEventKind,
      note: reason,
      detail: { void: ticketNo, ticketNo: freshNo },
      actorId: ctx.actorId,
      occurredAt,
    })),
  });
  await endBoundSessions(
    tx,
    holders.map(({ registrationId }) => registrationId),
  );
}

/**
 * The sittings that these registrations have kept, in the order of their ids: taken before the registrations, as 改期 and
 * 编排 take them.
 */
export async function lockSittingsOf(tx: Tx, registrationIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    select 1 from exam_sitting where id in (
      select sitting_id from exam_registration where id = any(${[...registrationIds]}::uuid[]))
    order by id for update`;
}

const outdatedRow = z.object({
  registrationId: z.string(),
  personId: z.string(),
  unitId: z.string(),
  ticketNo: z.string(),
  sittingId: z.string(),
  title: z.string(),
  opensAt: z.date(),
});
type Outdated = z.infer<typeof outdatedRow>;

/** Of these, who is approved with a ticket of a date that has moved since; a 改期 gives its own tickets itself. */
async function listOutdated(tx: Tx, registrationIds: readonly string[]): Promise<Outdated[]> {
  const rows = await tx.$queryRaw`
    select r.id::text as "registrationId", r.person_id::text as "personId", r.unit_id::text as "unitId",
      r.ticket_no as "ticketNo", s.id::text as "sittingId", s.title, s.opens_at as "opensAt"
    from exam_registration r join exam_sitting s on s.id = r.sitting_id
      join exam_ticket t on t.ticket_no = r.ticket_no
    where r.id = any(${[...registrationIds]}::uuid[]) and r.status = 'approved' and s.status = 'published'
      and exists (select from exam_seating_event e where e.sitting_id = s.id and e.kind = 'date_changed'
        and e.occurred_at > t.occurred_at and e.recorded_tx <> t.recorded_tx)
    order by s.id, r.ticket_no`;
  return z.array(outdatedRow).parse(rows);
}

/** What a 改期 tells, for those who had left the sitting then and are back. */
function notices({ registrationId, ticketNo, personId, unitId, title, opensAt }: Outdated): NewNotice[] {
  const common = { kind: 'exam.date_changed' as const, title: '考试改期，准考证已更换' };
  const key = `${registrationId}:${ticketNo}`;
  const body = `${title}已改期，现定于${formatInstant(opensAt)}开考。\n原准考证号作废，请以新的准考证为准。`;
  return [
    { ...common, key: `${key}:people`, body, path: '/exams', to: [{ personIds: [personId] }] },
    {
      ...{ ...common, key: `${key}:units`, path: null },
      body: `本单位一名考生的${body}\n请通知本人，并重新打印准考证。`,
      to: [{ role: 'unit_liaison', unitIds: [unitId] }],
    },
  ];
}

/**
 * Whoever left a sitting (退回, 缓考) but keeps it for the sealed paper was passed over by every 改期 since. Approved again,
 * they get a ticket of the new date; person and unit are told. The caller has locked the sittings, then the registrations.
 */
export async function renewOutdatedTickets(
  tx: Tx,
  ctx: ActorCtx,
  registrationIds: readonly string[],
): Promise<void> {
  const outdated = await listOutdated(tx, registrationIds);
  for (const sittingId of new Set(outdated.map((one) => one.sittingId)))
    await renewTickets(
      tx,
      ctx,
      { sittingId, reason: '重新审核期间考试改期' },
      outdated.filter((one) => one.sittingId === sittingId),
    );
  if (outdated.length > 0) await askForNotices(tx, ctx, outdated.flatMap(notices));
}
