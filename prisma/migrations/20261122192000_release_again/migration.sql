-- A sheet of opening codes that was unsealed before its time, or is lost: the same sealed set is released once more by two
-- people, which makes new codes; the last release of a set counts. Why is said by whoever asks, before the second agrees.
drop index "exam_release_seal_id_key";
create index "exam_release_seal_id_idx" on "exam_release" ("seal_id");

-- Append-only: nullable and without default, so that the hashes of older rows stay what they are.
alter table "exam_custody_request" add column "reason" text;
alter table exam_custody_request add constraint exam_custody_request_reason_of_a_release
  check (reason is null or (kind = 'release' and char_length(reason) between 4 and 200));

comment on table exam_release is 'Append-only. A sealed set opened for printing by two people; once more for new opening codes. The last one of a set counts.';
comment on column exam_custody_request.reason is 'Why a set that was released is released once more; null for the first time.';
