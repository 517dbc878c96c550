import { answerTask, bulkTask, reviewTask } from '#app/office/campaign/campaign-tasks.ts';
import type { CampaignState, TargetState } from '#app/office/campaign/campaign.ts';
import { ENTITY_CONFIRMATION, presetItem } from '#app/office/campaign/kinds/entity-confirmation.ts';
import type { EntityAnswer, EntityAnswerItem } from '#app/office/campaign/kinds/entity-confirmation.ts';
import type { NewTask } from '#app/office/task/task.ts';
import { addWorkdays } from '#app/office/workday/workday.ts';
import { loadWorkdayExceptions } from '#app/office/workday/workday.store.server.ts';
import type { EntityRecord } from '#app/organization/entity/entity.ts';
import { listEntitiesOfUnits } from '#app/organization/entity/entity.store.server.ts';
import { loadTree } from '#app/organization/tree/tree.store.server.ts';
import { canonicalJson } from '#app/platform/result/canonical.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addDays, startOfDay, yearOf } from '#app/platform/time/day.ts';
import type { CopyValue } from '../bulk.server.ts';
import { copyRows, once } from '../bulk.server.ts';
import { demoId } from '../demo-id.server.ts';
import type { CampaignPart } from '../plan/campaigns.ts';
import { partOf, pastConfirmation } from '../plan/campaigns.ts';
import { setStage } from '../plan/cast.ts';
import type { PlannedUnit } from '../plan/city.ts';
import type { SeedRun } from '../seed-run.server.ts';
import { copyTasks } from './tasks.server.ts';
import { accountId, regionId, unitId, withOwner } from '../seed-run.server.ts';

const WORKDAYS = 10;
const MORNING_MS = 9 * 3_600_000;
const DAYS_SINCE_ISSUE = 6;
const CALENDAR_DAYS = 60;

/** One campaign and what each unit did in it. */
interface Story {
  readonly id: string;
  readonly year: number;
  readonly state: CampaignState;
  readonly issuedDay: Day;
  readonly dueDay: Day;
  readonly answeredDay: Day;
  readonly documentNo: string | null;
  readonly announcedDay: Day | null;
  readonly part: (index: number, unit: PlannedUnit) => CampaignPart;
}

interface Asked {
  readonly unit: PlannedUnit;
  readonly targetId: string;
  readonly namePinyin: string;
  readonly records: readonly EntityRecord[];
  readonly part: CampaignPart;
}

const STATES: Readonly<Record<CampaignPart, TargetState>> = {
  waiting: 'waiting',
  unchanged: 'submitted',
  accepted: 'accepted',
  changed: 'submitted',
  returned: 'returned',
};
const RETURN_REASON = '执法依据须写明条款，请补充后重新提交。';

const at = (day: Day): Date => new Date(startOfDay(day).getTime() + MORNING_MS);

function changedItem(item: EntityAnswerItem): EntityAnswerItem {
  invariant(item.before, 'a registered entity has a record');
  const details = { ...item.before.details, address: '新区人民路 1 号' };
  return {
    ...item,
    verdict: 'changed',
    statement: { ...item.before, details },
    reason: '办公地址变更',
    proofNo: '演示〔2026〕迁址1号',
  };
}

function answerOf({ records, part }: Asked, nameOf: (id: string) => string | null): EntityAnswer {
  const items = records.map((record) => presetItem(record, nameOf));
  const isChanged = part === 'changed' || part === 'returned';
  return {
    preparer: '联络员',
    phone: null,
    items: isChanged ? items.map((item, index) => (index === 0 ? changedItem(item) : item)) : items,
  };
}

