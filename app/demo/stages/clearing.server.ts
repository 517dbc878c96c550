import { z } from 'zod';
import type { RosterAnswer } from '#app/office/campaign/kinds/roster-clearing.ts';
import { ROSTER_CLEARING } from '#app/office/campaign/kinds/roster-clearing.ts';
import { addWorkdays } from '#app/office/workday/workday.ts';
import { loadWorkdayExceptions } from '#app/office/workday/workday.store.server.ts';
import { LEAVING_REASONS } from '#app/organization/change/leaving.ts';
import { loadTree } from '#app/organization/tree/tree.store.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import { addDays, startOfDay, yearOf } from '#app/platform/time/day.ts';
import { BLANK_PAGE } from '../blank-page.ts';
import { copyRows, once } from '../bulk.server.ts';
import { demoId } from '../demo-id.server.ts';
import type { CampaignPart } from '../plan/campaigns.ts';
import { partOf } from '../plan/campaigns.ts';
import { setStage } from '../plan/cast.ts';
import type { PlannedUnit } from '../plan/city.ts';
import type { SeedRun } from '../seed-run.server.ts';
import { accountId, unitId, withOwner } from '../seed-run.server.ts';
import type { Asked, Story } from './campaign-rows.server.ts';
import { DEMO_WORKDAYS, copyStory } from './campaign-rows.server.ts';

/** The finished clearing was issued so long ago, the running one a few days. */
const DAYS_AGO = { finished: 90, running: 4 } as const;
const CALENDAR_DAYS = 60;
/** Whom the finished clearing could have found: who left in the year before it. */
const LOOKED_BACK_DAYS = 365;
const RETURN_REASON = '盖章件不清晰，请重新扫描上传后提交。';

const rosterRow = z.object({ unitId: z.string(), headcount: z.number() });
const leaverRow = z.object({
  unitId: z.string(),
  personId: z.string(),
  name: z.string(),
  reason: z.enum(LEAVING_REASONS),
  day: z.string(),
});
type Leaver = z.infer<typeof leaverRow>;

async function headcounts(run: SeedRun, unitIds: readonly string[], day: Day): Promise<Map<string, number>> {
  const { rows } = await run.ctx.pool.query(
    `select unit_id::text as "unitId", count(*)::int as headcount from person_unit_link
     where kind = 'home' and superseded_at is null and unit_id = any($1::uuid[]) and valid_from <= $2::date
       and (valid_to is null or valid_to > $2::date) group by unit_id`,
    [[...unitIds], day],
  );
  return new Map(
    z
      .array(rosterRow)
      .parse(rows)
      .map((row) => [row.unitId, row.headcount]),
  );
}

/** People of the units who really left in the stretch before the day: the register says so already. */
async function leaversBefore(run: SeedRun, unitIds: readonly string[], day: Day): Promise<Leaver[]> {
  const { rows } = await run.ctx.pool.query(
    `select l.unit_id::text as "unitId", p.id::text as "personId", p.name, l.end_reason as reason,
       l.valid_to::text as day
     from person_unit_link l join person p on p.id = l.person_id
     where l.kind = 'home' and l.superseded_at is null and l.unit_id = any($1::uuid[])
       and l.end_reason = any($4::text[]) and l.valid_to between $2::date and $3::date
     order by l.valid_to, p.id_number_hash`,
    [[...unitIds], addDays(day, -LOOKED_BACK_DAYS), day, [...LEAVING_REASONS]],
  );
  return z.array(leaverRow).parse(rows);
}

const answerOf = (headcount: number, leavers: readonly Leaver[]): RosterAnswer => ({
  preparer: '联络员',
  phone: null,
  headcount: headcount + leavers.length,
  exceptions: leavers.map(({ personId, name, reason, day }) => ({
    personId,
    name,
    status: reason,
    day,
    until: null,
    proofNo: `演示人〔${yearOf(day)}〕离岗`,
    note: null,
  })),
});

/** Everything was registered by the clearing, but for the last one, whose unit had been quicker. */
function effectOf(leavers: readonly Leaver[]): unknown {
  const [quicker] = leavers.slice(-1);
  const skipped = quicker === undefined ? [] : [{ ...quicker, why: '当日不在岗或已办理离岗' }];
  return {
    left: leavers.length - skipped.length,
    away: 0,
    skipped: skipped.map(({ personId, name, unitId: unit, why }) => ({ personId, name, unitId: unit, why })),
  };
}

