import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { formatDay } from '#app/platform/time/day.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { Refusal } from '#app/platform/ui/feedback/refusal.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { ErrorSummary } from '#app/platform/ui/form/error-summary.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextArea } from '#app/platform/ui/form/text-area.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { ownYearPath } from '../closing-messages.ts';
import { objectFromForm } from '../object-action.server.ts';
import { viewOwnClosing } from '../own-closing-view.server.ts';
import { ObjectionList } from '../ui/objection-list.tsx';
import { OwnFigures } from '../ui/own-figures.tsx';
import { StandingBadge } from '../ui/standing-badge.tsx';

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page?.view?.year ?? ''}年度学时公示 · 执法学堂` },
];

export const loader = door('hours.read_own', async ({ ctx, request }) => {
  const year = new URL(request.url).searchParams.get('year');
  const view = await viewOwnClosing(ctx, year);
  if (!view.ok && view.code === 'FORBIDDEN') throw new Response(null, { status: 403 });
  return { view: view.ok ? view.value : null, commandId: newId() };
});

export const action = door('hours.object_to_list', async ({ ctx, request }) => {
  const answer = await objectFromForm(
    ctx,
    new URL(request.url).searchParams.get('year'),
    await request.formData(),
  );
  return 'to' in answer ? redirect(answer.to) : data(answer.posted, { status: answer.status });
});

/** One's own figure on the list of the unit: check it, object to it, read the answer. */
export default function OwnClosing() {
  const { view, commandId } = useLoaderData<typeof loader>();
  const posted = useActionData<typeof action>() ?? null;
  const breadcrumb = [{ label: '我的学时', to: '/hours' }];
  if (view === null)
    return (
      <>
        <PageHead title="年度学时公示" breadcrumb={breadcrumb} />
        <EmptyState
          title="本单位尚未公示该年度学时"
          text="公示后将通知您，届时可在这里核对本人学时、提出异议。现在可以先核对台账。"
          action={<LinkButton to="/hours">我的学时</LinkButton>}
        />
      </>
    );
  const published = view.publishedDay === null ? '' : `，${formatDay(view.publishedDay)}公示`;
  const until = view.objectionsUntilDay === null ? '' : `，至${formatDay(view.objectionsUntilDay)}`;
  return (
    <>
      <PageHead
        title={`${view.year}年度学时公示`}
        breadcrumb={breadcrumb}
        meta={
          <>
            <StandingBadge standing={view.standing} />
            {`，${view.unitName}${published}${until}`}
          </>
        }
        action={<LinkButton to={`/hours/card?year=${view.year}`}>业务培训登记卡</LinkButton>}
      />
      <div className="max-w-3xl space-y-8">
        <Refusal text={posted?.refusal ?? null} />
        {view.row === null ? (
          <Callout tone="warning" title="公示名单中没有您">
            <p>如认为应当列入，请告知单位联络员。</p>
          </Callout>
        ) : (
          <OwnFigures row={view.row} />
        )}
        {view.takesObjections && !view.isWaiting ? (
          <FormShell
            id="object"
            action={ownYearPath(view.year)}
            commandId={commandId}
            warnUnsaved
            className="space-y-4"
          >
            <h2 className="text-lg font-semibold">提出异议</h2>
            <ErrorSummary
              errors={Object.entries(posted?.errors ?? {}).map(([name, message]) => ({
                name,
                label: '异议的内容',
                message,
              }))}
            />
            <TextArea
              label="异议的内容"
              name="reason"
              required
              hint="写明哪次培训、哪一天、应记多少学时，单位将查明答复；没有异议的不用填写"
              defaultValue={posted?.values.reason ?? ''}
              error={posted?.errors.reason}
            />
            <SubmitButton>提出异议</SubmitButton>
          </FormShell>
        ) : null}
        {view.objections.length > 0 ? <ObjectionList objections={view.objections} answering={null} /> : null}
      </div>
    </>
  );
}
