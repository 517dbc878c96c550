import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { passingGrants } from '#app/accounts/grants/handed-over.ts';
import type { GrantStretch } from '#app/accounts/grants/grant-moves.ts';
import { ROLE_LABELS } from '#app/accounts/role.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { HandoverItem } from './handover.ts';
import { GRANT_ITEM } from './handover.ts';
import { handoverSources } from './handover-desk.server.ts';
import { listOwnTasks, listPassedOn, listReceived } from './handover.store.server.ts';

/** Most things of one kind in one handover; a person with more of them open has another problem. */
const MAX_OF_A_KIND = 500;

function grantItem(grant: GrantStretch, tree: OrgTree): HandoverItem {
  const place =
    (grant.unitId === null ? undefined : tree.units.get(grant.unitId)?.name) ??
    (grant.regionId === null ? undefined : tree.regions.get(grant.regionId)?.name) ??
    '';
  return { kind: GRANT_ITEM, itemId: grant.grantId, title: ROLE_LABELS[grant.role], detail: place };
}

/** Everything that passes from an account on `day`: rights, its own tasks, and the open things of every slice. */
export async function passingItems(
  ctx: ActorCtx,
  asked: {
    readonly accountId: string;
    readonly grants: readonly GrantStretch[];
    readonly tree: OrgTree;
    readonly day: Day;
  },
): Promise<HandoverItem[]> {
  const { accountId, grants, tree, day } = asked;
  const [received, passedOn, tasks] = await Promise.all([
    listReceived(ctx.pool, accountId),
    listPassedOn(ctx.pool, accountId),
    listOwnTasks(ctx.pool, accountId),
  ]);
  const items = passingGrants(grants, day).map((grant) => grantItem(grant, tree));
  items.push(...tasks);
  for (const source of handoverSources(ctx.pool)) {
    const found = await source.list(ctx.pool, {
      accountId,
      receivedIds: received.get(source.kind) ?? [],
      limit: MAX_OF_A_KIND,
    });
    items.push(
      ...found
        .filter((item) => !passedOn.has(`${source.kind}:${item.itemId}`))
        .map((item) => ({ kind: source.kind, ...item })),
    );
  }
  return items;
}
