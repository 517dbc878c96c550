import { z } from 'zod';
import type { ChangeFacts, TransferFacts } from '#app/office/change/facts.server.ts';
import type { Pool } from '#app/platform/db/db.server.ts';
import { yearOf } from '#app/platform/time/day.ts';
import { formatHours } from '#app/platform/ui/text/format.ts';

const hoursRow = z.object({ total: z.number(), publicLaw: z.number(), specialised: z.number() });

/** Credit of the year: it belongs to the person and goes along (domain.md §4.2 case 2). */
export const hoursTransferFacts: TransferFacts = {
  title: '本年学时',
  list: async (pool, personId, today) => {
    const { rows } = await pool.query<Record<string, unknown>>({
      name: 'training-transfer-hours',
      text: `select coalesce(sum(credit_seconds), 0)::int as total,
               coalesce(sum(credit_seconds) filter (where category = 'public_law'), 0)::int as "publicLaw",
               coalesce(sum(credit_seconds) filter (where category = 'specialised_law'), 0)::int as specialised
             from hour_entry where person_id = $1 and occurred_day >= make_date($2::int, 1, 1)
               and occurred_day < make_date($2::int + 1, 1, 1)`,
      values: [personId, yearOf(today)],
    });
    const { total, publicLaw, specialised } = hoursRow.parse(rows[0]);
    return [
      { label: `${yearOf(today)}年累计`, value: formatHours(total) },
      { label: '公共法律知识', value: formatHours(publicLaw) },
      { label: '专业法律知识', value: formatHours(specialised) },
    ];
  },
};

const classRow = z.object({ title: z.string(), status: z.string() });

/** Classes that are still to be held. */
export const classTransferFacts: TransferFacts = {
  title: '培训班',
  list: async (pool: Pool, personId) => {
    const { rows } = await pool.query<Record<string, unknown>>({
      name: 'training-transfer-classes',
      text: `select s.title, e.status from session_enrolment e join training_session s on s.id = e.session_id
             where e.person_id = $1 and s.status = 'scheduled' and e.status <> 'cancelled' order by s.title`,
      values: [personId],
    });
    return z
      .array(classRow)
      .parse(rows)
      .map((row) => ({
        label: row.title,
        value: row.status === 'waitlisted' ? '候补，名额保留' : '已报名，名额保留',
      }));
  },
};

/** Scheduled classes of units that end. */
export const classChangeFacts: ChangeFacts = {
  list: async (pool, { unitIds }) => {
    const { rows } = await pool.query<Record<string, unknown>>({
      name: 'training-change-facts',
      text: `select count(*)::int as count from training_session
             where unit_id = any($1::uuid[]) and status = 'scheduled'`,
      values: [[...unitIds]],
    });
    const { count } = z.object({ count: z.number() }).parse(rows[0]);
    return [{ what: '未结班的培训班', count, outcome: '由承接单位继续举办和结班，报名名单不变' }];
  },
};
