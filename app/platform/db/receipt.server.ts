import { z } from 'zod';
import { canonicalJson } from '#app/platform/result/canonical.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import type { JsonInput, Tx } from './db.server.ts';
import type { Refuse } from './transaction.server.ts';

export interface CommandKey {
  readonly actorId: string;
  /** UUID put into the form when it was rendered. */
  readonly commandId: string;
  readonly kind: string;
  /** What was asked; the same id with other input is refused. */
  readonly input: unknown;
}

const storedRow = z.object({ fingerprint: z.string(), outcome: z.unknown() });

/**
 * Runs `work` once per (actor, commandId). A repeat of the same input gets the stored outcome; the same id with other
 * input refuses COMMAND_REUSED. Two at once: the second waits for the first's row and then reads its outcome.
 * The outcome is parsed with `schema` when it is read back.
 */
export async function withReceipt<T extends JsonInput, C extends string>(
  tx: Tx,
  key: CommandKey,
  schema: z.ZodType<T>,
  refuse: Refuse<C | 'COMMAND_REUSED'>,
  work: () => Promise<T>,
): Promise<T> {
  const fingerprint = sha256(`${key.kind}\n${canonicalJson(key.input)}`).toString('hex');
  const claimed = await tx.$executeRaw`
    insert into command_receipt (actor_id, command_id, kind, fingerprint, outcome)
    values (${key.actorId}::uuid, ${key.commandId}::uuid, ${key.kind}, ${fingerprint}, 'null'::jsonb)
    on conflict do nothing`;
  if (claimed === 0) {
    const stored = storedRow.parse(
      await tx.commandReceipt.findUniqueOrThrow({
        where: { actorId_commandId: { actorId: key.actorId, commandId: key.commandId } },
      }),
    );
    if (stored.fingerprint !== fingerprint) refuse('COMMAND_REUSED');
    return schema.parse(stored.outcome);
  }
  const outcome = await work();
  await tx.commandReceipt.update({
    where: { actorId_commandId: { actorId: key.actorId, commandId: key.commandId } },
    data: { outcome },
  });
  return outcome;
}
