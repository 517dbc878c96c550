import { z } from 'zod';
import type { JsonInput, Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { GradedPaper } from '../result/grading.ts';
import { frozenPaper } from '../paper/frozen-paper.schema.ts';

const idRow = z.object({ id: z.string() });

/**
 * Compare-and-set: closes a running attempt of this account on this device. False when it is closed already, whoever
 * was first (another hand-in, the sweep, the invigilator), or when it goes on elsewhere.
 * @param handedInAt null when the time was over: then nobody handed in
 */
export async function closeOwn(
  tx: Tx,
  input: { attemptId: string; accountId: string; deviceKeyHash: Buffer; handedInAt: Date | null; now: Date },
): Promise<boolean> {
  const rows = await tx.$queryRaw`
    update attempt set state = 'finalised', handed_in_at = ${input.handedInAt}, finalised_at = ${input.now}
    where id = ${input.attemptId}::uuid and account_id = ${input.accountId}::uuid and state = 'in_progress'
      and device_key_hash = ${new Uint8Array(input.deviceKeyHash)}
    returning id::text`;
  return z.array(idRow).parse(rows).length === 1;
}

/** The same for attempts whose close_at has passed; those another process is closing are left to it. Returns their ids. */
export async function closeDue(
  tx: Tx,
  input: { closedBefore: Date; now: Date; limit: number },
): Promise<string[]> {
  const rows = await tx.$queryRaw`
    update attempt set state = 'finalised', finalised_at = ${input.now}
    where id in (select id from attempt where state = 'in_progress' and close_at < ${input.closedBefore}
      order by close_at limit ${input.limit} for update skip locked)
    returning id::text`;
  return z
    .array(idRow)
    .parse(rows)
    .map((row) => row.id);
}

const closedRow = z.object({
  attemptId: z.string(),
  epoch: z.number(),
  registrationId: z.string(),
  sittingId: z.string(),
  regionId: z.string(),
  personId: z.string(),
  unitId: z.string(),
  passMarkHundredths: z.number(),
  content: frozenPaper,
});
export type ClosedAttempt = z.infer<typeof closedRow>;

export async function listClosed(tx: Tx, attemptIds: readonly string[]): Promise<ClosedAttempt[]> {
  const rows = await tx.$queryRaw`
    select a.id::text as "attemptId", a.device_epoch as epoch, r.id::text as "registrationId",
      s.id::text as "sittingId", s.region_id::text as "regionId", r.person_id::text as "personId",
      r.unit_id::text as "unitId", p.pass_mark_hundredths as "passMarkHundredths", p.content
    from attempt a join paper p on p.id = a.paper_id join exam_registration r on r.id = a.registration_id
    join exam_sitting s on s.id = r.sitting_id
    where a.id = any(${[...attemptIds]}::uuid[]) order by a.id`;
  return z.array(closedRow).parse(rows);
}

export interface FirstResult {
  readonly attempt: ClosedAttempt;
  readonly graded: GradedPaper;
  readonly passed: boolean;
}

/** Version 1 of every result; a second one for the same attempt breaks the unique key and with it the transaction. */
export async function insertFirstResults(
  tx: Tx,
  results: readonly FirstResult[],
  gradedAt: Date,
): Promise<void> {
  await tx.examResult.createMany({
    data: results.map(({ attempt, graded, passed }) => ({
      id: newId<'ExamResult'>(),
      attemptId: attempt.attemptId,
      versionNo: 1,
      scoreHundredths: graded.scoreHundredths,
      fullMarkHundredths: graded.fullMarkHundredths,
      passMarkHundredths: attempt.passMarkHundredths,
      passed,
      sections: graded.sections.map((section) => ({ ...section })) satisfies JsonInput,
      items: graded.items.map((item) => ({ ...item })) satisfies JsonInput,
      reasonCode: 'graded',
      gradedAt,
    })),
  });
}

export async function appendAttemptEvents(
  tx: Tx,
  events: readonly {
    attemptId: string;
    kind: string;
    epoch: number;
    detail: JsonInput;
    actorId: string | null;
    occurredAt: Date;
  }[],
): Promise<void> {
  await tx.attemptEvent.createMany({ data: events.map((event) => ({ id: newId(), ...event })) });
}
