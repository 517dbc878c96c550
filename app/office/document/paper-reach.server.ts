import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { Permission } from '#app/accounts/permission.ts';
import type { PaperKind } from './paper.ts';

/** Where a paper belongs: always a region, a unit where it is about one. */
export interface PaperPlace {
  readonly regionId: string;
  readonly unitId: string | null;
}

/** Papers that one permission lets a person see, and where. */
export interface ReadableGroup {
  readonly paperCodes: readonly string[];
  readonly regionIds: readonly string[];
  readonly unitIds: readonly string[];
}

/** What the viewer may see, grouped by the permission each paper kind names. */
export async function readableGroups(
  ctx: ActorCtx,
  papers: Iterable<PaperKind>,
): Promise<readonly ReadableGroup[]> {
  if (!mayDo(ctx, 'document.read')) return [];
  const codes = new Map<Permission, string[]>();
  for (const { code, reads } of papers) codes.set(reads, [...(codes.get(reads) ?? []), code]);
  const groups: ReadableGroup[] = [];
  for (const [permission, paperCodes] of codes) {
    if (!mayDo(ctx, permission)) continue;
    const { regionIds, unitIds } = await reachFor(ctx, permission);
    groups.push({ paperCodes, regionIds: [...regionIds], unitIds: [...unitIds] });
  }
  return groups;
}

/** May this person see papers of this kind there? */
export async function mayRead(ctx: ActorCtx, paper: PaperKind, place: PaperPlace): Promise<boolean> {
  if (!mayDo(ctx, 'document.read') || !mayDo(ctx, paper.reads)) return false;
  const { regionIds, unitIds } = await reachFor(ctx, paper.reads);
  return regionIds.has(place.regionId) || (place.unitId !== null && unitIds.has(place.unitId));
}

/** May this person give such a paper out there, number it, attach its scan? A bureau's paper takes the bureau's region. */
export async function mayIssue(
  ctx: ActorCtx,
  issuer: PaperKind['issuer'],
  place: PaperPlace,
): Promise<boolean> {
  if (!mayDo(ctx, 'document.draw')) return false;
  const { regionIds, unitIds } = await reachFor(ctx, 'document.draw');
  if (regionIds.has(place.regionId)) return true;
  return issuer === 'unit' && place.unitId !== null && unitIds.has(place.unitId);
}
