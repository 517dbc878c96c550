import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { loadActor } from '#app/accounts/load-actor.server.ts';
import { confirmRelease, confirmSeal } from '#app/exam/release/confirm-custody.server.ts';
import { fileCustody } from '#app/exam/release/file-custody.server.ts';
import type { PaperMode } from '#app/exam/release/paper-mode.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { fixedClock } from '#app/platform/time/clock.ts';
import { demoId } from '../demo-id.server.ts';
import type { SeedRun } from '../seed-run.server.ts';
import { accountId } from '../seed-run.server.ts';

const MINUTE_MS = 60_000;
/** The colleague confirms so long after the first person. */
const CONFIRMED_AFTER_MINUTES = 20;

/** What a command of the story gives; `what` says which expectation failed. */
export function must<T>(outcome: Outcome<T>, what: string): T {
  invariant(outcome.ok, `${what}: ${outcome.ok ? '' : outcome.code}`);
  return outcome.value;
}

/** The id of a command of the sealed sittings' story. */
export const custodyCommand = (label: string): string => demoId(`command:sealed:${label}`);

/** An account at work so many minutes before the seed. */
export async function actorAgo(run: SeedRun, login: string, minutesAgo: number): Promise<ActorCtx> {
  const clock = fixedClock(new Date(run.ctx.clock.now().getTime() - minutesAgo * MINUTE_MS));
  const ctx = { ...run.ctx, clock, actorId: accountId(login), requestId: `demo:${login}` };
  const actor = await loadActor(ctx, accountId(login));
  invariant(actor !== null, `the account ${login} was made before`);
  return { ...ctx, actor };
}

/** The papers of a sitting are sealed, and where that is asked for released, by the two people of the bureau. */
export async function sealPapers(
  run: SeedRun,
  sittingId: string,
  what: { readonly mode: PaperMode; readonly minutesAgo: number; readonly isReleased: boolean },
): Promise<void> {
  const maker = await actorAgo(run, 'bureau', what.minutesAgo);
  const checker = await actorAgo(run, 'bureau2', what.minutesAgo - CONFIRMED_AFTER_MINUTES);
  const id = (label: string): string => custodyCommand(`${sittingId}:${label}`);
  const asked = { sittingId, mode: what.mode, commandId: id('file') };
  const seal = must(await fileCustody(maker, { kind: 'seal', ...asked }), 'the papers can be sealed');
  const confirmed = { kind: 'seal' as const, sittingId, ...seal, commandId: id('confirm') };
  must(await confirmSeal(checker, confirmed), 'a colleague confirms the seal');
  if (!what.isReleased) return;
  const release = must(
    await fileCustody(maker, { kind: 'release', sittingId, commandId: id('release') }),
    'the set can be released',
  );
  const opened = { kind: 'release' as const, sittingId, ...release, commandId: id('open') };
  must(await confirmRelease(checker, opened), 'a colleague confirms the release');
}
