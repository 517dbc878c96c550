import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { resolveAudience } from './audience.server.ts';
import { messageScope } from './message-scope.server.ts';
import type { NoticeAudience } from './notice.ts';
import { loadNoticeId } from './notice.store.server.ts';
import type { NoticeCode } from './refusals.ts';
import { sendNotices } from './send-notice.server.ts';

export interface SendMessageInput {
  readonly title: string;
  readonly body: string;
  readonly units: readonly string[];
  readonly regions: readonly string[];
  readonly commandId: string;
}

const sent = z.object({ noticeId: z.string() });

/** A message to every unit of a province has as many receipts as liaisons. */
const TIMEOUT_MS = 30_000;

/** The chosen units, each once; null when one of them, or a region, is not the actor's to write to. */
async function chosenUnits(ctx: ActorCtx, input: SendMessageInput): Promise<string[] | null> {
  const scope = await messageScope(ctx);
  const regions = new Map(scope.map((region) => [region.id, region.units.map((unit) => unit.id)]));
  const reached = new Set([...regions.values()].flat());
  if (!input.units.every((id) => reached.has(id)) || !input.regions.every((id) => regions.has(id)))
    return null;
  return [...new Set([...input.units, ...input.regions.flatMap((id) => regions.get(id) ?? [])])];
}

/**
 * Sends a 工作消息 to the liaisons of chosen units of the actor's reach (domain.md §3.4: bureau, department and leader
 * guide the units below). Refusals: FORBIDDEN, NO_UNIT_CHOSEN, NOT_FOUND (a unit out of reach), NOBODY_ADDRESSED (no
 * unit has a liaison), COMMAND_REUSED. Sent twice with one command id, it is there once.
 */
export async function sendMessage(
  ctx: ActorCtx,
  input: SendMessageInput,
): Promise<Outcome<{ noticeId: string }, NoticeCode>> {
  if (!mayDo(ctx, 'notice.send')) return refused('FORBIDDEN');
  const unitIds = await chosenUnits(ctx, input);
  if (unitIds === null) return refused('NOT_FOUND');
  if (unitIds.length === 0) return refused('NO_UNIT_CHOSEN');
  const to: NoticeAudience[] = [{ role: 'unit_liaison', unitIds }];
  if ((await resolveAudience(ctx, to)).length === 0) return refused('NOBODY_ADDRESSED');
  const { commandId, title, body } = input;
  const receipt = { actorId: ctx.actorId, commandId, kind: 'notice.send', input: { ...input } };
  const notice = {
    kind: 'office.message',
    key: `${ctx.actorId}:${commandId}`,
    title,
    body,
    path: null,
    to,
  } as const;
  return inTransaction<{ noticeId: string }, NoticeCode>(
    ctx,
    'send-message',
    async (tx, refuse) =>
      withReceipt(tx, receipt, sent, refuse, async () => {
        await sendNotices(tx, ctx, [notice]);
        const noticeId = await loadNoticeId(tx, notice);
        await appendAudit(tx, ctx, {
          action: 'notice.send',
          subjectKind: 'notice',
          subjectId: noticeId,
          detail: { units: unitIds.length },
        });
        return { noticeId };
      }),
    { timeoutMs: TIMEOUT_MS },
  );
}
