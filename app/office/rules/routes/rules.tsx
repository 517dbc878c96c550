import type { MetaFunction } from '@remix-run/node';
import { Form, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import { formatDay } from '#app/platform/time/day.ts';
import { cx } from '#app/platform/ui/cx.ts';
import { buttonClass } from '#app/platform/ui/data/button-class.ts';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { viewRules } from '../rules-view.server.ts';
import { BasisLegend, RulesTable } from '../ui/rules-table.tsx';

export const meta: MetaFunction = () => [{ title: '规则 · 执法学堂' }];

export const loader = door('rules.read', async ({ ctx, request }) => {
  const wanted = new URL(request.url).searchParams.get('region');
  const page = await viewRules(ctx, isId(wanted) ? wanted : null);
  if (!page.ok) throw new Response(null, { status: page.code === 'FORBIDDEN' ? 403 : 404 });
  return page.value;
});

export default function Rules() {
  const page = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title="规则"
        meta={`${page.region.name} · 截至${formatDay(page.day)}`}
        scope={<RegionSwitch regions={page.regions} shownId={page.region.id} />}
      />
      {page.lapsedCount > 0 ? (
        <div className="mb-6">
          <Callout tone="warning" title={`有 ${page.lapsedCount} 项的依据文件已到期`}>
            <p>到期后仍按原值执行，直至本地区发布新的依据。请尽快研究确定接续文件。</p>
          </Callout>
        </div>
      ) : null}
      <div className="space-y-8">
        {page.groups.map((group) => (
          <RulesTable key={group.title} title={group.title} lines={group.lines} />
        ))}
      </div>
      <BasisLegend />
    </>
  );
}

function RegionSwitch({
  regions,
  shownId,
}: {
  regions: readonly { id: string; name: string }[];
  shownId: string;
}) {
  if (regions.length < 2) return null;
  return (
    <Form method="get" className="flex items-center gap-2">
      <label htmlFor="rules-region" className="shrink-0 text-sm">
        地区
      </label>
      <select id="rules-region" name="region" defaultValue={shownId} className="control">
        {regions.map((region) => (
          <option key={region.id} value={region.id}>
            {region.name}
          </option>
        ))}
      </select>
      <button type="submit" className={cx(buttonClass('secondary'), 'shrink-0')}>
        查看
      </button>
    </Form>
  );
}
