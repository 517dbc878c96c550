import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { confirmRelease, confirmSeal } from '#app/exam/release/confirm-custody.server.ts';
import { fileCustody } from '#app/exam/release/file-custody.server.ts';
import type { PaperMode } from '#app/exam/release/paper-mode.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { anActor } from './world.ts';

/** Two people of the bureau of a region: one files, the other confirms. */
export interface Bureau {
  readonly maker: ActorCtx;
  readonly checker: ActorCtx;
}

export async function aBureau(ctx: Ctx, regionId: string): Promise<Bureau> {
  const grants = [{ role: 'justice_bureau', scopeKind: 'region', regionId }] as const;
  const bureau = { maker: await anActor(ctx, { grants }), checker: await anActor(ctx, { grants }) };
  forgetTree(ctx);
  return bureau;
}

/** Files and returns the request, which must be taken. */
export async function filed(
  maker: ActorCtx,
  sittingId: string,
  kind: 'seal' | 'release',
  mode: PaperMode = 'each',
): Promise<string> {
  const common = { sittingId, commandId: newId() };
  const outcome = await fileCustody(maker, kind === 'seal' ? { kind, mode, ...common } : { kind, ...common });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome));
  return outcome.value.requestId;
}

export const confirmAs = (
  actor: ActorCtx,
  sittingId: string,
  requestId: string,
  commandId: string = newId(),
) => confirmSeal(actor, { kind: 'seal', sittingId, requestId, commandId });

export const releaseAs = (
  actor: ActorCtx,
  sittingId: string,
  requestId: string,
  commandId: string = newId(),
) => confirmRelease(actor, { kind: 'release', sittingId, requestId, commandId });

/** Sealed by two people. */
export async function sealed(bureau: Bureau, sittingId: string, mode: PaperMode = 'each'): Promise<void> {
  const requestId = await filed(bureau.maker, sittingId, 'seal', mode);
  const outcome = await confirmAs(bureau.checker, sittingId, requestId);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome));
}

/** And released for printing by two people. */
export async function released(bureau: Bureau, sittingId: string): Promise<void> {
  const requestId = await filed(bureau.maker, sittingId, 'release');
  const outcome = await releaseAs(bureau.checker, sittingId, requestId);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome));
}
