import { z } from 'zod';
import type { BeginAbsenceRefusal } from '#app/organization/change/absent-person.server.ts';
import { beginAbsenceIn } from '#app/organization/change/absent-person.server.ts';
import { decideBegin } from '#app/organization/change/absence.ts';
import { listAbsencesOf } from '#app/organization/change/absence.store.server.ts';
import type { LeavePostRefusal } from '#app/organization/change/leave-post.server.ts';
import { leavePostIn } from '#app/organization/change/leave-post.server.ts';
import type { HomeStretch } from '#app/organization/person/home-timeline.ts';
import { decideLeaving, homeOn } from '#app/organization/person/home-timeline.ts';
import { loadHomeTimelines, lockPersons } from '#app/organization/person/home-timeline.store.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Pool, Tx } from '#app/platform/db/db.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { appendOutbox } from '#app/platform/outbox/outbox.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { AcceptedAnswer } from '../answer.store.server.ts';
import type { CardProposalFact } from '../card-proposal.ts';
import { CARD_PROPOSALS } from '../card-proposal.ts';
import { settleTasks } from '../../task/open-tasks.server.ts';
import type { Approval, CampaignWork, EffectRefusal } from '../work.server.ts';
import type { RosterException, RosterPerson, SkippedPerson } from './roster-clearing.ts';
import {
  CLEARING_LABELS,
  ROSTER_CLEARING,
  cardProposalFor,
  isLeaving,
  rosterAnswerSchema,
} from './roster-clearing.ts';
import { clearingFormData, readRosterForm } from './roster-form.ts';
import { CLEARING_FORM } from './roster-papers.ts';

const personRow = z.object({
  personId: z.string(),
  name: z.string(),
  idNumberMasked: z.string(),
  position: z.string().nullable(),
});

/** Everyone whose home the unit is on the day, by name. */
export async function loadRosterPreset(pool: Pool, unitId: string, day: Day): Promise<RosterPerson[]> {
  const { rows } = await pool.query({
    name: 'office-campaign-roster',
    text: `select p.id as "personId", p.name, p.id_number_masked as "idNumberMasked", l.position
           from person_unit_link l join person p on p.id = l.person_id
           where l.unit_id = $1 and l.kind = 'home' and l.superseded_at is null
             and l.valid_from <= $2::date and (l.valid_to is null or l.valid_to > $2::date)
           order by p.name_pinyin, p.id`,
    values: [unitId, day],
  });
  return z.array(personRow).parse(rows);
}

async function unitsWithPeople(pool: Pool, day: Day): Promise<Set<string>> {
  const { rows } = await pool.query({
    name: 'office-campaign-peopled-units',
    text: `select distinct unit_id from person_unit_link where kind = 'home' and superseded_at is null
             and valid_from <= $1::date and (valid_to is null or valid_to > $1::date)`,
    values: [day],
  });
  return new Set(
    z
      .array(z.object({ unit_id: z.string() }))
      .parse(rows)
      .map((row) => row.unit_id),
  );
}

type Reported = RosterException & { readonly unitId: string };

const WHY: Readonly<Record<LeavePostRefusal | BeginAbsenceRefusal, string>> = {
  NOT_IN_UNIT: '已不在本单位',
  NOT_IN_POST: '当日不在岗或已办理离岗',
  LATER_PLACE_KNOWN: '已登记此后的工作单位',
  LEAVES_ON_FIRST_DAY: '离岗日期与到岗日期相同，需更正到岗记录',
  AWAY_ALREADY: '已登记离岗期间',
  RETURN_BEFORE_BEGIN: '返回日期早于离开日期',
  RETURN_IN_FUTURE: '返回日期晚于今天',
  NOT_LATER: '预计返回日期没有变化',
  BACK_ALREADY: '已返回',
  NOTHING_CORRECTED: '没有更改的内容',
};

/** Why it cannot be done now, judged under the persons' locks with the owner's own rules; null when it can. */
async function obstacle(tx: Tx, one: Reported, history: readonly HomeStretch[]): Promise<string | null> {
  const home = homeOn(history, one.day);
  if (home === null) return WHY.NOT_IN_POST;
  if (home.unitId !== one.unitId) return WHY.NOT_IN_UNIT;
  if (isLeaving(one.status)) {
    const source = { sourceKind: 'campaign', sourceId: null };
    const decided = decideLeaving(history, { awayFromDay: one.day, reason: one.status, source });
    if (!decided.ok) return WHY[decided.code];
    return decided.value.insert.length === 0 ? WHY.NOT_IN_POST : null;
  }
  const begins = { validFrom: one.day, expectedReturnDay: one.until ?? one.day };
  const decided = decideBegin(await listAbsencesOf(tx, one.personId), begins);
  return decided.ok ? null : WHY[decided.code];
}