/** Every answer came with its stamped form. */
async function copyStampedForms(run: SeedRun, story: Story, asked: readonly Asked[]): Promise<void> {
  const files = asked
    .filter(({ part }) => part !== 'waiting')
    .map(({ targetId }) => ({ id: demoId(`campaign_file:${targetId}`, story.answeredDay), targetId }));
  const [first] = files;
  if (first === undefined) return;
  await withOwner(run, (client) =>
    once(client, { table: 'campaign_file', id: first.id }, async () => {
      await copyRows(
        client,
        'campaign_file',
        [
          ...['id', 'target_id', 'purpose', 'file_name', 'media_type', 'byte_count', 'content_hash'],
          ...['uploaded_by', 'uploaded_at'],
        ],
        files.map(({ id, targetId }) => [
          ...[
            id,
            targetId,
            'stamped_form',
            '人员清理表（盖章）.pdf',
            'application/pdf',
            BLANK_PAGE.byteLength,
          ],
          ...[new Uint8Array(sha256(BLANK_PAGE)), accountId('liaison'), startOfDay(story.answeredDay)],
        ]),
      );
      await copyRows(
        client,
        'campaign_file_payload',
        ['file_id', 'content'],
        files.map(({ id }) => [id, BLANK_PAGE]),
      );
    }),
  );
}

/**
 * 人员清理 of the city's own units: one finished, whose leavers the register has, and one under way (YC3). After histories
 * and accounts.
 */
export async function seedClearings(run: SeedRun): Promise<void> {
  const { plan, seedDay, ctx } = run;
  const stage = setStage(plan.plan);
  const onStage = [stage.liaisonUnit.key, stage.otherUnit.key];
  const units = plan.plan.units.filter(
    (unit) => onStage.includes(unit.key) || (unit.regionKey === stage.city.key && unit.entity !== null),
  );
  const unitIds = units.map((unit) => unitId(unit.key));
  const tree = await loadTree(ctx.pool, seedDay, ctx.clock.now());
  const approvingOrgan = stage.cityBureau.name;

  const copy = async (
    story: Story,
    partOfUnit: (index: number, unit: PlannedUnit) => CampaignPart,
    leavers: readonly Leaver[],
  ) => {
    const counts = await headcounts(run, unitIds, story.answeredDay);
    const asked = units.map((unit, index): Asked => {
      const part = partOfUnit(index, unit);
      const own = leavers.filter((leaver) => leaver.unitId === unitId(unit.key));
      return {
        unit,
        targetId: demoId(`campaign_target:${story.id}:${unit.key}`, story.issuedDay),
        namePinyin: tree.units.get(unitId(unit.key))?.namePinyin ?? '',
        part,
        content: part === 'waiting' ? null : answerOf(counts.get(unitId(unit.key)) ?? 0, own),
      };
    });
    await copyStory(run, story, asked);
    await copyStampedForms(run, story, asked);
  };

  const finished = addDays(seedDay, -DAYS_AGO.finished);
  const leavers = await leaversBefore(run, unitIds, finished);
  await copy(
    {
      id: demoId('campaign:clearing:finished', finished),
      kind: ROSTER_CLEARING,
      year: yearOf(finished),
      state: 'announced',
      issuedDay: finished,
      dueDay: addDays(finished, 14),
      answeredDay: addDays(finished, 8),
      documentNo: `演示司〔${yearOf(finished)}〕清理1号`,
      approvingOrgan,
      announcedDay: addDays(finished, 20),
      effect: effectOf(leavers),
      returnReason: RETURN_REASON,
    },
    () => 'accepted',
    leavers,
  );

  const running = addDays(seedDay, -DAYS_AGO.running);
  const exceptions = await loadWorkdayExceptions(ctx.pool, running, addDays(running, CALENDAR_DAYS));
  const noExceptions = (part: CampaignPart): CampaignPart => (part === 'changed' ? 'unchanged' : part);
  await copy(
    {
      id: demoId('campaign:clearing:running', running),
      kind: ROSTER_CLEARING,
      year: yearOf(running),
      state: 'open',
      issuedDay: running,
      dueDay: addWorkdays(running, DEMO_WORKDAYS, exceptions),
      answeredDay: addDays(seedDay, -1),
      documentNo: null,
      approvingOrgan,
      announcedDay: null,
      effect: null,
      returnReason: RETURN_REASON,
    },
    (index, unit) => noExceptions(partOf(index, onStage.includes(unit.key))),
    [],
  );
  run.progress(`任务：人员清理 2 期，${units.length} 个单位`);
}
