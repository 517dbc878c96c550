import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { Tabs } from '#app/platform/ui/data/tabs.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { actAnswerOf } from '../act-answer.ts';
import { actOnPerson } from '../person-act.server.ts';
import { viewPerson } from '../person-view.server.ts';
import { ROSTER_REFUSALS } from '../refusals.ts';
import { personActSchema } from '../register.schema.ts';
import { personPath } from '../roster-tasks.ts';
import { AssessmentSection } from '../ui/person-assessments.tsx';
import { PersonFacts } from '../ui/person-facts.tsx';
import { CareerList, CorrectionList } from '../ui/person-history.tsx';
import { HonourSection, ReviewerCard, SupervisionSection } from '../ui/person-registers.tsx';

export const meta: MetaFunction = () => [{ title: '人员信息 · 执法学堂' }];

const INTENTS = [
  'reviewer',
  'reviewer-end',
  'grade',
  'grade-withdraw',
  'honour',
  'honour-withdraw',
  'supervision',
  'supervision-end',
] as const;
const TAB_OF_INTENT: Readonly<Record<string, string>> = { grade: 'assessments', honour: 'honours' };

export const loader = door('organization.read', async ({ ctx, params }) => {
  if (!isId(params.person)) throw new Response(null, { status: 404 });
  const page = await viewPerson(ctx, params.person);
  if (!page.ok) throw new Response(null, { status: page.code === 'FORBIDDEN' ? 403 : 404 });
  const commandIds = Object.fromEntries(INTENTS.map((intent) => [intent, newId()])) as Record<string, string>;
  return { page: page.value, commandIds };
});

export const action = door('organization.read', async ({ ctx, params, request }) => {
  if (!isId(params.person)) throw new Response(null, { status: 404 });
  const form = await request.formData();
  const submission = parseForm(form, personActSchema);
  if (submission.status !== 'success')
    return data({ answer: actAnswerOf(form, submission.error), refusal: null }, { status: 422 });
  const act = submission.value;
  const outcome = await actOnPerson(ctx, params.person, act);
  const tab = TAB_OF_INTENT[act.intent.split('-')[0] ?? ''] ?? 'registers';
  if (outcome.ok) return redirect(`${personPath(params.person)}?tab=${tab}&notice=saved`);
  const refusal = answerFor(outcome, ROSTER_REFUSALS);
  return data({ answer: actAnswerOf(form, {}), refusal: refusal.text }, { status: refusal.status });
});

export default function Person() {
  const { page, commandIds } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const { person, unitName, home, openTransferId } = page;
  const register = { page, commandIds, answer: answered?.answer ?? null };
  return (
    <>
      <PageHead
        title={person.name}
        breadcrumb={[
          { label: '机构与人员' },
          { label: '本单位人员', to: '/coordinate/roster' },
          { label: person.name },
        ]}
        meta={[unitName, home === null ? '已离岗' : home.position, person.idNumberMasked]
          .filter(Boolean)
          .join(' · ')}
        action={<Acts />}
      />
      <div className="mb-6 space-y-4 empty:hidden">
        {answered?.refusal ? <Callout tone="danger" title={answered.refusal} /> : null}
        {openTransferId === null ? null : (
          <Callout tone="info" title="正在办理调动，等待转入单位确认">
            <TextLink to={`/coordinate/transfers/${openTransferId}`}>查看调动</TextLink>
          </Callout>
        )}
        {page.corrections.some((one) => one.state === 'filed') ? (
          <Callout tone="warning" title="有一项信息更正等待复核，复核前仍按原信息使用" />
        ) : null}
      </div>
      <Tabs
        label="人员信息"
        items={[
          { id: 'facts', label: '基本情况', content: <PersonFacts page={page} /> },
          {
            id: 'career',
            label: '任职履历',
            content: <CareerList homes={page.homes} postings={page.postings} />,
          },
          { id: 'assessments', label: '年度考核', content: <AssessmentSection {...register} /> },
          {
            id: 'registers',
            label: '审核与监督',
            content: (
              <div className="grid items-start gap-6 xl:grid-cols-2">
                <ReviewerCard {...register} />
                <SupervisionSection {...register} />
              </div>
            ),
          },
          {
            id: 'honours',
            label: '荣誉',
            count: page.honours.length,
            content: <HonourSection {...register} />,
          },
          {
            id: 'corrections',
            label: '更正记录',
            count: page.corrections.length,
            content: <CorrectionList corrections={page.corrections} />,
          },
        ]}
      />
    </>
  );
}

/** What can be done with the person, each on its own page. */
function Acts() {
  const { page } = useLoaderData<typeof loader>();
  const { may, home, person } = page;
  if (home === null || !may.manage) return null;
  return (
    <div className="flex flex-wrap gap-2">
      {may.correct ? <LinkButton to={`${personPath(person.id)}/correct`}>更正信息</LinkButton> : null}
      <LinkButton to={`${personPath(person.id)}/post`}>岗位变更</LinkButton>
      <LinkButton to={`/coordinate/transfers/new?person=${person.id}`}>调出</LinkButton>
      <LinkButton to={`/coordinate/leavers?person=${person.id}`}>离岗</LinkButton>
    </div>
  );
}
