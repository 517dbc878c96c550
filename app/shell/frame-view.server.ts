import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import type { Grant } from '#app/accounts/role.ts';
import { countWaitingNotices } from '#app/office/notice/inbox-view.server.ts';
import { countOpenTasks } from '#app/office/task/tasks-view.server.ts';
import { homeLinksOn } from '#app/organization/person/person.store.server.ts';
import { currentTree } from '#app/organization/tree/current-tree.server.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { FrameUser, NavGroup } from '#app/platform/ui/frames/frame-user.ts';
import { parsePreferences } from '#app/platform/ui/theme/preferences.ts';
import { isLearnerOnly, navigationFor, ownLinksFor, roleLabelFor } from './navigation.ts';

/** What stands around every page of a signed-in person. */
export interface Frame {
  readonly user: FrameUser;
  /** Null for people who only learn: they have five tabs instead. */
  readonly nav: readonly NavGroup[] | null;
  /** Whether the bar has the search over everything. */
  readonly hasSearch: boolean;
}

const placeOfGrant = (tree: OrgTree, grant: Grant): string | undefined =>
  tree.units.get(grant.unitId ?? '')?.name ?? tree.regions.get(grant.regionId ?? '')?.name;

/** The unit a person works in; for an account without a person, the place its rights are given for. */
async function unitNameOf(ctx: ActorCtx): Promise<string | null> {
  const tree = await currentTree(ctx);
  const { personId, grants } = ctx.actor;
  if (personId !== null) {
    const homes = await homeLinksOn(ctx.pool, [personId], dayOf(ctx.clock.now()));
    const home = tree.units.get(homes.get(personId)?.unitId ?? '');
    if (home) return home.name;
  }
  return grants.map((grant) => placeOfGrant(tree, grant)).find((name) => name !== undefined) ?? null;
}

/** The frame of one request. It guards nothing: every page behind it has a door of its own. */
export async function frameOf(ctx: ActorCtx, request: Request): Promise<Frame> {
  const { displayName, roles } = ctx.actor;
  const preferences = parsePreferences(request.headers.get('Cookie'));
  const [unitName, notices, tasks] = await Promise.all([
    unitNameOf(ctx),
    countWaitingNotices(ctx),
    countOpenTasks(ctx),
  ]);
  const waiting = new Map([
    ['/inbox', notices],
    ['/tasks', tasks],
  ]);
  return {
    user: {
      displayName,
      roleLabel: roleLabelFor(roles),
      unitName,
      unread: notices + tasks,
      links: ownLinksFor(roles),
      ...preferences,
    },
    hasSearch: mayDo(ctx, 'search.read'),
    nav: isLearnerOnly(roles) ? null : navigationFor(roles, waiting),
  };
}
