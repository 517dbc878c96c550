import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import { lockPersons } from '#app/organization/person/home-timeline.store.server.ts';
import type { HomeLink } from '#app/organization/person/person.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { appendApplicationEvent, insertApplication } from './application.store.server.ts';
import type { EligibilityCheck } from './eligibility.ts';
import { checkEligibility, unmetChecks } from './eligibility.ts';
import { loadEligibilityFacts } from './eligibility-facts.store.server.ts';
import { tellTasks } from './tell-tasks.server.ts';

export interface FileApplicationInput {
  readonly personId: string;
  readonly fieldCode: string;
  readonly area: string;
  readonly commandId: string;
}

export type FileApplicationRefusal =
  'FORBIDDEN' | 'NOT_FOUND' | 'FIELD_NOT_OF_UNIT' | 'NOT_ELIGIBLE' | 'COMMAND_REUSED';

const outcomeShape = z.object({ applicationId: z.string() });

/** The checks as they stood when somebody decided on them: kept with the record, never recomputed later. */
export function checklistOf(checks: readonly EligibilityCheck[]) {
  return checks.map(({ code, isMet, reason }) => ({ code, isMet, reason }));
}

/** Refuses with the first requirement that is not met: there is no application and no card without all of them. */
export function refuseUnmet(checks: readonly EligibilityCheck[], refuse: Refuse<'NOT_ELIGIBLE'>): void {
  const unmet = unmetChecks(checks);
  const [first] = unmet;
  if (first)
    refuse('NOT_ELIGIBLE', {
      check: first.code,
      title: first.title,
      reason: first.reason,
      count: unmet.length,
    });
}

/**
 * A unit applies for a card for one of its own people (T1). AJ1: without a pass there is no application.
 * Refusals: FORBIDDEN; NOT_FOUND (no such person among the units of the liaison's reach); FIELD_NOT_OF_UNIT;
 * NOT_ELIGIBLE (detail names the first requirement that is not met); COMMAND_REUSED.
 */
export async function fileApplication(
  ctx: ActorCtx,
  input: FileApplicationInput,
): Promise<Outcome<{ applicationId: string }, FileApplicationRefusal>> {
  if (!mayDo(ctx, 'application.file')) return refused('FORBIDDEN');
  const reach = await reachFor(ctx, 'application.file');
  const { commandId, ...asked } = input;
  return inTransaction<{ applicationId: string }, FileApplicationRefusal>(
    ctx,
    'file-application',
    async (tx, refuse) =>
      withReceipt(
        tx,
        { actorId: ctx.actorId, commandId, kind: 'application.file', input: asked },
        outcomeShape,
        refuse,
        async () => {
          await lockPersons(tx, [input.personId]);
          const today = dayOf(ctx.clock.now());
          const found = await loadEligibilityFacts(tx, [input], today);
          const person = found.get(input.personId);
          const home = person?.home ?? null;
          if (!person || !home || !reach.unitIds.has(home.unitId)) return refuse('NOT_FOUND');
          const fields = new Set([home.fieldCode, ...(reach.tree.units.get(home.unitId)?.fieldCodes ?? [])]);
          if (!fields.has(input.fieldCode)) refuse('FIELD_NOT_OF_UNIT');
          const checks = checkEligibility(person.facts, today);
          refuseUnmet(checks, refuse);
          return insertFiled(tx, ctx, { input, home, checks });
        },
      ),
  );
}

async function insertFiled(
  tx: Tx,
  ctx: ActorCtx,
  filed: { input: FileApplicationInput; home: HomeLink; checks: readonly EligibilityCheck[] },
): Promise<{ applicationId: string }> {
  const { input, home, checks } = filed;
  const applicationId = newId<'Application'>();
  const at = ctx.clock.now();
  await insertApplication(tx, {
    id: applicationId,
    personId: input.personId,
    unitId: home.unitId,
    regionId: home.regionId,
    fieldCode: input.fieldCode,
    area: input.area,
    filedBy: ctx.actorId,
    checklist: checklistOf(checks),
    filedAt: at,
  });
  await appendApplicationEvent(tx, {
    applicationId,
    seq: 1,
    kind: 'submitted',
    fromState: null,
    toState: 'submitted',
    opinion: null,
    actorId: ctx.actorId,
    occurredAt: at,
  });
  await tellTasks(tx, ctx, {
    application: {
      id: applicationId,
      personId: input.personId,
      unitId: home.unitId,
      regionId: home.regionId,
    },
    from: null,
    to: 'submitted',
    seq: 1,
  });
  await appendAudit(tx, ctx, {
    action: 'application.file',
    subjectKind: 'certificate_application',
    subjectId: applicationId,
    regionId: home.regionId,
    unitId: home.unitId,
    detail: { personId: input.personId, fieldCode: input.fieldCode },
  });
  return { applicationId };
}
