import { formatInstant } from '#app/platform/time/day.ts';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import type { Column } from '#app/platform/ui/table/column.ts';
import { DataTable } from '#app/platform/ui/table/data-table.tsx';
import type { Sort } from '#app/platform/ui/table/table-query.ts';
import type { Role } from '../../role.ts';
import { ROLE_LABELS } from '../../role.ts';
import type { AccountRow } from '../account-list.store.server.ts';
import { ACCOUNTS_PATH } from '../paths.ts';
import { AccountStandingBadge, STANDING_OPTIONS } from './account-standing.tsx';

export interface AccountsTableProps {
  rows: readonly AccountRow[];
  total: number;
  page: number;
  pageSize: number;
  sort: Sort;
  roles: readonly Role[];
}

function columnsOf(roles: readonly Role[]): Column<AccountRow>[] {
  return [
    { id: 'login', header: '账号', sortable: true, cell: (row) => row.login },
    {
      id: 'name',
      header: '姓名',
      sortable: true,
      cell: (row) => <span className="whitespace-nowrap">{row.displayName}</span>,
    },
    { id: 'unit', header: '单位', hideable: true, cell: (row) => row.unitName ?? '–' },
    {
      id: 'role',
      header: '角色',
      filter: { kind: 'select', options: roles.map((role) => ({ value: role, label: ROLE_LABELS[role] })) },
      cell: (row) =>
        row.roles.length === 0 ? '未授权' : row.roles.map((role) => ROLE_LABELS[role]).join('、'),
    },
    {
      id: 'standing',
      header: '状态',
      filter: { kind: 'select', options: STANDING_OPTIONS },
      cell: (row) => <AccountStandingBadge standing={row.standing} />,
    },
    {
      id: 'created',
      header: '开通时间',
      sortable: true,
      hideable: true,
      cell: (row) => <span className="whitespace-nowrap">{formatInstant(row.createdAt)}</span>,
    },
  ];
}

/** Accounts the viewer administers, each a link to its page. */
export function AccountsTable(props: AccountsTableProps) {
  return (
    <DataTable
      caption="账号"
      rows={props.rows}
      columns={columnsOf(props.roles)}
      total={props.total}
      page={props.page}
      pageSize={props.pageSize}
      sort={props.sort}
      rowKey={(row) => row.accountId}
      rowHref={(row) => `${ACCOUNTS_PATH}/${row.accountId}`}
      searchHint="账号或姓名"
      empty={<EmptyState title="还没有账号" text="点“开通账号”，为花名册中的人员开通。" />}
    />
  );
}
