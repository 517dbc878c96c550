import type { MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { answerFor } from '#app/platform/http/answer.ts';
import { publicLink } from '#app/platform/http/public-address.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { door } from '../../door.server.ts';
import { viewNewAccount } from '../accounts-view.server.ts';
import { newAccountSchema } from '../administration.schema.ts';
import { firstErrors, typedTexts } from '#app/platform/ui/form/form-texts.ts';
import { openAccount } from '../open-account.server.ts';
import { ACCOUNTS_PATH, accountPath } from '../paths.ts';
import { ADMINISTRATION_REFUSALS } from '../refusals.ts';
import { IssuedLinkNote } from '../ui/issued-link.tsx';
import { PersonAccountForm, PersonSearch, TechnicalAccountForm } from '../ui/new-account-forms.tsx';

const MAX_SEARCH = 50;

export const meta: MetaFunction = () => [{ title: '开通账号 · 执法学堂' }];

export const loader = door('account.open', async ({ ctx, request }) => {
  const text = (new URL(request.url).searchParams.get('q') ?? '').trim().slice(0, MAX_SEARCH);
  const outcome = await viewNewAccount(ctx, text);
  if (!outcome.ok) throw new Response(null, { status: 403 });
  return { ...outcome.value, text, commandIds: { person: newId(), technical: newId() } };
});

export const action = door('account.open', async ({ ctx, request }) => {
  const form = await request.formData();
  const values = typedTexts(form);
  const submission = parseForm(form, newAccountSchema);
  if (submission.status !== 'success')
    return data(
      { link: null, refusal: null, values, errors: firstErrors(submission.error) },
      { status: 422 },
    );
  const { login, ...owner } = submission.value;
  const outcome = await openAccount(ctx, {
    login,
    owner:
      owner.owner === 'person'
        ? { kind: 'person', personId: owner.personId }
        : { kind: 'technical', displayName: owner.displayName },
  });
  if (outcome.ok) {
    const { path, ...account } = outcome.value;
    const link = { ...account, address: publicLink(ctx, path) };
    return data(
      { link, refusal: null, values: {}, errors: {} },
      { headers: { 'Cache-Control': 'no-store' } },
    );
  }
  const refusal = answerFor(outcome, ADMINISTRATION_REFUSALS);
  return data({ link: null, refusal: refusal.text, values, errors: {} }, { status: refusal.status });
});

export default function NewAccount() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const link = answer?.link ?? null;
  return (
    <>
      <PageHead
        title="开通账号"
        breadcrumb={[{ label: '账号管理', to: ACCOUNTS_PATH }, { label: '开通账号' }]}
        meta="账号开通后没有任何权限，请接着授予角色"
      />
      <div className="max-w-2xl space-y-8">
        {link === null ? null : (
          <>
            <IssuedLinkNote {...link} />
            <LinkButton to={accountPath(link.accountId)} tone="primary">
              接着授予角色
            </LinkButton>
          </>
        )}
        {answer?.refusal ? (
          <div role="alert">
            <Callout tone="danger" title={answer.refusal} />
          </div>
        ) : null}
        <PersonSearch text={page.text} />
        {page.text === '' ? null : <PersonAccountForm page={page} answer={answer} />}
        {page.isSecurity ? <TechnicalAccountForm page={page} answer={answer} /> : null}
      </div>
    </>
  );
}
