import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { WhySections } from '../ui/why-sections.tsx';
import { askedYearOf } from '../asked-year.ts';
import { YearLinks } from '../ui/year-links.tsx';
import { ownWhyView } from '../why-view.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.year ?? ''}年学时的计算 · 执法学堂` },
];

export const loader = door('hours.read_own', async ({ ctx, request }) => {
  const view = await ownWhyView(ctx, askedYearOf(request.url));
  if (!view.ok) throw new Response(null, { status: view.code === 'FORBIDDEN' ? 403 : 404 });
  return view.value;
});

export default function WhyPage() {
  const view = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title={`${view.year}年学时的计算`}
        breadcrumb={[{ label: '学时', to: `/hours?year=${view.year}` }, { label: '为什么是这些数' }]}
        scope={<YearLinks years={view.years} year={view.year} />}
      />
      <WhySections view={view} />
    </>
  );
}
