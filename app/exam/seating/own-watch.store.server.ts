import { z } from 'zod';
import type { Db, Tx } from '#app/platform/db/db.server.ts';
import type { SeatingSitting, WaitingSitter } from './seating.store.server.ts';
import { listWaiting } from './seating.store.server.ts';

const watchedRow = z.object({ id: z.string(), name: z.string() });
/** A registration whose person is an invigilator of the sitting. */
export type WatchingCandidate = z.infer<typeof watchedRow>;

/**
 * Of these registrations those whose person is 监考人员 of a room of the sitting, under whatever account: nobody sits an exam
 * in which they know 开考口令 and watch over others. By name.
 */
export async function listWatching(
  reader: Db | Tx,
  sittingId: string,
  registrationIds: readonly string[],
): Promise<WatchingCandidate[]> {
  const rows = await reader.$queryRaw`
    select r.id::text as id, p.name from exam_registration r join person p on p.id = r.person_id
    where r.id = any(${[...registrationIds]}::uuid[]) and exists (select from exam_room_invigilator i
      join exam_room o on o.id = i.room_id join account a on a.id = i.account_id
      where o.sitting_id = ${sittingId}::uuid and a.person_id = r.person_id)
    order by p.name_pinyin, p.name, r.id`;
  return z.array(watchedRow).parse(rows);
}

/** Names for a sentence, each once. */
export const namesOf = (people: readonly WatchingCandidate[]): string =>
  [...new Set(people.map(({ name }) => name))].join('、');

export interface Waiting {
  /** Whom a layout may seat, the earliest registered first. */
  readonly sitters: readonly WaitingSitter[];
  /** Who is left out until others watch over the sitting. */
  readonly watching: readonly WatchingCandidate[];
}

/** Who waits for a seat (`listWaiting`), apart from the sitting's own invigilators. */
export async function listWaitingApart(
  reader: Db | Tx,
  sitting: Pick<SeatingSitting, 'id' | 'batchId'>,
  only: readonly string[] | null = null,
): Promise<Waiting> {
  const all = await listWaiting(reader, sitting, only);
  const watching = await listWatching(
    reader,
    sitting.id,
    all.map(({ id }) => id),
  );
  const left = new Set(watching.map(({ id }) => id));
  return { sitters: all.filter(({ id }) => !left.has(id)), watching };
}

/**
 * True for who is approved in the sitting's batch and may still be laid out into it.
 * @param personKey natural person (`personKeyOf`)
 */
export async function waitsForSitting(
  reader: Db | Tx,
  sitting: Pick<SeatingSitting, 'batchId'>,
  personKey: string,
): Promise<boolean> {
  const rows = await reader.$queryRaw<unknown[]>`
    select 1 from exam_registration where batch_id = ${sitting.batchId}::uuid and person_id = ${personKey}::uuid
      and status = 'approved' and sitting_id is null limit 1`;
  return rows.length > 0;
}
