import { Outlet, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { OfficialFrame } from '#app/platform/ui/frames/official-frame.tsx';
import { loadFrameUser } from '../frame-user-view.server.ts';
import { navigationFor } from '../navigation.ts';

/** Frames the pages of officials. It guards nothing: every page has its own door. */
export const loader = door('home.read', async ({ ctx, request }) => ({
  user: await loadFrameUser(ctx, request),
  nav: navigationFor(ctx.actor.roles),
}));

export default function OfficialLayout() {
  const { user, nav } = useLoaderData<typeof loader>();
  return (
    <OfficialFrame user={user} nav={nav}>
      <Outlet />
    </OfficialFrame>
  );
}
