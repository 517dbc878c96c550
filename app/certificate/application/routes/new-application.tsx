import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { CERTIFICATE_REFUSALS } from '../../refusals.ts';
import { filingSchema } from '../application.schema.ts';
import { fileApplication } from '../file-application.server.ts';
import { CANDIDATES_PER_PAGE, viewCandidates, viewFiling } from '../filing-view.server.ts';
import { CandidateList } from '../ui/candidate-list.tsx';
import { CheckList } from '../ui/check-list.tsx';
import { FilingForm } from '../ui/filing-form.tsx';

export const meta: MetaFunction = () => [{ title: '申领证件 · 执法学堂' }];

const MAX_PAGE = 10_000;

export const loader = door('application.file', async ({ ctx, request }) => {
  const search = new URL(request.url).searchParams;
  const personId = search.get('person');
  if (isId(personId)) {
    const outcome = await viewFiling(ctx, personId, search.get('field'));
    if (!outcome.ok) throw new Response(null, { status: outcome.code === 'FORBIDDEN' ? 403 : 404 });
    return { filing: outcome.value, list: null, commandId: newId() };
  }
  const asked = Number(search.get('page') ?? '1');
  const page = Number.isInteger(asked) && asked >= 1 && asked <= MAX_PAGE ? asked : 1;
  const text = (search.get('q') ?? '').trim().slice(0, 30);
  const all = search.get('all') === 'on';
  const outcome = await viewCandidates(ctx, { text, all, page });
  if (!outcome.ok) throw new Response(null, { status: 403 });
  const pages = Math.max(Math.ceil(outcome.value.total / CANDIDATES_PER_PAGE), 1);
  return { filing: null, list: { ...outcome.value, pages, text, all }, commandId: newId() };
});

export const action = door('application.file', async ({ ctx, request }) => {
  const submission = parseForm(await request.formData(), filingSchema);
  if (submission.status !== 'success')
    return data({ lastResult: submission.reply(), refusal: null }, { status: 422 });
  const outcome = await fileApplication(ctx, submission.value);
  if (outcome.ok) return redirect(`/coordinate/applications/${outcome.value.applicationId}?notice=submitted`);
  const refusal = answerFor(outcome, CERTIFICATE_REFUSALS);
  return data({ lastResult: submission.reply(), refusal: refusal.text }, { status: refusal.status });
});

const CRUMBS = [{ label: '证件申领', to: '/coordinate/applications' }];

/** First the person, with who may and who may not; then the requirements and the form. */
export default function NewApplication() {
  const { filing, list, commandId } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  if (!filing) {
    return (
      <>
        <PageHead title="申领证件" breadcrumb={CRUMBS} meta="选择本单位人员；不能申领的，列明所缺条件" />
        {list ? <CandidateList {...list} /> : null}
      </>
    );
  }
  const { person, unitName, position } = filing;
  return (
    <>
      <PageHead
        title={`申领证件：${person.name}`}
        breadcrumb={[...CRUMBS, { label: '选择人员', to: '/coordinate/applications/new' }]}
        meta={[unitName, position, person.idNumberMasked].filter(Boolean).join(' · ')}
      />
      {answered?.refusal ? (
        <div className="mb-6">
          <Callout tone="danger" title={answered.refusal} />
        </div>
      ) : null}
      <div className="grid items-start gap-6 xl:grid-cols-2">
        <Card title="申领条件">
          <CheckList checks={filing.checks} />
        </Card>
        <Card title="申报">
          {filing.isEligible ? (
            <FilingForm
              personId={person.id}
              personName={person.name}
              unitName={unitName}
              fields={filing.fields}
              fieldCode={filing.fieldCode}
              area={filing.area}
              commandId={commandId}
              lastResult={answered?.lastResult ?? null}
            />
          ) : (
            <Callout
              tone="warning"
              title={`${person.name} 暂不符合申领条件`}
              action={<LinkButton to="/coordinate/applications/new">选择其他人员</LinkButton>}
            >
              请先补齐标明“不符合”的条件，再行申报。
            </Callout>
          )}
        </Card>
      </div>
    </>
  );
}
