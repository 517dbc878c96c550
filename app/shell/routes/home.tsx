import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { publicDoor } from '#app/accounts/door.server.ts';
import type { Role } from '#app/accounts/role.ts';
import { ADMIN_ROLES } from '#app/accounts/role.ts';
import { publicOrigin } from '#app/platform/http/public-address.server.ts';
import { dayOf, formatDay } from '#app/platform/time/day.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { PublicFrame } from '#app/platform/ui/frames/public-frame.tsx';
import { parsePreferences } from '#app/platform/ui/theme/preferences.ts';
import { viewDesk } from '../desk-view.server.ts';
import { frameOf } from '../frame-view.server.ts';
import { viewLearnerHome } from '../learner-view.server.ts';
import { isLearnerOnly, navigationFor } from '../navigation.ts';
import { Counter } from '../ui/counter.tsx';
import { DeskHome } from '../ui/desk.tsx';
import { LearnerCards } from '../ui/learner-home.tsx';
import { SignedInFrame } from '../ui/signed-in-frame.tsx';

export const meta: MetaFunction = () => [{ title: '首页 · 执法学堂' }];

/** What stands first for whom: the counter for the public, the own year for learners, the desk for officials. */
async function homeOf(ctx: ActorCtx, request: Request) {
  const frame = await frameOf(ctx, request);
  const { roles } = ctx.actor;
  const today = dayOf(ctx.clock.now());
  if (roles.length === 0 || roles.some((role) => ADMIN_ROLES.includes(role)))
    return { kind: 'plain' as const, frame, starts: ownStarts(roles) };
  if (isLearnerOnly(roles)) {
    const home = await viewLearnerHome(ctx, publicOrigin(ctx));
    return { kind: 'learner' as const, frame, today, home };
  }
  return { kind: 'desk' as const, frame, today, desk: await viewDesk(ctx) };
}

/** The pages of who has no desk: the three administrators. */
function ownStarts(roles: readonly Role[]) {
  return navigationFor(roles)
    .flatMap((group) => group.items)
    .filter((item) => item.to.startsWith('/admin/'))
    .map(({ to, label }) => ({ to, label }));
}

export const loader = publicDoor('public.read', async ({ ctx, request }) => {
  const { actor, actorId } = ctx;
  if (actor === null || actorId === null)
    return { kind: 'counter' as const, preferences: parsePreferences(request.headers.get('Cookie')) };
  return homeOf({ ...ctx, actor, actorId }, request);
});

export default function Home() {
  const page = useLoaderData<typeof loader>();
  switch (page.kind) {
    case 'counter':
      return (
        <PublicFrame preferences={page.preferences}>
          <Counter />
        </PublicFrame>
      );
    case 'plain':
      return (
        <SignedInFrame frame={page.frame}>
          <PageHead title="首页" />
          {page.starts.length === 0 ? (
            <EmptyState
              title="还没有角色"
              text="账号已启用，但还没有授予角色，暂时办理不了事项。请联系开通账号的司法局或安全管理员。"
            />
          ) : (
            <EmptyState
              title={`${page.frame.user.roleLabel}账号`}
              text="管理员账号不办理业务，也看不到业务数据。您负责的事项："
              action={
                <span className="flex flex-wrap justify-center gap-3">
                  {page.starts.map((start) => (
                    <LinkButton key={start.to} to={start.to}>
                      {start.label}
                    </LinkButton>
                  ))}
                </span>
              }
            />
          )}
        </SignedInFrame>
      );
    case 'learner':
      return (
        <SignedInFrame frame={page.frame}>
          <PageHead
            title={`${page.frame.user.displayName}，您好`}
            meta={[page.frame.user.unitName, formatDay(page.today)].filter(Boolean).join(' · ')}
          />
          <LearnerCards home={page.home} />
        </SignedInFrame>
      );
    case 'desk':
      return (
        <SignedInFrame frame={page.frame}>
          <PageHead
            title={page.frame.user.unitName ?? '首页'}
            meta={`${formatDay(page.today)} · ${page.frame.user.roleLabel}`}
          />
          <DeskHome desk={page.desk} />
        </SignedInFrame>
      );
  }
}
