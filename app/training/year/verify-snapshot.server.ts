import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import { isSignatureValid } from '#app/platform/secret/signing-key.server.ts';
import { entriesHash } from './freeze-closing.server.ts';
import type { Snapshot } from './snapshot.ts';
import { snapshotSchema, snapshotText } from './snapshot.ts';
import type { SealedRow, SnapshotRecord } from './snapshot.store.server.ts';
import { listSealedRows, sumEntries } from './snapshot.store.server.ts';

/** One thing that was looked at, in the order in which people read it. */
export interface Finding {
  readonly what: 'signature' | 'content' | 'figures' | 'entries';
  readonly isSound: boolean;
}

function agrees(person: Snapshot['people'][number], row: SealedRow | undefined): boolean {
  return (
    row !== undefined &&
    row.publicLaw === person.seconds.public_law &&
    row.specialisedLaw === person.seconds.specialised_law &&
    row.business === person.seconds.business &&
    row.skill === person.seconds.skill &&
    row.totalSeconds === person.totalSeconds &&
    row.conclusion === person.conclusion &&
    row.entryIds.length === person.entryCount &&
    entriesHash(row.entryIds) === person.entriesHash
  );
}

/** The canonical text read back; null when it no longer is one. */
export function readSnapshot(content: string): Snapshot | null {
  const parsed = snapshotSchema.safeParse(JSON.parse(content));
  return parsed.success && snapshotText(parsed.data) === content ? parsed.data : null;
}

/**
 * Does a closed year still hold? The text against its hash and its signature (with the public key of its time), the
 * figures of each person against the text, and the entries behind them: still there and still adding up.
 */
export async function verifySnapshot(
  ctx: Pick<Ctx, 'pool'>,
  record: SnapshotRecord,
): Promise<{ readonly snapshot: Snapshot | null; readonly findings: readonly Finding[] }> {
  const isHashSound = sha256(record.content).equals(record.contentHash);
  const snapshot = isHashSound ? readSnapshot(record.content) : null;
  const isNamed = snapshot?.sealNo === record.sealNo && snapshot.closingId === record.closingId;
  const rows = new Map((await listSealedRows(ctx.pool, record.closingId)).map((row) => [row.personId, row]));
  const people = snapshot?.people ?? [];
  const sums = await sumEntries(ctx.pool, record.closingId);
  return {
    snapshot,
    findings: [
      { what: 'signature', isSound: await isSignatureValid(ctx, record.content, record) },
      { what: 'content', isSound: isHashSound && isNamed },
      {
        what: 'figures',
        isSound: rows.size === people.length && people.every((one) => agrees(one, rows.get(one.personId))),
      },
      {
        what: 'entries',
        isSound: people.every((one) => {
          const sum = sums.get(one.personId);
          return sum?.entries === one.entryCount && sum.seconds === one.totalSeconds;
        }),
      },
    ],
  };
}
