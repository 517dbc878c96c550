import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { newId } from '#app/platform/ids/id.ts';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { issueSchema } from '../campaign.schema.ts';
import { boardPath } from '../campaign.ts';
import { viewNewCampaign } from '../campaigns-view.server.ts';
import { issueCampaign } from '../issue-campaign.server.ts';
import { formValuesOf } from '../kinds/form-values.ts';
import type { Posted } from '../posted.ts';
import { firstMessages } from '../posted.ts';
import { CAMPAIGN_REFUSALS } from '../refusals.ts';
import { IssueForm } from '../ui/issue-form.tsx';

export const meta: MetaFunction = () => [{ title: '下发任务 · 执法学堂' }];

export const loader = door('campaign.issue', async ({ ctx, request }) => {
  const page = await viewNewCampaign(ctx, { kind: new URL(request.url).searchParams.get('kind') });
  if (!page.ok) throw new Response(null, { status: 403 });
  return { ...page.value, commandId: newId() };
});

export const action = door('campaign.issue', async ({ ctx, request }) => {
  const formData = await request.formData();
  const submission = parseForm(formData, issueSchema);
  const again = (errors: Posted['errors'], refusal: string | null, status: number) =>
    data<Posted>({ intent: 'issue', values: formValuesOf(formData), errors, refusal }, { status });
  if (submission.status !== 'success') return again(firstMessages(submission.error), null, 422);
  const { fieldCode, unitNames, ...input } = submission.value;
  const outcome = await issueCampaign(ctx, {
    ...input,
    fieldCode: fieldCode ?? null,
    unitNames: (unitNames ?? '').split('\n'),
  });
  if (outcome.ok) return redirect(`${boardPath(outcome.value.campaignId)}?notice=sent`);
  const { text, status } = answerFor(outcome, CAMPAIGN_REFUSALS);
  return outcome.code === 'UNITS_UNKNOWN'
    ? again({ unitNames: text }, null, status)
    : again({}, text, status);
});

export default function NewCampaign() {
  const page = useLoaderData<typeof loader>();
  const posted = useActionData<typeof action>() ?? null;
  return (
    <>
      <PageHead
        title="下发任务"
        breadcrumb={[{ label: '任务下发', to: '/bureau/campaigns' }, { label: '下发任务' }]}
        scope={
          <nav aria-label="任务类别" className="flex flex-wrap gap-2">
            {page.kinds.map(({ code, label }) => (
              <LinkButton
                key={code}
                size="small"
                to={`?kind=${code}`}
                tone={code === page.preset.kind ? 'primary' : 'secondary'}
                aria-current={code === page.preset.kind ? 'page' : undefined}
              >
                {label}
              </LinkButton>
            ))}
          </nav>
        }
      />
      {posted?.refusal ? <Callout tone="danger" title={posted.refusal} /> : null}
      <IssueForm key={page.preset.kind} {...page} posted={posted} />
    </>
  );
}
