import { Outlet, useRouteLoaderData } from '@remix-run/react';
import { PublicFrame } from '#app/platform/ui/frames/public-frame.tsx';
import type { loader as rootLoader } from '../../root.tsx';

/** Frames the counter: pages that anybody may open. */
export default function PublicLayout() {
  const root = useRouteLoaderData<typeof rootLoader>('root');
  return (
    <PublicFrame preferences={root?.preferences}>
      <Outlet />
    </PublicFrame>
  );
}
