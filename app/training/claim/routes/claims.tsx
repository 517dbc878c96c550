import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { bulkApprove } from '../bulk-action.server.ts';
import { CLAIM_SORTS } from '../claim-sorts.ts';
import { CLAIM_KINDS, CLAIM_STATES } from '../claim.ts';
import { viewClaims } from '../claims-view.server.ts';
import { BulkPreview } from '../ui/bulk-preview.tsx';
import { ClaimRefused } from '../ui/claim-refused.tsx';
import { ClaimTable } from '../ui/claim-table.tsx';

export const meta: MetaFunction = () => [{ title: '学时认定 · 执法学堂' }];

export const loader = door('claim.read', async ({ ctx, request }) => {
  const query = parseTableQuery(new URL(request.url).searchParams, {
    sorts: CLAIM_SORTS,
    defaultSort: { field: 'filed', direction: 'desc' },
    filters: ['state', 'kind', 'batch'],
  });
  const { page, size, sort, filters } = query;
  const view = await viewClaims(ctx, {
    page,
    size,
    sort,
    text: query.q,
    state: CLAIM_STATES.find((one) => one === filters.state),
    kind: CLAIM_KINDS.find((one) => one === filters.kind),
    batchId: isId(filters.batch) ? filters.batch : undefined,
  });
  if (!view.ok) throw new Response(null, { status: 403 });
  const isBatch = isId(filters.batch);
  return { ...view.value, isBatch, pageSize: size, sort, commandId: newId() };
});

export const action = door('claim.verify', async ({ ctx, request }) => {
  const answer = await bulkApprove(ctx, await request.formData());
  if (answer.notice !== null) return redirect(`/coordinate/claims?notice=${answer.notice}`);
  return data(answer, { status: answer.status });
});

export default function Claims() {
  const { mayFile, isBatch, ...table } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const file = mayFile ? (
    <LinkButton to="/coordinate/claims/new" tone="primary">
      代为申请
    </LinkButton>
  ) : null;
  return (
    <>
      <PageHead
        title="学时认定"
        meta={isBatch ? '同一次提交的申请' : '外出培训、授课、考试竞赛、演练、跟班学习的学时'}
        scope={isBatch ? <LinkButton to="/coordinate/claims">全部申请</LinkButton> : null}
        action={file}
      />
      <ClaimRefused answer={answer === undefined ? null : { ...answer, knownPath: null }} />
      {answer && answer.preview.length > 0 ? (
        <BulkPreview claims={answer.preview} commandId={answer.commandId} />
      ) : null}
      <ClaimTable {...table} emptyAction={file} />
    </>
  );
}
