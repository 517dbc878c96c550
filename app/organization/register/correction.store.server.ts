import { z } from 'zod';
import type { Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Reader } from '../person/rows.store.server.ts';
import { readRows } from '../person/rows.store.server.ts';
import type { CorrectionState, FieldChange } from './correction.ts';
import { CORRECTABLE, CORRECTION_STATES } from './correction.ts';

const changesSchema = z.array(
  z.object({ field: z.enum(CORRECTABLE), before: z.string(), after: z.string() }),
);

const correctionRow = z.object({
  id: z.string(),
  personId: z.string(),
  personName: z.string(),
  unitId: z.string(),
  changes: changesSchema,
  proof: z.string(),
  needsSecond: z.boolean(),
  state: z.enum(CORRECTION_STATES),
  note: z.string().nullable(),
  version: z.number(),
  filedBy: z.string(),
  filedAt: z.date(),
  decidedBy: z.string().nullable(),
  decidedAt: z.date().nullable(),
  scanName: z.string().nullable(),
});
export type CorrectionRecord = z.infer<typeof correctionRow>;

const SELECT = `select c.id::text, c.person_id::text as "personId", p.name as "personName", c.unit_id::text as "unitId",
    c.changes, c.proof, c.needs_second as "needsSecond", c.state, c.note, c.version, c.filed_by::text as "filedBy",
    c.filed_at as "filedAt", c.decided_by::text as "decidedBy", c.decided_at as "decidedAt", y.scan_name as "scanName"
  from person_correction c join person p on p.id = c.person_id
    left join person_correction_payload y on y.correction_id = c.id`;

export async function findCorrection(reader: Reader, correctionId: string): Promise<CorrectionRecord | null> {
  const rows = await readRows(reader, `${SELECT} where c.id = $1::uuid`, [correctionId]);
  return z.array(correctionRow).parse(rows)[0] ?? null;
}

/** Corrections of one person, newest first. */
export async function listCorrectionsOf(reader: Reader, personId: string): Promise<CorrectionRecord[]> {
  const rows = await readRows(
    reader,
    `${SELECT} where c.person_id = $1::uuid order by c.filed_at desc, c.id`,
    [personId],
  );
  return z.array(correctionRow).parse(rows);
}

export async function hasOpenCorrection(tx: Tx, personId: string): Promise<boolean> {
  return (await tx.personCorrection.count({ where: { personId, state: 'filed' } })) > 0;
}

export interface Scan {
  readonly type: string;
  readonly name: string;
  readonly cipher: Buffer;
}

export interface NewCorrection {
  readonly id: string;
  readonly personId: string;
  readonly unitId: string;
  readonly changes: readonly FieldChange[];
  readonly proof: string;
  readonly needsSecond: boolean;
  readonly state: 'filed' | 'applied';
  readonly filedBy: string;
  readonly filedAt: Date;
  /** The wanted values, sealed, while they wait. */
  readonly secretCipher: Buffer | null;
  readonly scan: Scan | null;
}

export async function insertCorrection(tx: Tx, correction: NewCorrection): Promise<void> {
  const { secretCipher, scan, changes, ...row } = correction;
  const isDecided = row.state === 'applied';
  await tx.personCorrection.create({
    data: {
      ...row,
      changes: changes.map((change) => ({ ...change })),
      decidedBy: isDecided ? row.filedBy : null,
      decidedAt: isDecided ? row.filedAt : null,
    },
  });
  if (secretCipher !== null || scan !== null)
    await tx.personCorrectionPayload.create({
      data: {
        correctionId: row.id,
        secretCipher: secretCipher === null ? null : new Uint8Array(secretCipher),
        scanType: scan?.type ?? null,
        scanName: scan?.name ?? null,
        scanCipher: scan === null ? null : new Uint8Array(scan.cipher),
      },
    });
  await appendCorrectionEvent(tx, row.id, {
    kind: 'filed',
    note: null,
    actorId: row.filedBy,
    at: row.filedAt,
  });
  if (isDecided)
    await appendCorrectionEvent(tx, row.id, {
      kind: 'applied',
      note: null,
      actorId: row.filedBy,
      at: row.filedAt,
    });
}

interface CorrectionStep {
  readonly kind: CorrectionState;
  readonly note: string | null;
  readonly actorId: string | null;
  readonly at: Date;
}

async function appendCorrectionEvent(tx: Tx, correctionId: string, step: CorrectionStep): Promise<void> {
  const { at, ...rest } = step;
  await tx.personCorrectionEvent.create({
    data: { id: newId<'PersonCorrectionEvent'>(), correctionId, ...rest, occurredAt: at },
  });
}

/** Answers a waiting correction; the sealed values go with the answer. @returns false when it was answered already */
export async function answerCorrection(tx: Tx, correctionId: string, step: CorrectionStep): Promise<boolean> {
  const moved = await tx.personCorrection.updateMany({
    where: { id: correctionId, state: 'filed' },
    data: {
      state: step.kind,
      note: step.note,
      decidedBy: step.actorId,
      decidedAt: step.at,
      version: { increment: 1 },
    },
  });
  if (moved.count === 0) return false;
  await tx.personCorrectionPayload.updateMany({ where: { correctionId }, data: { secretCipher: null } });
  await appendCorrectionEvent(tx, correctionId, step);
  return true;
}

/** The sealed wanted values of a waiting correction. */
export async function findCorrectionSecret(tx: Tx, correctionId: string): Promise<Uint8Array | null> {
  const payload = await tx.personCorrectionPayload.findUnique({
    where: { correctionId },
    select: { secretCipher: true },
  });
  return payload?.secretCipher ?? null;
}

const scanRow = z.object({ type: z.string(), name: z.string(), cipher: z.instanceof(Uint8Array) });

export async function findScan(
  reader: Reader,
  correctionId: string,
): Promise<z.infer<typeof scanRow> | null> {
  const rows = await readRows(
    reader,
    `select scan_type as type, scan_name as name, scan_cipher as cipher from person_correction_payload
     where correction_id = $1::uuid and scan_cipher is not null`,
    [correctionId],
  );
  return z.array(scanRow).parse(rows)[0] ?? null;
}
