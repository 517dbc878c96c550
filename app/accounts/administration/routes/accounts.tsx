import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { formatCount } from '#app/platform/ui/text/format.ts';
import { door } from '../../door.server.ts';
import { ROLES } from '../../role.ts';
import { ACCOUNT_SORTS, ACCOUNT_STANDINGS } from '../account-list.ts';
import { viewAccounts } from '../accounts-view.server.ts';
import { ACCOUNTS_PATH } from '../paths.ts';
import { AccountsTable } from '../ui/accounts-table.tsx';

export const meta: MetaFunction = () => [{ title: '账号管理 · 执法学堂' }];

export const loader = door('account.open', async ({ ctx, request }) => {
  const query = parseTableQuery(new URL(request.url).searchParams, {
    sorts: ACCOUNT_SORTS,
    defaultSort: { field: 'created', direction: 'desc' },
    filters: ['role', 'standing'],
  });
  const { page, size, sort, q, filters } = query;
  const outcome = await viewAccounts(ctx, {
    page,
    size,
    sort,
    text: q,
    role: ROLES.find((role) => role === filters.role),
    standing: ACCOUNT_STANDINGS.find((standing) => standing === filters.standing),
  });
  if (!outcome.ok) throw new Response(null, { status: 403 });
  return { ...outcome.value, pageSize: size, sort };
});

export default function Accounts() {
  const { isSecurity, ...table } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title="账号管理"
        meta={`${isSecurity ? '全平台' : '本地区人员'} · 符合条件 ${formatCount(table.total)} 个`}
        action={
          <LinkButton to={`${ACCOUNTS_PATH}/new`} tone="primary">
            开通账号
          </LinkButton>
        }
      />
      <AccountsTable {...table} />
    </>
  );
}
