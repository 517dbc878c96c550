import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useRouteError,
  useRouteLoaderData,
} from '@remix-run/react';
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import type { ReactNode } from 'react';
import { makeDoor } from './platform/http/door.server.ts';
import { useNonce } from './platform/http/nonce.ts';
import { thrownHeaders } from './platform/http/thrown-headers.ts';
import { ErrorPage } from './platform/ui/feedback/error-page.tsx';
import { UnansweredNotice } from './platform/ui/form/unanswered-notice.tsx';
import printStyles from './platform/ui/print/print.css?url';
import icon from './platform/ui/theme/icon.svg?url';
import { DEFAULT_PREFERENCES, htmlClass, parsePreferences } from './platform/ui/theme/preferences.ts';
import styles from './tailwind.css?url';

export const links: LinksFunction = () => [
  { rel: 'stylesheet', href: styles },
  { rel: 'stylesheet', href: printStyles, media: 'print' },
  { rel: 'icon', href: icon, type: 'image/svg+xml' },
];

export const meta: MetaFunction = () => [{ title: '执法学堂' }];

export const headers = thrownHeaders;

/** Runs again with every answer, so the request id is always that of the page shown. */
export const loader = makeDoor(
  'public.read',
  // Asks nobody and no database: the frame of an error page must stand when everything else is away.
  () => Promise.resolve(null),
  ({ request, context }: LoaderFunctionArgs) => ({
    preferences: parsePreferences(request.headers.get('Cookie')),
    requestId: context.requestId,
  }),
);

/** Written without the loader's own data hook, because it also frames the page of a failed loader. */
export function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce();
  const data = useRouteLoaderData<typeof loader>('root');
  return (
    <html lang="zh-CN" className={htmlClass(data?.preferences ?? DEFAULT_PREFERENCES)}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="renderer" content="webkit" />
        <meta name="format-detection" content="telephone=no" />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function Root() {
  return (
    <>
      <UnansweredNotice />
      <Outlet />
    </>
  );
}

export function ErrorBoundary() {
  const error = useRouteError();
  const data = useRouteLoaderData<typeof loader>('root');
  return <ErrorPage error={error} requestId={data?.requestId ?? null} />;
}
