import { z } from 'zod';
import type { JsonInput, Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { CATEGORIES } from '../ledger/hours.ts';
import type { Interval } from '../ledger/interval.ts';
import { instantOf, intervalOf } from '../ledger/interval.ts';
import type { Reader } from '../rows.store.server.ts';
import { readRows } from '../rows.store.server.ts';
import type { TrainingSession } from './session.ts';
import { FORMS, PURPOSES } from './session.ts';

const sessionRow = z.object({
  id: z.string(),
  title: z.string(),
  category: z.enum(CATEGORIES),
  form: z.enum(FORMS),
  unitId: z.string(),
  place: z.string(),
  lecturer: z.string(),
  capacity: z.number(),
  statedCreditSeconds: z.number().nullable(),
  purpose: z.enum(PURPOSES),
  status: z.enum(['scheduled', 'closed', 'cancelled']),
  version: z.number(),
  blocks: z.array(z.object({ id: z.string(), startsAt: z.coerce.date(), endsAt: z.coerce.date() })),
});

const SESSION_COLUMNS = `s.id::text, s.title, s.category, s.form, s.unit_id::text as "unitId", s.place, s.lecturer,
  s.capacity, s.stated_credit_seconds as "statedCreditSeconds", s.purpose, s.status, s.version,
  (select json_agg(json_build_object('id', b.id, 'startsAt', b.starts_at, 'endsAt', b.ends_at) order by b.position)
    from session_block b where b.session_id = s.id) as blocks`;

function toSession(row: z.infer<typeof sessionRow>): TrainingSession {
  return {
    ...row,
    blocks: row.blocks.map((block) => ({ id: block.id, interval: intervalOf(block.startsAt, block.endsAt) })),
  };
}

export async function findSession(reader: Reader, sessionId: string): Promise<TrainingSession | null> {
  const rows = await readRows(
    reader,
    `select ${SESSION_COLUMNS} from training_session s where s.id = $1::uuid`,
    [sessionId],
  );
  const [row] = z.array(sessionRow).parse(rows);
  return row ? toSession(row) : null;
}

/** The class with its row locked: everybody who changes it or its people waits. */
export async function lockSession(tx: Tx, sessionId: string): Promise<TrainingSession | null> {
  await tx.$queryRaw`select id from training_session where id = ${sessionId}::uuid for update`;
  return findSession(tx, sessionId);
}

export interface NewSession extends Omit<TrainingSession, 'id' | 'status' | 'version' | 'blocks'> {
  readonly blocks: readonly Interval[];
  readonly createdBy: string;
}

export async function insertSession(tx: Tx, session: NewSession, now: Date): Promise<string> {
  const id = newId<'TrainingSession'>();
  const { blocks, ...rest } = session;
  await tx.trainingSession.create({
    data: {
      id,
      ...rest,
      status: 'scheduled',
      createdAt: now,
      blocks: {
        create: blocks.map((block, index) => ({
          id: newId(),
          position: index + 1,
          startsAt: instantOf(block.from),
          endsAt: instantOf(block.to),
        })),
      },
    },
  });
  return id;
}

/** Closes a class that is still open. @returns false when it is not */
export async function markSessionClosed(tx: Tx, sessionId: string, now: Date): Promise<boolean> {
  const updated = await tx.trainingSession.updateMany({
    where: { id: sessionId, status: 'scheduled' },
    data: { status: 'closed', closedAt: now, version: { increment: 1 } },
  });
  return updated.count === 1;
}

/** Roster or attendance have changed: what somebody has on the screen is old now. */
export async function bumpSessionVersion(tx: Tx, sessionId: string): Promise<void> {
  await tx.trainingSession.update({ where: { id: sessionId }, data: { version: { increment: 1 } } });
}

export interface SessionFact {
  readonly sessionId: string;
  /** The person it is about; null for the class as a whole. */
  readonly personId: string | null;
  readonly kind: 'scheduled' | 'enrolled' | 'removed' | 'marked' | 'closed';
  readonly detail: JsonInput;
}

export async function appendSessionEvents(
  tx: Tx,
  facts: readonly SessionFact[],
  by: { actorId: string; now: Date },
): Promise<void> {
  if (facts.length === 0) return;
  await tx.sessionEvent.createMany({
    data: facts.map((fact) => ({ id: newId(), ...fact, actorId: by.actorId, occurredAt: by.now })),
  });
}
