import { z } from 'zod';
import type { NewNotice } from '#app/office/notice/notice.ts';
import { resolveAudience } from '#app/office/notice/audience.server.ts';
import { insertNotice } from '#app/office/notice/notice.store.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addDays, formatDay, startOfDay, yearOf } from '#app/platform/time/day.ts';
import type { SeedRun } from '../seed-run.server.ts';
import { accountId, regionId } from '../seed-run.server.ts';
import { setStage } from '../plan/cast.ts';

const MORNING_MS = 9 * 3_600_000;

const openCampaign = z.object({
  id: z.string(),
  title: z.string(),
  body: z.string(),
  dueDay: z.string(),
  issuedDay: z.string(),
  unitIds: z.array(z.string()),
  owingIds: z.array(z.string()),
});
type OpenCampaign = z.infer<typeof openCampaign>;

async function openCampaigns(run: SeedRun): Promise<OpenCampaign[]> {
  const { rows } = await run.ctx.pool.query(
    `select c.id, c.title, c.body, c.due_day::text as "dueDay", c.issued_day::text as "issuedDay",
       array_agg(t.unit_id::text) as "unitIds",
       coalesce(array_agg(t.unit_id::text) filter (where t.state in ('waiting', 'returned')), '{}') as "owingIds"
     from campaign c join campaign_target t on t.campaign_id = c.id
     where c.state = 'open' group by c.id order by c.issued_day, c.id`,
  );
  return z.array(openCampaign).parse(rows);
}

interface Said {
  readonly day: Day;
  readonly by: string;
  readonly notice: NewNotice;
}

/** What a campaign that is under way has told its units: that it began, and who is still awaited. */
function saidBy(campaign: OpenCampaign, seedDay: Day): Said[] {
  const { id, title, unitIds, owingIds } = campaign;
  const path = `/coordinate/campaigns/${id}`;
  const due = formatDay(campaign.dueDay);
  const issued: Said = {
    day: campaign.issuedDay,
    by: 'bureau',
    notice: {
      kind: 'campaign.issued',
      key: id,
      title: title.slice(0, 60),
      body: `${campaign.body}\n请于${due}前完成填报。`,
      path,
      to: [{ role: 'unit_liaison', unitIds }],
    },
  };
  if (owingIds.length === 0) return [issued];
  const notice: NewNotice = {
    kind: 'campaign.reminder',
    key: `${id}:demo`,
    title: `催报：${title}`.slice(0, 60),
    body: `贵单位尚未完成“${title}”的填报，截止日期为${due}，请尽快办理。`,
    path,
    to: [{ role: 'unit_liaison', unitIds: owingIds }],
  };
  return [issued, { day: addDays(seedDay, -1), by: 'bureau', notice }];
}

/** What the offices of the city have told people in the last days. */
function saidInTheCity(run: SeedRun): Said[] {
  const { seedDay } = run;
  const year = yearOf(seedDay);
  const { city } = setStage(run.plan.plan);
  const everybody = ['officer', 'liaison', 'liaison2', 'leader', 'department', 'office', 'bureau', 'bureau2'];
  return [
    {
      day: addDays(seedDay, -20),
      by: 'bureau',
      notice: {
        kind: 'campaign.announced',
        key: `demo:${year}`,
        title: `${year}年度行政执法主体已公告`,
        body: `${city.name}${year}年度行政执法主体经市人民政府审核确认，已向社会公告。\n未列入公告的单位不得实施行政执法。`,
        path: null,
        to: [{ accountIds: everybody.map(accountId) }],
      },
    },
    {
      day: addDays(seedDay, -5),
      by: 'liaison',
      notice: {
        kind: 'session.invited',
        key: `demo:${year}:hours`,
        title: '请在年底前完成年度学时',
        body: '请在“学时”页核对本年度还缺的学时，选学课程或报名参加集中培训，年底前完成。',
        path: '/hours',
        to: [{ accountIds: ['officer', 'applicant'].map(accountId) }],
      },
    },
    {
      day: addDays(seedDay, -2),
      by: 'department',
      notice: {
        kind: 'office.message',
        key: `demo:${year}:training`,
        title: '市场监管领域集中培训安排征求意见',
        body: '下季度集中培训拟安排两期，请各单位于本周五前反馈参训人数和时间建议。',
        path: null,
        to: [
          { accountIds: ['liaison', 'bureau'].map(accountId) },
          { role: 'justice_bureau', regionIds: [regionId(city.key)] },
        ],
      },
    },
  ];
}

/** The inboxes of the named accounts, on the days things were said; said again, nothing is doubled. */
export async function seedNotices(run: SeedRun): Promise<void> {
  const campaigns = await openCampaigns(run);
  const said = [...campaigns.flatMap((one) => saidBy(one, run.seedDay)), ...saidInTheCity(run)];
  for (const { day, by, notice } of [...said].sort((a, b) => a.day.localeCompare(b.day))) {
    // Who holds which office is asked as of today: the city's grants begin with the seed.
    const to = await resolveAudience(run.ctx, notice.to);
    const at = new Date(startOfDay(day).getTime() + MORNING_MS);
    const sending = { to, actorId: accountId(by), at, sentAt: at };
    await inTransaction(run.ctx, 'demo-notice', (tx) => insertNotice(tx, notice, sending));
  }
  run.progress(`通知：${said.length} 条`);
}
