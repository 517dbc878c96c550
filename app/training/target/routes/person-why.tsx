import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { WhySections } from '../ui/why-sections.tsx';
import { askedYearOf } from '../asked-year.ts';
import { YearLinks } from '../ui/year-links.tsx';
import { personWhyView } from '../why-view.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.personName ?? ''}${data?.year ?? ''}年学时 · 执法学堂` },
];

export const loader = door('hours.read_of_person', async ({ ctx, params, request }) => {
  const view = await personWhyView(ctx, params.person ?? '', askedYearOf(request.url));
  if (!view.ok) throw new Response(null, { status: view.code === 'FORBIDDEN' ? 403 : 404 });
  return view.value;
});

export default function PersonWhyPage() {
  const view = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title={`${view.personName}：${view.year}年学时`}
        breadcrumb={[
          { label: '本单位人员', to: '/coordinate/roster' },
          { label: view.personName, to: `/coordinate/roster/${view.personId}` },
          { label: '学时的计算' },
        ]}
        scope={<YearLinks years={view.years} year={view.year} />}
      />
      <WhySections view={view} />
    </>
  );
}
