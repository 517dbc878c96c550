import type { MetaFunction } from '@remix-run/node';
import { Form, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import { formatDay } from '#app/platform/time/day.ts';
import { buttonClass } from '#app/platform/ui/data/button-class.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { DateField } from '#app/platform/ui/form/date-field.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { parseDateText } from '#app/platform/ui/text/date-text.ts';
import { viewOrganisation } from '../organisation-view.server.ts';
import type { LinkTo } from '../ui/organisation-tree.tsx';
import { OrganisationTree } from '../ui/organisation-tree.tsx';
import { UnitPanel } from '../ui/unit-panel.tsx';

export const meta: MetaFunction = () => [{ title: '机构 · 执法学堂' }];

const EARLIEST = '2000-01-01';

export const loader = door('organization.read', async ({ ctx, request }) => {
  const search = new URL(request.url).searchParams;
  const [unit, region] = [search.get('unit'), search.get('region')];
  const asked = parseDateText(search.get('day') ?? '');
  const text = (search.get('q') ?? '').trim().slice(0, 40);
  const outcome = await viewOrganisation(ctx, {
    day: asked !== null && asked >= EARLIEST ? asked : null,
    regionId: isId(region) ? region : null,
    unitId: isId(unit) ? unit : null,
    text,
  });
  if (!outcome.ok) throw new Response(null, { status: outcome.code === 'FORBIDDEN' ? 403 : 404 });
  return { ...outcome.value, text };
});

/** The organisation on any day: places, units, and the history of each. */
export default function Organisation() {
  const page = useLoaderData<typeof loader>();
  const { day, today, trail, unit, text, mayChange } = page;
  const dayPart = day === today ? '' : `&day=${day}`;
  const linkTo: LinkTo = (place) =>
    `?${place.unit ? `unit=${place.unit}` : `region=${place.region ?? ''}`}${dayPart}${place.unit && text ? `&q=${encodeURIComponent(text)}` : ''}`;
  const crumbs = trail.map((region, index) => ({
    label: region.name,
    ...(index < trail.length - 1 ? { to: linkTo({ region: region.id }) } : {}),
  }));
  return (
    <>
      <PageHead
        title={trail.at(-1)?.name ?? '机构'}
        breadcrumb={[{ label: '机构与人员' }, { label: '机构', to: '/bureau/organisation' }, ...crumbs]}
        meta={`截至${formatDay(day)}${day === today ? '' : '（历史或未来日期）'}`}
        action={
          mayChange ? (
            <LinkButton tone="primary" to="/bureau/organisation/changes">
              办理机构变更
            </LinkButton>
          ) : undefined
        }
      />
      <Form method="get" className="mb-6 flex flex-wrap items-end gap-x-4 gap-y-3">
        <TextField
          label="查找单位"
          name="q"
          id="organisation-q"
          defaultValue={text}
          hint="名称、拼音或单位代码"
          required
        />
        <DateField label="日期" name="day" id="organisation-day" required defaultValue={day} />
        <button type="submit" className={buttonClass('secondary')}>
          查看
        </button>
      </Form>
      <div className="grid items-start gap-8 xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
        <OrganisationTree page={page} current={unit?.id ?? null} linkTo={linkTo} />
        {unit ? <UnitPanel unit={unit} day={day} mayChange={mayChange} /> : null}
      </div>
    </>
  );
}
