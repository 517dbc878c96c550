import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { Refusal } from '#app/platform/ui/feedback/refusal.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { ErrorSummary } from '#app/platform/ui/form/error-summary.tsx';
import { fieldId } from '#app/platform/ui/form/form-context.ts';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextArea } from '#app/platform/ui/form/text-area.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { formatCount } from '#app/platform/ui/text/format.ts';
import { registrationPath, unitBatchPath } from '../batch.ts';
import type { FirstCheckErrors } from '../registration/first-check-action.server.ts';
import { actOnFirstCheck } from '../registration/first-check-action.server.ts';
import { viewFirstCheck } from '../registration/first-check-view.server.ts';
import { RegistrationBadge, VerdictBadge } from '../ui/badges.tsx';
import { ReasonLines } from '../ui/reason-list.tsx';
import { RowsError } from '../ui/rows-error.tsx';

export const meta: MetaFunction = () => [{ title: '报名初审 · 执法学堂' }];

export const loader = door('exam.first_check', async ({ ctx, params }) => {
  if (!isId(params.batch)) throw new Response(null, { status: 404 });
  const page = await viewFirstCheck(ctx, params.batch);
  if (!page.ok) throw new Response(null, { status: page.code === 'FORBIDDEN' ? 403 : 404 });
  return { ...page.value, commandId: newId() };
});

export const action = door('exam.first_check', async ({ ctx, params, request }) => {
  if (!isId(params.batch)) throw new Response(null, { status: 404 });
  const posted = await actOnFirstCheck(ctx, params.batch, await request.formData());
  return posted === null
    ? redirect(`${unitBatchPath(params.batch)}/check?notice=saved`)
    : data(posted, { status: posted.status });
});

const NO_ERRORS: FirstCheckErrors = {};

/** 司法所: the township people of one batch, checked together or returned with a reason. */
export default function FirstCheck() {
  const { batch, rows, waiting, commandId } = useLoaderData<typeof loader>();
  const posted = useActionData<typeof action>() ?? null;
  const errors: FirstCheckErrors = posted?.errors ?? NO_ERRORS;
  const isChosen = (id: string): boolean => posted?.registrationIds.includes(id) ?? true;
  return (
    <>
      <PageHead
        title={`报名初审：${batch.title}`}
        breadcrumb={[{ label: '考试报名', to: '/coordinate/registrations' }]}
        meta={`待初审 ${formatCount(waiting)} 人`}
      />
      <Refusal text={posted?.refusal ?? null} />
      {rows.length === 0 ? (
        <EmptyState
          title="没有报名人员"
          text="所辖乡镇、街道的单位报名后显示在这里。"
          action={<LinkButton to="/coordinate/registrations">返回考试报名</LinkButton>}
        />
      ) : (
        <Card>
          <FormShell id="first-check" commandId={commandId}>
            <ErrorSummary
              errors={[
                ...(errors.ids === undefined ? [] : [{ name: 'ids', label: '选择', message: errors.ids }]),
                ...(errors.note === undefined ? [] : [{ name: 'note', label: '意见', message: errors.note }]),
              ]}
            />
            <RowsError id={fieldId('first-check', 'ids')} text={errors.ids} />
            <SimpleTable
              caption="报名人员"
              hideCaption
              head={['选择', '姓名', '单位', '状态', '资格审查', '审查说明']}
              rows={rows.map((row) => ({
                key: row.id,
                cells: [
                  row.mayBeChecked ? (
                    <input
                      key="tick"
                      type="checkbox"
                      name="ids"
                      value={row.id}
                      defaultChecked={isChosen(row.id)}
                      aria-label={`选择${row.personName}`}
                      className="tick"
                    />
                  ) : row.isWaiting ? (
                    '须由他人初审'
                  ) : (
                    '–'
                  ),
                  <TextLink key="name" to={registrationPath(row.id)}>
                    {row.personName}
                  </TextLink>,
                  row.unitName,
                  <RegistrationBadge key="state" status={row.status} />,
                  <VerdictBadge key="verdict" verdict={row.judgement.verdict} />,
                  <ReasonLines key="reasons" reasons={row.judgement.reasons} />,
                ],
              }))}
            />
            {rows.some((row) => row.mayBeChecked) ? (
              <>
                <TextArea
                  label="意见"
                  name="note"
                  rows={2}
                  defaultValue={posted?.note ?? ''}
                  error={errors.note}
                  hint="退回须写明理由，单位会看到"
                  required="退回时填写"
                />
                <p className="border-l-2 border-line-strong pl-4">
                  通过的报司法局审核；退回的由单位补正后重新报名。
                </p>
                <div className="flex flex-wrap gap-3">
                  <SubmitButton name="intent" value="pass">
                    所选人员初审通过
                  </SubmitButton>
                  <SubmitButton name="intent" value="return" tone="secondary">
                    退回所选人员
                  </SubmitButton>
                </div>
              </>
            ) : null}
          </FormShell>
        </Card>
      )}
    </>
  );
}
