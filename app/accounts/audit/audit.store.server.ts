import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import { addDays, startOfDay } from '#app/platform/time/day.ts';
import type { AskedAudit } from './asked-audit.ts';

const auditRow = z.object({
  id: z.string(),
  occurredAt: z.date(),
  actorLogin: z.string().nullable(),
  actorName: z.string().nullable(),
  action: z.string(),
  subjectKind: z.string(),
  subjectId: z.string().nullable(),
  /** Login of the account that was acted on; other things go by their id: their names are business. */
  subjectLogin: z.string().nullable(),
  requestId: z.string().nullable(),
  detail: z.unknown(),
});
export type AuditRow = z.infer<typeof auditRow>;

interface Condition {
  readonly where: string;
  readonly values: unknown[];
}

const likeText = (text: string): string => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;

function conditionOf(asked: AskedAudit): Condition {
  const values: unknown[] = [startOfDay(asked.fromDay), startOfDay(addDays(asked.toDay, 1))];
  const parts = ['e.occurred_at >= $1 and e.occurred_at < $2'];
  const put = (value: unknown): string => `$${values.push(value)}`;
  if (asked.actor !== '') {
    const text = put(likeText(asked.actor));
    parts.push(
      `e.actor_id in (select id from account where login ilike ${text} or display_name ilike ${text})`,
    );
  }
  if (asked.action !== '') parts.push(`e.action = ${put(asked.action)}`);
  if (asked.subject !== '') {
    const text = put(asked.subject);
    parts.push(
      `(e.subject_kind = ${text} or e.subject_id = ${text} or (e.subject_kind = 'account' and e.subject_id in
         (select id::text from account where login = ${text} or display_name = ${text})))`,
    );
  }
  return { where: parts.join(' and '), values };
}

/** Events that fit, in the order of their time. */
export async function listAuditEvents(
  pool: Pool,
  asked: AskedAudit,
  page: { readonly offset: number; readonly limit: number },
): Promise<AuditRow[]> {
  const { where, values } = conditionOf(asked);
  const { rows } = await pool.query(
    `select e.id, e.occurred_at as "occurredAt", a.login as "actorLogin", a.display_name as "actorName", e.action,
       e.subject_kind as "subjectKind", e.subject_id as "subjectId", s.login as "subjectLogin",
       e.request_id as "requestId", p.detail
     from (select * from audit_event e where ${where}
           order by e.occurred_at ${asked.direction}, e.id ${asked.direction}
           limit $${values.length + 1} offset $${values.length + 2}) e
     left join account a on a.id = e.actor_id
     left join account s on e.subject_kind = 'account' and s.id::text = e.subject_id
     left join audit_payload p on p.audit_event_id = e.id
     order by e.occurred_at ${asked.direction}, e.id ${asked.direction}`,
    [...values, page.limit, page.offset],
  );
  return z.array(auditRow).parse(rows);
}

export async function countAuditEvents(pool: Pool, asked: AskedAudit): Promise<number> {
  const { where, values } = conditionOf(asked);
  const { rows } = await pool.query(`select count(*) as total from audit_event e where ${where}`, values);
  return z.array(z.object({ total: z.number() })).parse(rows)[0]?.total ?? 0;
}
