import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import { viewCard } from '../card-view.server.ts';
import { CardPage } from '../ui/card-page.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.card.person.name ?? ''}${data?.card.year ?? ''}年度业务培训登记卡 · 执法学堂` },
];

export const loader = door('hours.read_card', async ({ ctx, params, request }) => {
  if (!isId(params.person)) throw new Response(null, { status: 404 });
  const view = await viewCard(ctx, params.person, new URL(request.url).searchParams.get('year'));
  if (!view.ok) throw new Response(null, { status: view.code === 'FORBIDDEN' ? 403 : 404 });
  return view.value;
});

export default function PersonCard() {
  const view = useLoaderData<typeof loader>();
  const { person, year } = view.card;
  const breadcrumb = [{ label: '业务培训登记卡', to: `/coordinate/cards?year=${year}` }];
  return <CardPage {...view} path={`/coordinate/cards/${person.id}`} breadcrumb={breadcrumb} />;
}
