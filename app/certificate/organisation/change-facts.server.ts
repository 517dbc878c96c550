import { z } from 'zod';
import type { ChangeFacts, TransferFacts } from '#app/office/change/facts.server.ts';
import { formatDay } from '#app/platform/time/day.ts';
import { groupDigits } from '#app/platform/ui/text/format.ts';
import { CERTIFICATE_STATES, STANDING_WORDS, shownStanding } from '../register/certificate.ts';

const cardRow = z.object({
  certificateNo: z.string(),
  state: z.enum(CERTIFICATE_STATES),
  isLost: z.boolean(),
  validToDay: z.string(),
  fieldName: z.string(),
});

/** The person's cards that have not ended, with the word their state has today. */
export const cardTransferFacts: TransferFacts = {
  title: '执法证件',
  list: async (pool, personId, today) => {
    const { rows } = await pool.query<Record<string, unknown>>({
      name: 'certificate-transfer-facts',
      text: `select c.certificate_no as "certificateNo", c.state, c.is_lost as "isLost",
               c.valid_to_day as "validToDay", coalesce(f.name, c.field_code) as "fieldName"
             from certificate c left join field f on f.code = c.field_code
             where c.person_id = $1 and c.state in ('pending_print', 'active', 'suspended', 'recovered')
             order by c.issued_day desc`,
      values: [personId],
    });
    return z
      .array(cardRow)
      .parse(rows)
      .map((card) => ({
        label: groupDigits(card.certificateNo),
        value: `${STANDING_WORDS[shownStanding(card.state, card.isLost, card.validToDay, today)]} · ${card.fieldName} · 有效期至 ${formatDay(card.validToDay)}`,
      }));
  },
};

const countRow = z.object({ cards: z.number(), applications: z.number() });

/** Cards and open applications that name units which end. */
export const cardChangeFacts: ChangeFacts = {
  list: async (pool, { unitIds }) => {
    const { rows } = await pool.query<Record<string, unknown>>({
      name: 'certificate-change-facts',
      text: `select
               (select count(*)::int from certificate where unit_id = any($1::uuid[])
                  and state in ('pending_print', 'active', 'suspended', 'recovered')) as cards,
               (select count(*)::int from certificate_application where unit_id = any($1::uuid[])
                  and state in ('draft', 'submitted', 'under_review', 'returned', 'approved')) as applications`,
      values: [[...unitIds]],
    });
    const { cards, applications } = countRow.parse(rows[0]);
    return [
      { what: '执法证件', count: cards, outcome: '证件状态不变，由承接单位管理；所载单位通过变更换发更新' },
      { what: '在办证件申领', count: applications, outcome: '由承接单位继续办理' },
    ];
  },
};
