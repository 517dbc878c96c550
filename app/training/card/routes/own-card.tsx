import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { viewOwnCard } from '../card-view.server.ts';
import { CardPage } from '../ui/card-page.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.card.year ?? ''}年度业务培训登记卡 · 执法学堂` },
];

export const loader = door('hours.read_own', async ({ ctx, request }) => {
  const view = await viewOwnCard(ctx, new URL(request.url).searchParams.get('year'));
  if (!view.ok) throw new Response(null, { status: 403 });
  return view.value;
});

export default function OwnCard() {
  const view = useLoaderData<typeof loader>();
  const breadcrumb = [{ label: '我的学时', to: `/hours?year=${view.card.year}` }];
  return <CardPage {...view} path="/hours/card" breadcrumb={breadcrumb} isOwn />;
}
