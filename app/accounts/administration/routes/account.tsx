import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import type { z } from 'zod';
import { answerFor } from '#app/platform/http/answer.ts';
import { publicLink } from '#app/platform/http/public-address.server.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { addDays } from '#app/platform/time/day.ts';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import type { ActorCtx } from '../../actor.server.ts';
import { door } from '../../door.server.ts';
import { ROLES } from '../../role.ts';
import { viewAccount } from '../account-view.server.ts';
import { accountActSchema } from '../administration.schema.ts';
import { reissueAccountLink, setAccountStatus } from '../change-account.server.ts';
import { firstErrors, typedTexts } from '#app/platform/ui/form/form-texts.ts';
import { endGrant, grantRole } from '../grant-role.server.ts';
import type { IssuedLink } from '../open-account.server.ts';
import { ACCOUNTS_PATH, accountPath } from '../paths.ts';
import type { AdministrationCode } from '../refusals.ts';
import { ADMINISTRATION_REFUSALS } from '../refusals.ts';
import { AccountFacts, AccountStandingForms } from '../ui/account-facts.tsx';
import { GrantForm, RoleChoice } from '../ui/grant-form.tsx';
import { GrantList } from '../ui/grant-list.tsx';
import { IssuedLinkNote } from '../ui/issued-link.tsx';

export const meta: MetaFunction = () => [{ title: '账号 · 执法学堂' }];

function accountIdOf(params: Readonly<Record<string, string | undefined>>): string {
  if (params.account !== undefined && isId(params.account)) return params.account;
  throw new Response(null, { status: 404 });
}

export const loader = door('account.open', async ({ ctx, params, request }) => {
  const named = new URL(request.url).searchParams.get('role');
  const role = ROLES.find((known) => known === named) ?? null;
  const outcome = await viewAccount(ctx, accountIdOf(params), role);
  if (!outcome.ok) throw new Response(null, { status: outcome.code === 'FORBIDDEN' ? 403 : 404 });
  return { ...outcome.value, commandIds: { relink: newId(), status: newId(), grant: newId(), end: newId() } };
});

type Act = z.infer<typeof accountActSchema>;

/** One act on the account; only a new link has something to show. */
async function perform(
  ctx: ActorCtx,
  accountId: string,
  act: Act,
): Promise<Outcome<IssuedLink | object, AdministrationCode>> {
  switch (act.intent) {
    case 'relink':
      return reissueAccountLink(ctx, accountId);
    case 'disable':
    case 'enable':
      return setAccountStatus(ctx, accountId, {
        status: act.intent === 'enable' ? 'active' : 'disabled',
        reason: act.reason,
      });
    case 'grant':
      return grantRole(ctx, accountId, {
        role: act.role,
        unitText: act.unitText,
        regionId: act.regionId,
        fieldCode: act.fieldCode,
        fromDay: act.fromDay,
        untilDay: act.lastDay === undefined ? null : addDays(act.lastDay, 1),
        reason: act.reason,
      });
    case 'end':
      return endGrant(ctx, accountId, act);
  }
}

export const action = door('account.open', async ({ ctx, params, request }) => {
  const accountId = accountIdOf(params);
  const form = await request.formData();
  const values = typedTexts(form);
  const submission = parseForm(form, accountActSchema);
  if (submission.status !== 'success')
    return data(
      { link: null, refusal: null, values, errors: firstErrors(submission.error) },
      { status: 422 },
    );
  const outcome = await perform(ctx, accountId, submission.value);
  if (!outcome.ok) {
    const refusal = answerFor(outcome, ADMINISTRATION_REFUSALS);
    return data({ link: null, refusal: refusal.text, values, errors: {} }, { status: refusal.status });
  }
  if (!('path' in outcome.value)) throw redirect(`${accountPath(accountId)}?notice=saved`);
  const { path, login, displayName } = outcome.value;
  const link = { login, displayName, address: publicLink(ctx, path) };
  return data({ link, refusal: null, values: {}, errors: {} }, { headers: { 'Cache-Control': 'no-store' } });
});

export default function Account() {
  const { page, form, commandIds } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHead
        title={`${page.displayName}的账号`}
        breadcrumb={[{ label: '账号管理', to: ACCOUNTS_PATH }, { label: page.login }]}
        meta={page.unitName}
      />
      <div className="max-w-4xl space-y-8">
        {answer?.link ? <IssuedLinkNote {...answer.link} /> : null}
        {answer?.refusal ? (
          <div role="alert">
            <Callout tone="danger" title={answer.refusal} />
          </div>
        ) : null}
        <AccountFacts page={page} />
        {page.mayChange ? (
          <AccountStandingForms page={page} commandIds={commandIds} answer={answer} />
        ) : (
          <Callout tone="info" title="此账号不由您办理">
            <p>本人账号由另一名管理员办理；持有您不能授予的角色的账号，由安全管理员办理。</p>
          </Callout>
        )}
        <GrantList page={page} commandId={commandIds.end} answer={answer} />
        {page.mayChange && page.standing !== 'disabled' ? (
          <section aria-labelledby="give-role" className="space-y-4">
            <h2 id="give-role" className="text-lg font-semibold">
              授予角色
            </h2>
            <RoleChoice roles={page.roles} role={form?.role ?? null} />
            {form === null ? null : (
              <GrantForm
                key={form.role}
                form={form}
                today={page.today}
                commandId={commandIds.grant}
                answer={answer}
              />
            )}
          </section>
        ) : null}
      </div>
    </>
  );
}
