import type { MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { cx } from '#app/platform/ui/cx.ts';
import { Ring } from '#app/platform/ui/data/ring.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { formatHours, formatHoursFigure } from '#app/platform/ui/text/format.ts';
import type { HoursView } from '../hours-view.server.ts';
import { hoursView } from '../hours-view.server.ts';
import { CATEGORIES, CATEGORY_LABELS } from '../hours.ts';
import { EntryList } from '../ui/entry-list.tsx';
import { TargetTable } from '../ui/target-table.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.year ?? ''}年学时 · 执法学堂` },
];

export const loader = door('hours.read_own', async ({ ctx, request }) => {
  const year = /^20\d{2}$/.exec(new URL(request.url).searchParams.get('year') ?? '')?.[0];
  const view = await hoursView(ctx, year === undefined ? null : Number(year));
  if (!view.ok) throw new Response(null, { status: 403 });
  return view.value;
});

export default function HoursPage() {
  const view = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title={`${view.year}年学时`}
        meta={view.isCurrentYear ? '截至今天，已记入台账的学时' : '全年学时'}
        scope={<YearSwitch view={view} />}
      />
      <Overview view={view} />
      <section aria-label="年度目标" className="mt-8">
        <h2 className="mb-2 text-lg font-semibold">年度目标</h2>
        <div className="rounded-md border border-line bg-surface-raised px-5 py-2">
          <TargetTable targets={view.targets} />
        </div>
      </section>
      <RequiredCourses view={view} />
      <section aria-label="学时明细" className="mt-8">
        <h2 className="mb-3 text-lg font-semibold">学时明细</h2>
        <EntryList entries={view.entries} year={view.year} />
      </section>
    </>
  );
}

function YearSwitch({ view }: { view: HoursView }) {
  if (view.years.length < 2) return null;
  return (
    <nav aria-label="年度" className="flex flex-wrap rounded border border-line-strong bg-surface-raised">
      {view.years.map((year) => (
        <Link
          key={year}
          to={`?year=${year}`}
          aria-current={year === view.year ? 'page' : undefined}
          className={cx(
            'border-r border-line px-3 py-1.5 tabular-nums last:border-r-0',
            year === view.year ? 'bg-accent font-semibold text-on-accent' : 'text-ink hover:text-accent',
          )}
        >
          {year}
        </Link>
      ))}
    </nav>
  );
}

function Overview({ view }: { view: HoursView }) {
  const yearly = view.targets.find((target) => target.kind === 'yearly');
  const done = Math.max(view.totalSeconds, 0);
  const goal = yearly?.targetSeconds ?? 0;
  return (
    <div className="flex flex-wrap items-center gap-x-12 gap-y-6 rounded-md border border-line bg-surface-raised p-5">
      <Ring
        value={done}
        max={goal}
        figure={formatHoursFigure(done)}
        caption={`/ ${formatHours(goal)}`}
        label={`${view.year}年学时 ${formatHoursFigure(done)}，目标 ${formatHours(goal)}`}
      />
      <div className="min-w-64 max-w-xl flex-1">
        <SimpleTable
          caption="分类学时"
          hideCaption
          head={['类别', { label: '学时', align: 'end' }]}
          rows={CATEGORIES.map((category) => ({
            key: category,
            cells: [CATEGORY_LABELS[category], formatHoursFigure(view.sums[category])],
          }))}
          foot={['合计', formatHoursFigure(view.totalSeconds)]}
        />
      </div>
    </div>
  );
}

function RequiredCourses({ view }: { view: HoursView }) {
  if (view.required.length === 0) return null;
  return (
    <section aria-label="必修课程" className="mt-8">
      <h2 className="mb-3 text-lg font-semibold">必修课程</h2>
      <ul className="divide-y divide-line rounded-md border border-line bg-surface-raised">
        {view.required.map((course) => (
          <li key={course.slug} className="flex flex-wrap items-baseline justify-between gap-x-6 px-5 py-3">
            <span>
              <TextLink to={`/courses/${course.slug}`}>{course.title}</TextLink>
              {course.isLapsed ? (
                <span className="ml-3 text-sm text-ink-muted">依据已到期，以本级通知为准</span>
              ) : null}
            </span>
            <StateBadge
              shape={course.isComplete ? 'solid' : 'hollow'}
              tone={course.isComplete ? 'positive' : 'caution'}
            >
              {course.isComplete ? '已学完' : '未学完'}
            </StateBadge>
          </li>
        ))}
      </ul>
    </section>
  );
}
