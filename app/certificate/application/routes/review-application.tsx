import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { mayDo } from '#app/accounts/actor.server.ts';
import { door } from '#app/accounts/door.server.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { actOnApplication } from '../application-action.server.ts';
import { papersOfFiling } from '../../papers/papers-view.server.ts';
import { viewApplication } from '../application-view.server.ts';
import { ApplicationDetail } from '../ui/application-detail.tsx';

export const meta: MetaFunction = () => [{ title: '申领审核 · 执法学堂' }];

const BASE = '/bureau/applications';

export const loader = door('application.review', async ({ ctx, params }) => {
  if (!isId(params.application)) throw new Response(null, { status: 404 });
  const outcome = await viewApplication(ctx, params.application);
  if (!outcome.ok) throw new Response(null, { status: outcome.code === 'FORBIDDEN' ? 403 : 404 });
  const papers = { ...(await papersOfFiling(ctx, outcome.value.application)), commandId: newId() };
  return { page: outcome.value, commandId: newId(), papers, mayOpenRegister: mayDo(ctx, 'certificate.read') };
});

export const action = door('application.review', async ({ ctx, params, request }) => {
  if (!isId(params.application)) throw new Response(null, { status: 404 });
  const acted = await actOnApplication(ctx, params.application, await request.formData());
  if ('notice' in acted) return redirect(`${BASE}/${params.application}?notice=${acted.notice}`);
  return data({ lastResult: acted.lastResult, refusal: acted.refusal }, { status: acted.status });
});

/** The office's view: review, approve, issue, each by its own person. */
export default function ReviewApplication() {
  const { page, commandId, papers, mayOpenRegister } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const { version, certificateId } = page.application;
  return (
    <ApplicationDetail
      page={page}
      breadcrumb={[{ label: '申领审核', to: BASE }]}
      certificateHref={mayOpenRegister && certificateId ? `/bureau/certificates/${certificateId}` : null}
      refusal={answered?.refusal ?? null}
      papers={papers}
      stamp={{ commandId, expectedVersion: version, lastResult: answered?.lastResult ?? null }}
    />
  );
}
