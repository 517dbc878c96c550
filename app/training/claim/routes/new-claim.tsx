import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { Button } from '#app/platform/ui/data/button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { submitClaim } from '../claim-action.server.ts';
import { claimPath } from '../claim-tasks.ts';
import { viewClaimRules } from '../claim-view.server.ts';
import { NEW_CLAIM } from '../claim.schema.ts';
import { viewPeopleToClaim } from '../claims-view.server.ts';
import { ClaimForm } from '../ui/claim-fields.tsx';
import { ClaimRefused } from '../ui/claim-refused.tsx';
import { PeopleChoice } from '../ui/people-choice.tsx';

export const meta: MetaFunction = () => [{ title: '代为申请学时认定 · 执法学堂' }];

export const loader = door('claim.file', async ({ ctx, request }) => {
  const text = (new URL(request.url).searchParams.get('q') ?? '').trim().slice(0, 50);
  const found = await viewPeopleToClaim(ctx, text);
  if (!found.ok) throw new Response(null, { status: 403 });
  const { convention, lectureText } = await viewClaimRules(ctx);
  return { ...found.value, text, rules: { convention, lectureText }, commandId: newId() };
});

export const action = door('claim.file', async ({ ctx, request }) => {
  const answer = await submitClaim(ctx, 'unit', null, await request.formData());
  if (!answer.done) return data(answer, { status: answer.status });
  const [only] = answer.claimIds;
  const path =
    answer.claimIds.length === 1 && only !== undefined
      ? `${claimPath(only)}?`
      : `/coordinate/claims?f.batch=${answer.batchId ?? ''}&`;
  return redirect(`${path}notice=submitted`);
});

export default function NewClaim() {
  const { people, total, text, rules, commandId } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHead
        title="代为申请学时认定"
        breadcrumb={[{ label: '学时认定', to: '/coordinate/claims' }]}
        meta="同一次培训可为多人一并申请，由单位负责人或者司法局认定"
      />
      <ClaimRefused answer={answer ?? null} />
      <Form method="get" className="mb-6 flex flex-wrap items-end gap-3">
        <TextField label="查找人员" name="q" width="medium" defaultValue={text} hint="姓名、拼音或首字母" />
        <Button type="submit">查找</Button>
      </Form>
      <ClaimForm
        {...rules}
        commandId={commandId}
        defaults={NEW_CLAIM}
        lastResult={answer?.lastResult ?? null}
        submit="提交申请"
      >
        <PeopleChoice people={people} total={total} chosenIds={answer?.personIds ?? []} />
      </ClaimForm>
    </>
  );
}
