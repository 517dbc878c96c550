import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { submitClaim } from '../claim-action.server.ts';
import { ownClaimPath } from '../claim-tasks.ts';
import { viewClaimRules } from '../claim-view.server.ts';
import { NEW_CLAIM } from '../claim.schema.ts';
import { ClaimForm } from '../ui/claim-fields.tsx';
import { ClaimRefused } from '../ui/claim-refused.tsx';

export const meta: MetaFunction = () => [{ title: '申请学时认定 · 执法学堂' }];

export const loader = door('claim.file_own', async ({ ctx }) => {
  const { convention, lectureText } = await viewClaimRules(ctx);
  return { convention, lectureText, commandId: newId() };
});

export const action = door('claim.file_own', async ({ ctx, request }) => {
  const answer = await submitClaim(ctx, 'own', null, await request.formData());
  if (answer.done) return redirect(`${ownClaimPath(answer.claimIds[0] ?? '')}?notice=submitted`);
  return data(answer, { status: answer.status });
});

export default function MyNewClaim() {
  const { commandId, ...rules } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHead
        title="申请学时认定"
        breadcrumb={[
          { label: '我的学时', to: '/hours' },
          { label: '学时认定', to: '/hours/claims' },
        ]}
        meta="由本单位联络员核对材料后认定"
      />
      <ClaimRefused answer={answer ?? null} />
      <ClaimForm
        {...rules}
        commandId={commandId}
        defaults={NEW_CLAIM}
        lastResult={answer?.lastResult ?? null}
        submit="提交申请"
      />
    </>
  );
}
