import { z } from 'zod';
import type { CampaignWork } from '#app/office/campaign/work.server.ts';
import type { Pool } from '#app/platform/db/db.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import type { Day } from '#app/platform/time/day.ts';
import { formReader } from '#app/office/campaign/kinds/form-values.ts';
import { findBatch } from '../batch.store.server.ts';
import { listRegistrationsOf } from '../registration/registration.store.server.ts';
import type { RegistrationAnswer } from './registration-kind.ts';
import { EXAM_REGISTRATION, registrationAnswerSchema } from './registration-kind.ts';

const unitRows = z.array(z.object({ unitId: z.string() }));

/** Units somebody is at home in on the day: the others have nobody to register. */
async function unitsWithPeople(pool: Pool, day: Day): Promise<Set<string>> {
  const { rows } = await pool.query({
    name: 'exam-units-with-people',
    text: `select distinct unit_id::text as "unitId" from person_unit_link where kind = 'home' and superseded_at is null
             and valid_from <= $1::date and (valid_to is null or valid_to > $1::date)`,
    values: [day],
  });
  return new Set(unitRows.parse(rows).map((row) => row.unitId));
}

/** What a unit hands in is what it has registered: read here, never from the form. */
async function listOf(
  pool: Pool,
  unitId: string,
  form: { readonly batchId: string; readonly preparer: string; readonly phone: string | null },
): Promise<RegistrationAnswer> {
  const registrations = await listRegistrationsOf(pool, form.batchId, [unitId]);
  return {
    ...form,
    people: registrations
      .filter((one) => one.status !== 'withdrawn')
      .map((one) => ({
        registrationId: one.id,
        name: one.personName,
        verdict: one.verdict,
        route: one.route,
        note: one.reasons.find(({ weight }) => weight !== 'note')?.text ?? null,
      })),
  };
}

export const registrationWork: CampaignWork = {
  kind: EXAM_REGISTRATION,
  chooseTargets: async (ctx, units, day) => {
    const peopled = await unitsWithPeople(ctx.pool, day);
    return units.filter((unit) => peopled.has(unit.id));
  },
  readAnswer: async (ctx, { unit }, { mode, values }) => {
    const read = formReader(values);
    const preparer = read.needed('preparer', '请填写填表人');
    const phone = read.text('phone');
    const batchId = read.text('batchId') ?? '';
    const batch = isId(batchId) ? await findBatch(ctx.pool, batchId) : null;
    if (batch === null) read.fail('preparer', '没有这个考试批次，请从报名页面报送');
    if (Object.keys(read.problems).length > 0) return { ok: false, problems: read.problems };
    const content = await listOf(ctx.pool, unit.id, { batchId, preparer, phone });
    if (mode === 'same' && content.people.length > 0)
      return { ok: false, problems: { preparer: `本单位已有 ${content.people.length} 人报名，请报送名单` } };
    if (mode === 'filled_in' && content.people.length === 0)
      return { ok: false, problems: { preparer: '本单位还没有人报名；确实无人报名的，请按“无人报名”报送' } };
    return { ok: true, content };
  },
  isCalledOff: async (reader, campaignId) =>
    (await reader.examBatch.count({ where: { campaignId, status: 'cancelled' } })) > 0,
  applyApproval: async (tx, _ctx, { answers }) => {
    const listed = answers.flatMap((answer) => registrationAnswerSchema.parse(answer.content).people);
    const approved = await tx.examRegistration.count({
      where: { id: { in: listed.map((one) => one.registrationId) }, status: 'approved' },
    });
    return { registered: listed.length, approved };
  },
};
