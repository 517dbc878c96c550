import { Outlet, useLoaderData, useLocation } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { OfficerFrame } from '#app/platform/ui/frames/officer-frame.tsx';
import { OfficialFrame } from '#app/platform/ui/frames/official-frame.tsx';
import { loadFrameUser } from '../frame-user-view.server.ts';
import { isLearnerOnly, navigationFor, officerTabOf } from '../navigation.ts';

/** Frames the pages of learners. An official who looks at a course keeps the desk's navigation. */
export const loader = door('home.read', async ({ ctx, request }) => ({
  user: await loadFrameUser(ctx, request),
  nav: isLearnerOnly(ctx.actor.roles) ? null : navigationFor(ctx.actor.roles),
}));

export default function OfficerLayout() {
  const { user, nav } = useLoaderData<typeof loader>();
  const { pathname } = useLocation();
  if (nav)
    return (
      <OfficialFrame user={user} nav={nav}>
        <Outlet />
      </OfficialFrame>
    );
  return (
    <OfficerFrame user={user} active={officerTabOf(pathname)}>
      <Outlet />
    </OfficerFrame>
  );
}
