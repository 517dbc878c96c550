import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';

/** Units the actor may plan classes for, the highest of each line first. */
export async function organisersView(
  ctx: ActorCtx,
): Promise<Outcome<readonly { readonly id: string; readonly name: string }[], 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'session.schedule')) return refused('FORBIDDEN');
  const { unitIds, tree } = await reachFor(ctx, 'session.schedule');
  const units = [...unitIds].flatMap((id) => tree.units.get(id) ?? []);
  const isTop = (parentId: string | null): boolean => parentId === null || !unitIds.has(parentId);
  units.sort(
    (a, b) =>
      Number(isTop(b.parentId)) - Number(isTop(a.parentId)) || a.namePinyin.localeCompare(b.namePinyin),
  );
  return done(units.map(({ id, name }) => ({ id, name })));
}
