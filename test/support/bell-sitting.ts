import { newId } from '#app/platform/ids/id.ts';
import { setHash } from '#app/exam/release/set-hash.ts';
import type { useSiteDatabase } from './site-database.ts';

type SiteDatabase = ReturnType<typeof useSiteDatabase>;

/** The demo's paper that everybody here gets a copy of. */
const SOURCE_HASH = 'select content_hash from paper where item_count = 80 order by id limit 1';

export interface BellSitting {
  readonly sittingId: string;
  readonly title: string;
}

/**
 * On the running site: a sitting in one room with a common bell, its papers sealed and released by two people of the
 * bureau, its check-in open, its bell an hour ahead. Everything is the demo city's own; the papers are copies of one that lies there.
 * @param logins of people with accounts, one seat each
 */
export async function aBellSitting(site: SiteDatabase, logins: readonly string[]): Promise<BellSitting> {
  const [sittingId, roomId, sealId, requestId] = [newId(), newId(), newId(), newId()];
  const title = `统一开考试验 ${sittingId.slice(-6)}`;
  await site.query(
    `insert into exam_sitting (id, title, blueprint_id, region_id, opens_at, latest_entry_at, hard_end_at, duration_seconds,
       grace_seconds, earliest_hand_in_seconds, start_mode, attempt_limit, status, created_at, place_mode, check_in_from)
     select $1, $2, s.blueprint_id, s.region_id, now() + interval '1 hour', now() + interval '2 hours',
       now() + interval '3 hours', 3600, 30, 0, 'bell', 1, 'published', now(), 'rooms', now() - interval '10 minutes'
     from paper q join exam_registration r on r.id = q.registration_id join exam_sitting s on s.id = r.sitting_id
     where q.item_count = 80 and s.start_mode = 'bell' order by q.id limit 1`,
    [sittingId, title],
  );
  await site.query(
    `insert into exam_room (id, sitting_id, no, name, place, seat_rows, seat_columns, created_at)
     values ($1, $2, 1, '第1考场', '行政中心机房', 5, 6, now())`,
    [roomId, sittingId],
  );
  await site.query(
    `insert into exam_registration (id, sitting_id, person_id, unit_id, ticket_no, status, registered_at, room_id, seat_no)
     select gen_random_uuid(), $1::uuid, a.person_id, known.unit_id, 'BELL' || right($1::uuid::text, 6) || n, 'approved', now(), $2, n
     from unnest($3::text[]) with ordinality as asked(login, n) join account a on a.login = asked.login
       cross join lateral (select unit_id from exam_registration where person_id = a.person_id limit 1) known`,
    [sittingId, roomId, logins],
  );
  const { rows: papers } = await site.query<{ registrationId: string; contentHash: string }>(
    `select r.id as "registrationId", (${SOURCE_HASH}) as "contentHash" from exam_registration r where r.sitting_id = $1`,
    [sittingId],
  );
  const hash = setHash(papers);
  await site.query(
    `insert into exam_seal (id, sitting_id, seal_no, paper_mode, seed, added, paper_count, set_hash, neighbours, occurred_at)
     values ($1, $2, 1, 'each', 'bell', $3, $3, $4, '{"pairs":0,"pairsAlike":0,"samePlacesWorst":0,"sharedMeanTenths":0}',
       now())`,
    [sealId, sittingId, logins.length, hash],
  );
  await site.query(
    `insert into paper (id, registration_id, attempt_no, seed, content, content_hash, item_count, full_mark_hundredths,
       pass_mark_hundredths, frozen_at, seal_id)
     select gen_random_uuid(), r.id, 1, 'bell', q.content, q.content_hash, q.item_count, q.full_mark_hundredths,
       q.pass_mark_hundredths, now(), $2
     from exam_registration r cross join (select * from paper where item_count = 80 order by id limit 1) q
     where r.sitting_id = $1`,
    [sittingId, sealId],
  );
  await site.query(
    `insert into exam_custody_request (id, sitting_id, kind, set_hash, filed_by, filed_at)
     select $1, $2, 'release', $3, id, now() from account where login = 'bureau'`,
    [requestId, sittingId, hash],
  );
  await site.query(
    `insert into exam_release (id, sitting_id, request_id, seal_id, set_hash, filed_by, confirmed_by, filed_person,
       confirmed_person, confirmed_way, occurred_at)
     select gen_random_uuid(), $1, $2, $3, $4, f.id, c.id, f.person_id, c.person_id, 'colleague', now()
     from account f cross join account c where f.login = 'bureau' and c.login = 'bureau2'`,
    [sittingId, requestId, sealId, hash],
  );
  return { sittingId, title };
}

/** Moves the bell of a sitting, and with it the beginning of every attempt that waits for it. @param seconds from now */
export async function ringIn(site: SiteDatabase, sittingId: string, seconds: number): Promise<void> {
  await site.query(
    `with moved as (
       update exam_sitting set opens_at = date_trunc('second', now()) + make_interval(secs => $2) where id = $1
       returning opens_at)
     update attempt a set started_at = moved.opens_at, deadline_at = moved.opens_at + interval '1 hour',
       close_at = moved.opens_at + interval '1 hour 30 seconds'
     from moved, exam_registration r where r.sitting_id = $1 and a.registration_id = r.id`,
    [sittingId, seconds],
  );
}
