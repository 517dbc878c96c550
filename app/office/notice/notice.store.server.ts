import type { Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Addressee } from './audience.server.ts';
import type { NewNotice } from './notice.ts';

/** Most rows of one INSERT; a notice to a whole province goes in several. */
const ROWS_AT_ONCE = 5_000;

/**
 * Writes the notice and its receipts. A notice known by kind and key is left as it is.
 * @returns its id when it is new, null when it was sent before
 */
export async function insertNotice(
  tx: Tx,
  notice: NewNotice,
  sending: {
    readonly to: readonly Addressee[];
    readonly actorId: string | null;
    readonly at: Date;
    readonly sentAt: Date;
  },
): Promise<string | null> {
  const { actorId, at, sentAt } = sending;
  const [row] = await tx.notice.createManyAndReturn({
    data: [
      {
        id: newId<'Notice'>(),
        kind: notice.kind,
        key: notice.key,
        title: notice.title,
        body: notice.body,
        path: notice.path,
        actorId,
        occurredAt: at,
      },
    ],
    skipDuplicates: true,
    select: { id: true },
  });
  if (row === undefined) return null;
  for (let from = 0; from < sending.to.length; from += ROWS_AT_ONCE) {
    await tx.noticeReceipt.createMany({
      data: sending.to
        .slice(from, from + ROWS_AT_ONCE)
        .map(({ accountId, unitId }) => ({ noticeId: row.id, accountId, unitId, sentAt })),
    });
  }
  return row.id;
}

/** Id of a notice known by kind and key; throws when there is none. */
export async function loadNoticeId(tx: Tx, notice: Pick<NewNotice, 'kind' | 'key'>): Promise<string> {
  const { kind, key } = notice;
  const { id } = await tx.notice.findUniqueOrThrow({
    where: { kind_key: { kind, key } },
    select: { id: true },
  });
  return id;
}
