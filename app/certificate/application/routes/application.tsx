import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { actOnApplication } from '../application-action.server.ts';
import { papersOfFiling } from '../../papers/papers-view.server.ts';
import { viewApplication } from '../application-view.server.ts';
import { ApplicationDetail } from '../ui/application-detail.tsx';

export const meta: MetaFunction = () => [{ title: '证件申领办理 · 执法学堂' }];

const BASE = '/coordinate/applications';

export const loader = door('application.read', async ({ ctx, params }) => {
  if (!isId(params.application)) throw new Response(null, { status: 404 });
  const outcome = await viewApplication(ctx, params.application);
  if (!outcome.ok) throw new Response(null, { status: outcome.code === 'FORBIDDEN' ? 403 : 404 });
  const papers = { ...(await papersOfFiling(ctx, outcome.value.application)), commandId: newId() };
  return { page: outcome.value, commandId: newId(), papers };
});

export const action = door('application.file', async ({ ctx, params, request }) => {
  if (!isId(params.application)) throw new Response(null, { status: 404 });
  const acted = await actOnApplication(ctx, params.application, await request.formData());
  if ('notice' in acted) return redirect(`${BASE}/${params.application}?notice=${acted.notice}`);
  return data({ lastResult: acted.lastResult, refusal: acted.refusal }, { status: acted.status });
});

/** The unit's view of its application; after a return it files again from here. */
export default function Application() {
  const { page, commandId, papers } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const { version } = page.application;
  return (
    <ApplicationDetail
      page={page}
      breadcrumb={[{ label: '证件申领', to: BASE }]}
      certificateHref={null}
      refusal={answered?.refusal ?? null}
      papers={papers}
      stamp={{ commandId, expectedVersion: version, lastResult: answered?.lastResult ?? null }}
    />
  );
}
