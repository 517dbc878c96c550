import { z } from 'zod';
import type { Pool, Tx } from '#app/platform/db/db.server.ts';
import { dayToDb } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Reader } from '../rows.store.server.ts';
import { readRows } from '../rows.store.server.ts';
import type { AskedExemption, ExemptionState, KnownExemption } from './exemption.ts';
import { EXEMPTION_EFFECTS, EXEMPTION_REASONS, EXEMPTION_STATES } from './exemption.ts';

const requestRow = z.object({
  id: z.string(),
  personId: z.string(),
  personName: z.string(),
  unitId: z.string(),
  year: z.number(),
  effect: z.enum(EXEMPTION_EFFECTS),
  reason: z.enum(EXEMPTION_REASONS),
  fromDay: z.string(),
  toDay: z.string(),
  months: z.number(),
  documentNo: z.string().nullable(),
  remark: z.string(),
  state: z.enum(EXEMPTION_STATES),
  note: z.string().nullable(),
  filedBy: z.string(),
  filedByName: z.string(),
  filedAt: z.date(),
  decidedByName: z.string().nullable(),
  decidedAt: z.date().nullable(),
  scanName: z.string().nullable(),
});
export type ExemptionRequest = z.infer<typeof requestRow>;

const SELECT = `select r.id::text, r.person_id::text as "personId", p.name as "personName", r.unit_id::text as "unitId",
    r.year, r.effect, r.reason, r.from_day::text as "fromDay", r.to_day::text as "toDay", r.months,
    r.document_no as "documentNo", r.remark, r.state, r.note, r.filed_by::text as "filedBy",
    f.display_name as "filedByName", r.filed_at as "filedAt", d.display_name as "decidedByName",
    r.decided_at as "decidedAt", y.scan_name as "scanName"
  from exemption_request r join person p on p.id = r.person_id join account f on f.id = r.filed_by
    left join account d on d.id = r.decided_by left join exemption_request_payload y on y.request_id = r.id`;

export async function findExemptionRequest(
  reader: Reader,
  requestId: string,
): Promise<ExemptionRequest | null> {
  const rows = await readRows(reader, `${SELECT} where r.id = $1::uuid`, [requestId]);
  return z.array(requestRow).parse(rows)[0] ?? null;
}

/** Requests shown on one page; more are found by their year. */
const MOST = 300;

/** Requests of these units in a year: what waits first, then the newest. */
export async function listExemptionRequests(
  pool: Pool,
  unitIds: readonly string[],
  year: number,
): Promise<ExemptionRequest[]> {
  const rows = await readRows(
    pool,
    `${SELECT} where r.unit_id = any($1::uuid[]) and r.year = $2
     order by r.state <> 'filed', r.filed_at desc, r.id limit $3`,
    [[...unitIds], year, MOST],
  );
  return z.array(requestRow).parse(rows);
}

const knownRow = z.object({ fromDay: z.string(), toDay: z.string(), effect: z.enum(EXEMPTION_EFFECTS) });

/** What waits or stands for the person in the year. Call with the person locked. */
export async function listKnownExemptions(tx: Tx, personId: string, year: number): Promise<KnownExemption[]> {
  const rows = await tx.$queryRaw`
    select from_day::text as "fromDay", to_day::text as "toDay", effect from exemption_request
    where person_id = ${personId}::uuid and year = ${year} and state in ('filed', 'approved')`;
  return z.array(knownRow).parse(rows);
}

export interface NewExemptionRequest extends AskedExemption {
  readonly id: string;
  readonly personId: string;
  readonly unitId: string;
  readonly documentNo: string | null;
  readonly remark: string;
  readonly absenceId: string | null;
}

export interface SealedScan {
  readonly type: string;
  readonly name: string;
  readonly cipher: Uint8Array;
}

interface Step {
  readonly actorId: string;
  readonly at: Date;
}

export async function insertExemptionRequest(
  tx: Tx,
  request: NewExemptionRequest,
  scan: SealedScan | null,
  { actorId, at }: Step,
): Promise<void> {
  await tx.exemptionRequest.create({
    data: {
      ...request,
      fromDay: dayToDb(request.fromDay),
      toDay: dayToDb(request.toDay),
      state: 'filed',
      filedBy: actorId,
      filedAt: at,
    },
  });
  if (scan !== null)
    await tx.exemptionRequestPayload.create({
      data: {
        requestId: request.id,
        scanType: scan.type,
        scanName: scan.name,
        scanCipher: new Uint8Array(scan.cipher),
      },
    });
  await appendEvent(tx, request.id, { kind: 'filed', note: null, actorId, at });
}

interface Answer extends Step {
  readonly kind: ExemptionState;
  readonly note: string | null;
}

async function appendEvent(tx: Tx, requestId: string, { kind, note, actorId, at }: Answer): Promise<void> {
  await tx.exemptionEvent.create({
    data: { id: newId<'ExemptionEvent'>(), requestId, kind, note, actorId, occurredAt: at },
  });
}

/** Moves a request on. @returns false when it stood elsewhere already */
export async function moveExemptionRequest(
  tx: Tx,
  requestId: string,
  from: ExemptionState,
  answer: Answer,
): Promise<boolean> {
  const moved = await tx.exemptionRequest.updateMany({
    where: { id: requestId, state: from },
    data: {
      state: answer.kind,
      note: answer.note,
      decidedBy: answer.actorId,
      decidedAt: answer.at,
      version: { increment: 1 },
    },
  });
  if (moved.count === 0) return false;
  await appendEvent(tx, requestId, answer);
  return true;
}

/** From now on the approved request counts. */
export async function insertExemption(tx: Tx, requestId: string, { actorId, at }: Step): Promise<void> {
  await tx.$executeRaw`
    insert into exemption (id, request_id, person_id, year, effect, reason, from_day, to_day, months, document_no,
      requested_by, approved_by, recorded_at)
    select ${newId<'Exemption'>()}::uuid, id, person_id, year, effect, reason, from_day, to_day, months, document_no,
      filed_by, ${actorId}::uuid, ${at}
    from exemption_request where id = ${requestId}::uuid`;
}

/** From now on it counts no more; what it was known to be stays readable. */
export async function supersedeExemption(tx: Tx, requestId: string, at: Date): Promise<void> {
  await tx.exemption.updateMany({ where: { requestId, supersededAt: null }, data: { supersededAt: at } });
}

const scanRow = z.object({ type: z.string(), name: z.string(), cipher: z.instanceof(Uint8Array) });

export async function findExemptionScan(
  pool: Pool,
  requestId: string,
): Promise<z.infer<typeof scanRow> | null> {
  const rows = await readRows(
    pool,
    `select scan_type as type, scan_name as name, scan_cipher as cipher from exemption_request_payload
     where request_id = $1::uuid`,
    [requestId],
  );
  return z.array(scanRow).parse(rows)[0] ?? null;
}
