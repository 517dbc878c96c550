import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { changePost } from '../change-post.server.ts';
import { viewPerson } from '../person-view.server.ts';
import { ROSTER_REFUSALS } from '../refusals.ts';
import { personPath } from '../roster-tasks.ts';
import { changePostSchema } from '../roster.schema.ts';
import { PostForm } from '../ui/post-form.tsx';

export const meta: MetaFunction = () => [{ title: '岗位变更 · 执法学堂' }];

export const loader = door('roster.manage', async ({ ctx, params }) => {
  if (!isId(params.person)) throw new Response(null, { status: 404 });
  const page = await viewPerson(ctx, params.person);
  if (!page.ok || !page.value.may.manage || page.value.home === null)
    throw new Response(null, { status: 404 });
  const { person, unitName, home, fields, today } = page.value;
  return { person: { id: person.id, name: person.name }, unitName, home, fields, today, commandId: newId() };
});

export const action = door('roster.manage', async ({ ctx, params, request }) => {
  if (!isId(params.person)) throw new Response(null, { status: 404 });
  const submission = parseForm(await request.formData(), changePostSchema);
  if (submission.status !== 'success')
    return data({ lastResult: submission.reply(), refusal: null }, { status: 422 });
  const outcome = await changePost(ctx, params.person, submission.value);
  if (outcome.ok) return redirect(`${personPath(params.person)}?tab=career&notice=saved`);
  const refusal = answerFor(outcome, ROSTER_REFUSALS);
  return data({ lastResult: submission.reply(), refusal: refusal.text }, { status: refusal.status });
});

export default function ChangePost() {
  const { person, unitName, home, fields, today, commandId } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHead
        title={`岗位变更：${person.name}`}
        breadcrumb={[
          { label: '本单位人员', to: '/coordinate/roster' },
          { label: person.name, to: personPath(person.id) },
          { label: '岗位变更' },
        ]}
        meta={`${unitName}；调往其他单位的，请办理调出`}
      />
      {answer?.refusal ? (
        <div className="mb-6">
          <Callout tone="danger" title={answer.refusal} />
        </div>
      ) : null}
      <PostForm
        commandId={commandId}
        home={home}
        today={today}
        fields={fields}
        lastResult={answer?.lastResult ?? null}
      />
    </>
  );
}