/** Rows of one campaign, table by table. */
function rowsOf(run: SeedRun, story: Story, asked: readonly Asked[], nameOf: (id: string) => string | null) {
  const answered = asked.filter(({ part }) => part !== 'waiting');
  const answers = answered.map((one) => {
    const content = answerOf(one, nameOf);
    return {
      one,
      content,
      digest: ENTITY_CONFIRMATION.digest(content),
      id: demoId(`campaign_answer:${one.targetId}`, story.answeredDay),
    };
  });
  const digestOf = new Map(answers.map(({ one, digest }) => [one.targetId, digest]));
  const answeredAt = at(story.answeredDay);
  const bureau = accountId('bureau');
  const targets = asked.map((one): CopyValue[] => {
    const digest = digestOf.get(one.targetId);
    const isReviewed = one.part === 'accepted' || one.part === 'returned';
    return [
      one.targetId,
      story.id,
      unitId(one.unit.key),
      regionId(one.unit.regionKey),
      one.unit.name,
      one.namePinyin,
      one.unit.field === null ? [] : [one.unit.field],
      story.dueDay,
      STATES[one.part],
      one.part === 'returned' ? 2 : 1,
      digest === undefined ? 0 : 1,
      digest?.exceptions.length ?? 0,
      JSON.stringify(digest?.figures ?? {}),
      digest === undefined ? 1 : isReviewed ? 3 : 2,
      digest === undefined ? null : answeredAt,
      isReviewed ? answeredAt : null,
      isReviewed ? bureau : null,
    ];
  });
  const event = (
    label: string,
    kind: string,
    detail: unknown,
    more: { targetId?: string; note?: string; day?: Day },
  ): CopyValue[] => [
    demoId(`campaign_event:${label}`, more.day ?? story.issuedDay),
    story.id,
    more.targetId ?? null,
    kind,
    more.note ?? null,
    JSON.stringify(detail),
    kind === 'submitted' ? null : bureau,
    at(more.day ?? story.issuedDay),
  ];
  const events = [
    event(`${story.id}:issued`, 'issued', { units: asked.length, dueDay: story.dueDay }, {}),
    ...answers.flatMap(({ one, digest }) => {
      const where = { targetId: one.targetId, day: story.answeredDay };
      const detail = { answerNo: 1, isLate: false, exceptionCount: digest.exceptions.length };
      const handedIn = event(`${one.targetId}:submitted`, 'submitted', detail, where);
      if (one.part === 'returned')
        return [
          handedIn,
          event(`${one.targetId}:returned`, 'returned', { answerNo: 1 }, { ...where, note: RETURN_REASON }),
        ];
      return one.part === 'accepted'
        ? [handedIn, event(`${one.targetId}:accepted`, 'accepted', { answerNo: 1, inBulk: true }, where)]
        : [handedIn];
    }),
    ...(story.documentNo === null || story.announcedDay === null
      ? []
      : [
          event(
            `${story.id}:approved`,
            'approved',
            {
              documentNo: story.documentNo,
              effectiveDay: story.announcedDay,
              approvingOrgan: `${setStage(run.plan.plan).city.name}人民政府`,
              unanswered: 0,
            },
            { day: story.announcedDay },
          ),
          event(
            `${story.id}:announced`,
            'announced',
            { announcedDay: story.announcedDay },
            { day: story.announcedDay },
          ),
        ]),
  ];
  return { answers, answeredAt, targets, events };
}

/** Tasks that wait: units that owe an answer, answers with changes, and the unchanged ones together. */
function tasksOf(
  story: Story,
  campaign: { id: string; title: string; regionId: string },
  asked: readonly Asked[],
): NewTask[] {
  if (story.state !== 'open') return [];
  const kind = ENTITY_CONFIRMATION;
  const tasks = asked.flatMap((one): NewTask[] => {
    const target = {
      id: one.targetId,
      unitId: unitId(one.unit.key),
      unitName: one.unit.name,
      dueDay: story.dueDay,
    };
    if (one.part === 'waiting') return [answerTask(campaign, kind, { ...target, taskNo: 1 })];
    if (one.part === 'returned') return [answerTask(campaign, kind, { ...target, taskNo: 2 }, true)];
    if (one.part !== 'changed') return [];
    const place = { ...target, regionId: regionId(one.unit.regionKey) };
    return [reviewTask(campaign, kind, place, { no: 1, exceptionCount: 1 })];
  });
  return [...tasks, bulkTask({ ...campaign, bulkRound: 1 }, kind)];
}

