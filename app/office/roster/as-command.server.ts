import type { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import type { JsonInput, Tx } from '#app/platform/db/db.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';

export interface CommandInput {
  /** Name of the command in receipts, e.g. `person.enter`. */
  readonly kind: string;
  readonly commandId: string;
  /** What was asked. ID numbers only as their keyed hash: a receipt must not give them away. */
  readonly input: unknown;
}

/** One transaction, once per command id. The caller has authorised. Adds the refusal COMMAND_REUSED. */
export function asCommand<T extends JsonInput, C extends string>(
  ctx: ActorCtx,
  { kind, commandId, input }: CommandInput,
  outcome: z.ZodType<T>,
  work: (tx: Tx, refuse: Refuse<C | 'COMMAND_REUSED'>) => Promise<T>,
): Promise<Outcome<T, C | 'COMMAND_REUSED'>> {
  return inTransaction<T, C | 'COMMAND_REUSED'>(ctx, kind, (tx, refuse) =>
    withReceipt(tx, { actorId: ctx.actorId, commandId, kind, input }, outcome, refuse, () =>
      work(tx, refuse),
    ),
  );
}
