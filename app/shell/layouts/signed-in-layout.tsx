import type { MetaFunction } from '@remix-run/node';
import { Outlet, useLoaderData, useRouteError, useRouteLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { thrownHeaders } from '#app/platform/http/thrown-headers.ts';
import { ErrorPage } from '#app/platform/ui/feedback/error-page.tsx';
import type { loader as rootLoader } from '#app/root.tsx';
import { frameOf } from '../frame-view.server.ts';
import { PageProblem, problemTitle } from '../ui/page-problem.tsx';
import { SignedInFrame } from '../ui/signed-in-frame.tsx';

const LAYOUT_ID = 'shell/layouts/signed-in-layout';

export const headers = thrownHeaders;

export const loader = door('home.read', ({ ctx, request }) => frameOf(ctx, request));

/** A page that cannot be shown is named by what happened. */
export const meta: MetaFunction = ({ error }) => [
  { title: error === undefined ? '执法学堂' : problemTitle(error) },
];

export default function SignedInLayout() {
  return (
    <SignedInFrame frame={useLoaderData<typeof loader>()}>
      <Outlet />
    </SignedInFrame>
  );
}

/** A page that cannot be shown keeps its frame, so that people find on; without a frame it stands alone. */
export function ErrorBoundary() {
  const error = useRouteError();
  const frame = useRouteLoaderData<typeof loader>(LAYOUT_ID);
  const requestId = useRouteLoaderData<typeof rootLoader>('root')?.requestId ?? null;
  if (!frame) return <ErrorPage error={error} requestId={requestId} />;
  return (
    <SignedInFrame frame={frame}>
      <PageProblem error={error} requestId={requestId} />
    </SignedInFrame>
  );
}
