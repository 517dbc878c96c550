import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { FocusRule } from './focus.ts';
import { FOCUS_POLICIES } from './focus.ts';
import type { Signal } from './signal.ts';
import { MAX_SIGNALS_OF_ATTEMPT, SIGNAL_KINDS } from './signal.ts';

const watchedRow = z.object({
  state: z.string(),
  epoch: z.number(),
  deviceKeyHash: z.instanceof(Uint8Array),
  isPaused: z.boolean(),
  startedAt: z.date(),
  focusPolicy: z.enum(FOCUS_POLICIES),
  focusLimit: z.number().nullable(),
});
export type WatchedAttempt = z.infer<typeof watchedRow> & FocusRule;

/** The attempt with its sitting's focus rule, locked: signals of one attempt are counted one request after the other. */
export async function lockWatchedAttempt(
  tx: Tx,
  attemptId: string,
  accountId: string,
): Promise<WatchedAttempt | null> {
  const rows = await tx.$queryRaw`
    select a.state, a.device_epoch as epoch, a.device_key_hash as "deviceKeyHash",
      a.paused_at is not null as "isPaused", a.started_at as "startedAt", s.focus_policy as "focusPolicy", s.focus_limit as "focusLimit"
    from attempt a join exam_registration r on r.id = a.registration_id join exam_sitting s on s.id = r.sitting_id
    where a.id = ${attemptId}::uuid and a.account_id = ${accountId}::uuid
    for no key update of a`;
  return z.array(watchedRow).parse(rows)[0] ?? null;
}

/** Key of the event a signal becomes: the same signal of the same attempt is the same row, however often it comes. */
export function signalEventId(attemptId: string, signalId: string): string {
  const hex = createHash('sha256').update(`signal\n${attemptId}\n${signalId}`).digest('hex').slice(0, 32);
  // A UUID of version 8 (RFC 9562): its content is this application's own.
  const text = `${hex.slice(0, 12)}8${hex.slice(13, 16)}a${hex.slice(17)}`;
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function detailOf(signal: Signal, isPaused: boolean) {
  const { atMs, lastedMs, characters } = signal;
  return {
    saidAt: new Date(atMs).toISOString(),
    ...(lastedMs === null ? {} : { lastedMs }),
    ...(characters === null ? {} : { characters }),
    ...(isPaused ? { paused: true } : {}),
  };
}

const countRow = z.object({ kind: z.string(), all: z.number(), outsidePauses: z.number() });

export interface SignalCounts {
  readonly kept: number;
  /** Leavings of the page while the exam was not resting. */
  readonly focusLosses: number;
}

export async function countSignals(db: Pick<Tx, '$queryRaw'>, attemptId: string): Promise<SignalCounts> {
  const rows = await db.$queryRaw`
    select kind, count(*)::int as "all",
      (count(*) filter (where detail -> 'paused' is null))::int as "outsidePauses"
    from attempt_event where attempt_id = ${attemptId}::uuid and kind = any(${[...SIGNAL_KINDS]}::text[])
    group by kind`;
  const counts = z.array(countRow).parse(rows);
  return {
    kept: counts.reduce((sum, row) => sum + row.all, 0),
    focusLosses: counts.find((row) => row.kind === 'focus_lost')?.outsidePauses ?? 0,
  };
}

export interface SignalEvents {
  readonly attemptId: string;
  readonly accountId: string;
  readonly epoch: number;
  readonly isPaused: boolean;
  readonly receivedAt: Date;
  readonly signals: readonly Signal[];
}

/** Appends what is new of them. The caller holds the attempt's lock and has looked at how many there are already. */
export async function appendSignals(tx: Tx, events: SignalEvents, kept: number): Promise<void> {
  const room = Math.max(0, MAX_SIGNALS_OF_ATTEMPT - kept);
  await tx.attemptEvent.createMany({
    data: events.signals.slice(0, room).map((signal) => ({
      id: signalEventId(events.attemptId, signal.id),
      attemptId: events.attemptId,
      kind: signal.kind,
      epoch: events.epoch,
      detail: detailOf(signal, events.isPaused),
      actorId: events.accountId,
      occurredAt: events.receivedAt,
    })),
    skipDuplicates: true,
  });
}
