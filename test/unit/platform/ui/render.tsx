import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { matchRoutes, parsePath } from 'react-router-dom';
import { createStaticHandler, createStaticRouter, StaticRouterProvider } from 'react-router-dom/server.js';

/** The HTML a server sends for an element on a page, before any JavaScript. */
export function renderAt(url: string, element: ReactElement): string {
  const routes = [{ id: 'page', path: '*', element }];
  const { dataRoutes } = createStaticHandler(routes);
  const location = { pathname: '/', search: '', hash: '', state: null, key: 'default', ...parsePath(url) };
  const context = {
    basename: '/',
    location,
    matches: matchRoutes(dataRoutes, location) ?? [],
    loaderData: {},
    actionData: null,
    errors: null,
    statusCode: 200,
    loaderHeaders: {},
    actionHeaders: {},
    activeDeferreds: null,
  };
  const router = createStaticRouter(routes, context);
  return renderToStaticMarkup(<StaticRouterProvider router={router} context={context} hydrate={false} />);
}
