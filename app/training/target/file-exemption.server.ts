import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { UploadedScan } from '#app/office/approval/uploaded-scan.server.ts';
import { askForTasks } from '#app/office/task/ask-task.server.ts';
import { lockPersons } from '#app/organization/person/home-timeline.store.server.ts';
import { findPersonCard, homeLinksOn } from '#app/organization/person/person.store.server.ts';
import { loadRules } from '#app/organization/rules/rules.store.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { findClosedYears } from '../year/closed-year.store.server.ts';
import { approveTask } from './exemption-messages.ts';
import { insertExemptionRequest, listKnownExemptions } from './exemption.store.server.ts';
import type { AskedExemption, AskExemptionRefusal } from './exemption.ts';
import { decideExemption } from './exemption.ts';
import { sealExemptionScan } from './exemption-scan.server.ts';

export interface FileExemption extends AskedExemption {
  readonly personId: string;
  readonly documentNo: string | null;
  readonly remark: string;
  /** The absence that proposed it; null when it was asked for by itself. */
  readonly absenceId: string | null;
  readonly scan: UploadedScan | null;
  readonly commandId: string;
}

export type FileExemptionRefusal =
  AskExemptionRefusal | 'FORBIDDEN' | 'NOT_FOUND' | 'SCAN_REQUIRED' | 'YEAR_CLOSED' | 'COMMAND_REUSED';

const filedShape = z.object({ requestId: z.string() });
type Filed = z.infer<typeof filedShape>;

/**
 * A unit asks for 免训 or 核减 of one of its people, with the paper behind it (domain.md §4.2 case 6). It counts when another
 * person has approved it, who is asked by a task. Refusals: FORBIDDEN; NOT_FOUND (nobody of the actor's units);
 * SCAN_REQUIRED; YEAR_CLOSED; those of `decideExemption`; COMMAND_REUSED.
 */
export async function fileExemption(
  ctx: ActorCtx,
  input: FileExemption,
): Promise<Outcome<Filed, FileExemptionRefusal>> {
  if (!mayDo(ctx, 'exemption.file')) return refused('FORBIDDEN');
  const { personId, commandId, scan, ...asked } = input;
  const { unitIds } = await reachFor(ctx, 'exemption.file');
  const today = dayOf(ctx.clock.now());
  const home = (await homeLinksOn(ctx.pool, [personId], today)).get(personId);
  const card = home && unitIds.has(home.unitId) ? await findPersonCard(ctx.pool, personId) : null;
  if (!home || !card) return refused('NOT_FOUND');
  if (scan === null) return refused('SCAN_REQUIRED');
  const { exemptionApprover } = await loadRules(ctx.pool, home.regionId, today);
  const receipt = { ...asked, personId, scan: sha256(scan.bytes).toString('hex') };
  return inTransaction<Filed, FileExemptionRefusal>(ctx, 'file-exemption', (tx, refuse) =>
    withReceipt(
      tx,
      { actorId: ctx.actorId, commandId, kind: 'exemption.file', input: receipt },
      filedShape,
      refuse,
      async () => {
        await lockPersons(tx, [personId]);
        if ((await findClosedYears(tx, [personId], asked.year)).has(personId)) return refuse('YEAR_CLOSED');
        const decided = decideExemption(asked, await listKnownExemptions(tx, personId, asked.year));
        if (!decided.ok) return refuse(decided.code, decided.detail);
        const request = {
          ...asked,
          ...decided.value,
          id: newId<'ExemptionRequest'>(),
          personId,
          unitId: home.unitId,
        };
        const at = ctx.clock.now();
        const sealed = sealExemptionScan(ctx, request.id, scan);
        await insertExemptionRequest(tx, request, sealed, { actorId: ctx.actorId, at });
        const { effect, year } = request;
        await appendAudit(tx, ctx, {
          action: 'exemption.file',
          subjectKind: 'exemption_request',
          subjectId: request.id,
          unitId: home.unitId,
          detail: { personId, year, effect },
        });
        const told = { ...request, requestId: request.id, personName: card.name };
        await askForTasks(tx, ctx, [
          approveTask(told, { role: exemptionApprover.value, regionId: home.regionId }),
        ]);
        return { requestId: request.id };
      },
    ),
  );
}
