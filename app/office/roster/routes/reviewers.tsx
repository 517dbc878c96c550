import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { REVIEWER_PERCENT, WORK_MODE_LABELS } from '#app/organization/register/reviewer.ts';
import { isId } from '#app/platform/ids/id.ts';
import { formatDay } from '#app/platform/time/day.ts';
import { Stat } from '#app/platform/ui/data/stat.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import type { Column } from '#app/platform/ui/table/column.ts';
import { DataTable } from '#app/platform/ui/table/data-table.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { formatCount, formatPercent, formatShare } from '#app/platform/ui/text/format.ts';
import type { OrganLine } from '../reviewers-view.server.ts';
import { viewReviewers } from '../reviewers-view.server.ts';
import { personPath } from '../roster-tasks.ts';
import { termText } from '../ui/person-registers.tsx';

export const meta: MetaFunction = () => [{ title: '法制审核人员 · 执法学堂' }];

export const loader = door('organization.read', async ({ ctx, request }) => {
  const search = new URL(request.url).searchParams;
  const { page, size, q, filters, sort } = parseTableQuery(search, {
    sorts: ['gap'],
    defaultSort: { field: 'gap', direction: 'desc' },
    filters: ['standing'],
    defaultSize: 20,
  });
  const organ = search.get('organ');
  const only = filters.standing === 'short' || filters.standing === 'met' ? filters.standing : 'all';
  const outcome = await viewReviewers(ctx, {
    text: q,
    only,
    organId: isId(organ) ? organ : null,
    page,
    size,
  });
  if (!outcome.ok) throw new Response(null, { status: outcome.code === 'FORBIDDEN' ? 403 : 404 });
  return { ...outcome.value, page, size, sort };
});

const STANDINGS = {
  met: { shape: 'solid', tone: 'positive', word: '达到' },
  short: { shape: 'half', tone: 'caution', word: '不足' },
  no_officers: { shape: 'hollow', tone: 'neutral', word: '无执法人员' },
} as const;

const COLUMNS: Column<OrganLine>[] = [
  { id: 'name', header: '单位', cell: (row) => row.name },
  { id: 'region', header: '地区', hideable: true, cell: (row) => row.regionName },
  { id: 'officers', header: '执法人员', unit: '人', align: 'end', cell: (row) => row.officers },
  { id: 'reviewers', header: '审核人员', unit: '人', align: 'end', cell: (row) => row.reviewers },
  { id: 'required', header: '至少', unit: '人', align: 'end', hideable: true, cell: (row) => row.required },
  {
    id: 'share',
    header: '占比',
    align: 'end',
    cell: (row) => <span className="whitespace-nowrap">{formatShare(row.reviewers, row.officers)}</span>,
  },
  {
    id: 'qualified',
    header: '持法律职业资格',
    unit: '人',
    align: 'end',
    hideable: true,
    cell: (row) => row.qualified,
  },
  {
    id: 'standing',
    header: '配备',
    filter: {
      kind: 'select',
      options: [
        { value: 'short', label: '不足' },
        { value: 'met', label: '达到' },
      ],
    },
    cell: (row) => {
      const { word, ...look } = STANDINGS[row.standing];
      return <StateBadge {...look}>{word}</StateBadge>;
    },
  },
];

/** YC9: at least 5 % of an organ's officers review its decisions; each share with its n/N. */
export default function Reviewers() {
  const page = useLoaderData<typeof loader>();
  const { total, organsMet, organsJudged, reviewers, chosen } = page;
  return (
    <>
      <PageHead
        title="法制审核人员"
        breadcrumb={[{ label: '名册与资料' }, { label: '法制审核人员' }]}
        meta={`截至${formatDay(page.today)} · 每个执法主体的法制审核人员不少于执法人员的 ${REVIEWER_PERCENT}%，不足一人的按一人计`}
      />
      <div className="mb-8 flex flex-wrap gap-x-12 gap-y-4">
        <Stat
          label="法制审核人员占比"
          value={formatPercent(total.reviewers, total.officers)}
          detail={`${formatCount(total.reviewers)}/${formatCount(total.officers)} 人`}
        />
        <Stat
          label="配备达到要求的单位"
          value={formatPercent(organsMet, organsJudged)}
          detail={`${formatCount(organsMet)}/${formatCount(organsJudged)} 个`}
          tone={organsMet === organsJudged ? 'positive' : 'caution'}
        />
        <Stat
          label="持法律职业资格"
          value={formatPercent(total.qualified, total.reviewers)}
          detail={`${formatCount(total.qualified)}/${formatCount(total.reviewers)} 人`}
        />
      </div>
      <DataTable
        caption="各单位配备情况"
        rows={page.organs}
        columns={COLUMNS}
        total={page.organsTotal}
        page={page.page}
        pageSize={page.size}
        sort={page.sort}
        rowKey={(row) => row.unitId}
        rowHref={(row) => `/coordinate/registers/reviewers?organ=${row.unitId}#reviewers`}
        searchHint="单位名称"
        empty={<EmptyState title="没有符合条件的单位" text="请调整筛选条件。" />}
      />
      <section id="reviewers" className="mt-10" aria-label="审核人员名单">
        {reviewers.length === 0 ? (
          chosen === null ? (
            <p className="text-sm text-ink-muted">点击单位名称，查看该单位的审核人员名单。</p>
          ) : (
            <EmptyState
              title={`${chosen.name}没有法制审核人员`}
              text="在人员页面的“审核与监督”中登记，或由资料导入。"
            />
          )
        ) : (
          <SimpleTable
            caption={chosen === null ? '审核人员名单' : `${chosen.name}审核人员名单`}
            head={['姓名', '审核单位', '专/兼职', '法律职业资格', '从事审核', '期间']}
            rows={reviewers.map((row) => ({
              key: `${row.personId}-${row.unitId}`,
              cells: [
                <TextLink key="name" to={`${personPath(row.personId)}?tab=registers`}>
                  {row.personName}
                </TextLink>,
                row.homeUnitName === null ? row.unitName : `${row.unitName}（${row.homeUnitName}协作）`,
                WORK_MODE_LABELS[row.workMode],
                row.qualificationNo ?? (row.hasLegalQualification ? '有' : '无'),
                row.sinceYear === null ? '–' : `自 ${row.sinceYear} 年`,
                termText(row.validFrom, row.validTo),
              ],
            }))}
          />
        )}
      </section>
    </>
  );
}
