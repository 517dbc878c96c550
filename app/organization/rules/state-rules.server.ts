import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { StatedRules } from './region-rules.ts';
import {
  cutRulesVersion,
  insertRulesVersion,
  lockRulesVersions,
  supersedeRulesVersion,
} from './rules.store.server.ts';

export type StateRulesRefusal = 'LATER_RULES_KNOWN';

/**
 * A region's own values from a day on. What held before is cut at that day; a version that begins on the same day is
 * replaced. Refusal: LATER_RULES_KNOWN (a version already begins after that day: it has to be dealt with first, so that
 * nobody overwrites a coming rule unseen). Authorised by the caller above.
 */
export async function stateRules(
  ctx: Ctx,
  input: { readonly regionId: string; readonly validFrom: Day; readonly values: StatedRules },
): Promise<Outcome<void, StateRulesRefusal>> {
  const { regionId, validFrom, values } = input;
  const now = ctx.clock.now();
  return inTransaction<void, StateRulesRefusal>(ctx, 'state-rules', async (tx, refuse) => {
    const known = await lockRulesVersions(tx, regionId);
    if (known.some((version) => version.validFrom > validFrom)) refuse('LATER_RULES_KNOWN');
    const last = known.at(-1);
    if (last?.validFrom === validFrom) await supersedeRulesVersion(tx, last.id, now);
    else if (last && (last.validTo === null || last.validTo > validFrom))
      await cutRulesVersion(tx, last.id, validFrom, now);
    await insertRulesVersion(tx, {
      regionId,
      validFrom,
      validTo: null,
      values,
      recordedBy: ctx.actorId,
      now,
    });
    await appendAudit(tx, ctx, {
      action: 'rules.state',
      subjectKind: 'region',
      subjectId: regionId,
      regionId,
      detail: { validFrom, keys: Object.keys(values) },
    });
  });
}
