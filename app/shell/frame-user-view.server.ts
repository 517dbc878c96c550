import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { currentTree } from '#app/organization/tree/current-tree.server.ts';
import type { FrameUser } from '#app/platform/ui/frames/frame-user.ts';
import { parsePreferences } from '#app/platform/ui/theme/preferences.ts';
import { roleLabelFor } from './navigation.ts';

/** Name of the place a person acts for: the unit or region of the first grant that has one. */
async function placeName(ctx: ActorCtx): Promise<string | null> {
  const grant = ctx.actor.grants.find((candidate) => candidate.unitId ?? candidate.regionId);
  if (!grant) return null;
  const tree = await currentTree(ctx);
  if (grant.unitId) return tree.units.get(grant.unitId)?.name ?? null;
  return grant.regionId ? (tree.regions.get(grant.regionId)?.name ?? null) : null;
}

/** What the frame around every signed-in page shows of the person. */
export async function loadFrameUser(ctx: ActorCtx, request: Request): Promise<FrameUser> {
  const { theme, elder } = parsePreferences(request.headers.get('Cookie'));
  return {
    displayName: ctx.actor.displayName,
    roleLabel: roleLabelFor(ctx.actor.roles),
    unitName: await placeName(ctx),
    unread: null,
    elder,
    theme,
  };
}
