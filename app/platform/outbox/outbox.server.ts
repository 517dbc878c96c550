import { z } from 'zod';
import type { JsonInput, Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';

export interface OutboxFact {
  /** `slice.fact`, e.g. `exam.passed`. */
  readonly topic: string;
  /** Natural key within the topic: the same fact is never written twice. */
  readonly key: string;
  readonly payload: JsonInput;
  readonly occurredAt: Date;
}

/** Writes facts for the slices above, in the transaction that makes them true. A fact known by key is left as it is. */
export async function appendOutbox(tx: Tx, facts: readonly OutboxFact[]): Promise<void> {
  if (facts.length === 0) return;
  const rows = facts.map((fact) => ({ id: newId(), ...fact }));
  await tx.$executeRaw`
    insert into outbox_event (id, topic, key, payload, occurred_at)
    select id, topic, key, payload, "occurredAt" from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as g(id uuid, topic text, key text, payload jsonb, "occurredAt" timestamptz)
    on conflict do nothing`;
}

export const outboxRow = z.object({
  id: z.string(),
  topic: z.string(),
  key: z.string(),
  payload: z.unknown(),
  occurred_at: z.date(),
  recorded_tx: z.coerce.number(),
});

/** One fact as a consumer sees it; the payload is parsed by the consumer. */
export interface OutboxMessage {
  readonly id: string;
  readonly topic: string;
  readonly key: string;
  readonly payload: unknown;
  readonly occurredAt: Date;
}

/**
 * A slice's reaction to facts from below. `handle` runs in one transaction with the cursor that marks it as done, so
 * its effects happen exactly once, in order. Its writes also carry a natural key, as a second lock.
 */
export interface OutboxConsumer {
  readonly name: string;
  readonly topics: readonly string[];
  handle(tx: Tx, message: OutboxMessage): Promise<void>;
}
