import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Db, Tx } from '#app/platform/db/db.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { Judgement } from '../../eligibility/eligibility.ts';
import { judge } from '../../eligibility/eligibility.ts';
import type { AskedCandidate } from '../../eligibility/facts.store.server.ts';
import { loadCandidateFacts } from '../../eligibility/load-facts.server.ts';
import type { DeclaredSanction } from '../../eligibility/sanction.ts';
import { purposeOf } from '../batch.ts';
import type { Batch } from '../batch.store.server.ts';
import type { Registration } from './registration.store.server.ts';

/** The rules applied to many people of a batch on a day; who does not exist is left out. */
export async function judgeCandidates(
  ctx: Pick<Ctx, 'pool'> & { readonly db: Db | Tx },
  batch: Batch,
  candidates: readonly AskedCandidate[],
  day: Day,
): Promise<Map<string, Judgement>> {
  const facts = await loadCandidateFacts(ctx, batch, candidates, day);
  const purpose = purposeOf(batch);
  return new Map([...facts].map(([personId, one]) => [personId, judge(one, day, purpose)]));
}

/** The declaration that lies beside a registration. */
export function declaredSanction(registration: Pick<Registration, 'declared'>): DeclaredSanction | null {
  return registration.declared.sanction ?? null;
}

/** Registered people judged anew, by registration: facts may have changed since the unit registered them. */
export async function judgeRegistrations(
  ctx: Pick<Ctx, 'pool'> & { readonly db: Db | Tx },
  batch: Batch,
  registrations: readonly Registration[],
  day: Day,
): Promise<Map<string, Judgement>> {
  const judged = await judgeCandidates(
    ctx,
    batch,
    registrations.map((one) => ({ ...one, sanction: declaredSanction(one) })),
    day,
  );
  return new Map(
    registrations.flatMap(({ id, personId }): [string, Judgement][] => {
      const judgement = judged.get(personId);
      return judgement === undefined ? [] : [[id, judgement]];
    }),
  );
}