async function copyStory(run: SeedRun, story: Story, asked: readonly Asked[]): Promise<void> {
  const names = new Map(run.plan.plan.units.map((unit) => [unitId(unit.key), unit.name]));
  const nameOf = (id: string): string | null => names.get(id) ?? null;
  const { answers, answeredAt, targets, events } = rowsOf(run, story, asked, nameOf);
  const cityKey = setStage(run.plan.plan).city.key;
  const title = ENTITY_CONFIRMATION.title(story.year);
  const place = regionId(cityKey);
  const tasks = tasksOf(story, { id: story.id, title, regionId: place }, asked);
  const isDecided = story.documentNo !== null;
  const decidedAt = story.announcedDay === null ? null : at(story.announcedDay);
  await withOwner(run, (client) =>
    once(client, { table: 'campaign', id: story.id }, async () => {
      await copyRows(
        client,
        'campaign',
        [
          'id',
          'kind',
          'region_id',
          'year',
          'title',
          'body',
          'state',
          'issued_day',
          'workdays',
          'due_day',
          'issued_by',
          'issued_at',
          'closed_at',
          'document_no',
          'approving_organ',
          'effective_day',
          'approved_by',
          'approved_at',
          'announced_day',
          'announced_in',
        ],
        [
          [
            story.id,
            ENTITY_CONFIRMATION.code,
            place,
            story.year,
            title,
            ENTITY_CONFIRMATION.body(story.year),
            story.state,
            story.issuedDay,
            WORKDAYS,
            story.dueDay,
            accountId('bureau'),
            at(story.issuedDay),
            decidedAt,
            story.documentNo,
            isDecided ? `${setStage(run.plan.plan).city.name}人民政府` : null,
            story.announcedDay,
            isDecided ? accountId('bureau') : null,
            decidedAt,
            story.announcedDay,
            isDecided ? '市政府网站' : null,
          ],
        ],
      );
      await copyRows(
        client,
        'campaign_target',
        [
          'id',
          'campaign_id',
          'unit_id',
          'region_id',
          'unit_name',
          'unit_name_pinyin',
          'field_codes',
          'due_day',
          'state',
          'task_no',
          'answer_no',
          'exception_count',
          'figures',
          'version',
          'answered_at',
          'reviewed_at',
          'reviewed_by',
        ],
        targets,
      );
      await copyRows(
        client,
        'campaign_answer',
        ['id', 'target_id', 'no', 'exception_count', 'is_late', 'content_hash', 'occurred_at'],
        answers.map(({ id, one, digest, content }) => [
          id,
          one.targetId,
          1,
          digest.exceptions.length,
          false,
          new Uint8Array(sha256(canonicalJson(content))),
          answeredAt,
        ]),
      );
      await copyRows(
        client,
        'campaign_answer_payload',
        ['answer_id', 'content'],
        answers.map(({ id, content }) => [id, JSON.stringify(content)]),
      );
      await copyRows(
        client,
        'campaign_event',
        ['id', 'campaign_id', 'target_id', 'kind', 'note', 'detail', 'actor_id', 'occurred_at'],
        events,
      );
      await copyTasks(client, tasks, at(story.issuedDay));
    }),
  );
}

/**
 * The confirmation of the present year, announced long ago with every unit's answer, and the one of the coming year, under
 * way: some have answered, some have changes, some owe it (YC1). After accounts, whose bureau issued them.
 */
export async function seedCampaigns(run: SeedRun): Promise<void> {
  const { plan, seedDay, ctx } = run;
  const stage = setStage(plan.plan);
  const onStage = [stage.liaisonUnit.key, stage.otherUnit.key];
  const units = plan.plan.units.filter(
    (unit) =>
      unit.entity !== null &&
      (unit.regionKey === stage.city.key || unit.regionKey.startsWith(`${stage.city.key}/`)),
  );
  const records = await listEntitiesOfUnits(
    ctx.pool,
    units.map((unit) => unitId(unit.key)),
    seedDay,
  );
  const tree = await loadTree(ctx.pool, seedDay, ctx.clock.now());
  const byUnit = new Map<string, EntityRecord[]>();
  for (const record of records) byUnit.set(record.unitId, [...(byUnit.get(record.unitId) ?? []), record]);
  const confirmed = records.find((record) => record.announcedDay !== null);
  const year = confirmed?.announcedDay ? yearOf(confirmed.announcedDay) : yearOf(seedDay);
  const past = pastConfirmation(year);
  const issuedDay = addDays(seedDay, -DAYS_SINCE_ISSUE);
  const exceptions = await loadWorkdayExceptions(ctx.pool, issuedDay, addDays(issuedDay, CALENDAR_DAYS));
  const stories: Story[] = [
    {
      id: demoId(`campaign:entity:${year}`, past.issuedDay),
      state: 'announced',
      ...past,
      answeredDay: past.issuedDay,
      documentNo: confirmed?.confirmationNo ?? `演示〔${year}〕主体公告`,
      part: () => 'accepted',
    },
    {
      id: demoId(`campaign:entity:${year + 1}`, issuedDay),
      year: year + 1,
      state: 'open',
      issuedDay,
      dueDay: addWorkdays(issuedDay, WORKDAYS, exceptions),
      answeredDay: addDays(seedDay, -2),
      documentNo: null,
      announcedDay: null,
      part: (index, unit) => partOf(index, onStage.includes(unit.key)),
    },
  ];
  for (const story of stories) {
    const asked = units.map((unit, index) => ({
      unit,
      targetId: demoId(`campaign_target:${story.id}:${unit.key}`, story.issuedDay),
      namePinyin: tree.units.get(unitId(unit.key))?.namePinyin ?? '',
      records: byUnit.get(unitId(unit.key)) ?? [],
      part: story.part(index, unit),
    }));
    await copyStory(run, story, asked);
  }
  run.progress(`任务：主体资格确认 ${stories.length} 期，${units.length} 个单位`);
}
