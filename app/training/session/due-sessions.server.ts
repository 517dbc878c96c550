import { z } from 'zod';
import { askForTasks } from '#app/office/task/ask-task.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { addDays, dayOf } from '#app/platform/time/day.ts';

/** Classes noted in one go; the rest comes with the next round. */
const AT_ONCE = 200;
/** Days after its last block until a class should be closed. */
const CLOSE_WITHIN_DAYS = 3;

export const CLOSE_TASK = 'session.close' as const;

const dueRow = z.object({ id: z.string(), title: z.string(), unitId: z.string(), endsAt: z.date() });

/** Classes that are over, not closed, and not yet noted as waiting. Locked, so that two processes note different ones. */
async function takeDue(tx: Tx, now: Date): Promise<z.infer<typeof dueRow>[]> {
  const rows = await tx.$queryRaw`
    update training_session s set close_asked_at = ${now}
    from (select s.id, max(b.ends_at) as ends_at from training_session s join session_block b on b.session_id = s.id
          where s.status = 'scheduled' and s.close_asked_at is null group by s.id having max(b.ends_at) <= ${now}
          order by max(b.ends_at) limit ${AT_ONCE}) due
    where s.id = due.id and s.close_asked_at is null
    returning s.id::text, s.title, s.unit_id::text as "unitId", due.ends_at as "endsAt"`;
  return z.array(dueRow).parse(rows);
}

/** Asks the liaison to close what is over: the hours of everybody who attended wait for it. */
export async function askToCloseDue(ctx: Ctx): Promise<void> {
  await inTransaction(ctx, 'ask-to-close-classes', async (tx) => {
    const due = await takeDue(tx, ctx.clock.now());
    await askForTasks(
      tx,
      ctx,
      due.map((session) => ({
        kind: CLOSE_TASK,
        key: session.id,
        title: `核对考勤并结班：${session.title}`.slice(0, 60),
        proposal: '结班后学时记入台账',
        origin: { kind: 'training_session', id: session.id, label: session.title.slice(0, 120) },
        path: `/coordinate/sessions/${session.id}`,
        dueDay: addDays(dayOf(session.endsAt), CLOSE_WITHIN_DAYS),
        assignee: { role: 'unit_liaison', unitId: session.unitId, regionId: null },
      })),
    );
  });
}
