import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { newId } from '#app/platform/ids/id.ts';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { addPerson } from '../add-person.server.ts';
import { viewNewPerson } from '../new-person-view.server.ts';
import { ROSTER_REFUSALS } from '../refusals.ts';
import { personPath } from '../roster-tasks.ts';
import { enterPersonSchema } from '../roster.schema.ts';
import { EnterPersonForm } from '../ui/enter-person-form.tsx';

export const meta: MetaFunction = () => [{ title: '新增人员 · 执法学堂' }];

export const loader = door('roster.manage', async ({ ctx }) => {
  const page = await viewNewPerson(ctx);
  if (!page.ok) throw new Response(null, { status: 403 });
  return { ...page.value, commandId: newId() };
});

export const action = door('roster.manage', async ({ ctx, request }) => {
  const submission = parseForm(await request.formData(), enterPersonSchema);
  if (submission.status !== 'success')
    return data({ lastResult: submission.reply(), refusal: null }, { status: 422 });
  const outcome = await addPerson(ctx, submission.value);
  if (outcome.ok) return redirect(`${personPath(outcome.value.personId)}?notice=created`);
  const refusal = answerFor(outcome, ROSTER_REFUSALS);
  return data({ lastResult: submission.reply(), refusal: refusal.text }, { status: refusal.status });
});

export default function NewPerson() {
  const { units, fields, today, commandId } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHead
        title="新增人员"
        breadcrumb={[
          { label: '机构与人员' },
          { label: '本单位人员', to: '/coordinate/roster' },
          { label: '新增人员' },
        ]}
        meta="新到本单位的人员；从其他单位调入的，由原单位办理调动转出"
      />
      {answer?.refusal ? (
        <div className="mb-6">
          <Callout tone="danger" title={answer.refusal} />
        </div>
      ) : null}
      <EnterPersonForm
        commandId={commandId}
        units={units}
        fields={fields}
        today={today}
        lastResult={answer?.lastResult ?? null}
      />
    </>
  );
}
