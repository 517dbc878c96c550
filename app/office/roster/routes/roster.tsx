import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { ESTABLISHMENTS, PEOPLE_SORTS } from '#app/organization/person/person.ts';
import { isId } from '#app/platform/ids/id.ts';
import { formatDay } from '#app/platform/time/day.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { formatCount } from '#app/platform/ui/text/format.ts';
import { viewRoster } from '../roster-view.server.ts';
import { RosterTable } from '../ui/roster-table.tsx';

export const meta: MetaFunction = () => [{ title: '本单位人员 · 执法学堂' }];

const YES_NO: Readonly<Record<string, boolean>> = { yes: true, no: false };

export const loader = door('organization.read', async ({ ctx, request }) => {
  const query = parseTableQuery(new URL(request.url).searchParams, {
    sorts: PEOPLE_SORTS,
    defaultSort: { field: 'name', direction: 'asc' },
    filters: ['unit', 'establishment', 'field', 'post'],
    defaultSize: 50,
  });
  const { filters, page, size, sort } = query;
  const unitId = isId(filters.unit) ? filters.unit : null;
  const outcome = await viewRoster(
    ctx,
    {
      page,
      size,
      sort,
      text: query.q,
      establishment: ESTABLISHMENTS.find((known) => known === filters.establishment),
      fieldCode: filters.field,
      isEnforcementPost: YES_NO[filters.post ?? ''],
    },
    unitId,
  );
  if (!outcome.ok) throw new Response(null, { status: outcome.code === 'FORBIDDEN' ? 403 : 404 });
  return { ...outcome.value, pageSize: size, sort };
});

export default function Roster() {
  const { day, unitName, mayAdd, ...table } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title="本单位人员"
        breadcrumb={[{ label: '机构与人员' }, { label: '本单位人员' }]}
        meta={`${unitName ?? '管辖范围内全部单位'} · 截至${formatDay(day)} · 符合条件 ${formatCount(table.total)} 人`}
        action={
          mayAdd ? (
            <LinkButton to="/coordinate/roster/new" tone="primary">
              新增人员
            </LinkButton>
          ) : null
        }
      />
      <RosterTable {...table} />
    </>
  );
}
