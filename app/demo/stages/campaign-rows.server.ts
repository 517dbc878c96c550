import { answerTask, bulkTask, reviewTask } from '#app/office/campaign/campaign-tasks.ts';
import type { CampaignState, TargetState } from '#app/office/campaign/campaign.ts';
import type { CampaignKind } from '#app/office/campaign/kinds/kind.ts';
import type { NewTask } from '#app/office/task/task.ts';
import { canonicalJson } from '#app/platform/result/canonical.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import { startOfDay } from '#app/platform/time/day.ts';
import type { CopyValue } from '../bulk.server.ts';
import { copyRows, once } from '../bulk.server.ts';
import { demoId } from '../demo-id.server.ts';
import type { CampaignPart } from '../plan/campaigns.ts';
import { setStage } from '../plan/cast.ts';
import type { PlannedUnit } from '../plan/city.ts';
import type { SeedRun } from '../seed-run.server.ts';
import { accountId, regionId, unitId, withOwner } from '../seed-run.server.ts';
import { copyTasks } from './tasks.server.ts';

/** How long units have to answer in the demo's campaigns. */
export const DEMO_WORKDAYS = 10;
const MORNING_MS = 9 * 3_600_000;

/** One campaign and how it went. */
export interface Story {
  readonly id: string;
  readonly kind: CampaignKind;
  readonly year: number;
  readonly state: CampaignState;
  readonly issuedDay: Day;
  readonly dueDay: Day;
  readonly answeredDay: Day;
  readonly documentNo: string | null;
  readonly approvingOrgan: string;
  readonly announcedDay: Day | null;
  /** What the approval came to; null before it. */
  readonly effect: unknown;
  readonly returnReason: string;
}

/** A unit asked, with what it answered; `content` is null while it owes the answer. */
export interface Asked {
  readonly unit: PlannedUnit;
  readonly targetId: string;
  readonly namePinyin: string;
  readonly part: CampaignPart;
  readonly content: unknown;
}

const STATES: Readonly<Record<CampaignPart, TargetState>> = {
  waiting: 'waiting',
  unchanged: 'submitted',
  accepted: 'accepted',
  changed: 'submitted',
  returned: 'returned',
};

const at = (day: Day): Date => new Date(startOfDay(day).getTime() + MORNING_MS);

/** Rows of one campaign, table by table. */
function rowsOf(story: Story, asked: readonly Asked[]) {
  const answered = asked.filter(({ part }) => part !== 'waiting');
  const answers = answered.map((one) => {
    const { content } = one;
    return {
      one,
      content,
      digest: story.kind.digest(content),
      id: demoId(`campaign_answer:${one.targetId}`, story.answeredDay),
    };
  });
  const digestOf = new Map(answers.map(({ one, digest }) => [one.targetId, digest]));
  const answeredAt = at(story.answeredDay);
  const [bureau, second] = [accountId('bureau'), accountId('bureau2')];
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
    kind === 'submitted' ? null : kind === 'approved' ? second : bureau,
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
          event(
            `${one.targetId}:returned`,
            'returned',
            { answerNo: 1 },
            { ...where, note: story.returnReason },
          ),
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
              approvingOrgan: story.approvingOrgan,
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
  const { kind } = story;
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

/** Writes a campaign whole, once. */
export async function copyStory(run: SeedRun, story: Story, asked: readonly Asked[]): Promise<void> {
  const { answers, answeredAt, targets, events } = rowsOf(story, asked);
  const cityKey = setStage(run.plan.plan).city.key;
  const title = story.kind.title(story.year);
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
          'approved_way',
          'approved_at',
          'announced_day',
          'announced_in',
          'effect',
        ],
        [
          [
            story.id,
            story.kind.code,
            place,
            story.year,
            title,
            story.kind.body(story.year),
            story.state,
            story.issuedDay,
            DEMO_WORKDAYS,
            story.dueDay,
            accountId('bureau'),
            at(story.issuedDay),
            decidedAt,
            story.documentNo,
            isDecided ? story.approvingOrgan : null,
            story.announcedDay,
            isDecided ? accountId('bureau2') : null,
            isDecided ? 'colleague' : null,
            decidedAt,
            story.announcedDay,
            story.announcedDay === null ? null : '市政府网站',
            story.effect === null ? null : JSON.stringify(story.effect),
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
