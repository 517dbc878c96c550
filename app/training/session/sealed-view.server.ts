import type { ActorCtx } from '#app/accounts/actor.server.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done } from '#app/platform/result/outcome.ts';
import { secondOf } from '../ledger/interval.ts';
import { foldMarks } from './attendance.ts';
import type { CloseRefusal, PersonCredit } from './credits.ts';
import { decideCredits } from './credits.ts';
import type { Participant } from './roster.store.server.ts';
import { listMarkers, listMarks, listOverlappedStudy, listParticipants } from './roster.store.server.ts';
import type { SealedPerson } from './sealed-credit.ts';
import { sealedNames, sealedYears } from './sealed-credit.ts';
import { beyond, findSealed, loadSealGate, ownOf } from './sealed-years.server.ts';
import type { TrainingSession } from './session.ts';
import { loadCreditPolicy } from './session-scope.server.ts';

export interface SealedOfClass {
  readonly sealed: readonly SealedPerson[];
  /** Those whose year the viewer may not write into. */
  readonly beyond: readonly SealedPerson[];
  /** Those whose attendance the viewer has noted, and the viewer: another person of the bureau closes. */
  readonly own: readonly SealedPerson[];
}

/** Into whose sealed years closing this class now would write, and what keeps the viewer from it. */
export async function sealedOf(
  ctx: ActorCtx,
  session: TrainingSession,
  credits: readonly PersonCredit[],
  people: readonly Participant[],
): Promise<SealedOfClass> {
  const gate = await loadSealGate(ctx, session);
  if (gate.years.length === 0) return { sealed: [], beyond: [], own: [] };
  const overlaps = await listOverlappedStudy(ctx.pool, session.id);
  const studied = new Set(overlaps.map(({ personId }) => personId));
  const sealed = await findSealed(ctx.pool, gate.years, credits, people, studied);
  const markers = await listMarkers(
    ctx.pool,
    session.id,
    sealed.map(({ personId }) => personId),
  );
  return { sealed, beyond: beyond(sealed, gate), own: ownOf(sealed, markers, gate) };
}

/** The same for a class that has only been found. Refusals: those of closing. */
export async function sealedOfClass(
  ctx: ActorCtx,
  { session, tree }: { readonly session: TrainingSession; readonly tree: OrgTree },
): Promise<Outcome<SealedOfClass, CloseRefusal>> {
  const people = await listParticipants(ctx.pool, session.id);
  const attendances = foldMarks(
    people.map((person) => person.personId),
    await listMarks(ctx.pool, session.id),
  );
  const policy = await loadCreditPolicy(ctx, session, tree);
  const credits = decideCredits(session, attendances, policy, secondOf(ctx.clock.now()));
  return credits.ok ? done(await sealedOf(ctx, session, credits.value, people)) : credits;
}

/** What the page says about it; null when no sealed year is touched. */
export interface SealedNote {
  readonly names: string;
  readonly years: string;
  /** `bureau`: the bureau has to close it; `another`: somebody else of the bureau; null: the viewer may. */
  readonly needs: 'bureau' | 'another' | null;
}

export function sealedNote({ sealed, beyond: shut, own }: SealedOfClass): SealedNote | null {
  const [told, needs] =
    shut.length > 0
      ? ([shut, 'bureau'] as const)
      : own.length > 0
        ? ([own, 'another'] as const)
        : ([sealed, null] as const);
  return told.length === 0 ? null : { names: sealedNames(told), years: sealedYears(told), needs };
}
