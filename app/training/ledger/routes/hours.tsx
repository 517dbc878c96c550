import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { askedYearOf } from '../../target/asked-year.ts';
import { YearLinks } from '../../target/ui/year-links.tsx';
import { ownClosing } from '../../year/own-closing-view.server.ts';
import { YearClosingNote } from '../../year/ui/year-closing-note.tsx';
import { hoursView } from '../hours-view.server.ts';
import { EntryList } from '../ui/entry-list.tsx';
import { RequiredList } from '../ui/required-list.tsx';
import { TargetTable } from '../ui/target-table.tsx';
import { YearOverview } from '../ui/year-overview.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.year ?? ''}年学时 · 执法学堂` },
];

export const loader = door('hours.read_own', async ({ ctx, request }) => {
  const view = await hoursView(ctx, askedYearOf(request.url));
  if (!view.ok) throw new Response(null, { status: 403 });
  return { ...view.value, closing: await ownClosing(ctx, view.value.year) };
});

export default function HoursPage() {
  const view = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title={`${view.year}年学时`}
        meta={view.isCurrentYear ? '截至今天，已记入台账的学时' : '全年学时'}
        scope={<YearLinks years={view.years} year={view.year} />}
        action={
          <LinkButton to={`/hours/card?year=${view.year}`} tone="secondary">
            业务培训登记卡
          </LinkButton>
        }
      />
      <YearClosingNote closing={view.closing} />
      <YearOverview view={view} />
      <section aria-label="年度目标" className="mt-8">
        <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-6">
          <h2 className="text-lg font-semibold">年度目标</h2>
          <TextLink to={`/hours/why?year=${view.year}`}>为什么是这些数</TextLink>
        </div>
        <div className="rounded-md border border-line bg-surface-raised px-5 py-2">
          <TargetTable targets={view.targets} />
        </div>
      </section>
      {view.required.length === 0 ? null : (
        <section aria-label="必修课程" className="mt-8">
          <h2 className="mb-3 text-lg font-semibold">必修课程</h2>
          <RequiredList required={view.required} />
        </section>
      )}
      <section aria-label="学时明细" className="mt-8">
        <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-6">
          <h2 className="text-lg font-semibold">学时明细</h2>
          <span className="flex flex-wrap gap-x-6">
            <TextLink to={`/hours/uncounted?year=${view.year}`}>未计入的时间</TextLink>
            <TextLink to="/hours/claims">学时认定</TextLink>
          </span>
        </div>
        <EntryList entries={view.entries} year={view.year} />
        <ObjectionNote />
      </section>
    </>
  );
}

/** Where to turn when an entry is wrong or missing. */
function ObjectionNote() {
  return (
    <p className="mt-3 text-sm text-ink-muted">
      {'少记了外出培训、授课等学时的，请在'}
      <TextLink to="/hours/claims">学时认定</TextLink>
      {'中申报；对已记的学时有异议的，请在该条下提出。'}
    </p>
  );
}