/** @returns the leaving that was registered; null for an absence */
async function register(
  tx: Tx,
  ctx: Ctx,
  one: Reported,
  refuse: Refuse<EffectRefusal>,
): Promise<string | null> {
  const told: Refuse<LeavePostRefusal | BeginAbsenceRefusal> = (code) =>
    refuse('EFFECT_REFUSED', { reason: `${one.name}：${WHY[code]}` });
  const { personId, unitId, day, proofNo, note } = one;
  if (isLeaving(one.status)) {
    const paper = { documentNo: proofNo, note };
    const leaving = { personId, unitId, awayFromDay: day, reason: one.status, ...paper };
    const { leavingId, returnedTransfers } = await leavePostIn(tx, ctx, leaving, told);
    await settleTasks(tx, ctx, { kind: 'transfer.accept', keys: returnedTransfers, outcome: 'withdrawn' });
    return leavingId;
  }
  await beginAbsenceIn(
    tx,
    ctx,
    {
      personId,
      kind: one.status,
      destination: note,
      documentNo: proofNo,
      cardKeeper: null,
      expectedReturnDay: one.until ?? day,
      validFrom: day,
    },
    told,
  );
  return null;
}

interface Registered {
  readonly one: Reported;
  readonly leavingId: string | null;
}

/** What the certificate area may do about the cards: a proposal each, decided there (HY11). */
async function proposeCards(
  tx: Tx,
  ctx: Ctx,
  { campaign, documentNo }: Approval,
  registered: readonly Registered[],
): Promise<void> {
  const facts = registered.flatMap(({ one, leavingId }): CardProposalFact[] => {
    if (leavingId === null || !isLeaving(one.status)) return [];
    const { personId, unitId, status, day, proofNo } = one;
    const basis = `${campaign.title}（${documentNo}），${CLEARING_LABELS[status]}，${proofNo}`;
    const proposal = cardProposalFor(status);
    return [
      {
        personId,
        unitId,
        proposal,
        reason: status,
        awayFromDay: day,
        leavingId,
        basis,
        campaignId: campaign.id,
      },
    ];
  });
  await appendOutbox(
    tx,
    facts.map((payload) => ({
      topic: CARD_PROPOSALS,
      key: `${campaign.id}:${payload.personId}`,
      payload,
      occurredAt: ctx.clock.now(),
    })),
  );
}

const reportedOf = (answer: AcceptedAnswer): Reported[] =>
  rosterAnswerSchema.parse(answer.content).exceptions.map((one) => ({ ...one, unitId: answer.unitId }));

export const rosterWork: CampaignWork = {
  kind: ROSTER_CLEARING,
  chooseTargets: async (ctx, units, day) => {
    const peopled = await unitsWithPeople(ctx.pool, day);
    return units.filter((unit) => peopled.has(unit.id));
  },
  readAnswer: async (ctx, { unit, today }, { mode, values }) => {
    const people = await loadRosterPreset(ctx.pool, unit.id, today);
    const kept = { preparer: values.preparer ?? '', phone: values.phone ?? '' };
    return readRosterForm(mode === 'same' ? kept : values, people, today);
  },
  unitForm: {
    paper: CLEARING_FORM,
    fill: async (ctx, { unit, today }, { title, values }) =>
      clearingFormData(await loadRosterPreset(ctx.pool, unit.id, today), {
        title,
        unitName: unit.name,
        values,
      }),
  },
  applyApproval: async (tx, ctx, approval, refuse) => {
    const reported = approval.answers.flatMap(reportedOf);
    const personIds = reported.map((one) => one.personId);
    await lockPersons(tx, personIds);
    const histories = await loadHomeTimelines(tx, personIds);
    const skipped: SkippedPerson[] = [];
    const done: Registered[] = [];
    for (const one of reported) {
      const why = await obstacle(tx, one, histories.get(one.personId) ?? []);
      if (why !== null) {
        skipped.push({ personId: one.personId, name: one.name, unitId: one.unitId, why });
        continue;
      }
      done.push({ one, leavingId: await register(tx, ctx, one, refuse) });
    }
    await proposeCards(tx, ctx, approval, done);
    const left = done.filter(({ leavingId }) => leavingId !== null).length;
    return { left, away: done.length - left, skipped: skipped.map((one) => ({ ...one })) };
  },
};
