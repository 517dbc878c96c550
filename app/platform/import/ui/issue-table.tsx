import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import type { Column } from '#app/platform/ui/table/column.ts';
import { DataTable } from '#app/platform/ui/table/data-table.tsx';
import { changeSearch } from '#app/platform/ui/table/table-query.ts';
import { formatCount } from '#app/platform/ui/text/format.ts';
import type { ImportRunData } from '../import-pages.ts';
import { ISSUE_LOOKS } from './import-words.ts';

type Issue = ImportRunData['run']['issues'][number];

const COLUMNS: readonly Column<Issue>[] = [
  {
    id: 'place',
    header: '位置',
    cell: (issue) => <Place {...issue} />,
  },
  {
    id: 'verdict',
    header: '结论',
    filter: {
      kind: 'select',
      options: Object.entries(ISSUE_LOOKS).map(([value, { word }]) => ({ value, label: word })),
    },
    cell: ({ verdict }) => <IssueBadge verdict={verdict} />,
  },
  { id: 'label', header: '列', cell: ({ label }) => label ?? '整行' },
  { id: 'reason', header: '原因', cell: ({ reason }) => reason },
  { id: 'fix', header: '改法', cell: ({ fix }) => fix ?? '–' },
];

function Place({ sheetName, rowNumber, cell }: Pick<Issue, 'sheetName' | 'rowNumber' | 'cell'>) {
  return (
    <>
      <span className="whitespace-nowrap tabular-nums">{cell ?? `第 ${rowNumber} 行`}</span>
      <span className="block text-ink-muted">{sheetName}</span>
    </>
  );
}

function IssueBadge({ verdict }: { verdict: Issue['verdict'] }) {
  const { word, shape, tone } = ISSUE_LOOKS[verdict];
  return (
    <StateBadge shape={shape} tone={tone}>
      {word}
    </StateBadge>
  );
}

/** What there is to say about single rows and cells, in the order of the file. */
export function IssueTable({ run, page, size }: Pick<ImportRunData, 'run' | 'page' | 'size'>) {
  const kept = run.groups.reduce((sum, group) => sum + group.count, 0);
  return (
    <section aria-labelledby="issues" className="space-y-4">
      <h2 id="issues" className="text-xl font-semibold">
        逐行说明
      </h2>
      {kept >= GROUPED_FROM ? <IssueGroups groups={run.groups} /> : null}
      {kept < run.issuesTotal ? (
        <p className="text-sm text-ink-muted">
          {`共 ${formatCount(run.issuesTotal)} 处，这里列出前 ${formatCount(kept)} 处。`}
        </p>
      ) : null}
      <DataTable
        caption="逐行说明"
        rows={run.issues}
        columns={COLUMNS}
        total={run.issuesShown}
        page={page}
        pageSize={size}
        sort={{ field: 'seq', direction: 'asc' }}
        rowKey={(issue) => String(issue.seq)}
        searchHint={null}
        empty={<EmptyState title="没有需要说明的行" text="所有行都可以直接导入。" />}
      />
    </section>
  );
}

const GROUPS_SHOWN = 6;
/** Fewer lines than this are seen at a glance in the table itself. */
const GROUPED_FROM = 20;

/** What is wrong most often, each leading to its rows. */
function IssueGroups({ groups }: Pick<ImportRunData['run'], 'groups'>) {
  const common = groups.filter(({ verdict }) => verdict !== 'change').slice(0, GROUPS_SHOWN);
  if (common.length === 0) return null;
  return (
    <ul className="space-y-1 text-sm">
      {common.map(({ verdict, code, count, reason }) => (
        <li key={`${verdict}-${code}`} className="flex items-baseline gap-3">
          <IssueBadge verdict={verdict} />
          <TextLink
            to={changeSearch('', { filters: { verdict, code } })}
          >{`${formatCount(count)} 处`}</TextLink>
          <span className="text-ink-muted">{`如：${reason}`}</span>
        </li>
      ))}
    </ul>
  );
}
