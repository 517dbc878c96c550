import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { formatDay } from '#app/platform/time/day.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { Refusal } from '#app/platform/ui/feedback/refusal.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { UnitYearPage } from '../ui/unit-year-page.tsx';
import { actOnClosing } from '../closing-action.server.ts';
import { unitYearPage } from '../unit-year-page-view.server.ts';
import { StandingBadge } from '../ui/standing-badge.tsx';

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page?.view.year ?? ''}年度学时确认 · 执法学堂` },
];

function placeOf(params: Readonly<Record<string, string | undefined>>, request: Request) {
  const unitId = new URL(request.url).searchParams.get('unit');
  if (!/^20\d{2}$/.test(params.year ?? '')) throw new Response(null, { status: 404 });
  return { year: Number(params.year), unitId };
}

export const loader = door('hours.read_closing', async ({ ctx, params, request }) => {
  const { year, unitId } = placeOf(params, request);
  const page = await unitYearPage(ctx, year, unitId);
  if (page.ok && 'choose' in page.value) throw redirect(`/coordinate/years?year=${year}`);
  if (!page.ok || 'choose' in page.value)
    throw new Response(null, { status: !page.ok && page.code === 'FORBIDDEN' ? 403 : 404 });
  return { ...page.value, commandId: newId() };
});

export const action = door('hours.read_closing', async ({ ctx, params, request }) => {
  const { year, unitId } = placeOf(params, request);
  if (!isId(unitId)) throw new Response(null, { status: 404 });
  const answer = await actOnClosing(ctx, { unitId, year }, request);
  return 'to' in answer ? redirect(answer.to) : data(answer.posted, { status: answer.status });
});

/** The closing of one unit's year: the list, the objections, what is to be done and what was done. */
export default function UnitYear() {
  const page = useLoaderData<typeof loader>();
  const posted = useActionData<typeof action>() ?? null;
  const { view } = page;
  const isOverdue = view.standing !== 'frozen' && view.today > view.dueDay;
  return (
    <>
      <PageHead
        title={`${view.unit.name}${view.year}年度学时确认`}
        breadcrumb={[{ label: '年度学时确认', to: `/coordinate/years?year=${view.year}` }]}
        meta={
          <>
            <StandingBadge standing={view.standing} isOverdue={isOverdue} />
            {`，应于${formatDay(view.dueDay)}前封账`}
            {view.sealNo === null ? '' : `，封账编号 ${view.sealNo}`}
          </>
        }
        action={
          view.sealNo === null ? null : <LinkButton to={`/hours/seals/${view.sealNo}`}>查验封账</LinkButton>
        }
      />
      <Refusal text={posted?.refusal ?? null} />
      <UnitYearPage {...page} posted={posted} />
    </>
  );
}
