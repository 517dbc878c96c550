import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import { formatInstant } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { formatCount } from '#app/platform/ui/text/format.ts';
import { batchPath, recheckPath } from '../batch.ts';
import { actOnRecheck } from '../registration/recheck-action.server.ts';
import { viewRecheck } from '../registration/recheck-eligibility.server.ts';
import { RecheckList } from '../ui/recheck-list.tsx';

export const meta: MetaFunction = () => [{ title: '重新核对资格 · 执法学堂' }];

export const loader = door('exam.manage', async ({ ctx, params }) => {
  if (!isId(params.batch)) throw new Response(null, { status: 404 });
  const page = await viewRecheck(ctx, params.batch);
  if (!page.ok) throw new Response(null, { status: page.code === 'FORBIDDEN' ? 403 : 404 });
  return page.value;
});

export const action = door('exam.manage', async ({ ctx, params, request }) => {
  if (!isId(params.batch)) throw new Response(null, { status: 404 });
  const posted = await actOnRecheck(ctx, params.batch, await request.formData());
  return posted === null
    ? redirect(`${recheckPath(params.batch)}?notice=saved`)
    : data(posted, { status: posted.status });
});

/** Everybody approved is asked about again; the bureau decides on whom the rules would refuse today. */
export default function Recheck() {
  const { batch, last, people, mayAsk, commandId } = useLoaderData<typeof loader>();
  const posted = useActionData<typeof action>() ?? null;
  return (
    <>
      <PageHead
        title={`重新核对资格：${batch.title}`}
        breadcrumb={[
          { label: '考试批次', to: '/bureau/exams/batches' },
          { label: batch.title, to: batchPath(batch.id) },
        ]}
      />
      {!posted?.refusal ? null : (
        <div className="mb-6" role="alert">
          <Callout tone="danger" title={posted.refusal}>
            {posted.left.length === 0 ? null : (
              <ul className="grid gap-1">
                {posted.left.map(({ name, text }) => (
                  <li key={`${name}${text}`}>{`${name}：${text}`}</li>
                ))}
              </ul>
            )}
          </Callout>
        </div>
      )}
      <div className="grid grid-cols-1 gap-6">
        <Card title="核对">
          <div className="grid gap-4">
            <p>
              {last === null
                ? '审核通过后，人员可能调离、离岗、转编或受到处分。核对时按现在的登记重新审查已通过而尚未考试的人员，不改变任何人的状态。'
                : `上次核对：${formatInstant(last.at)}，${last.byName ?? '系统'}，核对 ${formatCount(last.asked)} 人。${mayAsk ? '下面按现在的登记列出。' : ''}`}
            </p>
            {mayAsk ? (
              <FormShell id="recheck" commandId={commandId}>
                <input type="hidden" name="intent" value="recheck" />
                <SubmitButton tone={last === null ? 'primary' : 'secondary'} busyText="正在核对…">
                  重新核对资格
                </SubmitButton>
              </FormShell>
            ) : (
              <p>本批次已取消或尚未开放报名，不能核对。</p>
            )}
          </div>
        </Card>
        {people === null ? null : people.length === 0 ? (
          <EmptyState title="没有不再符合条件的人员" text="已通过而尚未考试的人员，现在都符合报考条件。" />
        ) : (
          <RecheckList people={people} commandId={commandId} posted={posted} />
        )}
      </div>
    </>
  );
}
