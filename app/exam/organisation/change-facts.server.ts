import { z } from 'zod';
import type { ChangeFacts, TransferFacts } from '#app/office/change/facts.server.ts';
import { formatInstant, startOfDay } from '#app/platform/time/day.ts';

const registrationRow = z.object({ title: z.string(), opensAt: z.date(), status: z.string() });

const STATUS_WORDS: Readonly<Record<string, string>> = {
  registered: '已报名',
  approved: '审核通过',
  returned: '已退回',
};

/** Registrations for sittings that are still to come. */
export const registrationTransferFacts: TransferFacts = {
  title: '考试报名',
  list: async (pool, personId, today) => {
    const { rows } = await pool.query<Record<string, unknown>>({
      name: 'exam-transfer-facts',
      text: `select s.title, s.opens_at as "opensAt", r.status
             from exam_registration r join exam_sitting s on s.id = r.sitting_id
             where r.person_id = $1 and r.status <> 'withdrawn' and s.status = 'published' and s.hard_end_at >= $2
             order by s.opens_at`,
      values: [personId, startOfDay(today)],
    });
    return z
      .array(registrationRow)
      .parse(rows)
      .map((row) => ({
        label: row.title,
        value: `${formatInstant(row.opensAt)} · ${STATUS_WORDS[row.status] ?? row.status}，报名保留`,
      }));
  },
};

/** Registrations that units which end have made for sittings to come, with or without a place in one yet. */
export const registrationChangeFacts: ChangeFacts = {
  list: async (pool, { unitIds }, today) => {
    const { rows } = await pool.query<Record<string, unknown>>({
      name: 'exam-change-facts',
      text: `select count(*)::int as count from exam_registration r left join exam_sitting s on s.id = r.sitting_id
               left join exam_batch b on b.id = r.batch_id
             where r.unit_id = any($1::uuid[]) and r.status <> 'withdrawn'
               and ((s.status = 'published' and s.hard_end_at >= $2)
                 or (s.id is null and (b.status = 'open' or (b.status = 'closed'
                   and (not exists (select from exam_sitting o where o.batch_id = b.id)
                     or exists (select from exam_sitting o where o.batch_id = b.id and o.hard_end_at >= $2))))))`,
      values: [[...unitIds], startOfDay(today)],
    });
    const { count } = z.object({ count: z.number() }).parse(rows[0]);
    return [{ what: '未考的考试报名', count, outcome: '报名保留，报名单位改为承接单位，准考证不变' }];
  },
};
